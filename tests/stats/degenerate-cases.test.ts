/**
 * What the statistics say where there is little or nothing to say: no data, one rater, one answer, all
 * ties, models that never met, one prompt. A figure that does not exist is null or refused; it is never
 * NaN, and never a number that looks like one.
 */
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { agreementWeights } from '#app/stats/agreement-weights.ts'
import { benjaminiHochberg } from '#app/stats/benjamini-hochberg.ts'
import { bettingEvidence, bettingSequence } from '#app/stats/betting-sequence.ts'
import { binomialTest } from '#app/stats/binomial-test.ts'
import { bradleyTerry, type PairColumns, type PairTotal } from '#app/stats/bradley-terry.ts'
import { bradleyTerryBootstrap } from '#app/stats/bradley-terry-bootstrap.ts'
import { chanceCorrectedInterval } from '#app/stats/chance-corrected.ts'
import { changePoints } from '#app/stats/change-points.ts'
import { meanOfMoments, noClusters } from '#app/stats/cluster-moments.ts'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { clusteredPredictionPoweredMean } from '#app/stats/clustered-prediction-powered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { cohenKappa } from '#app/stats/cohen-kappa.ts'
import {
  meanConfidenceSequence,
  proportionConfidenceSequence,
} from '#app/stats/confidence-sequence.ts'
import { controlLimits } from '#app/stats/control-chart.ts'
import { davidson } from '#app/stats/davidson.ts'
import { dawidSkene, type LabelSizes, type Labels } from '#app/stats/dawid-skene.ts'
import { fisherTooFew, fisherTooMany } from '#app/stats/fisher-test.ts'
import { fleissKappa } from '#app/stats/fleiss-kappa.ts'
import { glad } from '#app/stats/glad.ts'
import { brennanPrediger, gwetCoefficient } from '#app/stats/gwet-coefficient.ts'
import { holm } from '#app/stats/holm.ts'
import { krippendorffAlpha, krippendorffAlphaInterval } from '#app/stats/krippendorff-alpha.ts'
import { krippendorffAlphaError } from '#app/stats/krippendorff-alpha-error.ts'
import { krippendorffAlphaPairBootstrap } from '#app/stats/krippendorff-alpha-pair-bootstrap.ts'
import { labelPosterior } from '#app/stats/label-posterior.ts'
import { mace } from '#app/stats/mace.ts'
import { mcnemarTest } from '#app/stats/mcnemar-test.ts'
import { newcombeInterval } from '#app/stats/newcombe-interval.ts'
import { oneCoin } from '#app/stats/one-coin.ts'
import { orderStatisticRanks } from '#app/stats/order-statistic-interval.ts'
import { pairedDifference } from '#app/stats/paired-difference.ts'
import { percentAgreement, percentAgreementError } from '#app/stats/percent-agreement.ts'
import { plackettLuce } from '#app/stats/plackett-luce.ts'
import { plannedHalfWidth } from '#app/stats/planned-precision.ts'
import { predictionPoweredMean } from '#app/stats/prediction-powered-mean.ts'
import { preferenceWinRate } from '#app/stats/preference-win-rate.ts'
import { rankRanges } from '#app/stats/rank-range.ts'
import { raoKupper } from '#app/stats/rao-kupper.ts'
import { raterAwareRatings } from '#app/stats/rater-aware-ratings.ts'
import { raterWeightedRatings } from '#app/stats/rater-weighted-ratings.ts'
import { styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import type { TiedPairTotal } from '#app/stats/tied-pairs.ts'
import { twoProportionTest } from '#app/stats/two-proportion-test.ts'
import { twoWayClusteredMean } from '#app/stats/two-way-clustered-mean.ts'
import { twoWayRatings } from '#app/stats/two-way-ratings.ts'
import { unusualVotes } from '#app/stats/unusual-votes.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'

const nobody = { successes: 0, trials: 0 }
const somebody = { successes: 3, trials: 9 }

describe('Without any data', () => {
  it.each<[string, () => unknown]>([
    ['percent agreement', () => percentAgreement([])],
    ['percent agreement with an error', () => percentAgreementError([])],
    ['nominal alpha', () => krippendorffAlpha([], 'nominal').alpha],
    ['ratio alpha', () => krippendorffAlpha([], 'ratio').alpha],
    ['the error of alpha', () => krippendorffAlphaError([], 'interval')],
    ['the interval of alpha', () => krippendorffAlphaInterval([], 'nominal').low],
    ['that by pairs', () => krippendorffAlphaPairBootstrap([], 'nominal').low],
    ['Fleiss’ kappa', () => fleissKappa([])],
    ['Gwet’s coefficient', () => gwetCoefficient([])],
    ['Brennan and Prediger’s', () => brennanPrediger([])],
    ['Cohen’s kappa', () => cohenKappa([])],
    ['a mean of prompts', () => clusteredMean([])],
    ['a share of prompts', () => clusteredShare([])],
    ['a mean from moments', () => meanOfMoments(noClusters())],
    ['a mean by prompts and raters', () => twoWayClusteredMean([])],
    ['a paired difference', () => pairedDifference([])],
    ['a prediction-powered mean', () => predictionPoweredMean([], [])],
    ['the same by prompts', () => clusteredPredictionPoweredMean([])],
    ['a win rate over a baseline', () => preferenceWinRate([])],
    ['Wilson’s interval', () => wilsonInterval(0, 0)],
    ['Newcombe’s interval', () => newcombeInterval(nobody, somebody)],
    ['the test of two proportions', () => twoProportionTest(somebody, nobody)],
    ['Fisher’s test for too few', () => fisherTooFew(nobody, somebody)],
    ['Fisher’s test for too many', () => fisherTooMany(somebody, nobody)],
    ['the binomial test', () => binomialTest(0, 0, 0.5)],
    ['McNemar’s test', () => mcnemarTest(0, 0)],
    ['ranks of a median', () => orderStatisticRanks(0, 0.5)],
    ['a confidence sequence of a mean', () => meanConfidenceSequence([])],
    ['one of a proportion', () => proportionConfidenceSequence(0, 0, { tightestAt: 9 })],
    ['one by betting', () => bettingSequence([])],
    ['a planned precision', () => plannedHalfWidth({ count: 0, clusterSize: 1, correlation: 0 })],
    ['a look-out for unusual votes', () => unusualVotes([])],
  ])('%s is null', (_, run) => {
    expect(run()).toBeNull()
  })

  it.each<[string, () => readonly unknown[]]>([
    ['adjusted p-values by Holm', () => holm([])],
    ['those by Benjamini and Hochberg', () => benjaminiHochberg([])],
    ['change points', () => changePoints([])],
    ['evidence against a mean', () => bettingEvidence([], 0.5)],
    ['weights of no categories', () => agreementWeights('linear', 0)],
  ])('%s are none', (_, run) => {
    expect(run()).toHaveLength(0)
  })

  it('a control chart asks for a settled point', () => {
    expect(() => controlLimits([], 1)).toThrow(RangeError)
  })
})

describe('With one rater', () => {
  const single = [[1], [2], [2]]
  const counts = [
    [1, 0],
    [0, 1],
    [0, 1],
  ]

  it('nothing can agree', () => {
    expect(percentAgreement(single)).toBeNull()
    expect(percentAgreementError(counts)).toBeNull()
    expect(krippendorffAlpha(single, 'ordinal')).toEqual({
      alpha: null,
      reason: 'no unit was judged by two raters',
    })
    expect(krippendorffAlphaError(single, 'ordinal')).toBeNull()
    expect(
      krippendorffAlphaInterval(
        single.map((unit) => [unit]),
        'nominal',
      ).low,
    ).toBeNull()
    for (const coefficient of [fleissKappa, gwetCoefficient, brennanPrediger]) {
      expect(coefficient(counts)).toBeNull()
    }
  })

  it('a mean by prompts and raters has no interval', () => {
    const values = Array.from({ length: 30 }, (_, at) => ({
      prompt: `p${at}`,
      rater: 'r',
      value: at % 3,
    }))
    expect(twoWayClusteredMean(values)).toMatchObject({ mean: 1, low: null, raters: 1 })
  })
})

describe('With one answer', () => {
  const units = [
    [2, 2],
    [2, 2, 2],
  ]
  const counts = [
    [0, 2],
    [0, 3],
  ]

  it('agreement beyond chance is no number, but by AC1 and Brennan and Prediger’s, who ask what was declared', () => {
    const reason = 'no variation: every value is the same'
    expect(percentAgreement(units)).toBe(1)
    expect(percentAgreementError(counts)).toMatchObject({ value: 1, standardError: 0 })
    for (const level of ['nominal', 'ordinal', 'interval', 'ratio'] as const) {
      expect(krippendorffAlpha(units, level)).toEqual({ alpha: null, reason })
      expect(krippendorffAlphaError(units, level)).toBeNull()
    }
    expect(krippendorffAlphaInterval([units, units], 'nominal')).toMatchObject({ low: null })
    expect(fleissKappa(counts)).toMatchObject({ value: null, reason })
    expect(
      cohenKappa([
        [0, 0],
        [0, 5],
      ]),
    ).toMatchObject({ value: null, reason })
    expect(gwetCoefficient(counts)).toMatchObject({ value: 1, standardError: 0 })
    expect(brennanPrediger(counts)).toMatchObject({ value: 1, standardError: 0 })
  })

  it('a mean has no test of what does not vary, and a share still has an interval', () => {
    const alike = Array.from({ length: 12 }, () => ({ sum: 3, count: 3 }))
    expect(clusteredMean(alike)).toMatchObject({ mean: 1, standardError: 0 })
    const share = must(clusteredShare(alike), 'a share')
    expect(share.low).toBeGreaterThan(0.7)
    expect(share.high).toBe(1)
    expect(twoProportionTest({ successes: 4, trials: 4 }, { successes: 9, trials: 9 })).toBeNull()
    expect(
      pairedDifference([
        [1, 1],
        [0, 0],
      ]),
    ).toMatchObject({ difference: 0, pValue: null })
  })
})

const meeting = (a: number, b: number, points: number, cluster: number) => ({
  a,
  b,
  points,
  count: 1,
  cluster,
  prompt: cluster,
  rater: cluster % 3,
  side: 0 as const,
  styles: [cluster % 2 ? 0.4 : -0.4],
})
type Meeting = ReturnType<typeof meeting>

const many = (count: number, of: (at: number) => Meeting): Meeting[] =>
  Array.from({ length: count }, (_, at) => of(at))

const columnsOf = (totals: readonly PairTotal[]): PairColumns => ({
  a: Int32Array.from(totals, ({ a }) => a),
  b: Int32Array.from(totals, ({ b }) => b),
  count: Float64Array.from(totals, ({ count }) => count),
  points: Float64Array.from(totals, ({ points }) => points),
  cluster: Int32Array.from(totals, ({ cluster }) => cluster),
})

interface Rated {
  strengths: Float64Array
}

const tiedPairs = (meetings: readonly Meeting[]): TiedPairTotal[] =>
  meetings.map(({ a, b, points, cluster }) => ({
    a,
    b,
    cluster,
    winsA: points === 1 ? 1 : 0,
    winsB: points === 0 ? 1 : 0,
    ties: points === 0.5 ? 1 : 0,
  }))

/** Every way to rate items by meetings in which nobody ties. */
const ratings: Record<string, (size: number, meetings: readonly Meeting[]) => Rated> = {
  'Bradley–Terry': bradleyTerry,
  'Bradley–Terry by prompts and raters': twoWayRatings,
  'the bootstrap of Bradley–Terry': (size, meetings) => {
    const clusters = 1 + Math.max(0, ...meetings.map(({ cluster }) => cluster))
    const { intervals } = bradleyTerryBootstrap(size, columnsOf(meetings), clusters, { rounds: 50 })
    return { strengths: Float64Array.from(intervals, ({ low, high }) => (low + high) / 2) }
  },
  'ratings at equal style': styleControlledRatings,
  'ratings with raters’ skills': (items, meetings) =>
    raterAwareRatings({ items, raters: 3 }, meetings),
  'ratings weighed by raters’ skills': (items, meetings) =>
    raterWeightedRatings({ items, raters: 3 }, meetings),
  'Plackett–Luce': (size, meetings) =>
    plackettLuce(
      size,
      meetings.map(({ a, b, points, cluster }) => ({
        order: points > 0.5 ? [a, b] : [b, a],
        cluster,
      })),
    ),
  'Davidson’s model': (size, meetings) => davidson(size, tiedPairs(meetings)),
  'Rao and Kupper’s model': (size, meetings) => raoKupper(size, tiedPairs(meetings)),
}
const ways = Object.entries(ratings)

describe('Ratings', () => {
  it.each(ways)('by %s are refused without a meeting', (_, rate) => {
    expect(() => rate(2, [])).toThrow(RangeError)
  })

  it.each(ways)('by %s are refused where one is unbeaten', (_, rate) => {
    expect(() =>
      rate(
        2,
        many(12, (at) => meeting(0, 1, 1, at)),
      ),
    ).toThrow(RangeError)
    const winless = [
      ...many(8, (at) => meeting(0, 1, at % 2, at)),
      ...many(6, (at) => meeting(at % 2, 2, 1, 8 + at)),
    ]
    expect(() => rate(3, winless)).toThrow(RangeError)
  })

  it.each(ways)('by %s are refused where groups never met', (_, rate) => {
    const apart = [
      ...many(10, (at) => meeting(0, 1, at % 3 ? 1 : 0, at)),
      ...many(10, (at) => meeting(2, 3, at % 4 ? 1 : 0, 10 + at)),
    ]
    expect(() => rate(4, apart)).toThrow(RangeError)
  })

  it.each(ways)('by %s are refused for an item that nobody met', (_, rate) => {
    expect(() =>
      rate(
        3,
        many(12, (at) => meeting(0, 1, at % 2, at)),
      ),
    ).toThrow(RangeError)
  })

  const tieModels = ['Davidson’s model', 'Rao and Kupper’s model']
  const withTies = ways.filter(([name]) => !['Plackett–Luce', ...tieModels].includes(name))

  it.each(withTies)('by %s are all the same where all tie', (_, rate) => {
    const ties = many(30, (at) => meeting(at % 3, (at + 1) % 3, 0.5, at))
    for (const strength of rate(3, ties).strengths) expect(strength).toBeCloseTo(0, 9)
  })

  it.each(tieModels)('by %s are refused where all tie, and where nothing does', (name) => {
    const rate = must(ratings[name], 'the model')
    expect(() =>
      rate(
        3,
        many(30, (at) => meeting(at % 3, (at + 1) % 3, 0.5, at)),
      ),
    ).toThrow('Where all tie')
    expect(() =>
      rate(
        2,
        many(12, (at) => meeting(0, 1, at % 2, at)),
      ),
    ).toThrow('Without a tie')
  })

  it('have no covariance from one prompt, however many verdicts it had', () => {
    const one = many(12, (at) => ({
      ...meeting(0, 1, at % 3 ? 1 : 0, 0),
      styles: [at % 2 ? 1 : -1],
    }))
    expect(bradleyTerry(2, one).covariance).toBeNull()
    expect(twoWayRatings(2, one)).toMatchObject({ covariance: null, prompts: 1 })
    const styled = styleControlledRatings(2, one)
    expect(styled.covariance).toBeNull()
    expect(styled.coefficients[0]).toMatchObject({ standardError: null, low: null, pValue: null })
    expect(raterWeightedRatings({ items: 2, raters: 3 }, one).covariance).toBeNull()
  })

  it('at equal style are refused where a style goes with the item, and where two go together', () => {
    const own = many(20, (at) => ({ ...meeting(0, 1, at % 3 ? 1 : 0, at), styles: [0.3] }))
    expect(() => styleControlledRatings(2, own)).toThrow(RangeError)
    const twice = many(20, (at) => {
      const style = Math.sin(at)
      return { ...meeting(0, 1, at % 3 ? 1 : 0, at), styles: [style, 2 * style] }
    })
    expect(() => styleControlledRatings(2, twice)).toThrow(RangeError)
  })

  it('at equal style are refused where a style alone tells who wins, however many items there are', () => {
    for (const size of [2, 3, 5, 8]) {
      const told = many(60, (at) => {
        const style = Math.sin(7 * at) + (at % 2 ? 1.2 : -1.2)
        const [a, b] = [at % size, (at + 1) % size]
        return { ...meeting(a, b, at % 2, at), styles: [style] }
      })
      const separated = told.map((one) => ({ ...one, points: (one.styles[0] ?? 0) > 0 ? 1 : 0 }))
      expect(() => styleControlledRatings(size, separated)).toThrow(RangeError)
    }
  })

  it('of items far apart are given all the same, where a chain of upsets holds them together', () => {
    const chain = [0, 1, 2, 3, 4].flatMap((item): PairTotal[] => [
      { a: item, b: item + 1, count: 2_000, points: 1_999, cluster: item },
      { a: item, b: item + 1, count: 1_000, points: 999, cluster: 10 + item },
    ])
    const far = [...chain, { a: 0, b: 5, count: 1, points: 1, cluster: 20 }]
    const plain = bradleyTerry(6, far)
    const styled = styleControlledRatings(
      6,
      far.map((one) => ({ ...one, styles: [] })),
    )
    for (const item of [0, 1, 2, 3, 4, 5]) {
      expect(styled.strengths[item]).toBeCloseTo(must(plain.strengths[item], 'a strength'), 7)
    }
    expect((plain.strengths[0] ?? 0) - (plain.strengths[5] ?? 0)).toBeGreaterThan(30)
  })

  it('of one item rank it first', () => {
    const covariance = { size: 1, cells: Float64Array.of(0) }
    expect(rankRanges(Float64Array.of(0), covariance, 9).ranges).toEqual([{ low: 1, high: 1 }])
  })
})

describe('Means from one prompt', () => {
  it('have no interval', () => {
    expect(clusteredMean([{ sum: 2, count: 5 }])).toMatchObject({ mean: 0.4, low: null })
    expect(clusteredShare([{ sum: 2, count: 5 }])).toMatchObject({ mean: 0.4, low: null })
    expect(pairedDifference([[0, 1]])).toMatchObject({ difference: 1, low: null, pValue: null })
    expect(
      krippendorffAlphaInterval(
        [
          [
            [1, 2],
            [2, 2],
          ],
        ],
        'nominal',
      ),
    ).toMatchObject({
      low: null,
      reason: 'fewer than two prompts judged twice',
    })
    const chance = { of: () => 0.5 }
    expect(chanceCorrectedInterval([[[1, 1]]], agreementWeights('identity', 2), chance)).toBeNull()
    expect(
      clusteredPredictionPoweredMean([
        { cluster: 'p', prediction: 1, label: 1 },
        { cluster: 'q', prediction: 1 },
      ]),
    ).toBeNull()
    expect(predictionPoweredMean([[1, 1]], [1, 0])).toBeNull()
  })
})

const columns = (rows: readonly (readonly [number, number, number])[]): Labels => ({
  raters: Int32Array.from(rows, ([rater]) => rater),
  units: Int32Array.from(rows, ([, unit]) => unit),
  labels: Int32Array.from(rows, ([, , label]) => label),
})

const models: [string, (data: Labels, sizes: LabelSizes) => { posteriors: Float64Array }][] = [
  ['Dawid and Skene', dawidSkene],
  ['one coin', oneCoin],
  ['GLAD', glad],
  ['MACE', mace],
]

/** Every number that a fit holds, lists and all. */
const numbersIn = (fit: object): number[] =>
  Object.values(fit).flatMap((value) =>
    ArrayBuffer.isView(value)
      ? Array.from(value as Float64Array)
      : typeof value === 'number'
        ? [value]
        : [],
  )

describe('Consensus', () => {
  it.each(models)(
    'by %s holds numbers alone where there are no units, or none has a label',
    (_, modelOf) => {
      for (const sizes of [
        { units: 0, raters: 0, classes: 2 },
        { units: 3, raters: 2, classes: 3 },
      ]) {
        const found = modelOf(columns([]), sizes)
        expect(numbersIn(found).every(Number.isFinite)).toBe(true)
        for (const share of found.posteriors) expect(share).toBeCloseTo(1 / sizes.classes, 12)
      }
    },
  )

  it.each(models)('by %s believes a single rater', (_, modelOf) => {
    const rows = [0, 1, 1, 0].map((label, unit) => [0, unit, label] as const)
    const found = modelOf(columns(rows), { units: 4, raters: 1, classes: 2 })
    for (const [unit, label] of [0, 1, 1, 0].entries()) {
      expect(found.posteriors[2 * unit + label]).toBeGreaterThan(0.7)
    }
  })

  it.each(models)('by %s is sure where there is one class, or one label from all', (_, modelOf) => {
    const alike = [0, 1, 2].flatMap((rater) => [0, 1].map((unit) => [rater, unit, 0] as const))
    const one = modelOf(columns(alike), { units: 2, raters: 3, classes: 1 })
    expect([...one.posteriors]).toEqual([1, 1])
    const two = modelOf(columns(alike), { units: 2, raters: 3, classes: 2 })
    expect(numbersIn(two).every(Number.isFinite)).toBe(true)
    expect(two.posteriors[0]).toBeGreaterThan(0.9)
    expect(two.posteriors[2]).toBeGreaterThan(0.9)
  })

  it('with a known accuracy is open without an answer, and refuses no possible answer', () => {
    expect(labelPosterior([0, 0])).toEqual([0.5, 0.5])
    expect(labelPosterior([3])).toEqual([1])
    expect(() => labelPosterior([])).toThrow()
  })
})

describe('Series', () => {
  it('of a single point, or of one level, have no change', () => {
    const at = (value: number) => ({ value, standardError: 1 })
    expect(changePoints([at(3)])).toEqual([])
    expect(changePoints([3, 3, 3, 3].map(at))).toEqual([])
    expect(controlLimits([at(3)], 1)).toMatchObject({ centre: 3, beyond: [], runs: [] })
  })

  it('of one value leave everything open', () => {
    expect(bettingSequence([0.5])).toEqual({ low: 0, high: 1 })
    expect(meanConfidenceSequence([0.5])).toMatchObject({ low: 0, high: 1 })
    expect(proportionConfidenceSequence(1, 1, { tightestAt: 50 })).toMatchObject({
      low: 0,
      high: 1,
    })
  })
})
