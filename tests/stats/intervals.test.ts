import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { cell, inverseOf, semidefiniteFactor, zeros } from '#app/stats/matrix.ts'
import { quantile } from '#app/stats/quantile.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { normalQuantile, studentTDistribution, studentTQuantile } from '#app/stats/student-t.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'

describe('Wilson’s interval', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is the one of Newcombe (1998), table I', (successes, trials, low, high) => {
    const interval = wilsonInterval(successes, trials)
    expect(interval?.low).toBeCloseTo(low, 4)
    expect(interval?.high).toBeCloseTo(high, 4)
  })

  it('does not exist without a trial', () => {
    expect(wilsonInterval(0, 0)).toBeNull()
  })

  it('holds the proportion and stays between 0 and 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const successes = Math.round(n * share)
          const interval = wilsonInterval(successes, n)
          expect(interval?.low).toBeGreaterThanOrEqual(0)
          expect(interval?.high).toBeLessThanOrEqual(1)
          expect(interval?.low).toBeLessThanOrEqual(successes / n + 1e-12)
          expect(interval?.high).toBeGreaterThanOrEqual(successes / n - 1e-12)
        },
      ),
    )
  })
})

describe('Quantiles', () => {
  it('of the normal and of Student’s t are those of the tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12)
    expect(normalQuantile(0.0001)).toBeCloseTo(-3.719016485455709, 10)
    expect(studentTQuantile(0.975, 10)).toBeCloseTo(2.2281388519649385, 9)
    expect(studentTQuantile(0.975, 1)).toBeCloseTo(12.706204736432095, 7)
    expect(studentTQuantile(0.95, 3)).toBeCloseTo(2.353363434801822, 9)
    expect(studentTQuantile(0.025, 18)).toBeCloseTo(-2.10092204024096, 9)
    expect(studentTQuantile(0.975, 100_000)).toBeCloseTo(1.96, 3)
  })

  it('undo the distribution', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (p, degrees) => {
          expect(studentTDistribution(studentTQuantile(p, degrees), degrees)).toBeCloseTo(p, 9)
        },
      ),
    )
  })

  it('of a sample lie on straight lines between its points', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(quantile([5], 0.9)).toBe(5)
    expect(() => quantile([], 0.5)).toThrow(RangeError)
  })
})

describe('The clustered mean', () => {
  it('is a plain t interval when each cluster has one value', () => {
    const values = [1, 0, 1, 1, 0, 1]
    const found = clusteredMean(values.map((value) => ({ sum: value, count: 1 })))
    const mean = 4 / 6
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 5
    const reach = 2.570581835636314 * Math.sqrt(variance / 6)
    expect(found?.mean).toBeCloseTo(mean, 12)
    expect(found?.high).toBeCloseTo(mean + reach, 9)
  })

  it('does not believe that five raters of one prompt are five prompts', () => {
    const clustered = clusteredMean([
      { sum: 5, count: 5 },
      { sum: 0, count: 5 },
      { sum: 5, count: 5 },
    ])
    const single = clusteredMean(
      Array.from({ length: 15 }, (_, place) => ({ sum: place < 10 ? 1 : 0, count: 1 })),
    )
    expect(clustered?.mean).toBeCloseTo(single?.mean ?? Number.NaN, 12)
    expect(clustered?.standardError ?? 0).toBeGreaterThan(2 * (single?.standardError ?? 1))
  })

  it('is the same where prompts alike are given once, with how many they are', () => {
    const kinds = [
      { sum: 2, count: 3, times: 4 },
      { sum: 0, count: 2, times: 1 },
      { sum: 3, count: 3, times: 7 },
    ]
    const each = clusteredMean(
      kinds.flatMap((kind) => Array(kind.times).fill({ ...kind, times: 1 })),
    )
    const once = clusteredMean(kinds)
    expect(once).toMatchObject({ clusters: 12, count: 35, mean: each?.mean })
    expect(once?.low).toBeCloseTo(each?.low ?? Number.NaN, 12)
    expect(once?.high).toBeCloseTo(each?.high ?? Number.NaN, 12)
  })

  it('says why one prompt gives no interval, and is nothing without values', () => {
    expect(clusteredMean([{ sum: 3, count: 4 }])).toMatchObject({
      mean: 0.75,
      low: null,
      high: null,
    })
    expect(clusteredMean([])).toBeNull()
    expect(clusteredMean([{ sum: 0, count: 0 }])).toBeNull()
  })

  it('covers the truth about as often as it says, with few prompts and many raters', () => {
    const random = seededRandom(11)
    let covered = 0
    const rounds = 400
    for (let round = 0; round < rounds; round++) {
      const clusters = Array.from({ length: 13 }, () => {
        const p = 1 / (1 + Math.exp(-1.5 * drawNormal(random)))
        const sum = Array.from({ length: 12 }, () => (random() < p ? 1 : 0)).reduce(
          (all: number, one) => all + one,
          0,
        )
        return { sum, count: 12 }
      })
      const found = clusteredMean(clusters)
      if ((found?.low ?? 1) <= 0.5 && (found?.high ?? 0) >= 0.5) covered += 1
    }
    expect(covered / rounds).toBeGreaterThan(0.91)
    expect(covered / rounds).toBeLessThan(0.98)
  })
})

describe('Matrices', () => {
  it('inverse and factor multiply back', () => {
    const matrix = zeros(3)
    matrix.cells.set([4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2])
    const inverse = inverseOf(matrix)
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        let product = 0
        for (let k = 0; k < 3; k++) product += cell(matrix, row, k) * cell(inverse, k, column)
        expect(product).toBeCloseTo(row === column ? 1 : 0, 12)
      }
    }
    const singular = zeros(3)
    singular.cells.set([2, -1, -1, -1, 2, -1, -1, -1, 2])
    const factor = semidefiniteFactor(singular)
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        let product = 0
        for (let k = 0; k < 3; k++) product += cell(factor, row, k) * cell(factor, column, k)
        expect(product).toBeCloseTo(cell(singular, row, column), 9)
      }
    }
    expect(() => inverseOf(singular)).toThrow(RangeError)
  })
})

describe('Seeded chance', () => {
  it('repeats itself, differs by seed, and is uniform enough', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed)
      return Array.from({ length: 2_000 }, () => random())
    }
    expect(draw(5)).toEqual(draw(5))
    expect(draw(5)).not.toEqual(draw(6))
    const mean = draw(5).reduce((sum, value) => sum + value, 0) / 2_000
    expect(mean).toBeGreaterThan(0.47)
    expect(mean).toBeLessThan(0.53)
  })
})

describe('A clustered share', () => {
  it('is the clustered mean where clusters differ', () => {
    const clusters = [
      { sum: 2, count: 3 },
      { sum: 1, count: 4 },
      { sum: 3, count: 3 },
    ]
    expect(clusteredShare(clusters)).toEqual(clusteredMean(clusters, { bounds: [0, 1] }))
  })

  it('has Wilson’s interval with a case for each cluster where none differs from another', () => {
    const even = Array.from({ length: 20 }, () => ({ sum: 0, count: 9 }))
    const found = clusteredShare(even)
    expect(found).toMatchObject({ mean: 0, clusters: 20, count: 180 })
    expect(found?.low).toBeCloseTo(0, 12)
    expect(found?.high).toBeCloseTo(0.1611, 4)
    const half = clusteredShare([
      { sum: 1, count: 2 },
      { sum: 2, count: 4 },
    ])
    expect(half?.mean).toBe(0.5)
    expect(half?.low).toBeCloseTo(0.0945, 4)
  })

  it('is nothing without a value, and has no interval with one cluster', () => {
    expect(clusteredShare([])).toBeNull()
    expect(clusteredShare([{ sum: 1, count: 1 }])).toMatchObject({ mean: 1, low: null })
  })
})
