/** Published figures that no other file of this folder holds an estimator to, to the digits given. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import {
  bradleyTerry,
  differenceVariance,
  filled,
  fitPairs,
  type PairTotal,
  pooled,
} from '#app/stats/bradley-terry.ts'
import { unitCounts } from '#app/stats/chance-corrected.ts'
import { normalMixtureBound, normalMixtureEvidence } from '#app/stats/confidence-sequence.ts'
import { davidson } from '#app/stats/davidson.ts'
import { designGain } from '#app/stats/design-gain.ts'
import { fleissKappa } from '#app/stats/fleiss-kappa.ts'
import { gwetCoefficient } from '#app/stats/gwet-coefficient.ts'
import { intraclassCorrelations } from '#app/stats/intraclass-correlation.ts'
import { krippendorffAlpha } from '#app/stats/krippendorff-alpha.ts'
import { krippendorffAlphaError } from '#app/stats/krippendorff-alpha-error.ts'
import { addTo, cell, inverseOf, type Matrix } from '#app/stats/matrix.ts'
import { newcombeInterval } from '#app/stats/newcombe-interval.ts'
import { pairChances } from '#app/stats/pair-choice.ts'
import { percentAgreement, percentAgreementError } from '#app/stats/percent-agreement.ts'
import { preferenceWinRate } from '#app/stats/preference-win-rate.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { twoProportionTest } from '#app/stats/two-proportion-test.ts'
import { unusualVotes } from '#app/stats/unusual-votes.ts'

const countsOf = (lines: string): number[][] =>
  lines.split('|').map((line) => line.split(' ').map(Number))

/** Units of two values from a square table of two raters. */
const unitsOfTable = (table: readonly (readonly number[])[]): number[][] =>
  table.flatMap((row, one) =>
    row.flatMap((count, other) => Array.from({ length: count }, () => [one, other])),
  )

describe('Agreement', () => {
  /** Krippendorff (2011), the data of irrCAC's `cac.raw4raters`. */
  const fourRaters = [
    [1, 1, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [5, 5, 5],
    [1, 1],
    [3],
  ]
  /** irrCAC's `cont3x3abstractors`. */
  const abstractors = unitsOfTable([
    [13, 0, 0],
    [0, 20, 7],
    [0, 4, 56],
  ])

  it('of thirty patients’ diagnoses by six psychiatrists is Fleiss’ own figure (1971, table 1)', () => {
    const diagnoses = countsOf(
      '0 0 0 6 0|0 3 0 0 3|0 1 4 0 1|0 0 0 0 6|0 3 0 3 0|2 0 4 0 0|0 0 4 0 2|2 0 3 1 0|2 0 0 4 0|0 0 0 0 6|1 0 0 5 0|1 1 0 4 0|0 3 3 0 0|1 0 0 5 0|0 2 0 3 1|0 0 5 0 1|3 0 0 1 2|5 1 0 0 0|0 2 0 4 0|1 0 2 0 3|0 0 0 0 6|0 1 0 5 0|0 2 0 1 3|2 0 0 4 0|1 0 0 4 1|0 5 0 1 0|4 0 0 0 2|0 2 0 4 0|1 0 5 0 0|0 0 0 0 6',
    )
    expect(fleissKappa(diagnoses)?.value).toBeCloseTo(0.4302445, 7)
  })

  it('in percent has irrCAC’s error for four raters with gaps', () => {
    const found = must(percentAgreementError(unitCounts(fourRaters, [1, 2, 3, 4, 5])), 'one')
    expect(found.value).toBeCloseTo(must(percentAgreement(fourRaters), 'one'), 12)
    expect(found.value).toBeCloseTo(0.8181818, 7)
    expect(found.standardError).toBeCloseTo(0.12561, 5)
    expect(percentAgreement(abstractors)).toBeCloseTo(0.89, 12)
    expect(percentAgreementError([[1, 0]])).toBeNull()
  })

  it('by alpha has irrCAC’s error for four raters with gaps', () => {
    expect(krippendorffAlphaError(fourRaters, 'nominal')).toBeCloseTo(0.14548, 5)
  })

  it('by alpha has no error where it has no value, nor from one unit', () => {
    expect(krippendorffAlphaError([], 'nominal')).toBeNull()
    expect(krippendorffAlphaError([['a', 'b']], 'nominal')).toBeNull()
    expect(krippendorffAlphaError([['a'], ['b'], ['a', 'a']], 'nominal')).toBeNull()
    const constant = [
      [2, 2],
      [2, 2],
    ]
    expect(krippendorffAlphaError(constant, 'interval')).toBeNull()
    expect(() => krippendorffAlphaError([...abstractors, ['x', 'y']], 'ordinal')).toThrow(TypeError)
  })

  it('by alpha has an error that no order of units and raters changes, and no scale', () => {
    const units = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), {
      minLength: 3,
      maxLength: 12,
    })
    fc.assert(
      fc.property(units, (data) => {
        const one = krippendorffAlphaError(data, 'interval')
        const turned = data.map((unit) => unit.map((value) => 100 - 7 * value).reverse()).reverse()
        const other = krippendorffAlphaError(turned, 'interval')
        if (one === null) expect(other).toBeNull()
        else expect(other).toBeCloseTo(one, 9)
      }),
    )
  })

  it('by alpha has an error that is right for many units', () => {
    const random = seededRandom(12)
    const draw = (): number[] => {
      const own = Math.floor(3 * random())
      const raters = 2 + Math.floor(3 * random())
      return Array.from({ length: raters }, () => (random() < 0.7 ? own : Math.floor(3 * random())))
    }
    const alphas: number[] = []
    let errors = 0
    for (let run = 0; run < 400; run++) {
      const units = Array.from({ length: 80 }, draw)
      alphas.push(must(krippendorffAlpha(units, 'ordinal').alpha, 'alpha'))
      errors += must(krippendorffAlphaError(units, 'ordinal'), 'the error') / 400
    }
    const mean = alphas.reduce((sum, one) => sum + one, 0) / 400
    const spread = Math.sqrt(alphas.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 399)
    expect(errors / spread).toBeGreaterThan(0.9)
    expect(errors / spread).toBeLessThan(1.1)
  })

  it('by AC1 has irrCAC’s error from raw ratings, and that from a table with n for n − 1', () => {
    const found = must(gwetCoefficient(unitCounts(abstractors, [0, 1, 2])), 'one')
    expect(found.value).toBeCloseTo(0.8493305, 7)
    expect(found.standardError).toBeCloseTo(0.0434352, 7)
    expect(must(found.standardError, 'one') * Math.sqrt(99 / 100)).toBeCloseTo(0.04321747, 7)
  })

  it('by alpha is that of Wikipedia’s example, nominal and interval', () => {
    const units = [[1], [], [2, 2], [1, 1], [3, 3], [3, 3, 4], [4, 4, 4], [1, 3], [2, 2], [1, 1]]
    const all = [...units, [1, 1], [3, 3], [3, 3], [], [3, 4]]
    expect(krippendorffAlpha(all, 'nominal').alpha).toBeCloseTo(0.691358, 6)
    expect(krippendorffAlpha(all, 'interval').alpha).toBeCloseTo(0.810845, 6)
  })

  it('of complete scores is nearly the same by interval alpha and by ICC(1)', () => {
    const score = fc.integer({ min: 1, max: 9 })
    const table = fc
      .tuple(fc.integer({ min: 3, max: 25 }), fc.integer({ min: 2, max: 5 }))
      .chain(([n, k]) =>
        fc.array(fc.array(score, { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
      )
    fc.assert(
      fc.property(table, (rows) => {
        const { alpha } = krippendorffAlpha(rows, 'interval')
        const icc = intraclassCorrelations(rows).forms.find(({ form }) => form === 'ICC1')?.value
        if (alpha === null || icc === null || icc === undefined) return
        const size = rows.length * (rows[0]?.length ?? 0)
        expect(Math.abs(alpha - icc)).toBeLessThan(3 / size)
      }),
    )
  })
})

const total = (a: number, b: number, points: number, count: number, cluster = 0): PairTotal => ({
  a,
  b,
  count,
  points,
  cluster,
})

describe('Ratings', () => {
  it('of journals have the errors and the deviance that BradleyTerry2 in R gives (Agresti 2002)', () => {
    const wins = [
      [0, 730, 498, 221],
      [33, 0, 68, 17],
      [320, 813, 0, 142],
      [284, 276, 325, 0],
    ]
    const winsOf = (a: number, b: number) => must(wins[a]?.[b], 'wins')
    const totals = [0, 1, 2].flatMap((a) =>
      [1, 2, 3]
        .filter((b) => b > a)
        .map((b) => total(a, b, winsOf(a, b), winsOf(a, b) + winsOf(b, a))),
    )
    const columns = {
      a: Int32Array.from(totals, ({ a }) => a),
      b: Int32Array.from(totals, ({ b }) => b),
      count: Float64Array.from(totals, ({ count }) => count),
      points: Float64Array.from(totals, ({ points }) => points),
      cluster: new Int32Array(totals.length),
    }
    const fit = fitPairs(4, pooled(4, columns), new Float64Array(4))
    const covariance = inverseOf(filled(fit.information))
    for (const [place, error] of [0, 0.102545335, 0.060588729, 0.070829965].entries()) {
      expect(Math.sqrt(differenceVariance(covariance, 0, place))).toBeCloseTo(error, 6)
    }
    const saturated = totals.reduce((sum, { points, count }) => {
      const of = (share: number) => (share === 0 ? 0 : share * Math.log(share / count))
      return sum + of(points) + of(count - points)
    }, 0)
    expect(2 * (saturated - fit.logLikelihood)).toBeCloseTo(4.2934, 4)
  })

  it('have errors by single votes that are too small where ties are common, as those by prompt are not', () => {
    const random = seededRandom(31)
    // Four raters of each prompt, who share its luck and tie more often than not.
    const totals = Array.from({ length: 200 }, (_, cluster) => {
      const luck = 1 / (1 + Math.exp(-2 * drawNormal(random)))
      const votes = Array.from({ length: 4 }, () =>
        random() < 0.6 ? 0.5 : random() < luck ? 1 : 0,
      )
      return votes.map((points) => total(0, 1, points, 1, cluster))
    }).flat()
    const byVote = bradleyTerry(
      2,
      totals.map((one, cluster) => ({ ...one, cluster })),
    )
    const byPrompt = bradleyTerry(2, totals)
    const [vote, prompt] = [byVote, byPrompt].map(({ covariance }) =>
      differenceVariance(must(covariance, 'a covariance'), 0, 1),
    )
    // The model takes each vote for a win or a loss: four over n where both are as good.
    expect(vote).toBeLessThan(0.6 * (4 / totals.length))
    expect(prompt).toBeGreaterThan(1.3 * must(vote, 'a variance'))
  })

  /** Left, right, winner: the file simple.csv of evalica's tests, all sixteen rows. */
  const simple =
    '0,1,tie 0,2,right 0,2,tie 0,4,tie 1,0,left 1,2,tie 1,2,tie 1,3,tie 2,4,tie 3,0,left 3,1,left 3,2,left 3,4,tie 3,4,tie 4,0,left 4,3,left'
      .split(' ')
      .map((row) => row.split(','))
      .map(([left, right, winner], cluster) => ({
        a: Number(left),
        b: Number(right),
        points: winner === 'left' ? 1 : winner === 'tie' ? 0.5 : 0,
        cluster,
      }))

  it('of evalica’s simple set are those of its golden file', () => {
    const { strengths } = bradleyTerry(
      5,
      simple.map((row) => ({ ...row, count: 1 })),
    )
    const worths = Array.from(strengths, Math.exp)
    const sum = worths.reduce((all, worth) => all + worth, 0)
    ;[0.05079967, 0.13115069, 0.13168568, 0.33688868, 0.34947527].forEach((worth, item) => {
      expect(must(worths[item], 'a worth') / sum).toBeCloseTo(worth, 8)
    })
  })

  it('of evalica’s simple set with ties apart are those of its model of Newman', () => {
    const { strengths } = davidson(
      5,
      simple.map(({ points, ...row }) => ({
        ...row,
        winsA: points === 1 ? 1 : 0,
        winsB: points === 0 ? 1 : 0,
        ties: points === 0.5 ? 1 : 0,
      })),
    )
    const golden = [0.0179735928, 0.480240025, 0.481419034, 12.8057702, 13.0367447].map(Math.log)
    const mean = golden.reduce((all, one) => all + one, 0) / 5
    golden.forEach((strength, item) => {
      expect(strengths[item]).toBeCloseTo(strength - mean, 6)
    })
  })
})

describe('What to compare next', () => {
  const published = [
    { variance: 0.25, count: 10 },
    { variance: 0.25, count: 100 },
    { variance: 0.1, count: 10 },
    { variance: 0.2, count: 50 },
  ]

  it('has the chances of Chatbot Arena’s rule', () => {
    // As published they add up to 1.000001.
    ;[0.571147, 0.019261, 0.361225, 0.048368].forEach((chance, pair) => {
      expect(Math.abs(must(pairChances(published)[pair], 'a chance') - chance)).toBeLessThan(1e-6)
    })
  })

  it('takes new pairs first, and all alike where nothing can be gained', () => {
    const fresh = { variance: 0.25, count: 0 }
    expect(pairChances([...published, fresh, fresh])).toEqual([0, 0, 0, 0, 0.5, 0.5])
    const known = { variance: 0, count: 5 }
    expect(pairChances([known, known])).toEqual([0.5, 0.5])
    expect(pairChances([])).toEqual([])
  })

  it('adds up to one, and follows the pairs whatever their order', () => {
    const pair = fc.record({
      variance: fc.double({ min: 0, max: 0.25, noNaN: true }),
      count: fc.integer({ min: 0, max: 500 }),
    })
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 8 }), (pairs) => {
        const chances = pairChances(pairs)
        expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
        const turned = pairChances([...pairs].reverse()).reverse()
        for (const [at, chance] of chances.entries()) expect(turned[at]).toBeCloseTo(chance, 9)
      }),
    )
  })

  it('gains in the determinant what one more comparison adds to it', () => {
    const random = seededRandom(3)
    const totals = [0, 1, 2].flatMap((a) =>
      [1, 2, 3].filter((b) => b > a).map((b) => total(a, b, 3 + Math.floor(9 * random()), 15)),
    )
    const columns = {
      a: Int32Array.from(totals, ({ a }) => a),
      b: Int32Array.from(totals, ({ b }) => b),
      count: Float64Array.from(totals, ({ count }) => count),
      points: Float64Array.from(totals, ({ points }) => points),
      cluster: new Int32Array(totals.length),
    }
    const { strengths, information } = fitPairs(4, pooled(4, columns), new Float64Array(4))
    const whole = filled(information)
    const pairs = totals.map(({ a, b }) => ({ a, b }))
    const gains = designGain({ strengths, covariance: inverseOf(whole) }, pairs)
    for (const [at, { a, b }] of pairs.entries()) {
      const p = 1 / (1 + Math.exp((strengths[b] ?? 0) - (strengths[a] ?? 0)))
      const more: Matrix = { size: 4, cells: Float64Array.from(whole.cells) }
      addTo(more, a, a, p * (1 - p))
      addTo(more, b, b, p * (1 - p))
      addTo(more, a, b, -p * (1 - p))
      addTo(more, b, a, -p * (1 - p))
      expect(gains[at]).toBeCloseTo(Math.log(determinant(more) / determinant(whole)), 10)
      expect(gains[at]).toBeGreaterThan(0)
    }
    expect(designGain({ strengths, covariance: inverseOf(whole) }, [{ a: 1, b: 1 }])).toEqual([0])
  })
})

/** By elimination, without pivots: enough for a definite matrix. */
function determinant({ size, cells }: Matrix): number {
  const rest: Matrix = { size, cells: Float64Array.from(cells) }
  let value = 1
  for (let pivot = 0; pivot < size; pivot++) {
    value *= cell(rest, pivot, pivot)
    for (let row = pivot + 1; row < size; row++) {
      const times = cell(rest, row, pivot) / cell(rest, pivot, pivot)
      for (let column = pivot; column < size; column++) {
        addTo(rest, row, column, -times * cell(rest, pivot, column))
      }
    }
  }
  return value
}

describe('Evidence at any time', () => {
  it('of a normal mixture is that of confseq, and reaches its bound at ln(1/α)', () => {
    const mixture = { tightestAt: 100 }
    expect(normalMixtureEvidence(10, 100, mixture)).toBeCloseTo(-0.6510052, 7)
    expect(normalMixtureEvidence(0, 0, mixture)).toBe(0)
    for (const v of [5, 100, 3_000]) {
      const bound = normalMixtureBound(v, mixture)
      expect(normalMixtureEvidence(bound, v, mixture)).toBeCloseTo(Math.log(20), 10)
      expect(normalMixtureEvidence(-bound, v, mixture)).toBeCloseTo(Math.log(20), 10)
    }
  })
})

describe('The win rate over a baseline', () => {
  it('is that of AlpacaEval: a draw is half, missing ones are left out, unsure ones count in part', () => {
    const found = must(preferenceWinRate([2, 1, 1.5, 0, null, 1.9, 1.2]), 'a win rate')
    expect(found.winRate).toBeCloseTo((100 * (1 + 0 + 0.5 + 0.5 + 0.9 + 0.2)) / 6, 10)
    expect(found).toMatchObject({ wins: 2, losses: 2, draws: 2, count: 6, discreteWinRate: 50 })
    const points = [1, 0, 0.5, 0.5, 0.9, 0.2]
    const mean = points.reduce((sum, one) => sum + one, 0) / 6
    const variance = points.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 5
    expect(found.standardError).toBeCloseTo(100 * Math.sqrt(variance / 6), 10)
  })

  it('is nothing without a preference, has no error from one, and refuses what is none', () => {
    expect(preferenceWinRate([])).toBeNull()
    expect(preferenceWinRate([null])).toBeNull()
    expect(preferenceWinRate([2])).toMatchObject({ winRate: 100, standardError: null })
    expect(preferenceWinRate([1.5, 1.5])).toMatchObject({ winRate: 50, standardError: 0 })
    expect(() => preferenceWinRate([3])).toThrow(RangeError)
    expect(() => preferenceWinRate([Number.NaN])).toThrow(RangeError)
  })

  it('turns over with the two models, and does not depend on the order', () => {
    const preference = fc.double({ min: 1, max: 2, noNaN: true })
    fc.assert(
      fc.property(fc.array(preference, { minLength: 2, maxLength: 20 }), (preferences) => {
        const one = must(preferenceWinRate(preferences), 'one')
        const turned = preferences.map((own) => 3 - own).reverse()
        const other = must(preferenceWinRate(turned), 'one')
        expect(other.winRate).toBeCloseTo(100 - one.winRate, 9)
        expect(other.standardError ?? 0).toBeCloseTo(one.standardError ?? 0, 9)
      }),
    )
  })
})

describe('Votes unlike those of others', () => {
  it('are the product of what each vote is worth, in either direction', () => {
    const votes = [0.4, 0.3, 0.25, 0.2, 0.5].map((firstShare) => ({ isForFirst: true, firstShare }))
    const found = must(unusualVotes(votes), 'a finding')
    const product = 1 / (0.8 * 0.6 * 0.5 * 0.4 * 1)
    expect(found.forFirst).toBeCloseTo(Math.log(product), 12)
    expect(found.forSecond).toBe(0)
    expect(found.isUnusual).toBe(product > 10)
    expect(unusualVotes(votes, { alpha: 0.2 })?.isUnusual).toBe(true)
    const turned = votes.map(({ firstShare }) => ({
      isForFirst: false,
      firstShare: 1 - firstShare,
    }))
    expect(unusualVotes(turned)?.forSecond).toBeCloseTo(found.forFirst, 12)
  })

  it('are not looked for in fewer than five', () => {
    const vote = { isForFirst: true, firstShare: 0.01 }
    expect(unusualVotes([])).toBeNull()
    expect(unusualVotes([vote, vote, vote, vote])).toBeNull()
  })

  it('are found in who always says the same, and seldom in who votes as all do', () => {
    const random = seededRandom(23)
    const shares = () => 1 / (1 + Math.exp(-1.5 * drawNormal(random)))
    let [alarms, found] = [0, 0]
    for (let run = 0; run < 1_000; run++) {
      const pairs = Array.from({ length: 100 }, shares)
      const usual = pairs.map((firstShare) => ({ isForFirst: random() < firstShare, firstShare }))
      const stubborn = pairs.map((firstShare) => ({ isForFirst: true, firstShare }))
      if (unusualVotes(usual)?.isUnusual) alarms += 1
      if (unusualVotes(stubborn)?.isUnusual) found += 1
    }
    expect(alarms / 1_000).toBeLessThan(0.1)
    expect(found / 1_000).toBeGreaterThan(0.9)
  })
})

/** L. Chen, M. Zaharia and J. Zou, “How is ChatGPT's behavior changing over time?” (2023), figure 2 on. */
describe('Published drift of March to June 2023', () => {
  it.each([
    ['primes', 'GPT-4', 84, 51.1, 1000],
    ['primes', 'GPT-3.5', 49.6, 76.2, 1000],
    ['happy numbers', 'GPT-4', 83.6, 35.2, 500],
    ['happy numbers', 'GPT-3.5', 30.6, 48.2, 500],
    ['sensitive questions', 'GPT-4', 21, 5, 100],
    ['opinions', 'GPT-4', 97.6, 23.4, 1506],
    ['opinions', 'GPT-3.5', 94.3, 96.7, 1506],
    ['easy programs', 'GPT-4', 52, 10, 50],
    ['easy programs', 'GPT-3.5', 22, 2, 50],
  ])('of %s by %s, from %d to %d of a hundred, is sure without pairing', (...row) => {
    const [, , march, june, trials] = row
    const counted = (share: number) => ({ successes: Math.round((share * trials) / 100), trials })
    const [first, second] = [counted(march), counted(june)]
    const test = must(twoProportionTest(first, second), 'a test')
    const { low, high } = must(newcombeInterval(first, second), 'an interval')
    expect(test.pValue).toBeLessThan(0.01)
    expect(Math.sign(low)).toBe(Math.sign(march - june))
    expect(Math.sign(high)).toBe(Math.sign(march - june))
  })

  it('of primes by GPT-4 has the z of 15.713', () => {
    const [march, june] = [840, 511].map((successes) => ({ successes, trials: 1_000 }))
    const test = twoProportionTest(must(march, 'March'), must(june, 'June'))
    expect(test?.z).toBeCloseTo(15.713, 3)
  })
})
