import { describe, expect, it } from 'vitest'
import { rankRanges } from '#app/stats/rank-range.ts'

/** Two models of equal variance, as every pair that met only each other has, but for the last digit. */
const covariance = (first: number) => ({
  size: 3,
  cells: Float64Array.from([first, -0.1, -0.2, -0.1, 0.3, -0.2, -0.2, -0.2, 0.4]),
})

describe('The critical value of simultaneous intervals', () => {
  it('does not hang on the order in which a sum was taken', () => {
    const strengths = Float64Array.from([0.2, 0.1, -0.3])
    const even = 0.4
    const values = [even, even * (1 + 3e-16), even * (1 - 3e-16)].map(
      (first) => rankRanges(strengths, covariance(first), 9).criticalValue,
    )
    for (const value of values) expect(value).toBeCloseTo(values[0] ?? 0, 9)
  })
})
