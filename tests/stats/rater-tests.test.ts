import { describe, expect, it } from 'vitest'
import { benjaminiHochberg } from '#app/stats/benjamini-hochberg.ts'
import { binomialTest } from '#app/stats/binomial-test.ts'
import {
  addCluster,
  clusteredShareInterval,
  intervalOfMean,
  meanOfMoments,
  noClusters,
  testOfLesserMean,
  testOfMean,
  withClusters,
  withoutClusters,
} from '#app/stats/cluster-moments.ts'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { fisherTooFew, fisherTooMany } from '#app/stats/fisher-test.ts'
import { logChoose, logFactorial } from '#app/stats/log-factorial.ts'
import { orderStatisticRanks } from '#app/stats/order-statistic-interval.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'

describe('Benjamini and Hochberg’s control of false findings', () => {
  // The fifteen tests of Neuhaus et al. (1992) in Benjamini and Hochberg (1995), section 3.2.
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ]

  it('finds the four of the published example that they find, where Bonferroni finds three', () => {
    const adjusted = benjaminiHochberg(published)
    expect(adjusted.filter((value) => value <= 0.05)).toHaveLength(4)
    expect(published.filter((value) => value <= 0.05 / 15)).toHaveLength(3)
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
  })

  it('keeps the order in which values came, and never lets a smaller one become larger', () => {
    const shuffled = [0.04, 0.01, 0.03]
    const adjusted = benjaminiHochberg(shuffled)
    expect(adjusted[0]).toBeCloseTo(0.04, 12)
    expect(adjusted[1]).toBeCloseTo(0.03, 12)
    expect(adjusted[2]).toBeCloseTo(0.04, 12)
    expect(benjaminiHochberg([])).toEqual([])
  })
})

describe('The exact binomial test', () => {
  it('gives what R’s binom.test gives', () => {
    expect(binomialTest(682, 925, 0.75)).toBeCloseTo(0.3825, 4)
    expect(binomialTest(8, 10, 0.5)).toBeCloseTo(0.109375, 12)
    expect(binomialTest(5, 10, 0.5)).toBe(1)
    expect(binomialTest(3, 3, 0.1, 'greater')).toBeCloseTo(0.001, 12)
    expect(binomialTest(0, 3, 0.1, 'greater')).toBeCloseTo(1, 12)
    expect(binomialTest(0, 0, 0.5)).toBeNull()
  })

  it('stays exact for many trials', () => {
    expect(binomialTest(10_000, 20_000, 0.5)).toBeCloseTo(1, 9)
    expect(binomialTest(10_200, 20_000, 0.5)).toBeCloseTo(0.00479, 4)
  })
})

describe('Fisher’s exact test', () => {
  it('gives the lady tasting tea her 17 in 70', () => {
    const right = { successes: 3, trials: 4 }
    const wrong = { successes: 1, trials: 4 }
    expect(fisherTooMany(right, wrong)).toBeCloseTo(17 / 70, 12)
    expect(fisherTooFew(wrong, right)).toBeCloseTo(17 / 70, 12)
  })

  it('finds nothing where all are alike, and says nothing without trials', () => {
    expect(fisherTooFew({ successes: 4, trials: 4 }, { successes: 9, trials: 9 })).toBeCloseTo(1, 9)
    expect(fisherTooFew({ successes: 0, trials: 0 }, { successes: 9, trials: 9 })).toBeNull()
  })
})

describe('Factorials', () => {
  it('are the same by sum and by series, and choose', () => {
    expect(logFactorial(0)).toBe(0)
    expect(logFactorial(170)).toBeCloseTo(706.5730622457874, 9)
    expect(logFactorial(32) - logFactorial(31)).toBeCloseTo(Math.log(32), 11)
    expect(Math.exp(logChoose(10, 3))).toBeCloseTo(120, 9)
  })
})

describe('Intervals of quantiles', () => {
  it('stand on the published ranks', () => {
    expect(orderStatisticRanks(10, 0.5)).toEqual({ low: 2, high: 9 })
    expect(orderStatisticRanks(20, 0.5)).toEqual({ low: 6, high: 15 })
    expect(orderStatisticRanks(6, 0.5)).toEqual({ low: 1, high: 6 })
    expect(orderStatisticRanks(5, 0.5)).toBeNull()
  })

  it('cover a skewed median at least as often as they say', () => {
    const random = seededRandom(3)
    let covered = 0
    for (let round = 0; round < 2_000; round++) {
      const values = Array.from({ length: 25 }, () => -Math.log(1 - random())).sort((a, b) => a - b)
      const ranks = orderStatisticRanks(25, 0.5)
      const low = values[(ranks?.low ?? 1) - 1] ?? 0
      const high = values[(ranks?.high ?? 1) - 1] ?? 0
      if (low <= Math.LN2 && Math.LN2 <= high) covered += 1
    }
    expect(covered / 2_000).toBeGreaterThan(0.94)
  })
})

describe('Moments of clusters', () => {
  const clusters = [
    { sum: 3, count: 4 },
    { sum: 0, count: 2 },
    { sum: 5, count: 5 },
    { sum: 1, count: 3 },
  ]
  const momentsOf = (some: readonly { sum: number; count: number }[]) => {
    const moments = noClusters()
    for (const { sum, count } of some) addCluster(moments, sum, count)
    return moments
  }

  it('give the mean, the error and the interval that the clusters themselves give', () => {
    const whole = clusteredMean(clusters)
    const found = meanOfMoments(momentsOf(clusters))
    expect(found?.mean).toBeCloseTo(whole?.mean ?? Number.NaN, 12)
    expect(found?.standardError).toBeCloseTo(whole?.standardError ?? Number.NaN, 12)
    expect(found && intervalOfMean(found)?.low).toBeCloseTo(whole?.low ?? Number.NaN, 9)
  })

  it('can be put together and taken apart', () => {
    const left = momentsOf(clusters.slice(0, 2))
    const right = momentsOf(clusters.slice(2))
    expect(withClusters(left, right)).toEqual(momentsOf(clusters))
    expect(withoutClusters(momentsOf(clusters), left)).toEqual(right)
  })

  it('say nothing where nothing can be said', () => {
    expect(meanOfMoments(noClusters())).toBeNull()
    expect(meanOfMoments(momentsOf([{ sum: 1, count: 2 }]))?.standardError).toBeNull()
    expect(clusteredShareInterval(momentsOf([{ sum: 1, count: 2 }]))).toBeNull()
    const alike = meanOfMoments(
      momentsOf([
        { sum: 1, count: 1 },
        { sum: 2, count: 2 },
      ]),
    )
    expect(alike && testOfMean(alike)).toBeNull()
  })

  it('test a mean by Student’s t', () => {
    const found = { mean: 1, standardError: 0.5, clusters: 11 }
    expect(testOfMean(found)).toBeCloseTo(0.07339, 4)
    expect(testOfMean(found, 'less')).toBeCloseTo(1 - 0.0367, 4)
  })

  it('compare two means by Welch’s t', () => {
    const one = { mean: 0.4, standardError: 0.1, clusters: 11 }
    const other = { mean: 0.4 + 0.1 * Math.SQRT2 * 2.086, standardError: 0.1, clusters: 11 }
    // Equal errors and sizes give 20 degrees of freedom, whose 2.5 % quantile is −2.086.
    expect(testOfLesserMean(one, other)).toBeCloseTo(0.025, 4)
  })

  it('give a share of nothing an interval as wide as its clusters allow', () => {
    const none = momentsOf(Array.from({ length: 20 }, () => ({ sum: 0, count: 3 })))
    expect(clusteredShareInterval(none)).toEqual(wilsonInterval(0, 20))
  })

  it('cover a share whose cases come in clusters about as often as they say', () => {
    const random = seededRandom(11)
    let covered = 0
    const rounds = 1_000
    for (let round = 0; round < rounds; round++) {
      const drawn = Array.from({ length: 25 }, () => {
        // Half of the prompts say yes nine times in ten, the others three times in ten.
        const p = random() < 0.5 ? 0.9 : 0.3
        const sum = Array.from({ length: 6 }, () => Number(random() < p)).reduce((a, b) => a + b, 0)
        return { sum, count: 6 }
      })
      const interval = clusteredShareInterval(momentsOf(drawn))
      if (interval && interval.low <= 0.6 && interval.high >= 0.6) covered += 1
    }
    expect(covered / rounds).toBeGreaterThan(0.93)
    expect(covered / rounds).toBeLessThan(0.98)
  })
})
