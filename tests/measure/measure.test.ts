import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { insertHeldJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { findingOf } from '#app/measure/finding.ts'
import { measureCampaign, newerJudgments, runMeasure } from '#app/measure/measure.server.ts'
import { latestWithPairs } from '#app/measure/measurements.server.ts'
import { defaultOptions, measureOptionsSchema } from '#app/measure/method.ts'
import { standings } from '#app/measure/standings.ts'
import { type PairTally, pairsOfRanking } from '#app/measure/tally.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

const tally = (change: Partial<PairTally>): PairTally => ({
  criterionId: 'c',
  promptId: 'p',
  modelA: 'A',
  modelB: 'B',
  winsA: 0,
  winsB: 0,
  ties: 0,
  bothBad: 0,
  cantJudge: 0,
  ...change,
})

const measured = (pairs: PairTally[], options = defaultOptions) =>
  standings({
    pairs,
    scores: [],
    criterionNames: new Map(),
    models: ['A', 'B', 'C', 'D'].map((id, color) => ({ id, label: id, color })),
    options,
    counts: { prompts: 20, raters: 3, judgments: 60 },
  })

const rowOf = (found: ReturnType<typeof measured>, model: string) =>
  must(
    found.models.find((row) => row.model === model),
    model,
  )

describe('Standings', () => {
  it('keep ties, both bad and can’t judge apart, and count ties and both bad as half a win', () => {
    const found = measured([
      tally({ promptId: '1', winsA: 2, ties: 1, bothBad: 1, cantJudge: 5 }),
      tally({ promptId: '2', winsB: 1 }),
    ])
    expect(rowOf(found, 'A')).toMatchObject({
      wins: 2,
      losses: 1,
      ties: 1,
      both_bad: 1,
      cant_judge: 5,
      judgments: 5,
      win_rate: 3 / 5,
    })
    expect(found.pairs).toMatchObject([
      { a: 'A', b: 'B', wins_a: 2, wins_b: 1, ties: 1, both_bad: 1 },
    ])
  })

  it('can drop ties and both bad, and say so', () => {
    const options = measureOptionsSchema.parse({ ties: 'drop', bothBad: 'drop' })
    const found = measured([tally({ winsA: 3, winsB: 1, ties: 9, bothBad: 4 })], options)
    expect(rowOf(found, 'A').win_rate).toBe(0.75)
    expect(found.method).toMatchObject({ ties: 'drop', both_bad: 'drop' })
  })

  it('can keep ties as a category of their own, beside wins and losses', () => {
    const options = measureOptionsSchema.parse({ ties: 'own' })
    const pairs = Array.from({ length: 20 }, (_, place) =>
      tally({ promptId: String(place), winsA: 3, winsB: place % 2 ? 2 : 1, ties: place % 3 }),
    )
    const found = measured(pairs, options)
    const [a, b] = [rowOf(found, 'A'), rowOf(found, 'B')]
    const all = a.wins + a.losses + a.ties
    expect(a.win_rate).toBeCloseTo(a.wins / all, 12)
    expect(b.win_rate).toBeCloseTo(b.wins / all, 12)
    expect(a.tie_rate).toBeCloseTo(a.ties / all, 12)
    expect((a.win_rate ?? 0) + (b.win_rate ?? 0) + (a.tie_rate ?? 0)).toBeCloseTo(1, 12)
    // Two items: Davidson’s strengths are half the logarithm of the odds, ν is 2 of the equal share.
    expect((a.strength ?? 0) - (b.strength ?? 0)).toBeCloseTo(Math.log(a.wins / a.losses), 6)
    const nu = a.ties / Math.sqrt(a.wins * a.losses)
    expect(found.even_tie_rate).toBeCloseTo(nu / (2 + nu), 6)
    expect(found.method.strength).toContain('Davidson')
    expect(measured(pairs).models[0]).not.toHaveProperty('tie_rate')
    const alike = measured([tally({ promptId: '1', winsA: 2, winsB: 1 })], options)
    expect(rowOf(alike, 'A').strength).toBeCloseTo(Math.log(2) / 2, 6)
    // Who never lost, or never did anything but tie, has no finite strength where ties are apart.
    for (const winsA of [0, 3]) {
      const tied = measured([tally({ promptId: '1', winsA, winsB: 0, ties: 4 })], options)
      expect(rowOf(tied, 'A')).toMatchObject({ strength: null, tie_rate: 4 / (4 + winsA) })
      expect(rowOf(tied, 'A').reason).toContain('too many ties')
    }
  })

  it('can have intervals for raters who are alike as well as prompts', () => {
    const random = seededRandom(2)
    const tastes = Array.from({ length: 24 }, () => (random() < 0.5 ? 0.9 : 0.3))
    const raterVotes = Array.from({ length: 600 }, (_, at) => ({
      criterionId: 'c',
      promptId: String(at % 120),
      modelA: 'A',
      modelB: 'B',
      raterId: `r${at % 24}`,
      winner: random() < (tastes[at % 24] ?? 0) ? ('a' as const) : ('b' as const),
      side: 0 as const,
    }))
    const pairs = Array.from({ length: 120 }, (_, prompt) => {
      const own = raterVotes.filter(({ promptId }) => promptId === String(prompt))
      const wins = own.filter(({ winner }) => winner === 'a').length
      return tally({ promptId: String(prompt), winsA: wins, winsB: own.length - wins })
    })
    const of = (interval: 'prompt' | 'both', votes = raterVotes) =>
      standings({
        pairs,
        scores: [],
        raterVotes: votes,
        criterionNames: new Map(),
        models: ['A', 'B'].map((id, color) => ({ id, label: id, color })),
        options: measureOptionsSchema.parse({ interval }),
        counts: { prompts: 120, raters: 24, judgments: 600 },
      })
    const width = (found: ReturnType<typeof of>, column: 'win_rate' | 'strength') => {
      const row = rowOf(found, 'A')
      return (row[`${column}_high`] ?? 0) - (row[`${column}_low`] ?? 0)
    }
    const [one, two] = [of('prompt'), of('both')]
    expect(rowOf(two, 'A').win_rate).toBeCloseTo(rowOf(one, 'A').win_rate ?? 0, 12)
    expect(rowOf(two, 'A').strength).toBeCloseTo(rowOf(one, 'A').strength ?? 0, 9)
    expect(width(two, 'win_rate')).toBeGreaterThan(1.5 * width(one, 'win_rate'))
    expect(width(two, 'strength')).toBeGreaterThan(1.5 * width(one, 'strength'))
    expect(two.method.interval).toContain('by prompt and by rater')
    const few = of(
      'both',
      raterVotes.map((vote) => ({ ...vote, raterId: vote.raterId.slice(0, 2) })),
    )
    expect(rowOf(few, 'A')).toMatchObject({ win_rate_low: null, reason: 'fewer than 20 raters' })
  })

  it('test for a leaning to the response that is shown first', () => {
    const leaning = (firstWins: number) =>
      measured(
        Array.from({ length: 40 }, (_, place) =>
          tally({
            promptId: String(place),
            winsA: 2,
            winsB: 2,
            sided: 4,
            firstWins: firstWins + ((place % 3) - 1),
          }),
        ),
      ).sides
    expect(leaning(2)).toMatchObject({ wins: 160, prompts: 40 })
    expect(leaning(2)?.p_value).toBeGreaterThan(0.5)
    expect(leaning(3)?.first_rate).toBeGreaterThan(0.7)
    expect(leaning(3)?.p_value).toBeLessThan(1e-6)
    expect(measured([tally({ winsA: 3 })])).not.toHaveProperty('sides')
  })

  it('count three hundred thousand prompts of one pair in no time', () => {
    const pairs = Array.from({ length: 300_000 }, (_, place) =>
      tally({ promptId: String(place), winsA: place % 3, winsB: 1 }),
    )
    const started = performance.now()
    expect(measured(pairs).pairs[0]?.prompts).toBe(300_000)
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  it('have strengths of mean zero and ratings of mean 1000', () => {
    const found = measured([
      tally({ promptId: '1', winsA: 3, winsB: 1 }),
      tally({ promptId: '2', winsA: 1, winsB: 1 }),
    ])
    expect(rowOf(found, 'A').strength).toBeCloseTo(Math.log(2) / 2, 9)
    expect(rowOf(found, 'A').rating).toBeCloseTo(1000 + (400 / Math.LN10) * (Math.log(2) / 2), 9)
    expect((rowOf(found, 'A').rating ?? 0) + (rowOf(found, 'B').rating ?? 0)).toBeCloseTo(2000, 9)
  })

  it('say why an unbeaten and a winless model have no strength', () => {
    const found = measured([tally({ promptId: '1', winsA: 5 }), tally({ promptId: '2', winsA: 5 })])
    expect(rowOf(found, 'A')).toMatchObject({ strength: null, rank_low: null })
    expect(rowOf(found, 'A').reason).toContain('unbeaten')
    expect(rowOf(found, 'B').reason).toContain('winless')
    expect(rowOf(found, 'A').win_rate).toBe(1)
  })

  it('do not take three wins on three prompts for certainty', () => {
    const found = measured(['1', '2', '3'].map((promptId) => tally({ promptId, winsA: 4 })))
    expect(rowOf(found, 'A')).toMatchObject({ win_rate: 1, win_rate_high: 1 })
    expect(rowOf(found, 'A').win_rate_low).toBeLessThan(0.5)
    expect(found.pairs[0]?.score_a_low).toBeLessThan(0.5)
  })

  it('rate nobody when the models fall into groups that never met', () => {
    const found = measured([
      tally({ promptId: '1', winsA: 6, winsB: 4 }),
      tally({ promptId: '2', modelA: 'C', modelB: 'D', winsA: 9, winsB: 1 }),
    ])
    for (const row of found.models) expect(row).toMatchObject({ strength: null, rating: null })
    expect(found.method.warnings.length).toBeGreaterThan(0)
  })

  it('rate the others when one model is unbeaten', () => {
    const pairs = ['1', '2', '3'].flatMap((promptId) => [
      tally({ promptId, winsA: 2, winsB: 1 }),
      tally({ promptId, modelA: 'A', modelB: 'C', winsB: 2 }),
    ])
    const found = measured(pairs)
    expect(rowOf(found, 'C').reason).toContain('unbeaten')
    expect(rowOf(found, 'A').strength).toBeCloseTo(Math.log(2) / 2, 9)
  })

  it('have wider intervals by prompt than by single judgments where raters of a prompt agree', () => {
    const pairs = Array.from({ length: 30 }, (_, place) =>
      tally({ promptId: String(place), ...(place < 18 ? { winsA: 5 } : { winsB: 5 }) }),
    )
    const widthOf = (interval: 'prompt' | 'judgment') => {
      const row = rowOf(measured(pairs, { ...defaultOptions, interval }), 'A')
      return (row.win_rate_high ?? 0) - (row.win_rate_low ?? 0)
    }
    expect(widthOf('prompt')).toBeGreaterThan(2 * widthOf('judgment'))
    const single = wilsonInterval(90, 150)
    expect(widthOf('judgment')).toBeCloseTo((single?.high ?? 0) - (single?.low ?? 0), 2)
  })

  it('do not depend on the order of judgments', () => {
    const pairs = Array.from({ length: 12 }, (_, place) =>
      tally({
        promptId: String(place % 5),
        modelA: place % 2 ? 'A' : 'B',
        modelB: place % 3 ? 'C' : 'D',
        winsA: (place % 4) + 1,
        winsB: ((place * 7) % 5) + 1,
      }),
    )
    const one = measured(pairs)
    const other = measured([...pairs].reverse())
    for (const row of one.models) {
      expect(rowOf(other, row.model).strength).toBeCloseTo(row.strength ?? Number.NaN, 9)
      expect(rowOf(other, row.model).win_rate_low).toBeCloseTo(row.win_rate_low ?? Number.NaN, 9)
    }
  })

  it('claim in words only what the ranks allow', () => {
    const strong = Array.from({ length: 40 }, (_, place) =>
      tally({
        promptId: String(place),
        winsA: place % 10 === 0 ? 0 : 3,
        winsB: place % 10 === 0 ? 3 : 0,
      }),
    )
    expect(findingOf(measured(strong)).headline).toBe('A is better than every other model.')
    const even = Array.from({ length: 40 }, (_, place) =>
      tally({ promptId: String(place), winsA: place % 2, winsB: (place + 1) % 2 }),
    )
    expect(findingOf(measured(even)).headline).toBe('No model is separated from the others yet.')
    expect(findingOf(measured([])).headline).toBe('Nothing has been compared yet.')
    const unjudged = [tally({ promptId: '1', cantJudge: 1 })]
    expect(findingOf(measured(unjudged))).toEqual({ headline: 'Nothing has been compared yet.' })
  })
})

describe('A ranking', () => {
  it('stands for all its pairs, with ties inside a group', () => {
    expect(pairsOfRanking([[2], [0, 1]])).toEqual([
      { a: 0, b: 1, winner: 'tie' },
      { a: 0, b: 2, winner: 'b' },
      { a: 1, b: 2, winner: 'b' },
    ])
  })
})

async function measureNow(db: Db, projectId: string, campaignId: string) {
  const job = await inTransaction(db, (trx) =>
    insertHeldJob(trx, {
      projectId,
      kind: 'measure',
      input: { campaignId },
      holder: 'test',
      now: Date.now(),
    }),
  )
  await runJob(job, {
    db,
    dataDir: '.',
    handlers: { measure: runMeasure },
    holder: 'test',
    signal: new AbortController().signal,
    onError: (error) => {
      throw error
    },
  })
}

describe('What would separate two models', () => {
  /** So many prompts on which A beats B by a share of verdicts that differs from prompt to prompt. */
  const prompts = (count: number, winsOf: (place: number) => number) =>
    Array.from({ length: count }, (_, place) =>
      tally({ promptId: String(place), winsA: winsOf(place), winsB: 3 - winsOf(place) }),
    )

  it('is said in judgments, and about holds when they have come', () => {
    const wins = (place: number) => [3, 0, 2, 1, 2][place % 5] ?? 0
    const few = measured(prompts(40, wins))
    const { more_judgments: more } = must(few.separation, 'what is missing')
    expect(few.separation).toMatchObject({ higher: 'A', lower: 'B' })
    expect(findingOf(few).detail).toContain(
      'more judgments, spread as those so far, would separate A from B',
    )
    const needed = Math.ceil((120 + must(more, 'a number')) / 3)
    expect(measured(prompts(Math.ceil(needed * 1.25), wins)).separation).toBeUndefined()
    expect(measured(prompts(Math.floor(needed * 0.7), wins)).separation).toBeDefined()
  })

  it('is nothing where they are separated, and out of reach where they are as good as even', () => {
    expect(measured(prompts(60, (place) => (place % 6 ? 3 : 1))).separation).toBeUndefined()
    const even = measured(prompts(40, (place) => (place % 2 ? 1 : 2)))
    expect(even.separation).toMatchObject({ more_judgments: null })
    expect(findingOf(even).detail).toContain('too close for any number of judgments within reach')
  })
})

describeEachDialect('Measuring a campaign', (open) => {
  async function campaign() {
    const test = await open()
    const project = await makeProject(test.db)
    const prompts = Array.from({ length: 12 }, (_, place) => ({
      id: `p${place}`,
      prompt: `Q${place}?`,
      responses: ['x', 'y'].map((model) => ({ model, content: `${model}${place}` })),
    }))
    const verdicts = prompts.flatMap(({ id }, place) =>
      ['w1', 'w2', 'w3'].map((rater, turn) => ({
        prompt_id: id,
        model_a: 'x',
        model_b: 'y',
        winner: place % 3 === 0 ? 'b' : turn === 2 && place % 2 === 0 ? 'tie' : 'a',
        rater,
        campaign: 'crowd',
      })),
    )
    const extra = [
      { ...verdicts[0], rater: 'late', is_extra: true },
      { ...verdicts[0], rater: 'gone', withdrawn: 'by mistake' },
      { ...verdicts[0], rater: 'gpt', source: 'judge' },
      { ...verdicts[0], rater: 'golden', purpose: 'gold' },
    ]
    await importFiles(test, project.id, { 'a.jsonl': jsonl(...prompts, ...verdicts, ...extra) })
    const { id } = await test.db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    return { db: test.db, projectId: project.id, campaignId: id }
  }

  it('counts human work alone: neither extra, withdrawn, judge nor gold', async () => {
    const { db, projectId, campaignId } = await campaign()
    const found = await measureCampaign(db.read, { projectId, campaignId })
    expect(found.standings.method).toMatchObject({ judgments: 36, raters: 3, prompts: 12 })
    const sources = measureOptionsSchema.parse({ sources: ['human', 'judge'] })
    const withJudges = await measureCampaign(db.read, { projectId, campaignId, options: sources })
    expect(withJudges.standings.method.judgments).toBe(37)
    const x = found.standings.models.find((row) => row.model === 'x')
    expect(x).toMatchObject({ wins: 20, losses: 12, ties: 4, win_rate: 22 / 36 })
    const row = must(found.agreement.criteria[0], 'agreement')
    expect(row).toMatchObject({
      criterion: 'preference',
      level: 'nominal',
      units: 12,
      judgments: 36,
    })
    expect(row.alpha).toBeGreaterThan(0.4)
    expect(row.alpha_low).toBeLessThan(row.alpha ?? 0)
  })

  it('stores what it measured, knows what came since, and gives the same again', async () => {
    const { db, projectId, campaignId } = await campaign()
    expect(await newerJudgments(db.read, projectId, campaignId)).toBeGreaterThan(0)
    await measureNow(db, projectId, campaignId)
    expect(await newerJudgments(db.read, projectId, campaignId)).toBe(0)
    const first = must(await latestWithPairs(db.read, projectId, campaignId), 'standings')
    await measureNow(db, projectId, campaignId)
    const again = must(await latestWithPairs(db.read, projectId, campaignId), 'standings')
    expect(again.result).toEqual(first.result)
    const counts = await db.read
      .selectFrom('pair_count')
      .select((eb) => [eb.fn.sum<number>('wins_a').as('a'), eb.fn.sum<number>('wins_b').as('b')])
      .executeTakeFirstOrThrow()
    expect(counts.a + counts.b).toBe(32)
  })
})
