import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { claimJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { readFigures } from '#app/measure/figure-files.server.ts'
import { lengthSentence } from '#app/measure/finding.ts'
import { measureStandings, runMeasure, runMeasureView } from '#app/measure/measure.server.ts'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { chosenIn, defaultOptions, measureOptionsSchema } from '#app/measure/method.ts'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makePerson, makeProject } from '#tests/support/project.ts'

describe('The choices of a view', () => {
  const of = (query: string) => optionsOf(choicesIn(new URLSearchParams(query)))

  it('are in the address, and nonsense there is as if nothing were said', () => {
    expect(of('')).toEqual(defaultOptions)
    expect(of('ties=never&sources=me&tag=&control=')).toEqual(defaultOptions)
    expect(of('from=soon&to=2026-02-30&rater_group=&prompt_version=')).toEqual(defaultOptions)
    expect(of('from=2026-01-02&rater_group=experts&prompt_version=v2')).toMatchObject({
      from: '2026-01-02',
      raterGroup: 'experts',
      promptVersion: 'v2',
    })
    expect(of('ties=drop&both_bad=drop&sources=human,judge&tag=maths&control=length')).toEqual(
      measureOptionsSchema.parse({
        ties: 'drop',
        bothBad: 'drop',
        sources: ['human', 'judge'],
        tag: 'maths',
        control: 'length',
      }),
    )
  })

  it('are kept under what differs from the usual, in one order', () => {
    expect(chosenIn(defaultOptions)).toBe('')
    expect(chosenIn(of('tag=a&ties=drop'))).toBe('{"tag":"a","ties":"drop"}')
    expect(chosenIn(of('ties=drop&tag=a'))).toBe(chosenIn(of('tag=a&ties=drop')))
  })
})

describeEachDialect('A view of a campaign', (makeDatabase) => {
  async function campaign() {
    const test = await makeDatabase()
    const project = await makeProject(test.db)
    const random = seededRandom(5)
    const lines = Array.from({ length: 160 }, (_, place) => {
      // y is no better than x, but longer, and judges like length.
      const words = { x: 4 + Math.floor(random() * 20), y: 10 + Math.floor(random() * 20) }
      const isLonger = words.y > words.x
      const winner = random() < 0.2 ? 'tie' : random() < 0.85 === isLonger ? 'b' : 'a'
      return [
        {
          id: `p${place}`,
          prompt: `Q${place}?`,
          tags: [place % 2 ? 'odd' : 'even'],
          responses: (['x', 'y'] as const).map((model) => ({
            model,
            content: `${model} `.repeat(words[model]),
          })),
        },
        { prompt_id: `p${place}`, model_a: 'x', model_b: 'y', winner, rater: 'w', campaign: 'c' },
      ]
    }).flat()
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    await importFiles(test, project.id, { 'a.jsonl': `${text}\n` })
    const { id } = await test.db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    return { db: test.db, projectId: project.id, campaignId: id }
  }

  async function work(db: Db): Promise<number> {
    for (let done = 0; ; done++) {
      const job = await inTransaction(db, (trx) =>
        claimJob(trx, { holder: 'test', now: Date.now() }),
      )
      if (!job) return done
      await runJob(job, {
        db,
        dataDir: '.',
        handlers: { measure: runMeasure, 'measure-view': runMeasureView },
        holder: 'test',
        signal: new AbortController().signal,
        onError: (error) => {
          throw error
        },
      })
    }
  }

  it('is measured when it is asked for, once, and kept beside the plain one', async () => {
    const { db, ...scope } = await campaign()
    const plain = { db, ask: () => measuredCampaign(db, { ...scope, now: Date.now() }) }
    await plain.ask()
    await work(db)
    const usual = must(await plain.ask(), 'the campaign')
    expect(usual.freshness).toMatchObject({ isWaiting: false, newer: 0 })
    const options = optionsOf(choicesIn(new URLSearchParams('ties=drop&tag=odd')))
    const ask = async () =>
      must(await measuredCampaign(db, { ...scope, options, now: Date.now() }), 'the campaign')
    const first = await ask()
    expect(first.freshness.isWaiting).toBe(true)
    expect(first.standings).toBeNull()
    await ask()
    expect(await work(db)).toBe(1)
    const found = await ask()
    expect(found.freshness.isWaiting).toBe(false)
    const standings = must(found.standings, 'the view')
    expect(standings.method).toMatchObject({ ties: 'drop', tag: 'odd', prompts: 80 })
    expect(must(usual.standings, 'plain').method).toMatchObject({ ties: 'half', prompts: 160 })
    expect(must((await plain.ask())?.standings, 'plain').method.prompts).toBe(160)
  })

  it('at equal length sees that the longer model is no better, and says what length is worth', async () => {
    const { db, ...scope } = await campaign()
    const asked = (control: string) =>
      measuredCampaign(db, {
        ...scope,
        options: optionsOf(choicesIn(new URLSearchParams({ control }))),
        now: Date.now(),
      })
    await asked('none')
    await asked('length')
    await work(db)
    const plain = must((await asked('none'))?.standings, 'plain')
    const fair = must((await asked('length'))?.standings, 'the view')
    const lead = (found: typeof plain) => {
      const [one, other] = ['y', 'x'].map(
        (model) => found.models.find((row) => row.model === model)?.strength ?? Number.NaN,
      )
      return (one ?? 0) - (other ?? 0)
    }
    expect(lead(plain)).toBeGreaterThan(0.5)
    expect(lead(fair)).toBeLessThan(lead(plain) / 2)
    const length = must(fair.length, 'the effect of length')
    expect(length.low).toBeGreaterThan(0)
    expect(lengthSentence(length)).toContain('judges prefer longer responses whatever the model')
    expect(lengthSentence({ ...length, low: -1 })).toContain('not sure')
    expect(plain).not.toHaveProperty('length')
  })

  it('comes as a file that a spreadsheet opens, and as the whole result', async () => {
    const { db, ...scope } = await campaign()
    await measuredCampaign(db, { ...scope, now: Date.now() })
    await work(db)
    const file = (name: string) => readFigures(db.read, { ...scope, name, options: defaultOptions })
    const { table, result } = must(await file('standings'), 'the file')
    const lines = table.trimEnd().split('\r\n')
    expect(lines[0]).toContain(
      'model,model_id,rank_low,rank_high,win_rate,win_rate_low,win_rate_high,rating',
    )
    expect(lines).toHaveLength(3)
    expect(result).toMatchObject({ method: { prompts: 160 } })
    expect(must(await file('head-to-head'), 'the file').table).toContain('score_a')
    expect(must(await file('agreement'), 'the file').table).toContain('percent_agreement')
    expect(await file('drift')).toBeUndefined()
    expect(await file('passwords')).toBeUndefined()
  })

  it('counts one group of raters, some days, or one version of a prompt, alone', async () => {
    const test = await makeDatabase()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const { raterId } = await makePerson(db, { projectId, roles: ['annotator'] })
    const campaignId = await campaignOfVersions(test, projectId)
    const judgments = await db.read
      .selectFrom('judgment')
      .select('id')
      .orderBy('id')
      .limit(10)
      .execute()
    const some = judgments.map(({ id }) => id)
    await db.write
      .updateTable('judgment')
      .set({ judged_at: Date.parse('2026-03-05T23:59:59Z'), rater_id: raterId })
      .where('id', 'in', some)
      .execute()
    await db.write
      .updateTable('rater')
      .set({ groups: '["experts"]' })
      .where('id', '=', raterId)
      .execute()
    const counted = async (query: string) => {
      const options = optionsOf(choicesIn(new URLSearchParams(query)))
      const { standings } = await measureStandings(db.read, { projectId, campaignId, options })
      return standings
    }
    expect((await counted('')).method.judgments).toBe(60)
    expect((await counted('')).sides?.wins).toBe(60)
    expect((await counted('rater_group=experts')).method).toMatchObject({
      judgments: 10,
      raters: 1,
      rater_group: 'experts',
    })
    expect((await counted('rater_group=nobody')).method.judgments).toBe(0)
    const days = await counted('from=2026-03-05&to=2026-03-05')
    expect(days.method).toMatchObject({ judgments: 10, from: '2026-03-05', to: '2026-03-05' })
    expect((await counted('to=2026-03-04')).method.judgments).toBe(0)
    expect((await counted('from=2026-03-06')).method.judgments).toBe(50)
    const version = await counted('prompt_version=v2')
    expect(version.method).toMatchObject({ judgments: 20, prompt_version: 'v2' })
    expect(version.models.map(({ model }) => model).sort()).toEqual([
      'x · prompt v2',
      'y · prompt v2',
    ])
    expect((await counted('prompt_version=none')).models).toEqual([])
  })

  it('weighs raters by their skill, and says so', async () => {
    const test = await makeDatabase()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const campaignId = await campaignOfVersions(test, projectId)
    const options = optionsOf(choicesIn(new URLSearchParams('control=raters')))
    const { standings } = await measureStandings(db.read, { projectId, campaignId, options })
    expect(standings.method.strength).toContain('a skill and a side bias for each rater')
    const plain = await measureStandings(db.read, { projectId, campaignId })
    const lead = (found: typeof standings) =>
      must(found.models.find(({ model }) => model === 'y · prompt v1')?.strength, 'a strength')
    expect(lead(standings)).not.toBe(lead(plain.standings))
    expect(Math.sign(lead(standings))).toBe(Math.sign(lead(plain.standings)))
  })
})

/** Sixty judgments: x and y of version 1 and of version 2, and one version against the other. */
async function campaignOfVersions(test: TestDatabase, projectId: string): Promise<string> {
  const models = ['x', 'y'].flatMap((model) => ['v1', 'v2'].map((version) => ({ model, version })))
  const met = [
    ['x', 'v1', 'y', 'v1'],
    ['x', 'v2', 'y', 'v2'],
    ['x', 'v1', 'y', 'v2'],
  ] as const
  const lines = Array.from({ length: 20 }, (_, place) => [
    {
      id: `p${place}`,
      prompt: `Q${place}?`,
      responses: models.map(({ model, version }) => ({
        model,
        prompt_version: version,
        content: `${model} ${version} ${place}`,
      })),
    },
    ...met.map(([a, versionA, b, versionB], turn) => ({
      prompt_id: `p${place}`,
      model_a: { name: a, prompt_version: versionA },
      model_b: { name: b, prompt_version: versionB },
      winner: (place + turn) % 3 === 0 ? 'a' : 'b',
      rater: `w${place % 2}`,
      shown_first: place % 3 ? 'a' : 'b',
      campaign: 'c',
    })),
  ]).flat()
  const text = lines.map((line) => JSON.stringify(line)).join('\n')
  await importFiles(test, projectId, { 'a.jsonl': `${text}\n` })
  const { id } = await test.db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  return id
}
