import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { type FieldMapping, scoreOf } from '#app/import/field-mapping.ts'
import { driftReport, familiesOf, type VersionedModel, versionOf } from '#app/measure/drift.ts'
import { alarmsOf, driftHeadline, stepSentence } from '#app/measure/drift-finding.ts'
import { measureDrift } from '#app/measure/measure.server.ts'
import { changePoints } from '#app/stats/change-points.ts'
import { controlLimits } from '#app/stats/control-chart.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { describeEachDialect, openTestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const model = (name: string, change: Partial<VersionedModel> = {}): VersionedModel => ({
  id: name,
  label: name,
  color: 0,
  name,
  version: '',
  prompt_version: '',
  ...change,
})

describe('Versions of a model', () => {
  it('are told by a date or a number at the end of its name, its version, or its prompt’s', () => {
    const of = (name: string) => versionOf(model(name))
    expect(of('openaichat/gpt-4-0613')).toEqual({ family: 'openaichat/gpt-4', version: '0613' })
    expect(of('claude-3-opus-20240229')).toEqual({ family: 'claude-3-opus', version: '20240229' })
    expect(of('gpt-4o-2024-08-06')).toEqual({ family: 'gpt-4o', version: '2024-08-06' })
    expect(of('support-bot v2.1')).toEqual({ family: 'support-bot', version: 'v2.1' })
    expect(of('llama-3')).toEqual({ family: 'llama-3', version: '' })
    expect(versionOf({ name: 'bot', version: '7', prompt_version: 'p3' })).toEqual({
      family: 'bot',
      version: '7 p3',
    })
  })

  it('come in the order of their numbers, and a single one is no family', () => {
    const families = familiesOf([
      model('bot-v10'),
      model('bot-v9'),
      model('other'),
      model('bot-v2'),
    ])
    expect([...families.keys()]).toEqual(['bot'])
    expect(families.get('bot')?.map(({ name }) => name)).toEqual(['bot-v2', 'bot-v9', 'bot-v10'])
  })
})

/** Scores of 0 and 1 on the same prompts, by version. */
function reportOf(versions: Record<string, readonly number[]>, tags: readonly string[] = []) {
  const scores = Object.entries(versions).flatMap(([modelId, own]) =>
    own.map((sum, place) => ({
      criterionId: 'c',
      promptId: `p${String(place).padStart(4, '0')}`,
      modelId,
      sum,
      count: 1,
    })),
  )
  return driftReport({
    scores,
    criterionNames: new Map([['c', 'accuracy']]),
    models: Object.keys(versions).map((name) => model(name)),
    tagsOf: new Map(
      tags.map((tag, place) => [`p${String(place).padStart(4, '0')}`, [tag]] as const),
    ),
    source: 'human',
    options: { confidence: 0.95, seed: 1 },
  })
}

const ones = (count: number, of: number) =>
  Array.from({ length: of }, (_, place) => (place < count ? 1 : 0))

describe('A drift report', () => {
  it('names what fell, where, by how much and how sure', () => {
    const maths = Array.from({ length: 200 }, (_, place) => (place < 100 ? 'maths' : 'prose'))
    const before = ones(180, 200)
    const after = before.map((score, place) => (place < 100 && place % 2 === 0 ? 0 : score))
    const report = reportOf({ 'bot-0301': before, 'bot-0613': after }, maths)
    const [series] = report.series
    expect(series?.steps.map(({ tag, isAlarm }) => [tag, isAlarm])).toEqual([
      [null, true],
      ['maths', true],
      ['prose', false],
    ])
    const [all, inMaths, prose] = must(series, 'the series').steps
    expect(all).toMatchObject({ first: 0.9, second: 0.65, prompts: 200 })
    expect(inMaths?.difference).toBeCloseTo(-0.5, 12)
    expect(prose).toMatchObject({ difference: 0, adjusted_p: null })
    expect(driftHeadline(report)).toBe('bot fell from 90.0 % to 65.0 %.')
    const said = stepSentence(must(series, 'the series'), must(inMaths, 'the step'))
    expect(said).toContain(
      'bot fell on prompts tagged “maths” from 100.0 % (bot-0301) to 50.0 % (bot-0613) for accuracy: −50.0 points',
    )
    expect(alarmsOf(report)).toHaveLength(2)
  })

  it('says not separated where the interval includes none, in the sentence as in the numbers', () => {
    const report = reportOf({ 'bot-1001': ones(30, 60), 'bot-1002': [...ones(29, 59), 1] })
    const series = must(report.series[0], 'the series')
    const step = must(series.steps[0], 'the step')
    expect(step.low).toBeLessThan(0)
    expect(step.high).toBeGreaterThan(0)
    expect(step.isAlarm).toBe(false)
    expect(stepSentence(series, step)).toContain('are not separated')
    expect(driftHeadline(report)).toBe('No change between versions is sure.')
  })

  it('compares only prompts that both answered', () => {
    const report = reportOf({ 'bot-v1': ones(5, 10), 'bot-v2': ones(3, 4) })
    expect(report.series[0]?.steps[0]).toMatchObject({ prompts: 4, first: 1, second: 0.75 })
    const one = reportOf({ 'bot-v1': [1], 'bot-v2': [0] })
    const series = must(one.series[0], 'the series')
    expect(stepSentence(series, must(series.steps[0], 'the step'))).toContain('one prompt')
    expect(reportOf({ 'bot-v1': [1] }).series).toEqual([])
  })

  it('raises no more false alarms than it may, however many tags it looks at', () => {
    const random = seededRandom(41)
    let alarmed = 0
    const runs = 200
    for (let run = 0; run < runs; run++) {
      const draw = () => Array.from({ length: 160 }, () => (random() < 0.6 ? 1 : 0))
      const tags = Array.from({ length: 160 }, (_, place) => `t${place % 8}`)
      const report = reportOf({ 'a-v1': draw(), 'a-v2': draw(), 'a-v3': draw() }, tags)
      if (alarmsOf(report).length > 0) alarmed += 1
    }
    expect(alarmed / runs).toBeLessThan(0.09)
  })
})

describe('Change points', () => {
  it('are not made of versions whose few prompts happened to go alike', () => {
    const random = seededRandom(43)
    const runs = 100
    let changed = 0
    for (let run = 0; run < runs; run++) {
      const versions = Array.from({ length: 12 }, (_, place) => [
        `bot-${1001 + place}`,
        Array.from({ length: 6 }, () => (random() < 0.8 ? 1 : 0)),
      ])
      const report = reportOf(Object.fromEntries(versions))
      if ((report.series[0]?.changes.length ?? 0) > 0) changed += 1
    }
    expect(changed / runs).toBeLessThan(0.1)
  })

  const series = (levels: readonly number[], random: () => number, standardError = 0.05) =>
    levels.map((level) => ({ value: level + standardError * drawNormal(random), standardError }))

  it('are found where the level changes, and their levels with them', () => {
    const random = seededRandom(3)
    const levels = [...Array(8).fill(0.8), ...Array(6).fill(0.6), ...Array(10).fill(0.9)]
    const found = changePoints(series(levels, random))
    expect(found.map(({ at }) => at)).toEqual([8, 14])
    expect(found[0]?.before).toBeCloseTo(0.8, 1)
    expect(found[0]?.after).toBeCloseTo(0.6, 1)
    expect(found[1]?.after).toBeCloseTo(0.9, 1)
  })

  it('are seldom found where nothing changes, in short and in uneven series', () => {
    const random = seededRandom(9)
    const runs = 300
    let found = 0
    for (let run = 0; run < runs; run++) {
      const uneven = Array.from({ length: 3 + (run % 12) }, (_, place) => {
        const standardError = place % 3 ? 0.02 : 0.2
        return { value: 0.7 + standardError * drawNormal(random), standardError }
      })
      if (changePoints(uneven, { rounds: 400, seed: run }).length > 0) found += 1
    }
    expect(found / runs).toBeLessThan(0.08)
  })

  it('do not exist in one point or none', () => {
    expect(changePoints([])).toEqual([])
    expect(changePoints([{ value: 1, standardError: 1 }])).toEqual([])
  })
})

describe('A control chart', () => {
  it('shows points beyond their limits and long runs on one side', () => {
    const settled = Array.from({ length: 10 }, (_, place) => ({
      value: 0.5 + (place % 2 ? 0.01 : -0.01),
      standardError: 0.02,
    }))
    const later = [0.51, 0.6, ...Array(8).fill(0.48)].map((value) => ({
      value,
      standardError: 0.02,
    }))
    const found = controlLimits([...settled, ...later], 10)
    expect(found.centre).toBeCloseTo(0.5, 12)
    expect(found.beyond).toEqual([11])
    expect(found.runs).toEqual([19])
    expect(() => controlLimits([], 0)).toThrow(RangeError)
  })
})

describe('A score made of words', () => {
  const scoring = { answer: 'said', words: ['yes', 'no'], reference: 'right' }

  it('is 1 where the last of the words is that of the reference', () => {
    const score = (said: string, right: string) => scoreOf({ said, right }, scoring)
    expect(score('[No] At first. But 7 divides it, so: [Yes].', 'yes')).toBe(1)
    expect(score('Yes. No!', 'YES')).toBe(0)
    expect(score('I do not know', 'no')).toBe(0)
    expect(score('', 'no')).toBe(0)
  })
})

const folder = path.join(process.env.RUBRICA_SAMPLES ?? '', 'data', 'llmdrift')

describe.runIf(process.env.RUBRICA_SAMPLES !== undefined && existsSync(folder))(
  'The primes that GPT-4 and GPT-3.5 were asked in March and June 2023',
  () => {
    const mapping: FieldMapping = {
      format: 'csv',
      record: 'rubric',
      columns: { prompt_id: 'id', prompt: 'query', content: 'answer', model: 'model' },
      values: {},
      constants: { criterion: 'accuracy', rater: 'last word', source: 'judge' },
      scoring: { answer: 'answer', words: ['yes', 'no'], reference: 'ref_answer' },
      join: [],
    }

    it('show the fall of the one and the rise of the other, in numbers, words and alarms', async () => {
      const test = await openTestDatabase('sqlite')
      const project = await makeProject(test.db)
      const imported = await importFiles(
        test,
        project.id,
        { 'primes.csv': readFileSync(path.join(folder, 'PRIME_FULL_EVAL.csv')) },
        { format: 'mapped', mapping, campaign: 'primes' },
      )
      expect(imported.counts).toMatchObject({
        created: { prompts: 1_000, responses: 4_000, judgments: 4_000 },
        refused: 0,
      })
      const { id: campaignId } = await test.db.read
        .selectFrom('campaign')
        .select('id')
        .executeTakeFirstOrThrow()
      const scope = { projectId: project.id, campaignId }
      const report = must(await measureDrift(test.db.read, scope), 'the report')
      expect(report.source).toBe('judge')
      const stepOf = (family: string) =>
        must(report.series.find((one) => one.family === family)?.steps[0], family)
      const four = stepOf('openaichat/gpt-4')
      expect(four.first).toBeCloseTo(0.84, 3)
      expect(four.second).toBeCloseTo(0.511, 3)
      expect(four).toMatchObject({ prompts: 1_000, isAlarm: true })
      const three = stepOf('openaichat/gpt-3.5-turbo')
      // The paper, which reads answers in its own way, has 49.6 and 76.2 %.
      expect(Math.abs(three.first - 0.496)).toBeLessThan(0.005)
      expect(Math.abs(three.second - 0.762)).toBeLessThan(0.005)
      expect(three.isAlarm).toBe(true)
      expect(driftHeadline(report)).toBe('openaichat/gpt-4 fell from 84.0 % to 51.1 %.')
      await test.remove()
    })
  },
)

describeEachDialect('Drift in a campaign', (makeDatabase) => {
  it('prefers people’s scores, and is nothing without two versions of a model', async () => {
    const test = await makeDatabase()
    const project = await makeProject(test.db)
    const lines = Array.from({ length: 12 }, (_, place) => [
      {
        id: `p${place}`,
        prompt: `Q${place}?`,
        tags: [place % 2 ? 'odd' : 'even'],
        responses: ['bot-v1', 'bot-v2'].map((name) => ({
          model: name,
          content: `${name} ${place}`,
        })),
      },
      ...['bot-v1', 'bot-v2'].flatMap((name, turn) => [
        {
          prompt_id: `p${place}`,
          model: name,
          criterion: 'clarity',
          score: 3 + turn + (place % 3 === 0 ? 1 : 0),
          rater: 'w1',
          campaign: 'c',
        },
        {
          prompt_id: `p${place}`,
          model: name,
          criterion: 'clarity',
          score: 1,
          rater: 'j',
          source: 'judge',
          campaign: 'c',
        },
      ]),
    ]).flat()
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    await importFiles(test, project.id, { 'a.jsonl': `${text}\n` })
    const { id: campaignId } = await test.db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    const scope = { projectId: project.id, campaignId }
    const report = must(await measureDrift(test.db.read, scope), 'the report')
    expect(report.source).toBe('human')
    const [step] = must(report.series[0], 'the series').steps
    expect(step).toMatchObject({ difference: 1, prompts: 12, reason: expect.any(String) })
    const other = await makeProject(test.db, 'Other')
    expect(
      await measureDrift(test.db.read, { projectId: other.id, campaignId: 'none' }),
    ).toBeUndefined()
  })
})
