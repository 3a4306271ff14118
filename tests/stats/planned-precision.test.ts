import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  correlationOf,
  designEffect,
  observationsNeeded,
  plannedHalfWidth,
} from '#app/stats/planned-precision.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

describe('The precision that a plan buys', () => {
  it('is the textbook’s for independent verdicts', () => {
    // 1.96 * sqrt(0.25 / 385) is 5 points: the sample size of every survey primer.
    expect(plannedHalfWidth({ count: 385, clusterSize: 1, correlation: 0.5 })).toBeCloseTo(0.05, 3)
  })

  it('widens by the square root of the design effect', () => {
    expect(designEffect(1, 0.7)).toBe(1)
    expect(designEffect(0.2, 0.7)).toBe(1)
    expect(designEffect(3, 0.5)).toBe(2)
    const alone = plannedHalfWidth({ count: 600, clusterSize: 1, correlation: 0.5 }) ?? 0
    const inThrees = plannedHalfWidth({ count: 600, clusterSize: 3, correlation: 0.5 }) ?? 0
    expect(inThrees / alone).toBeCloseTo(Math.SQRT2, 10)
  })

  it('costs what the primers say, and more where verdicts on a prompt are alike', () => {
    expect(observationsNeeded(0.05, { clusterSize: 1, correlation: 0 })).toBe(385)
    expect(observationsNeeded(0.05, { clusterSize: 3, correlation: 0.5 })).toBe(769)
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 0.4, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0.02, max: 0.25, noNaN: true }),
        (wished, clusterSize, correlation, variance) => {
          const plan = { clusterSize, correlation, variance }
          const count = observationsNeeded(wished, plan)
          expect(plannedHalfWidth({ ...plan, count }) ?? 1).toBeLessThanOrEqual(wished + 1e-9)
          const fewer = plannedHalfWidth({ ...plan, count: count - 1 })
          if (fewer !== null) expect(fewer).toBeGreaterThan(Math.min(wished, 0.5) - 1e-9)
        },
      ),
    )
  })

  it('learns from the design effect how alike verdicts on a prompt are, where it can', () => {
    expect(correlationOf(designEffect(4, 0.3), 4)).toBeCloseTo(0.3, 12)
    expect(correlationOf(0.8, 3)).toBe(0)
    expect(correlationOf(9, 3)).toBe(1)
    expect(correlationOf(1.4, 1)).toBeNull()
  })

  it('is nothing for nothing, and never more than everything', () => {
    expect(plannedHalfWidth({ count: 0, clusterSize: 1, correlation: 0 })).toBeNull()
    expect(plannedHalfWidth({ count: 1, clusterSize: 9, correlation: 1 })).toBe(0.5)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 50 }), (n, m) => {
        const half = plannedHalfWidth({ count: n, clusterSize: m, correlation: 0.5 }) ?? 0
        const twice = plannedHalfWidth({ count: 4 * n, clusterSize: m, correlation: 0.5 }) ?? 0
        expect(half).toBeLessThanOrEqual(0.5)
        expect(twice).toBeLessThanOrEqual(half)
      }),
    )
  })

  it('holds in a simulation of verdicts that agree on each prompt', () => {
    // Two raters a prompt; with probability 0.5 the second says what the first said: rho is 0.5.
    const random = seededRandom(7)
    const prompts = 200
    const half = plannedHalfWidth({ count: 2 * prompts, clusterSize: 2, correlation: 0.5 }) ?? 0
    const rounds = 2_000
    let covered = 0
    for (let round = 0; round < rounds; round++) {
      let wins = 0
      for (let prompt = 0; prompt < prompts; prompt++) {
        const first = random() < 0.5 ? 1 : 0
        wins += first + (random() < 0.5 ? first : random() < 0.5 ? 1 : 0)
      }
      if (Math.abs(wins / (2 * prompts) - 0.5) <= half) covered += 1
    }
    expect(covered / rounds).toBeGreaterThan(0.935)
    expect(covered / rounds).toBeLessThan(0.965)
  })
})
