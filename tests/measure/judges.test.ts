import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { insertHeldJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { agreementSentence, leanings, savingSentence } from '#app/measure/judge-finding.ts'
import { familyOf, judgeReport } from '#app/measure/judge-report.ts'
import { addJudgeVote, emptyJudgeTally, type JudgeVote } from '#app/measure/judge-tally.ts'
import { measureJudges, runMeasure } from '#app/measure/measure.server.ts'
import { latestJudges } from '#app/measure/measurements.server.ts'
import { clusteredPredictionPoweredMean } from '#app/stats/clustered-prediction-powered-mean.ts'
import { predictionPoweredMean } from '#app/stats/prediction-powered-mean.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction } from '#db/open.ts'
import type { Winner } from '#db/schema.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const models = ['gpt-4', 'llama-3', 'mistral-7b'].map((id, color) => ({ id, label: id, color }))

const vote = (change: Partial<JudgeVote>): JudgeVote => ({
  promptId: 'p',
  judge: null,
  winner: 'a',
  a: { modelId: 'gpt-4', characters: 100 },
  b: { modelId: 'llama-3', characters: 200 },
  first: null,
  ...change,
})

const reportOf = (votes: readonly JudgeVote[]) => {
  const tally = emptyJudgeTally()
  for (const one of votes) addJudgeVote(tally, one)
  return judgeReport(tally, models)
}

describe('The report on judges', () => {
  it('holds a judge’s votes against each person’s, whichever way round the pair was filed', () => {
    const report = reportOf([
      vote({ promptId: '1' }),
      vote({ promptId: '1' }),
      vote({ promptId: '1', winner: 'tie' }),
      vote({
        promptId: '1',
        judge: 'gpt-4',
        winner: 'b',
        a: { modelId: 'llama-3', characters: 200 },
        b: { modelId: 'gpt-4', characters: 100 },
      }),
      vote({ promptId: '2', winner: 'b' }),
      vote({ promptId: '2', judge: 'gpt-4', winner: 'cant_judge' }),
      vote({ promptId: '3', winner: 'both_bad' }),
      vote({ promptId: '3', judge: 'gpt-4', winner: 'tie' }),
    ])
    const row = must(report.judges[0], 'the judge')
    expect(row).toMatchObject({ judge: 'gpt-4', verdicts: 2, prompts: 2, shared_pairs: 2 })
    expect(row.agreement.value).toBeCloseTo((2 / 3 + 0) / 2, 12)
    expect(row.people_agreement.value).toBeCloseTo(1 / 3, 12)
    expect(row.confusion).toEqual([
      [2 / 3, 0, 0, 0],
      [0, 0, 0, 0],
      [1 / 3, 0, 0, 0],
      [0, 0, 1, 0],
    ])
  })

  it('finds leanings that are there, and names none that are not', () => {
    const random = seededRandom(12)
    const world = (isBiased: boolean) =>
      Array.from({ length: 120 }, (_, prompt) => {
        const promptId = String(prompt).padStart(3, '0')
        const said = (judge: string | null): JudgeVote => {
          const first = random() < 0.5 ? 'a' : 'b'
          const lean = judge && isBiased ? (first === 'a' ? 1 : -1) - 1.2 + 1 : 0
          const winner: Winner = random() < 1 / (1 + Math.exp(-lean)) ? 'a' : 'b'
          return vote({ promptId, judge, first, winner })
        }
        return [said(null), said(null), said(null), said('gpt-4-judge'), said('gpt-4-judge')]
      }).flat()
    const biased = must(reportOf(world(true)).judges[0], 'the judge')
    expect(biased.first.low).toBeGreaterThan(0.5)
    expect(leanings(biased).join(' ')).toContain('leans to the response shown first')
    const fair = must(reportOf(world(false)).judges[0], 'the judge')
    expect(leanings(fair)).toEqual([])
  })

  it('sees a judge that favours length and its own family', () => {
    const random = seededRandom(4)
    const votes = Array.from({ length: 150 }, (_, prompt) => {
      const promptId = String(prompt)
      const even = (): Winner => (random() < 0.5 ? 'a' : 'b')
      const own = (): Winner => (random() < 0.8 ? 'a' : 'b')
      const a = { modelId: 'gpt-4', characters: 400 }
      return [
        vote({ promptId, a, winner: even() }),
        vote({ promptId, a, winner: even() }),
        vote({ promptId, a, judge: 'openai/gpt-4o', winner: own() }),
      ]
    }).flat()
    const row = must(reportOf(votes).judges[0], 'the judge')
    expect(row.longer.low).toBeGreaterThan(0.1)
    expect(row.own_family.low).toBeGreaterThan(0.1)
    const said = leanings(row).join(' ')
    expect(said).toContain('prefers the longer response more often than people do')
    expect(said).toContain('scores models of its own family better than people do')
  })

  it('knows a family by the first word of a name', () => {
    expect(['GPT-4', 'openai/gpt-4o', 'gpt4_pair'].map(familyOf)).toEqual(['gpt', 'gpt', 'gpt'])
    expect(familyOf('claude-3-opus')).toBe('claude')
    expect(familyOf('7')).toBe('')
  })

  it('joins many verdicts with few labels, and shows people’s own figure beside', () => {
    const random = seededRandom(17)
    const votes: JudgeVote[] = []
    for (let prompt = 0; prompt < 400; prompt++) {
      const promptId = String(prompt).padStart(4, '0')
      const isBetter = random() < 0.62
      const winner: Winner = isBetter ? 'a' : 'b'
      const other: Winner = isBetter ? 'b' : 'a'
      votes.push(vote({ promptId, judge: 'judge', winner: random() < 0.92 ? winner : other }))
      if (prompt % 8 === 0) votes.push(vote({ promptId, winner: random() < 0.95 ? winner : other }))
    }
    const report = reportOf(votes)
    const row = must(
      report.combined.find(({ model }) => model === 'gpt-4'),
      'a model',
    )
    const combined = must(row.combined, 'the combined estimate')
    expect(row.people).toMatchObject({ pairs: 50, prompts: 50 })
    expect(combined.high - combined.low).toBeLessThan(0.85 * (row.people.high - row.people.low))
    expect(combined.effective_pairs).toBeGreaterThan(70)
    expect(savingSentence(report)).toMatch(/worth \d+ % more judged pairs/)
  })

  it('says what cannot be said', () => {
    const apart = reportOf([vote({ promptId: '1' }), vote({ promptId: '2', judge: 'j' })])
    expect(apart.warnings.join()).toContain('no pair in common')
    expect(agreementSentence(must(apart.judges[0], 'j'))).toBe(
      'j and people judged no pair in common.',
    )
    expect(savingSentence(apart)).toContain('could not be joined')
    expect(reportOf([vote({})])).toMatchObject({ judges: [], combined: [] })
  })

  it('says in its sentence what its figures say', () => {
    const votes = Array.from({ length: 40 }, (_, prompt) => {
      const promptId = String(prompt)
      const winner: Winner = prompt % 2 ? 'a' : 'b'
      const judged: Winner = prompt % 4 === 0 ? 'tie' : winner
      return [
        vote({ promptId, winner }),
        vote({ promptId, winner }),
        vote({ promptId, judge: 'j', winner: judged }),
      ]
    }).flat()
    const row = must(reportOf(votes).judges[0], 'j')
    expect(row.agreement.value).toBeCloseTo(0.75, 12)
    expect(agreementSentence(row)).toMatch(
      /^j says what a person says of the same pair 75.0 % \(95 % interval .*\) of the time: less often than people agree with each other, 100.0 % /,
    )
  })
})

describe('The prediction-powered mean of clusters', () => {
  it('is PPI++ where each cluster is one unit', () => {
    const random = seededRandom(2)
    const labelled = Array.from({ length: 60 }, (): [number, number] => {
      const hidden = drawNormal(random)
      return [hidden + drawNormal(random), hidden]
    })
    const more = Array.from({ length: 900 }, () => drawNormal(random))
    const plain = must(predictionPoweredMean(labelled, more), 'one')
    const found = must(
      clusteredPredictionPoweredMean([
        ...labelled.map(([label, prediction], at) => ({ cluster: `l${at}`, label, prediction })),
        ...more.map((prediction, at) => ({ cluster: `u${at}`, prediction })),
      ]),
      'one',
    )
    // The weight is tuned to the spread of other predictions, which matters little.
    expect(Math.abs(found.weight - plain.weight)).toBeLessThan(0.2)
    expect(Math.abs(found.mean - plain.mean)).toBeLessThan(plain.standardError / 5)
    expect(found.standardError / plain.standardError).toBeCloseTo(1, 1)
  })

  it('covers with units that are alike within a prompt, as the plain one does not', () => {
    const random = seededRandom(3)
    const runs = 1_000
    for (const prompts of [13, 50, 200]) {
      let [covered, naive] = [0, 0]
      for (let run = 0; run < runs; run++) {
        const units = Array.from({ length: prompts }, (_, prompt) => {
          const luck = drawNormal(random)
          return Array.from({ length: 12 }, (_, pair) => {
            const hidden = luck + drawNormal(random)
            const prediction = hidden + 0.4
            const label = hidden + 0.5 * drawNormal(random)
            return { cluster: String(prompt), prediction, ...(pair < 3 ? { label } : {}) }
          })
        }).flat()
        const found = must(clusteredPredictionPoweredMean(units), 'one')
        if (found.low <= 0 && 0 <= found.high) covered += 1
        const plain = must(
          predictionPoweredMean(
            units.flatMap(({ label, prediction }) =>
              label === undefined ? [] : [[label, prediction] as const],
            ),
            units.flatMap(({ label, prediction }) => (label === undefined ? [prediction] : [])),
          ),
          'one',
        )
        if (plain.low <= 0 && 0 <= plain.high) naive += 1
      }
      expect(covered / runs, `${prompts} prompts`).toBeGreaterThanOrEqual(0.935)
      expect(covered / runs, `${prompts} prompts`).toBeLessThanOrEqual(0.965)
      expect(naive / runs, `${prompts} prompts, plain`).toBeLessThan(0.88)
    }
  })

  it('says nothing without two labelled clusters, or without a unit to predict', () => {
    const unit = { cluster: '1', prediction: 0.5 }
    expect(clusteredPredictionPoweredMean([unit, { ...unit, label: 1 }])).toBeNull()
    const both = [
      { ...unit, label: 1 },
      { ...unit, cluster: '2', label: 0 },
    ]
    expect(clusteredPredictionPoweredMean(both)).toBeNull()
  })
})

describeEachDialect('Judges of a campaign', (makeDatabase) => {
  const lines = (withJudges: boolean) =>
    Array.from({ length: 14 }, (_, place) => {
      const prompt = { id: `p${place}`, prompt: `Q${place}?` }
      const responses = ['x', 'y'].map((model, turn) => ({ model, content: 'w '.repeat(turn + 2) }))
      const verdict = { prompt_id: prompt.id, model_a: 'y', model_b: 'x', campaign: 'c' }
      const people = { ...verdict, winner: place % 3 ? 'a' : 'b', rater: 'w1', shown_first: 'b' }
      const judge = { ...verdict, winner: place % 2 ? 'a' : 'b', rater: 'j', source: 'judge' }
      return [{ ...prompt, responses }, people, ...(withJudges ? [judge] : [])]
    }).flat()

  async function imported({ withJudges }: { withJudges: boolean }) {
    const test = await makeDatabase()
    const project = await makeProject(test.db)
    const text = lines(withJudges).map((line) => JSON.stringify(line))
    await importFiles(test, project.id, { 'a.jsonl': `${text.join('\n')}\n` })
    const { id: campaignId } = await test.db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    return { test, projectId: project.id, campaignId }
  }

  async function measure({ test, projectId, campaignId }: Awaited<ReturnType<typeof imported>>) {
    const job = await inTransaction(test.db, (trx) =>
      insertHeldJob(trx, {
        projectId,
        kind: 'measure',
        input: { campaignId },
        holder: 'test',
        now: Date.now(),
      }),
    )
    await runJob(job, {
      db: test.db,
      dataDir: '.',
      handlers: { measure: runMeasure },
      holder: 'test',
      signal: new AbortController().signal,
      onError: (error) => {
        throw error
      },
    })
  }

  it('are nothing in a campaign that has none', async () => {
    const campaign = await imported({ withJudges: false })
    await measure(campaign)
    const { test, projectId, campaignId } = campaign
    expect(await latestJudges(test.db.read, projectId, campaignId)).toBeNull()
  })

  it('are measured with it', async () => {
    const campaign = await imported({ withJudges: true })
    await measure(campaign)
    const { test, projectId, campaignId } = campaign
    const stored = await latestJudges(test.db.read, projectId, campaignId)
    const [row] = must(stored, 'the report').result.judges
    expect(row).toMatchObject({ judge: 'j', verdicts: 14, shared_pairs: 14 })
    const agreeing = Array.from({ length: 14 }, (_, place) => place % 3 > 0 === place % 2 > 0)
    expect(row?.agreement.value).toBeCloseTo(agreeing.filter(Boolean).length / 14, 12)
    expect(row?.people_first).toMatchObject({ value: 5 / 14, n: 14 })
    expect(row?.first.value).toBeNull()
    const again = await measureJudges(test.db.read, { projectId, campaignId })
    expect(again).toEqual(stored?.result)
  })

  it('have no report any more once their verdicts are withdrawn', async () => {
    const campaign = await imported({ withJudges: true })
    await measure(campaign)
    const { test, projectId, campaignId } = campaign
    await test.db.write
      .updateTable('judgment')
      .set({ withdrawn_at: 1 })
      .where('project_id', '=', projectId)
      .where('source', '=', 'judge')
      .execute()
    await measure(campaign)
    expect(await latestJudges(test.db.read, projectId, campaignId)).toBeNull()
  })
})
