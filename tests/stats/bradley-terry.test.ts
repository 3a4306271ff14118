import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { bradleyTerry, differenceVariance, type PairTotal } from '#app/stats/bradley-terry.ts'
import { strongComponents } from '#app/stats/comparison-graph.ts'
import { rankRanges } from '#app/stats/rank-range.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

const total = (a: number, b: number, points: number, count: number, cluster = 0): PairTotal => ({
  a,
  b,
  count,
  points,
  cluster,
})

describe('Bradley–Terry strengths', () => {
  it('reproduce the worked example of Wikipedia', () => {
    const fit = bradleyTerry(4, [
      total(0, 1, 2, 5),
      total(0, 3, 1, 5),
      total(1, 2, 5, 8),
      total(2, 3, 1, 4),
    ])
    const worths = Array.from(fit.strengths, Math.exp)
    ;[0.64, 1.043, 0.66, 2.27].forEach((worth, place) => {
      expect(worths[place]).toBeCloseTo(worth, 3)
    })
  })

  it('reproduce the journal citations of Agresti (2002) as BradleyTerry2 in R fits them', () => {
    const wins = [
      [0, 730, 498, 221],
      [33, 0, 68, 17],
      [320, 813, 0, 142],
      [284, 276, 325, 0],
    ]
    const winsOf = (a: number, b: number) => must(wins[a]?.[b], 'wins')
    const totals = [0, 1, 2, 3].flatMap((a) =>
      [0, 1, 2, 3]
        .filter((b) => b > a)
        .map((b) => total(a, b, winsOf(a, b), winsOf(a, b) + winsOf(b, a))),
    )
    const { strengths } = bradleyTerry(4, totals)
    const first = must(strengths[0], 'a strength')
    ;[0, -2.9490725, -0.47956977, 0.26895406].forEach((strength, place) => {
      expect(must(strengths[place], 'a strength') - first).toBeCloseTo(strength, 6)
    })
  })

  it('reproduce the cycle of choix, to eight digits', () => {
    const fit = bradleyTerry(3, [total(0, 1, 2, 2), total(1, 2, 1, 1), total(2, 0, 1, 1)])
    expect(fit.strengths[0]).toBeCloseTo(0.419617624, 8)
    expect(fit.strengths[1]).toBeCloseTo(-0.419617624, 8)
    expect(fit.strengths[2]).toBeCloseTo(0, 8)
  })

  it('refuse to print a rating for a model that never lost', () => {
    expect(() => bradleyTerry(2, [total(0, 1, 10, 10)])).toThrow(RangeError)
  })

  it('have a covariance only with two clusters or more', () => {
    expect(bradleyTerry(2, [total(0, 1, 1, 2)]).covariance).toBeNull()
  })

  it('have wider intervals when the verdicts on a prompt agree with each other', () => {
    const clustered = Array.from({ length: 20 }, (_, c) => total(0, 1, c < 12 ? 5 : 0, 5, c))
    const spread = Array.from({ length: 100 }, (_, c) => total(0, 1, c < 60 ? 1 : 0, 1, c))
    const varianceOf = (totals: PairTotal[]) =>
      differenceVariance(must(bradleyTerry(2, totals).covariance, 'covariance'), 0, 1)
    expect(varianceOf(clustered)).toBeGreaterThan(4 * varianceOf(spread))
  })

  const games = fc.array(
    fc.record({
      a: fc.integer({ min: 0, max: 3 }),
      b: fc.integer({ min: 0, max: 3 }),
      points: fc.constantFrom(0, 0.5, 1),
      cluster: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 10, maxLength: 60 },
  )

  it('depend neither on the order of judgments nor on which side is called a', () => {
    fc.assert(
      fc.property(games, (played) => {
        const totals = played
          .filter((game) => game.a !== game.b)
          .map((game) => ({ ...game, count: 1 }))
        const edges = totals.flatMap(({ a, b, points }) => [
          ...(points > 0 ? [{ from: a, to: b }] : []),
          ...(points < 1 ? [{ from: b, to: a }] : []),
        ])
        if (strongComponents(4, edges).length > 1) return
        const one = bradleyTerry(4, totals)
        const turned = [...totals].reverse().map(({ a, b, points, count, cluster }) => ({
          a: b,
          b: a,
          points: count - points,
          count,
          cluster,
        }))
        const other = bradleyTerry(4, turned)
        for (let place = 0; place < 4; place++) {
          expect(other.strengths[place]).toBeCloseTo(must(one.strengths[place], 'a strength'), 7)
        }
        const sum = one.strengths.reduce((all, strength) => all + strength, 0)
        expect(sum).toBeCloseTo(0, 9)
      }),
    )
  })
})

describe('The comparison graph', () => {
  it('falls into what can be compared', () => {
    const both = (a: number, b: number) => [
      { from: a, to: b },
      { from: b, to: a },
    ]
    expect(strongComponents(4, [...both(0, 1), ...both(2, 3)])).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(strongComponents(3, [...both(0, 1), { from: 2, to: 0 }])).toEqual([[0, 1], [2]])
    expect(strongComponents(0, [])).toEqual([])
  })
})

describe('Rank ranges', () => {
  it('separate what is far apart and bracket what is not', () => {
    const random = seededRandom(3)
    const truth = [1.6, 0, 0.02]
    const totals = Array.from({ length: 300 }, (_, cluster) =>
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ].map(([a = 0, b = 0]) => {
        const p = 1 / (1 + Math.exp((truth[b] ?? 0) - (truth[a] ?? 0)))
        return total(a, b, random() < p ? 1 : 0, 1, cluster)
      }),
    ).flat()
    const fit = bradleyTerry(3, totals)
    const { ranges, criticalValue } = rankRanges(
      fit.strengths,
      must(fit.covariance, 'covariance'),
      fit.clusters - 1,
    )
    expect(ranges[0]).toEqual({ low: 1, high: 1 })
    expect(ranges[1]).toEqual({ low: 2, high: 3 })
    expect(ranges[2]).toEqual({ low: 2, high: 3 })
    expect(criticalValue).toBeGreaterThan(2)
    expect(criticalValue).toBeLessThan(2.6)
  })
})
