/**
 * What must not matter to the statistics: the order of judgments, what things are called, which of two
 * is named first, whether everything is counted twice, and the scale that scores are written on.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { benjaminiHochberg } from '#app/stats/benjamini-hochberg.ts'
import { binomialTest } from '#app/stats/binomial-test.ts'
import { areComparable, bradleyTerry } from '#app/stats/bradley-terry.ts'
import { changePoints } from '#app/stats/change-points.ts'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { clusteredPredictionPoweredMean } from '#app/stats/clustered-prediction-powered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { cohenKappa } from '#app/stats/cohen-kappa.ts'
import {
  meanConfidenceSequence,
  proportionConfidenceSequence,
} from '#app/stats/confidence-sequence.ts'
import { controlLimits } from '#app/stats/control-chart.ts'
import { cusum } from '#app/stats/cusum.ts'
import { davidson } from '#app/stats/davidson.ts'
import { dawidSkene, type Labels } from '#app/stats/dawid-skene.ts'
import { fisherTooFew, fisherTooMany } from '#app/stats/fisher-test.ts'
import { fleissKappa } from '#app/stats/fleiss-kappa.ts'
import { glad } from '#app/stats/glad.ts'
import { brennanPrediger, gwetCoefficient } from '#app/stats/gwet-coefficient.ts'
import { holm } from '#app/stats/holm.ts'
import { krippendorffAlpha } from '#app/stats/krippendorff-alpha.ts'
import { entropyInBits, labelPosterior } from '#app/stats/label-posterior.ts'
import { cell, type Matrix } from '#app/stats/matrix.ts'
import { mcnemarTest } from '#app/stats/mcnemar-test.ts'
import { newcombeInterval } from '#app/stats/newcombe-interval.ts'
import { oneCoin } from '#app/stats/one-coin.ts'
import { orderStatisticRanks } from '#app/stats/order-statistic-interval.ts'
import { believedStrengths, pairInformation } from '#app/stats/pair-information.ts'
import { pairedDifference } from '#app/stats/paired-difference.ts'
import { percentAgreementError } from '#app/stats/percent-agreement.ts'
import { plackettLuce } from '#app/stats/plackett-luce.ts'
import { verdictsNeeded, verdictsNeededEach } from '#app/stats/planned-judgments.ts'
import { predictionPoweredMean } from '#app/stats/prediction-powered-mean.ts'
import { rankRanges } from '#app/stats/rank-range.ts'
import { raoKupper } from '#app/stats/rao-kupper.ts'
import { raterAwareRatings } from '#app/stats/rater-aware-ratings.ts'
import { styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import type { TiedPairTotal } from '#app/stats/tied-pairs.ts'
import { twoProportionTest } from '#app/stats/two-proportion-test.ts'
import { twoWayClusteredMean } from '#app/stats/two-way-clustered-mean.ts'
import { twoWayRatings } from '#app/stats/two-way-ratings.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'

const items = 4

interface Meeting {
  a: number
  b: number
  points: number
  count: number
  cluster: number
  prompt: number
  rater: number
  side: -1 | 0 | 1
  styles: number[]
}

const meeting = fc
  .record({
    a: fc.nat(items - 1),
    step: fc.integer({ min: 1, max: items - 1 }),
    points: fc.constantFrom(0, 0.5, 1),
    cluster: fc.nat(9),
    rater: fc.nat(2),
    side: fc.constantFrom(-1 as const, 0 as const, 1 as const),
    style: fc.integer({ min: -10, max: 10 }).map((tenths) => tenths / 10),
  })
  .map(
    ({ a, step, style, ...rest }): Meeting => ({
      ...rest,
      a,
      b: (a + step) % items,
      count: 1,
      prompt: rest.cluster,
      styles: [style],
    }),
  )
const meetings = fc.array(meeting, { minLength: 25, maxLength: 60 })

interface Rated {
  strengths: Float64Array
  covariance?: Matrix | null
}

const tiedPairs = (all: readonly Meeting[]): TiedPairTotal[] =>
  all.map(({ a, b, points, count, cluster }) => ({
    a,
    b,
    cluster,
    winsA: points === count ? count : 0,
    winsB: points === 0 ? count : 0,
    ties: points > 0 && points < count ? count : 0,
  }))

const ratings: [string, (meetings: readonly Meeting[]) => Rated][] = [
  ['Bradley–Terry', (all) => bradleyTerry(items, all)],
  ['Bradley–Terry by prompts and raters', (all) => twoWayRatings(items, all)],
  ['ratings at equal style', (all) => styleControlledRatings(items, all)],
  ['ratings with raters’ skills', (all) => raterAwareRatings({ items, raters: 3 }, all)],
  ['Davidson’s model', (all) => davidson(items, tiedPairs(all))],
  ['Rao and Kupper’s model', (all) => raoKupper(items, tiedPairs(all))],
  [
    'Plackett–Luce',
    (all) =>
      plackettLuce(
        items,
        all.flatMap(({ a, b, points, count, cluster }) =>
          Array.from({ length: count }, () => ({
            order: points === 0 ? [b, a] : points < count ? [[a, b]] : [a, b],
            cluster,
          })),
        ),
      ),
  ],
]

/** What the ratings are, or that there are none. */
function fitted(rate: (meetings: readonly Meeting[]) => Rated, all: readonly Meeting[]) {
  try {
    return rate(all)
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError)
    return undefined
  }
}

function expectAlike(
  one: Rated | undefined,
  other: Rated | undefined,
  placeOf: (item: number) => number = (item) => item,
): void {
  expect(other === undefined).toBe(one === undefined)
  if (!one || !other) return
  for (let item = 0; item < items; item++) {
    const strength = must(one.strengths[item], 'a strength')
    const tolerance = 1e-5 * Math.max(1, Math.abs(strength))
    expect(Math.abs((other.strengths[placeOf(item)] ?? 0) - strength)).toBeLessThan(tolerance)
    if (!one.covariance || !other.covariance) continue
    const variance = cell(one.covariance, item, item)
    const found = cell(other.covariance, placeOf(item), placeOf(item))
    expect(Math.abs(found - variance)).toBeLessThan(1e-4 * Math.max(1, variance))
  }
}

/** Sets in which every item is well held, so that no estimate lies far out. */
const settled = meetings.filter((all) => areComparable(items, all))

describe('Ratings', () => {
  it.each(ratings)('by %s do not depend on the order of judgments', (_, rate) => {
    fc.assert(
      fc.property(settled, (all) => {
        expectAlike(fitted(rate, all), fitted(rate, [...all].reverse()))
      }),
      { numRuns: 40 },
    )
  })

  it.each(ratings)('by %s follow the items, whatever they are called', (_, rate) => {
    const turned = (item: number) => (item + 1) % items
    fc.assert(
      fc.property(settled, (all) => {
        const renamed = all.map((one) => ({ ...one, a: turned(one.a), b: turned(one.b) }))
        expectAlike(fitted(rate, all), fitted(rate, renamed), turned)
      }),
      { numRuns: 40 },
    )
  })

  it.each(ratings)('by %s are the same whichever of two is named first', (_, rate) => {
    fc.assert(
      fc.property(settled, (all) => {
        const swapped = all.map((one, at): Meeting => {
          if (at % 2) return one
          const side = one.side === 1 ? -1 : one.side === -1 ? 1 : 0
          const styles = one.styles.map((style) => -style)
          return { ...one, a: one.b, b: one.a, points: one.count - one.points, side, styles }
        })
        expectAlike(fitted(rate, all), fitted(rate, swapped))
      }),
      { numRuns: 40 },
    )
  })

  // Raters' skills have a prior, which the same judgments twice outweigh more.
  const withoutPrior = ratings.filter(([name]) => name !== 'ratings with raters’ skills')

  it.each(withoutPrior)('by %s are no surer when every judgment is counted twice', (_, rate) => {
    fc.assert(
      fc.property(settled, (all) => {
        const twice = all.map((one) => ({ ...one, count: 2, points: 2 * one.points }))
        expectAlike(fitted(rate, all), fitted(rate, twice))
      }),
      { numRuns: 40 },
    )
  })

  it('at equal style do not depend on the unit that a style is counted in', () => {
    fc.assert(
      fc.property(settled, (all) => {
        const scaled = all.map((one) => ({ ...one, styles: one.styles.map((style) => 50 * style) }))
        const rate = (some: readonly Meeting[]) => styleControlledRatings(items, some)
        const [one, other] = [fitted(rate, all), fitted(rate, scaled)]
        expectAlike(one, other)
        const [a, b] = [all, scaled].map((some) => {
          try {
            return styleControlledRatings(items, some).coefficients[0]?.value
          } catch {
            return undefined
          }
        })
        if (a !== undefined) expect(b).toBeCloseTo(a, 5)
      }),
      { numRuns: 40 },
    )
  })

  it('rank an item within its range, and never a surely worse one above it', () => {
    const strength = fc.double({ min: -3, max: 3, noNaN: true })
    const variance = fc.double({ min: 0.001, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(strength, variance), { minLength: 2, maxLength: 7 }), (all) => {
        const size = all.length
        const covariance: Matrix = { size, cells: new Float64Array(size * size) }
        for (const [at, [, own]] of all.entries()) covariance.cells[at * size + at] = own
        const strengths = Float64Array.from(all, ([own]) => own)
        const { ranges } = rankRanges(strengths, covariance, 40, { draws: 500 })
        for (const [at, own] of strengths.entries()) {
          const above = strengths.filter((other) => other > own).length
          const level = strengths.filter((other) => other === own).length
          const range = must(ranges[at], 'a range')
          expect(range.low).toBeLessThanOrEqual(above + level)
          expect(range.high).toBeGreaterThanOrEqual(above + 1)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('to choose by follow the items, and so does what a comparison would tell', () => {
    const record = fc
      .tuple(fc.nat(2), fc.nat(9), fc.nat(9), fc.nat(5))
      .map(([a, wins, losses, pending]) => ({
        a,
        b: (a + 1) % 3,
        count: wins + losses,
        points: wins,
        pending,
      }))
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const turned = (item: number) => 2 - item
        const renamed = [...records]
          .reverse()
          .map((one) => ({ ...one, a: turned(one.a), b: turned(one.b) }))
        const [one, other] = [believedStrengths(3, records), believedStrengths(3, renamed)]
        const pairs = [
          { a: 0, b: 1 },
          { a: 1, b: 2 },
        ]
        const own = pairInformation(one, pairs)
        const found = pairInformation(
          other,
          pairs.map(({ a, b }) => ({ a: turned(b), b: turned(a) })),
        )
        for (const item of [0, 1, 2]) {
          expect(other.strengths[turned(item)]).toBeCloseTo(must(one.strengths[item], 'one'), 7)
        }
        for (const pair of [0, 1]) expect(found[pair]).toBeCloseTo(must(own[pair], 'one'), 7)
      }),
      { numRuns: 40 },
    )
  })
})

/** Scores as people give them: in tenths. */
const score = fc.integer({ min: -50, max: 50 }).map((tenths) => tenths / 10)

describe('Means', () => {
  const cluster = fc.tuple(score, fc.integer({ min: 1, max: 6 })).map(([mean, count]) => ({
    sum: mean * count,
    count,
  }))
  const clusters = fc.array(cluster, { minLength: 2, maxLength: 25 })

  it('of prompts move and stretch with their scale, do not care for order, and gain nothing by copies', () => {
    fc.assert(
      fc.property(clusters, (all) => {
        const one = must(clusteredMean(all), 'a mean')
        const moved = all.map(({ sum, count }) => ({ sum: 3 * sum - 7 * count, count })).reverse()
        const other = must(clusteredMean(moved), 'a mean')
        expect(other.mean).toBeCloseTo(3 * one.mean - 7, 8)
        expect(other.standardError).toBeCloseTo(3 * must(one.standardError, 'an error'), 8)
        const twice = clusteredMean(
          all.map(({ sum, count }) => ({ sum: 2 * sum, count: 2 * count })),
        )
        expect(twice?.mean).toBeCloseTo(one.mean, 10)
        expect(twice?.standardError).toBeCloseTo(must(one.standardError, 'an error'), 10)
      }),
    )
  })

  it('of shares turn over with what counts as success', () => {
    const split = fc
      .tuple(fc.integer({ min: 1, max: 6 }), fc.nat(6))
      .map(([count, sum]) => ({ count, sum: Math.min(sum, count) }))
    fc.assert(
      fc.property(fc.array(split, { minLength: 2, maxLength: 25 }), (all) => {
        const one = must(clusteredShare(all), 'a share')
        const other = must(
          clusteredShare(all.map(({ sum, count }) => ({ sum: count - sum, count }))),
          'a share',
        )
        expect(other.mean).toBeCloseTo(1 - one.mean, 10)
        expect(other.low).toBeCloseTo(1 - must(one.high, 'an end'), 8)
        expect(other.high).toBeCloseTo(1 - must(one.low, 'an end'), 8)
      }),
    )
  })

  it('by prompts and raters move and stretch with their scale', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 450, maxLength: 450 }), (values) => {
        const of = (scale: (value: number) => number) =>
          must(
            twoWayClusteredMean(
              values.map((value, at) => ({
                prompt: `p${at % 21}`,
                rater: `r${(at * 5) % 22}`,
                value: scale(value),
              })),
            ),
            'a mean',
          )
        const [one, other] = [of((value) => value), of((value) => 100 - 2 * value)]
        expect(other.mean).toBeCloseTo(100 - 2 * one.mean, 8)
        expect(other.standardError).toBeCloseTo(2 * must(one.standardError, 'an error'), 8)
      }),
      { numRuns: 20 },
    )
  })

  it('of differences move with neither version, and stretch with both', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(score, score), { minLength: 3, maxLength: 30 }), (pairs) => {
        const one = must(pairedDifference(pairs), 'a difference')
        const moved = pairs.map(([a, b]) => [4 * a + 9, 4 * b + 9] as const).reverse()
        const other = must(pairedDifference(moved), 'a difference')
        expect(other.difference).toBeCloseTo(4 * one.difference, 8)
        if (one.pValue !== null && other.pValue !== null) {
          expect(other.pValue).toBeCloseTo(one.pValue, 6)
        }
      }),
    )
  })

  it('helped by predictions do not care how far those are off, nor for order', () => {
    const labelled = fc.array(fc.tuple(score, score), { minLength: 4, maxLength: 20 })
    const predicted = fc.array(score, { minLength: 4, maxLength: 30 })
    fc.assert(
      fc.property(labelled, predicted, (own, more) => {
        const one = must(predictionPoweredMean(own, more), 'a mean')
        const other = must(
          predictionPoweredMean(
            own.map(([label, prediction]) => [label, prediction + 50] as const).reverse(),
            more.map((prediction) => prediction + 50).reverse(),
          ),
          'a mean',
        )
        expect(other.weight).toBeCloseTo(one.weight, 6)
        expect(other.mean).toBeCloseTo(one.mean, 6)
        expect(other.standardError).toBeCloseTo(one.standardError, 6)
        const byPrompt = (shift: number) =>
          clusteredPredictionPoweredMean([
            ...own.map(([label, prediction], at) => ({
              cluster: `own ${at}`,
              label,
              prediction: prediction + shift,
            })),
            ...more.map((prediction, at) => ({
              cluster: `more ${at}`,
              prediction: prediction + shift,
            })),
          ])
        const [plain, shifted] = [must(byPrompt(0), 'a mean'), must(byPrompt(50), 'a mean')]
        expect(shifted.mean).toBeCloseTo(plain.mean, 6)
        expect(shifted.standardError).toBeCloseTo(plain.standardError, 6)
      }),
    )
  })
})

describe('Agreement', () => {
  const unit = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
  const units = fc.array(unit, { minLength: 2, maxLength: 15 })

  it('by interval alpha does not depend on the scale, nor by ratio alpha on the unit', () => {
    fc.assert(
      fc.property(units, (data) => {
        const of = (level: 'interval' | 'ratio', scale: (value: number) => number) =>
          krippendorffAlpha(
            data.map((values) => values.map(scale)),
            level,
          ).alpha
        const plain = of('interval', (value) => value)
        const moved = of('interval', (value) => 20 - 3 * value)
        if (plain === null) expect(moved).toBeNull()
        else expect(moved).toBeCloseTo(plain, 9)
        const ratio = of('ratio', (value) => value)
        const stretched = of('ratio', (value) => 2.5 * value)
        if (ratio === null) expect(stretched).toBeNull()
        else expect(stretched).toBeCloseTo(ratio, 9)
      }),
    )
  })

  it('by ordinal alpha depends on the order of answers alone', () => {
    fc.assert(
      fc.property(units, (data) => {
        const plain = krippendorffAlpha(data, 'ordinal').alpha
        const curved = krippendorffAlpha(
          data.map((values) => values.map((value) => value ** 3 + 1)),
          'ordinal',
        ).alpha
        if (plain === null) expect(curved).toBeNull()
        else expect(curved).toBeCloseTo(plain, 9)
      }),
    )
  })

  const counts = fc.array(fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 12,
  })

  it.each([
    ['percent', percentAgreementError],
    ['Fleiss’ kappa', fleissKappa],
    ['Gwet’s coefficient', gwetCoefficient],
    ['Brennan and Prediger’s', brennanPrediger],
  ])('by %s is the same of all units twice, with a smaller error', (_, coefficient) => {
    fc.assert(
      fc.property(counts, (rows) => {
        const [one, twice] = [coefficient(rows), coefficient([...rows, ...rows])]
        expect(twice === null).toBe(one === null)
        if (one?.value === null || one?.value === undefined) return
        expect(twice?.value).toBeCloseTo(one.value, 10)
        if (one.standardError === null) return
        const { units: n } = one
        const narrower = Math.sqrt((n - 1) / (2 * n - 1))
        expect(twice?.standardError).toBeCloseTo(narrower * one.standardError, 9)
      }),
    )
  })

  const table = fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), {
    minLength: 3,
    maxLength: 3,
  })

  it('of two raters by Cohen’s kappa follows no names, and is the same of twice as many answers', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const one = cohenKappa(rows)
        const renamed = cohenKappa([...rows].reverse().map((row) => [...row].reverse()))
        const twice = cohenKappa(rows.map((row) => row.map((count) => 2 * count)))
        expect(renamed === null).toBe(one === null)
        if (one?.value === null || one?.value === undefined) return
        expect(renamed?.value).toBeCloseTo(one.value, 10)
        expect(twice?.value).toBeCloseTo(one.value, 10)
        const error = must(one.standardError, 'an error')
        expect(renamed?.standardError).toBeCloseTo(error, 10)
        expect(twice?.standardError).toBeCloseTo(error / Math.SQRT2, 10)
      }),
    )
  })
})

describe('Consensus', () => {
  const [raters, units, classes] = [4, 6, 3]
  const label = fc.tuple(fc.nat(raters - 1), fc.nat(units - 1), fc.nat(classes - 1))
  const labels = fc.array(label, { minLength: 1, maxLength: 40 })
  type Row = readonly [number, number, number]
  const columns = (rows: readonly Row[]): Labels => ({
    raters: Int32Array.from(rows, ([rater]) => rater),
    units: Int32Array.from(rows, ([, unit]) => unit),
    labels: Int32Array.from(rows, ([, , own]) => own),
  })
  const sizes = { raters, units, classes }
  const models: [string, (rows: readonly Row[]) => Float64Array][] = [
    ['Dawid and Skene', (rows) => dawidSkene(columns(rows), sizes, { smoothing: 1 }).posteriors],
    ['one coin', (rows) => oneCoin(columns(rows), sizes).posteriors],
    ['GLAD', (rows) => glad(columns(rows), sizes).posteriors],
  ]

  it.each(models)('by %s adds up, and follows neither order nor names', (_, posteriorsOf) => {
    fc.assert(
      fc.property(labels, (rows) => {
        const one = posteriorsOf(rows)
        const other = posteriorsOf(
          [...rows]
            .reverse()
            .map(([rater, unit, own]) => [
              raters - 1 - rater,
              units - 1 - unit,
              (own + 1) % classes,
            ]),
        )
        for (let unit = 0; unit < units; unit++) {
          let sum = 0
          for (let own = 0; own < classes; own++) {
            const share = must(one[unit * classes + own], 'a share')
            const turned = (units - 1 - unit) * classes + ((own + 1) % classes)
            expect(Math.abs((other[turned] ?? 0) - share)).toBeLessThan(1e-3)
            sum += share
          }
          expect(sum).toBeCloseTo(1, 9)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('with a known accuracy follows the answers, and is less open the more say the same', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 2, maxLength: 5 }), (counts) => {
        const one = labelPosterior(counts)
        const other = labelPosterior([...counts].reverse()).reverse()
        for (const [at, share] of one.entries()) expect(other[at]).toBeCloseTo(share, 12)
        expect(one.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
        const open = entropyInBits(one)
        expect(open).toBeGreaterThanOrEqual(0)
        expect(open).toBeLessThanOrEqual(Math.log2(counts.length) + 1e-12)
        expect(entropyInBits([...one].reverse())).toBeCloseTo(open, 12)
        const most = Math.max(...counts)
        const first = counts.indexOf(most)
        const surer = labelPosterior(counts.map((count, at) => (at === first ? count + 1 : count)))
        expect(surer[first]).toBeGreaterThanOrEqual(one[first] ?? 1)
      }),
    )
  })
})

describe('Tests and intervals of shares', () => {
  const share = fc
    .tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([trials, part]) => ({ trials, successes: Math.round(trials * part) }))
  const failures = ({ trials, successes }: { trials: number; successes: number }) => ({
    trials,
    successes: trials - successes,
  })

  it('turn over with what counts as success', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const wilson = must(wilsonInterval(one.successes, one.trials), 'an interval')
        const turned = must(wilsonInterval(one.trials - one.successes, one.trials), 'an interval')
        expect(turned.low).toBeCloseTo(1 - wilson.high, 10)
        const of = must(newcombeInterval(one, other), 'an interval')
        const complement = must(newcombeInterval(failures(one), failures(other)), 'an interval')
        expect(complement.low).toBeCloseTo(-of.high, 10)
        const z = twoProportionTest(one, other)?.z
        const negative = twoProportionTest(failures(one), failures(other))?.z
        if (z === undefined) expect(negative).toBeUndefined()
        else expect(negative).toBeCloseTo(-z, 9)
        expect(fisherTooMany(one, other)).toBeCloseTo(
          must(fisherTooFew(failures(one), failures(other)), 'a p-value'),
          9,
        )
        expect(binomialTest(one.successes, one.trials, 0.3)).toBeCloseTo(
          must(binomialTest(one.trials - one.successes, one.trials, 0.7), 'a p-value'),
          9,
        )
        const sequence = proportionConfidenceSequence(one.successes, one.trials, {
          tightestAt: 40,
        })
        const mirrored = proportionConfidenceSequence(one.trials - one.successes, one.trials, {
          tightestAt: 40,
        })
        expect(must(mirrored, 'one').low).toBeCloseTo(1 - must(sequence, 'one').high, 9)
      }),
      { numRuns: 60 },
    )
  })

  it('turn over with which of two comes first', () => {
    fc.assert(
      fc.property(share, share, (one, other) => {
        const of = must(newcombeInterval(one, other), 'an interval')
        const turned = must(newcombeInterval(other, one), 'an interval')
        expect(turned.low).toBeCloseTo(-of.high, 10)
        const z = twoProportionTest(one, other)?.z
        if (z !== undefined) expect(twoProportionTest(other, one)?.z).toBeCloseTo(-z, 9)
        expect(fisherTooFew(one, other)).toBeCloseTo(
          must(fisherTooMany(other, one), 'a p-value'),
          9,
        )
        expect(mcnemarTest(one.successes, other.successes)).toBe(
          mcnemarTest(other.successes, one.successes),
        )
      }),
    )
  })

  it('of a mean at any time turn over with the scale', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(values, (own) => {
        const one = must(meanConfidenceSequence(own), 'one')
        const other = must(meanConfidenceSequence(own.map((value) => 1 - value)), 'one')
        expect(other.low).toBeCloseTo(1 - one.high, 8)
        expect(other.high).toBeCloseTo(1 - one.low, 8)
      }),
      { numRuns: 40 },
    )
  })

  it('of a median stand as far from either end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (n) => {
        const ranks = orderStatisticRanks(n, 0.5)
        if (ranks) expect(ranks.low + ranks.high).toBe(n + 1)
      }),
    )
  })

  it('plan as many verdicts for a share as for what is left of it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.51, max: 0.99, noNaN: true }),
        fc.double({ min: 0.05, max: 0.5, noNaN: true }),
        (high, low) => {
          expect(verdictsNeeded(high)).toBe(verdictsNeeded(1 - high))
          expect(verdictsNeededEach(low, high)).toBe(verdictsNeededEach(high, low))
        },
      ),
    )
  })

  it('adjusted for their number follow their order, are no smaller, and Holm’s no smaller than the others', () => {
    const value = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (values) => {
        for (const adjust of [holm, benjaminiHochberg]) {
          const adjusted = adjust(values)
          const turned = adjust([...values].reverse()).reverse()
          for (const [at, own] of adjusted.entries()) {
            expect(turned[at]).toBeCloseTo(own, 12)
            expect(own).toBeGreaterThanOrEqual((values[at] ?? 0) - 1e-15)
            expect(own).toBeLessThanOrEqual(1)
          }
        }
        const [strict, mild] = [holm(values), benjaminiHochberg(values)]
        for (const [at, own] of mild.entries()) {
          expect(strict[at]).toBeGreaterThanOrEqual(own - 1e-12)
        }
      }),
    )
  })
})

describe('Series', () => {
  const series = fc.array(
    fc.record({ value: score, standardError: fc.double({ min: 0.1, max: 2, noNaN: true }) }),
    { minLength: 3, maxLength: 15 },
  )
  type Point = { value: number; standardError: number }
  const moved = ({ value, standardError }: Point): Point => ({
    value: 40 - 3 * value,
    standardError: 3 * standardError,
  })

  it('change at the same places whatever the scale, and alarm on the other side upside down', () => {
    fc.assert(
      fc.property(series, (points) => {
        const turned = points.map(moved)
        const placesOf = (of: readonly Point[]) =>
          changePoints(of, { rounds: 200 }).map(({ at }) => at)
        expect(placesOf(turned)).toEqual(placesOf(points))
        const [one, other] = [
          cusum(points, { target: 0, limit: 3 }),
          cusum(turned, { target: 40, limit: 3 }),
        ]
        for (const [at, point] of one.entries()) {
          expect(other[at]?.up).toBeCloseTo(point.down, 9)
          expect(other[at]?.isAlarm).toBe(point.isAlarm)
        }
        const [chart, mirrored] = [controlLimits(points, 2), controlLimits(turned, 2)]
        expect(mirrored.centre).toBeCloseTo(40 - 3 * chart.centre, 9)
        expect(mirrored.beyond).toEqual(chart.beyond)
      }),
      { numRuns: 40 },
    )
  })
})
