import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { bradleyTerry, differenceVariance } from '#app/stats/bradley-terry.ts'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { addTo, cell, symmetricParts, zeros } from '#app/stats/matrix.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { twoWayClusteredMean } from '#app/stats/two-way-clustered-mean.ts'
import { type TwoWayTotal, twoWayRatings } from '#app/stats/two-way-ratings.ts'

const many = (count: number) => Array.from({ length: count }, (_, at) => at)

describe('The mean of values that are alike within prompts and within raters', () => {
  it('has the three variances of its formula, written out by hand', () => {
    const random = seededRandom(8)
    const values = many(25).flatMap((prompt) =>
      many(20).map((rater) => ({
        prompt: `p${prompt}`,
        rater: `r${rater}`,
        value: drawNormal(random) + prompt / 10 + rater / 7,
      })),
    )
    const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length
    const variance = (key: 'prompt' | 'rater', groups: number) => {
      const sums = many(groups).map((at) =>
        values
          .filter((one) => one[key] === `${key[0]}${at}`)
          .reduce((sum, { value }) => sum + value - mean, 0),
      )
      return ((groups / (groups - 1)) * sums.reduce((sum, one) => sum + one * one, 0)) / 500 ** 2
    }
    const single =
      ((500 / 499) * values.reduce((sum, { value }) => sum + (value - mean) ** 2, 0)) / 500 ** 2
    const found = must(twoWayClusteredMean(values), 'a mean')
    const expected = Math.sqrt(variance('prompt', 25) + variance('rater', 20) - single)
    expect(found.standardError).toBeCloseTo(expected, 12)
    expect(found.high).toBeCloseTo(found.mean + studentTQuantile(0.975, 19) * expected, 10)
  })

  it('covers where raters differ in taste, as the interval by prompts alone does not', () => {
    const random = seededRandom(12)
    const runs = 1_000
    let [held, byPrompt] = [0, 0]
    for (let run = 0; run < runs; run++) {
      const tastes = many(25).map(() => 0.5 * drawNormal(random))
      const values = many(60).flatMap((prompt) => {
        const luck = 0.6 * drawNormal(random)
        return many(4).map((turn) => {
          const rater = (prompt * 7 + turn * 3) % 25
          const value = luck + (tastes[rater] ?? 0) + drawNormal(random)
          return { prompt: String(prompt), rater: String(rater), value }
        })
      })
      const found = must(twoWayClusteredMean(values), 'a mean')
      if ((found.low ?? 1) <= 0 && 0 <= (found.high ?? -1)) held += 1
      const sums = many(60).map((prompt) => ({
        sum: values
          .filter((one) => one.prompt === String(prompt))
          .reduce((sum, { value }) => sum + value, 0),
        count: 4,
      }))
      const one = must(clusteredMean(sums), 'a mean')
      if ((one.low ?? 1) <= 0 && 0 <= (one.high ?? -1)) byPrompt += 1
    }
    expect(held / runs).toBeGreaterThanOrEqual(0.935)
    expect(held / runs).toBeLessThanOrEqual(0.965)
    expect(byPrompt / runs).toBeLessThan(0.9)
  })

  it('is nothing without values, and has no interval with few of either', () => {
    expect(twoWayClusteredMean([])).toBeNull()
    const few = many(40).map((at) => ({ prompt: String(at), rater: String(at % 19), value: at }))
    expect(twoWayClusteredMean(few)).toMatchObject({
      mean: 19.5,
      low: null,
      prompts: 40,
      raters: 19,
      reason: 'fewer than 20 raters',
    })
  })

  it('does not depend on the order of values, nor on names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(24), fc.nat(24), fc.double({ min: -5, max: 5, noNaN: true })), {
          minLength: 1,
        }),
        (rows) => {
          const all = [...many(25).map((at) => [at, at, 0] as const), ...rows]
          const values = all.map(([prompt, rater, value]) => ({
            prompt: `p${prompt}`,
            rater: `r${rater}`,
            value,
          }))
          const turned = values
            .map((one) => ({ ...one, prompt: `x${one.prompt}`, rater: `${one.rater}y` }))
            .reverse()
          const [a, b] = [twoWayClusteredMean(values), twoWayClusteredMean(turned)]
          expect(b?.mean).toBeCloseTo(a?.mean ?? 0, 9)
          expect(b?.standardError).toBeCloseTo(a?.standardError ?? 0, 9)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('Strengths with prompts and raters that are each alike', () => {
  const draw = (random: () => number, prompts: number, raters: number): TwoWayTotal[] => {
    const tastes = many(raters).map(() => many(3).map(() => 0.5 * drawNormal(random)))
    return many(prompts).flatMap((prompt) => {
      const luck = many(3).map((model) => 0.4 * model + 0.5 * drawNormal(random))
      return many(4).map((turn) => {
        const rater = (prompt * 5 + turn * 2) % raters
        const [a, b] = [
          [0, 1],
          [0, 2],
          [1, 2],
        ][(prompt + turn) % 3] as [number, number]
        const lead =
          (luck[a] ?? 0) + (tastes[rater]?.[a] ?? 0) - (luck[b] ?? 0) - (tastes[rater]?.[b] ?? 0)
        const points = random() < 1 / (1 + Math.exp(-lead)) ? 1 : 0
        return { a, b, count: 1, points, prompt, rater }
      })
    })
  }

  it('are those of Bradley and Terry, with errors that are no smaller where raters matter', () => {
    const totals = draw(seededRandom(3), 200, 24)
    const found = twoWayRatings(3, totals)
    const plain = bradleyTerry(
      3,
      totals.map((total) => ({ ...total, cluster: total.prompt })),
    )
    expect(found.strengths).toEqual(plain.strengths)
    expect(found).toMatchObject({ prompts: 200, raters: 24 })
    const [wide, narrow] = [must(found.covariance, 'one'), must(plain.covariance, 'one')]
    expect(differenceVariance(wide, 0, 2)).toBeGreaterThan(differenceVariance(narrow, 0, 2))
  })

  it('have no covariance with few raters', () => {
    const found = twoWayRatings(3, draw(seededRandom(4), 60, 7))
    expect(found).toMatchObject({ covariance: null, raters: 7, reason: 'fewer than 20 raters' })
  })
})

describe('The parts of a symmetric matrix', () => {
  it('put together give the matrix again, and stand square on each other', () => {
    const random = seededRandom(6)
    const matrix = zeros(7)
    for (let row = 0; row < 7; row++) {
      for (let column = 0; column <= row; column++) {
        const value = drawNormal(random)
        addTo(matrix, row, column, value)
        if (row !== column) addTo(matrix, column, row, value)
      }
    }
    const { values, vectors } = symmetricParts(matrix)
    for (const row of many(7)) {
      for (const column of many(7)) {
        const again = many(7).reduce(
          (sum, at) => sum + (values[at] ?? 0) * cell(vectors, row, at) * cell(vectors, column, at),
          0,
        )
        expect(again).toBeCloseTo(cell(matrix, row, column), 10)
        const square = many(7).reduce(
          (sum, at) => sum + cell(vectors, at, row) * cell(vectors, at, column),
          0,
        )
        expect(square).toBeCloseTo(row === column ? 1 : 0, 10)
      }
    }
  })
})
