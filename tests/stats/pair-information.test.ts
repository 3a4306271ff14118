import { describe, expect, it } from 'vitest'
import { bradleyTerry } from '#app/stats/bradley-terry.ts'
import { believedStrengths, pairInformation } from '#app/stats/pair-information.ts'
import { unitNormalLoss } from '#app/stats/unit-normal-loss.ts'

const met = (a: number, b: number, count: number, points: number, pending = 0) => ({
  a,
  b,
  count,
  points,
  pending,
})

describe('The unit normal loss', () => {
  it('has the values of the published tables, and no jump where its formula changes', () => {
    expect(unitNormalLoss(0)).toBeCloseTo(0.3989423, 7)
    expect(unitNormalLoss(1)).toBeCloseTo(0.0833155, 7)
    expect(unitNormalLoss(2)).toBeCloseTo(0.0084907, 7)
    expect(unitNormalLoss(3)).toBeCloseTo(0.00038215, 8)
    expect(unitNormalLoss(-1)).toBeCloseTo(1.0833155, 7)
    expect(unitNormalLoss(2.5 + 1e-12) / unitNormalLoss(2.5 - 1e-12)).toBeCloseTo(1, 9)
  })
})

describe('The belief to choose by', () => {
  it('exists where estimates do not: nothing judged, unbeaten models, groups that never met', () => {
    expect([...believedStrengths(2, []).strengths]).toEqual([0, 0])
    const { strengths, covariance } = believedStrengths(4, [met(0, 1, 10, 10), met(2, 3, 10, 5)])
    expect(strengths[0]).toBeGreaterThan(strengths[1] ?? 0)
    for (const value of [...strengths, ...covariance.cells]) expect(value).toBeTypeOf('number')
    expect([...strengths, ...covariance.cells].every(Number.isFinite)).toBe(true)
  })

  it('comes to the estimates as judgments grow', () => {
    const records = [met(0, 1, 4_000, 2_900), met(1, 2, 4_000, 2_500), met(0, 2, 4_000, 3_300)]
    const belief = believedStrengths(3, records).strengths
    const fit = bradleyTerry(
      3,
      records.map((record) => ({ ...record, cluster: 0 })),
    ).strengths
    for (const item of [0, 1, 2]) expect(belief[item]).toBeCloseTo(fit[item] ?? 0, 2)
  })
})

describe('What a comparison would tell', () => {
  it('is the same for all pairs at first', () => {
    const pairs = [met(0, 1, 0, 0), met(0, 2, 0, 0), met(1, 2, 0, 0)]
    const [first, ...others] = pairInformation(believedStrengths(3, []), pairs)
    for (const other of others) expect(other).toBeCloseTo(first ?? 0, 12)
  })

  it('is most where the order is open and little is known, and nothing of a model and itself', () => {
    const records = [met(0, 1, 100, 50), met(1, 2, 100, 95), met(0, 3, 4, 2)]
    const pairs = [...records, met(1, 1, 0, 0)]
    const [known = 0, plain = 0, fresh = 0, own] = pairInformation(
      believedStrengths(4, records),
      pairs,
    )
    expect(fresh).toBeGreaterThan(known)
    expect(known).toBeGreaterThan(100 * plain)
    expect(own).toBe(0)
  })

  it('falls with what is asked already', () => {
    const of = (pending: number) => {
      const records = [met(0, 1, 20, 10, pending), met(1, 2, 20, 10)]
      return pairInformation(believedStrengths(3, records), records)[0] ?? 0
    }
    expect(of(60)).toBeLessThan(of(0))
  })
})
