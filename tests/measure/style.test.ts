/** Ratings at equal style: what a text is made up with is counted, and taken out of the ratings. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { readFigures } from '#app/measure/figure-files.server.ts'
import { lengthSentence, oddsFrom, styleSentence } from '#app/measure/finding.ts'
import { measureStandings, runMeasureView } from '#app/measure/measure.server.ts'
import { defaultOptions, measureOptionsSchema } from '#app/measure/method.ts'
import { marksOf, marksOfMessages, styleNames } from '#app/measure/response-style.ts'
import type { Standings } from '#app/measure/standings.ts'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

describe('The style of a text', () => {
  it('is its headers, items of lists and bold spans', () => {
    const text = [
      '# Title',
      'Words with **bold** and __bold__ and *slanted*.',
      '###### Six',
      '- one',
      '  * **two** and **more**',
      '3. three',
      '4) four',
      '+ five',
    ].join('\n')
    expect(marksOf(text)).toEqual({ headers: 2, lists: 5, bold: 4 })
    expect(marksOf('')).toEqual({ headers: 0, lists: 0, bold: 0 })
  })

  it('does not take for style what only looks like it', () => {
    const text = [
      '#hashtag and ####### seven',
      '-5 degrees, 3.5 metres, *slanted* and ** loose **',
      '- - -',
      '***',
      'snake__case__name, 2**3 and `**code**`',
      '-',
      '    # as code',
      '**over',
      'lines**',
    ].join('\n')
    expect(marksOf(text)).toEqual({ headers: 0, lists: 0, bold: 0 })
  })

  it('is not in blocks of code, closed or not', () => {
    const code = '# comment\n- item\n**bold**'
    expect(marksOf(`\`\`\`sh\n${code}\n~~~\n${code}\n\`\`\`\n# after`)).toEqual({
      headers: 1,
      lists: 0,
      bold: 0,
    })
    expect(marksOf(`~~~\n${code}`)).toEqual({ headers: 0, lists: 0, bold: 0 })
  })

  it('is that of all that a response says', () => {
    const messages = [
      { role: 'assistant', content: '# One' },
      { role: 'assistant', content: '- **two**' },
    ]
    expect(marksOfMessages(JSON.stringify(messages))).toEqual({ headers: 1, lists: 1, bold: 1 })
  })

  it('of two texts one below the other is that of both', () => {
    const line = fc.constantFrom('# a', '- b', '**c**', 'd __e__', '', '1. f', 'g `**h**`', '* * *')
    const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [a, b, both] = [marksOf(one), marksOf(other), marksOf(`${one}\n${other}`)]
        expect(both).toEqual({
          headers: a.headers + b.headers,
          lists: a.lists + b.lists,
          bold: a.bold + b.bold,
        })
      }),
    )
  })

  it('is found in a megabyte of marks in no time', () => {
    const hostile = ['**', '__', '`', '**a *', '__a_', '#', '- ', '~~~\n', ' ', '*\t'].map((mark) =>
      mark.repeat(1_000_000 / mark.length),
    )
    const started = performance.now()
    for (const text of hostile) marksOf(text)
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

describe('What a style is worth, in words', () => {
  const effect = { style: 'lists', value: 0.7, low: 0.3, high: 1.1, p_value: 0.001 } as const

  it('claims a liking only where the interval leaves none out', () => {
    expect(styleSentence(effect)).toBe(
      'Judges prefer responses with more list items (odds times 2.01 for each standard deviation of the difference, 95 % interval 1.35–3.00).',
    )
    expect(styleSentence({ ...effect, value: -0.7, low: -1.1, high: -0.3 })).toContain(
      'Judges prefer responses with fewer list items',
    )
    expect(styleSentence({ ...effect, low: -0.1 })).toContain('It is not sure that judges care')
  })

  it('knows no difference from no interval', () => {
    const none = { low: null, high: null, p_value: null }
    expect(styleSentence({ ...effect, ...none, value: 0 })).toContain('do not differ')
    expect(styleSentence({ ...effect, ...none })).toContain('one prompt gives no interval')
    expect(lengthSentence({ ...none, value: 0.4 })).toContain('one prompt gives no interval')
  })

  it('writes small odds to two digits, not as nothing', () => {
    expect(oddsFrom(Math.log(2), 'en')).toBe('2.00')
    expect(oddsFrom(Math.log(0.0123), 'en')).toBe('0.012')
    expect(oddsFrom(Math.log(0.0123), 'pt')).toBe('0,012')
    expect(oddsFrom(Math.log(0.5), 'en')).toBe('0.50')
  })
})

const models = ['plain', 'ornate', 'better'] as const

/**
 * Judges like lists and headers, dislike bold and do not care for length. “ornate” is no better than
 * “plain” but full of lists; “better” is better by one on the scale of strength.
 */
function judgedLines(seed: number, prompts: number): string {
  const random = seededRandom(seed)
  const times = (most: number) => Math.floor(random() * (most + 1))
  const lines = Array.from({ length: prompts }, (_, place) => {
    const texts = models.map((model) => {
      const lists = times(3) + (model === 'ornate' ? 4 : 0)
      const [headers, bold] = [times(4), times(4)]
      const content = [
        `${model} answers ${place}. ${'word '.repeat(20 + times(60))}`,
        ...Array.from({ length: headers }, (_, at) => `## Part ${at}`),
        ...Array.from({ length: lists }, (_, at) => `- point ${at}`),
        ...Array.from({ length: bold }, (_, at) => `so **much** for ${at}.`),
      ].join('\n')
      return { model, content, headers, lists, bold }
    })
    const lead = (a: number, b: number) => (a + b === 0 ? 0 : (a - b) / (a + b))
    const judgments = [0, 1, 2].map((turn) => {
      const [a, b] = [must(texts[turn], 'a text'), must(texts[(turn + 1) % 3], 'a text')]
      const worth = (model: string) => (model === 'better' ? 1 : 0)
      const logit =
        worth(a.model) -
        worth(b.model) +
        2 * lead(a.lists, b.lists) +
        1.5 * lead(a.headers, b.headers) -
        1.5 * lead(a.bold, b.bold)
      const winner = random() < 1 / (1 + Math.exp(-logit)) ? 'a' : 'b'
      const pair = { model_a: a.model, model_b: b.model, winner }
      return { prompt_id: `p${place}`, ...pair, rater: `w${turn}`, campaign: 'c' }
    })
    const responses = texts.map(({ model, content }) => ({ model, content }))
    return [{ id: `p${place}`, prompt: `Q${place}?`, responses }, ...judgments]
  })
  return `${lines
    .flat()
    .map((line) => JSON.stringify(line))
    .join('\n')}\n`
}

const leadOf = ({ models: rows }: Standings, one: string, other: string): number => {
  const strength = (name: string) =>
    must(rows.find(({ model }) => model === name)?.strength, `the strength of ${name}`)
  return strength(one) - strength(other)
}

async function campaignOf(test: TestDatabase, lines: string) {
  const { id: projectId } = await makeProject(test.db)
  await importFiles(test, projectId, { 'a.jsonl': lines })
  const { id: campaignId } = await test.db.read
    .selectFrom('campaign')
    .select('id')
    .executeTakeFirstOrThrow()
  return { projectId, campaignId }
}

const atEqual = (control: 'none' | 'length' | 'style') => measureOptionsSchema.parse({ control })

describeEachDialect('Standings at equal style', (open) => {
  it('see through what judges like, and show what each style is worth', async () => {
    const test = await open()
    const scope = await campaignOf(test, judgedLines(7, 300))
    const measured = async (control: 'none' | 'length' | 'style') =>
      (await measureStandings(test.db.read, { ...scope, options: atEqual(control) })).standings
    const [plain, fair] = [await measured('none'), await measured('style')]
    expect(leadOf(plain, 'ornate', 'plain')).toBeGreaterThan(0.5)
    expect(Math.abs(leadOf(fair, 'ornate', 'plain'))).toBeLessThan(0.35)
    expect(Math.abs(leadOf(fair, 'better', 'plain') - 1)).toBeLessThan(0.35)
    const styles = must(fair.styles, 'the styles')
    expect(styles.map(({ style }) => style)).toEqual([...styleNames])
    const [length, headers, lists, bold] = styles
    expect(headers?.low).toBeGreaterThan(0)
    expect(lists?.low).toBeGreaterThan(0)
    expect(bold?.high).toBeLessThan(0)
    expect(length?.low).toBeLessThan(0)
    expect(length?.high).toBeGreaterThan(0)
    expect(lists?.p_value).toBeLessThan(0.001)
    expect(plain).not.toHaveProperty('styles')
    expect(fair).not.toHaveProperty('length')
    expect(await measured('length')).not.toHaveProperty('styles')
    expect(fair.method.strength).toContain('headers, list items and bold spans')
    expect(storedSayIn('pt')(fair.method.strength)).toContain('trechos em negrito')
  })

  it('are kept as a view of their own, and come as a file', async () => {
    const test = await open()
    const { projectId, campaignId } = await campaignOf(test, judgedLines(8, 60))
    const options = optionsOf(choicesIn(new URLSearchParams('control=style')))
    expect(options).toEqual({ ...defaultOptions, control: 'style' })
    await runMeasureView({
      db: test.db,
      job: { project_id: projectId, input: JSON.stringify({ campaignId, options }) },
    } as Parameters<typeof runMeasureView>[0])
    const file = await readFigures(test.db.read, { projectId, campaignId, name: 'styles', options })
    const lines = must(file, 'the file').table.trimEnd().split('\r\n')
    expect(lines[0]).toBe('style,value,low,high,p_value')
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual([...styleNames])
  })

  it('hold for rankings too, length as well as marks', async () => {
    const test = await open()
    const scope = await campaignOf(test, rankedLines(60))
    const styled = await measureStandings(test.db.read, { ...scope, options: atEqual('style') })
    const [length, , lists] = must(styled.standings.styles, 'the styles')
    expect(lists?.low).toBeGreaterThan(0)
    expect(length?.low).not.toBeNull()
    const long = await measureStandings(test.db.read, { ...scope, options: atEqual('length') })
    expect(long.standings.length?.low).not.toBeNull()
  })

  it('warn where a style goes with the models, and so tells little of what it is worth', async () => {
    const test = await open()
    const random = seededRandom(6)
    const lines = Array.from({ length: 80 }, (_, place) => {
      const words = 20 + Math.floor(20 * random())
      // y says much the same in twice the words.
      const contents = { x: 'word '.repeat(words), y: 'word '.repeat(2 * words + (place % 3)) }
      const responses = Object.entries(contents).map(([model, content]) => ({ model, content }))
      const winner = random() < 0.7 ? 'b' : 'a'
      const verdict = { prompt_id: `p${place}`, model_a: 'x', model_b: 'y', winner, rater: 'w' }
      return [
        { id: `p${place}`, prompt: `Q${place}?`, responses },
        { ...verdict, campaign: 'c' },
      ]
    })
    const text = lines.flat().map((line) => JSON.stringify(line))
    const scope = await campaignOf(test, text.join('\n'))
    for (const control of ['length', 'style'] as const) {
      const options = atEqual(control)
      const { warnings } = (await measureStandings(test.db.read, { ...scope, options })).standings
        .method
      const [warning] = warnings
      expect(warning).toContain('Length differs almost only from model to model')
      expect(storedSayIn('pt')(warning ?? '')).toContain('O comprimento difere quase só')
    }
  })

  it('say why where styles alone tell winners from losers, or no text has any', async () => {
    const test = await open()
    const always = Array.from({ length: 24 }, (_, place) => [
      {
        id: `p${place}`,
        prompt: `Q${place}?`,
        responses: ['x', 'y'].map((model, at) => ({
          model,
          content: at === place % 2 ? `- ${model}` : `# ${model}`,
        })),
      },
      {
        prompt_id: `p${place}`,
        model_a: 'x',
        model_b: 'y',
        winner: place % 2 === 0 ? 'a' : 'b',
        rater: 'w',
        campaign: 'c',
      },
    ]).flat()
    const separated = await campaignOf(test, always.map((one) => JSON.stringify(one)).join('\n'))
    const options = atEqual('style')
    const { standings: told } = await measureStandings(test.db.read, { ...separated, options })
    expect(told.models.map(({ strength }) => strength)).toEqual([null, null])
    expect(told.models[0]?.reason).toContain('no ratings at equal style')
    expect(storedSayIn('pt')(told.models[0]?.reason ?? '')).toContain('estilo igual')
    const bare = always.map((one) =>
      'responses' in one
        ? {
            ...one,
            responses: one.responses?.map(({ model }) => ({ model, content: `${model} !` })),
          }
        : { ...one, winner: one.prompt_id === 'p2' ? 'b' : one.winner },
    )
    const other = await open()
    const alike = await campaignOf(other, bare.map((one) => JSON.stringify(one)).join('\n'))
    const { standings: same } = await measureStandings(other.db.read, { ...alike, options })
    expect(same.models.every(({ strength }) => strength !== null)).toBe(true)
    expect(same.styles?.map((effect) => styleSentence(effect))).toEqual([
      'The responses do not differ in length.',
      'The responses do not differ in headers.',
      'The responses do not differ in list items.',
      'The responses do not differ in bold spans.',
    ])
  })
})

/** Three responses ranked, for the most part by how many items their lists have. */
function rankedLines(prompts: number): string {
  const random = seededRandom(4)
  const lines = Array.from({ length: prompts }, (_, place) => {
    const counts = models.map(() => 1 + Math.floor(random() * 6))
    const responses = models.map((model, at) => ({
      model,
      content: `${'word '.repeat(5 + Math.floor(random() * 9))}${model}\n${'- item\n'.repeat(counts[at] ?? 0)}`,
    }))
    const order = [...models]
      .map((model, at) => ({ model, worth: (counts[at] ?? 0) + 4 * random() }))
      .sort((one, other) => other.worth - one.worth)
      .map(({ model }) => [model])
    return [
      { id: `p${place}`, prompt: `Q${place}?`, responses },
      { prompt_id: `p${place}`, ranking: order, rater: 'w', campaign: 'c' },
    ]
  })
  return lines
    .flat()
    .map((line) => JSON.stringify(line))
    .join('\n')
}
