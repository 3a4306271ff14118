import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { betaQuantile, fQuantile, incompleteBeta, logBeta } from '#app/stats/beta-distribution.ts'
import {
  betaBinomialEvidence,
  meanConfidenceSequence,
  normalMixtureBound,
  optimalMixing,
  proportionConfidenceSequence,
} from '#app/stats/confidence-sequence.ts'
import { holm } from '#app/stats/holm.ts'
import { mcnemarTest } from '#app/stats/mcnemar-test.ts'
import { newcombeInterval } from '#app/stats/newcombe-interval.ts'
import { pairedDifference } from '#app/stats/paired-difference.ts'
import {
  morePromptsNeeded,
  verdictsNeeded,
  verdictsNeededEach,
  verdictsWithTiesNeeded,
} from '#app/stats/planned-judgments.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { normalDistribution, normalQuantile } from '#app/stats/student-t.ts'
import { twoProportionTest } from '#app/stats/two-proportion-test.ts'

describe('Confidence sequences', () => {
  it('have the figures of the package confseq', () => {
    expect(optimalMixing(100)).toBeCloseTo(12.60056, 5)
    expect(normalMixtureBound(100, { tightestAt: 100 })).toBeCloseTo(30.35209, 5)
    // Ten above the expected 125 of 625 at p = 0.2: s = 10 and v = 100.
    const counts = { successes: 135, failures: 490 }
    const evidence = betaBinomialEvidence(counts, 0.2, { tightestAt: 100 / 0.16 })
    expect(evidence).toBeCloseTo(-0.6941012, 6)
    const published = [
      [700, 1000, 100, 0.651629, 0.745949],
      [15, 50, 50, 0.129556, 0.511896],
      [5, 50, 50, 0.013021, 0.269264],
      [1, 50, 50, 0, 0.13489],
      [100, 200, 1, 0.328923, 0.671076],
      [1, 2, 50, 0, 1],
    ] as const
    for (const [successes, trials, tightestAt, low, high] of published) {
      const found = must(proportionConfidenceSequence(successes, trials, { tightestAt }), 'one')
      expect(Math.abs(found.low - low)).toBeLessThan(1.1e-5)
      expect(Math.abs(found.high - high)).toBeLessThan(1.1e-5)
    }
  })

  it('say nothing without a trial, and refuse values that are no shares', () => {
    expect(proportionConfidenceSequence(0, 0, { tightestAt: 50 })).toBeNull()
    expect(meanConfidenceSequence([])).toBeNull()
    expect(() => meanConfidenceSequence([0.5, 1.5])).toThrow(RangeError)
  })

  it('hold at every look at once, where an interval made for one look does not', () => {
    const random = seededRandom(404)
    const runs = 400
    const looks = 400
    let [proportionLost, meanLost, naiveLost] = [0, 0, 0]
    for (let run = 0; run < runs; run++) {
      let successes = 0
      let [isProportionLost, isNaiveLost] = [false, false]
      const values: number[] = []
      for (let t = 1; t <= looks; t++) {
        successes += random() < 0.6 ? 1 : 0
        // Three raters of one prompt, who share its luck.
        const luck = 0.3 + 0.6 * random()
        values.push([0, 1, 2].reduce((sum) => sum + (random() < luck ? 1 / 3 : 0), 0))
        if (t % 5 > 0) continue
        const sure = must(proportionConfidenceSequence(successes, t, { tightestAt: 100 }), 'one')
        if (sure.low > 0.6 || sure.high < 0.6) isProportionLost = true
        const share = successes / t
        const reach = 1.96 * Math.sqrt((share * (1 - share)) / t)
        if (t >= 20 && Math.abs(share - 0.6) > reach) isNaiveLost = true
      }
      const mean = must(meanConfidenceSequence(values.map((value) => Math.min(1, value))), 'one')
      if (mean.low > 0.6 || mean.high < 0.6) meanLost += 1
      if (isProportionLost) proportionLost += 1
      if (isNaiveLost) naiveLost += 1
    }
    expect(proportionLost / runs).toBeLessThan(0.05)
    expect(meanLost / runs).toBeLessThan(0.05)
    expect(naiveLost / runs).toBeGreaterThan(0.2)
  })

  it('become narrower the more is known', () => {
    const random = seededRandom(6)
    const values = Array.from({ length: 2_000 }, () => (random() < 0.7 ? 1 : 0))
    const few = must(meanConfidenceSequence(values.slice(0, 200)), 'one')
    const many = must(meanConfidenceSequence(values), 'one')
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 2)
    expect(many.low).toBeGreaterThan(0.6)
    expect(many.high).toBeLessThan(0.8)
  })
})

describe('Comparisons of two versions', () => {
  const march = { successes: 840, trials: 1_000 }
  const june = { successes: 511, trials: 1_000 }

  it('give Newcombe’s interval of a difference', () => {
    const found = must(
      newcombeInterval({ successes: 56, trials: 70 }, { successes: 48, trials: 80 }),
      'one',
    )
    expect(found.low).toBeCloseTo(0.0524, 4)
    expect(found.high).toBeCloseTo(0.3339, 4)
    expect(newcombeInterval({ successes: 0, trials: 0 }, june)).toBeNull()
  })

  it('give the published figures for the primes of GPT-4 in March and June 2023', () => {
    expect(twoProportionTest(march, june)?.z).toBeCloseTo(15.713, 2)
    const interval = must(newcombeInterval(march, june), 'one')
    expect(interval.low).toBeCloseTo(0.28988, 4)
    expect(interval.high).toBeCloseTo(0.36665, 4)
    expect(mcnemarTest(476, 147)).toBeLessThan(1e-40)
    expect(Math.log10(must(mcnemarTest(476, 147), 'one'))).toBeCloseTo(Math.log10(2.1e-41), 1)
  })

  it('see with pairs what they do not see without', () => {
    // Sensitive questions to GPT-3.5: 2 of 100 answered in March, 8 in June, none only in March.
    const unpaired = twoProportionTest({ successes: 2, trials: 100 }, { successes: 8, trials: 100 })
    expect(unpaired?.pValue).toBeCloseTo(0.052, 3)
    expect(mcnemarTest(0, 6)).toBeCloseTo(0.031, 3)
    const pairs = Array.from({ length: 100 }, (_, prompt): [number, number] => [
      prompt < 2 ? 1 : 0,
      prompt < 8 ? 1 : 0,
    ])
    const found = must(pairedDifference(pairs), 'a difference')
    expect(found.difference).toBeCloseTo(0.06, 12)
    expect(found.pValue).toBeLessThan(0.05)
    expect(found.low).toBeGreaterThan(0)
  })

  it('say nothing where nothing can be said', () => {
    const none = { successes: 0, trials: 5 }
    expect(twoProportionTest(none, none)).toBeNull()
    expect(mcnemarTest(0, 0)).toBeNull()
    expect(pairedDifference([])).toBeNull()
    expect(pairedDifference([[0, 1]])).toMatchObject({ difference: 1, low: null })
    const alike = pairedDifference([
      [0, 1],
      [0, 1],
    ])
    expect(alike).toMatchObject({ difference: 1, pValue: null })
    expect(alike?.reason).toContain('no variation')
  })

  it('turn their sign with their order', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 2, maxLength: 30 }), (pairs) => {
        const one = must(pairedDifference(pairs), 'one')
        const other = must(pairedDifference(pairs.map(([a, b]) => [b, a] as const)), 'one')
        expect(other.difference).toBeCloseTo(-one.difference, 9)
        if (one.low !== null) expect(-(other.high ?? 0)).toBeCloseTo(one.low, 9)
      }),
    )
  })
})

describe('Holm’s adjustment', () => {
  it('multiplies the smallest by all, and never lets a larger one become smaller', () => {
    expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06])
    expect(holm([0.9, 0.8])).toEqual([1, 1])
    expect(holm([])).toEqual([])
  })
})

describe('Planned numbers of judgments', () => {
  it('are the textbook’s', () => {
    expect(verdictsNeeded(0.55)).toBe(783)
    expect(verdictsNeeded(0.6)).toBe(194)
    expect(verdictsNeeded(0.65)).toBe(85)
    expect(verdictsWithTiesNeeded({ wins: 0.45, losses: 0.35 })).toBe(626)
    expect(verdictsNeededEach(0.5, 0.55)).toBe(1565)
    expect(verdictsNeededEach(0.5, 0.6)).toBe(388)
  })

  it('do not exist for no difference, and fall with its size', () => {
    expect(verdictsNeeded(0.5)).toBeNull()
    expect(verdictsNeededEach(0.3, 0.3)).toBeNull()
    expect(verdictsNeeded(0.45)).toBe(783)
    expect(must(verdictsNeeded(0.55, { power: 0.9 }), 'one')).toBeGreaterThan(783)
  })

  it('grow with the square of the wished precision', () => {
    expect(morePromptsNeeded({ prompts: 100, halfWidth: 0.04 }, 0.02)).toBe(300)
    expect(morePromptsNeeded({ prompts: 100, halfWidth: 0.02 }, 0.04)).toBe(0)
  })
})

describe('Distributions', () => {
  it('of the normal are those of the tables, and undo the quantile', () => {
    expect(normalDistribution(0)).toBe(0.5)
    expect(normalDistribution(-1.959963984540054)).toBeCloseTo(0.025, 14)
    expect(normalDistribution(-5) / 2.866515718791939e-7).toBeCloseTo(1, 10)
    for (const p of [1e-12, 0.006, 0.0063, 0.3, 0.9]) {
      expect(normalDistribution(normalQuantile(p)) / p).toBeCloseTo(1, 10)
    }
  })

  it('of beta and F are those of the tables', () => {
    expect(incompleteBeta(0.5, 2, 2)).toBeCloseTo(0.5, 14)
    expect(betaQuantile(0.95, 2, 3)).toBeCloseTo(0.7513953, 6)
    expect(fQuantile(0.95, 1, 10)).toBeCloseTo(4.964603, 5)
    expect(fQuantile(0.975, 5, 15)).toBeCloseTo(3.576415, 5)
    expect(logBeta(2, 3)).toBeCloseTo(Math.log(1 / 12), 12)
  })
})
