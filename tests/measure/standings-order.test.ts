/** Standings are those of their verdicts, to the last digit, in whatever order these come. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MeasureOptions, measureOptionsSchema } from '#app/measure/method.ts'
import { standings } from '#app/measure/standings.ts'
import type { PairTally, ScoreTally } from '#app/measure/tally.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

const models = ['A', 'B', 'C', 'D'].map((id, color) => ({ id, label: id, color }))
const few = fc.nat({ max: 3 })
const modelId = fc.constantFrom(...models.map(({ id }) => id))
const promptId = fc.nat({ max: 20 }).map((place) => `p${String(place).padStart(2, '0')}`)

const pairs = fc.uniqueArray(
  fc
    .record({
      criterionId: fc.constant('c'),
      promptId,
      modelA: modelId,
      modelB: modelId,
      winsA: few,
      winsB: few,
      ties: few,
      bothBad: few,
      cantJudge: few,
      lengthLead: fc.double({ min: -1, max: 1, noNaN: true }),
      draws: fc.record({
        judgments: fc.constant(1),
        inverse: fc.double({ min: 1, max: 50, noNaN: true }),
        taskId: fc.uuid(),
      }),
    })
    .filter((pair) => pair.modelA < pair.modelB)
    .map((pair): PairTally => ({ ...pair, sided: pair.winsA, firstWins: Math.min(1, pair.winsA) })),
  { selector: (pair) => `${pair.promptId} ${pair.modelA} ${pair.modelB}`, maxLength: 80 },
)

const scores = fc.uniqueArray(
  fc.record({
    criterionId: fc.constant('c'),
    promptId,
    modelId,
    sum: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 3 }),
  }),
  { selector: (score) => `${score.promptId} ${score.modelId}`, maxLength: 40 },
)

const options = fc
  .record({
    ties: fc.constantFrom('half', 'drop', 'own'),
    bothBad: fc.constantFrom('half', 'drop'),
    interval: fc.constantFrom('prompt', 'judgment'),
    control: fc.constantFrom('none', 'length'),
  })
  .map((chosen) => measureOptionsSchema.parse(chosen))

interface Verdicts {
  pairs: readonly PairTally[]
  scores: readonly ScoreTally[]
}

const measured = (verdicts: Verdicts, chosen: MeasureOptions) =>
  standings({
    ...verdicts,
    criterionNames: new Map([['c', 'Score']]),
    models,
    options: chosen,
    counts: { prompts: 20, raters: 3, judgments: 60 },
  })

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed)
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

describe('Standings', () => {
  it('are the same to the last digit in whatever order verdicts and scores are given', () => {
    const given = fc.record({ pairs, scores, options, seed: fc.nat(), isDrawn: fc.boolean() })
    fc.assert(
      fc.property(given, ({ isDrawn, seed, ...verdicts }) => {
        const own = isDrawn
          ? verdicts.pairs
          : verdicts.pairs.map(({ draws: _, ...pair }): PairTally => pair)
        const moved = { pairs: shuffled(own, seed), scores: shuffled(verdicts.scores, seed + 1) }
        expect(measured(moved, verdicts.options)).toEqual(
          measured({ pairs: own, scores: verdicts.scores }, verdicts.options),
        )
      }),
    )
  })

  it('say so where nothing but ties is left to tell strengths by', () => {
    const [tied] = fc.sample(
      pairs.filter((some) => some.length > 0),
      { numRuns: 1, seed: 1 },
    )
    const given = (tied ?? []).map((pair): PairTally => ({ ...pair, winsA: 0, winsB: 0, ties: 2 }))
    const { models: rows } = measured(
      { pairs: given, scores: [] },
      measureOptionsSchema.parse({ ties: 'own' }),
    )
    for (const row of rows) {
      expect(row).toMatchObject({
        strength: null,
        reason: expect.stringContaining('too many ties'),
      })
    }
    expect(rows.length).toBeGreaterThan(1)
  })

  it('take a model’s verdicts on one prompt together, whoever it met there', () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const even = given.map(({ draws: _, ...pair }): PairTally => pair)
        const chosen = measureOptionsSchema.parse({})
        const rows = measured({ pairs: even, scores: [] }, chosen).models
        for (const { model_id: id, win_rate, win_rate_low, wins, prompts } of rows) {
          const own = even.filter((pair) => pair.modelA === id || pair.modelB === id)
          const winsIn = (pair: PairTally) => (pair.modelA === id ? pair.winsA : pair.winsB)
          const byPrompt = Object.values(Object.groupBy(own, (pair) => pair.promptId))
          const clusters = byPrompt.map((met = []) => ({
            sum: met.reduce((sum, pair) => sum + winsIn(pair) + (pair.ties + pair.bothBad) / 2, 0),
            count: met.reduce(
              (sum, pair) => sum + pair.winsA + pair.winsB + pair.ties + pair.bothBad,
              0,
            ),
          }))
          const rate = clusteredShare(clusters)
          expect(wins).toBe(own.reduce((sum, pair) => sum + winsIn(pair), 0))
          expect(prompts).toBe(byPrompt.length)
          expect(win_rate ?? 0).toBeCloseTo(rate?.mean ?? 0, 12)
          expect(win_rate_low ?? 0).toBeCloseTo(rate?.low ?? 0, 12)
        }
      }),
    )
  })
})
