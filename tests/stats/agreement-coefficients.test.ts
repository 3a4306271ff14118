import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { agreementWeights } from '#app/stats/agreement-weights.ts'
import { unitCounts } from '#app/stats/chance-corrected.ts'
import { cohenKappa } from '#app/stats/cohen-kappa.ts'
import { fleissKappa } from '#app/stats/fleiss-kappa.ts'
import { brennanPrediger, gwetCoefficient } from '#app/stats/gwet-coefficient.ts'
import { intraclassCorrelations } from '#app/stats/intraclass-correlation.ts'
import { krippendorffAlpha } from '#app/stats/krippendorff-alpha.ts'
import { percentAgreement } from '#app/stats/percent-agreement.ts'

/** Four raters with gaps: Krippendorff (2011), the data of irrCAC's `cac.raw4raters`. */
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
const fiveCategories = [1, 2, 3, 4, 5]
const withGaps = unitCounts(fourRaters, fiveCategories)

/** Six raters, five diagnoses: irrCAC's `distrib.6raters`. */
const sixRaters = [
  [0, 0, 0, 6, 0],
  [0, 3, 0, 0, 3],
  [0, 1, 4, 0, 1],
  [0, 0, 0, 0, 6],
  [0, 3, 0, 3, 0],
  [2, 0, 4, 0, 0],
  [0, 0, 4, 0, 2],
  [2, 0, 3, 1, 0],
  [2, 0, 0, 4, 0],
  [0, 0, 0, 0, 6],
  [1, 0, 0, 5, 0],
  [1, 1, 0, 4, 0],
  [0, 3, 3, 0, 0],
  [1, 0, 0, 5, 0],
  [0, 2, 0, 3, 1],
]

/** Ten subjects, fourteen raters, five categories: Wikipedia, “Fleiss' kappa”. */
const fourteenRaters = [
  [0, 0, 0, 0, 14],
  [0, 2, 6, 4, 2],
  [0, 0, 3, 5, 6],
  [0, 3, 9, 2, 0],
  [2, 2, 8, 1, 1],
  [7, 7, 0, 0, 0],
  [3, 2, 6, 3, 0],
  [2, 5, 3, 2, 2],
  [6, 5, 2, 1, 0],
  [0, 2, 2, 3, 7],
]

const valuesOf = (rows: readonly (readonly number[])[]): number[][] =>
  rows.map((row) => row.flatMap((count, category) => Array<number>(count).fill(category)))

/** The table of two raters as units of two values. */
const unitsOfTable = (table: readonly (readonly number[])[]): number[][] =>
  table.flatMap((row, one) =>
    row.flatMap((count, other) => Array.from({ length: count }, () => [one, other])),
  )

/** Two abstractors of medical records: irrCAC's `cont3x3abstractors`. */
const abstractors = [
  [13, 0, 0],
  [0, 20, 7],
  [0, 4, 56],
]

describe('Fleiss’ kappa, Gwet’s AC1 and AC2, and Brennan–Prediger', () => {
  it('agree with irrCAC for four raters with gaps', () => {
    const published: [ReturnType<typeof fleissKappa>, number, number][] = [
      [fleissKappa(withGaps), 0.76117, 0.15302],
      [fleissKappa(withGaps, 'linear'), 0.81794, 0.1485],
      [fleissKappa(withGaps, 'quadratic'), 0.86494, 0.14603],
      [gwetCoefficient(withGaps), 0.77544, 0.14295],
      [gwetCoefficient(withGaps, 'linear'), 0.85874, 0.11733],
      [gwetCoefficient(withGaps, 'quadratic'), 0.914, 0.10396],
      [gwetCoefficient(withGaps, 'ordinal'), 0.89894, 0.1069],
      [brennanPrediger(withGaps), 0.77273, 0.14472],
    ]
    for (const [found, value, error] of published) {
      expect(Math.abs((found?.value ?? 0) - value)).toBeLessThan(6e-6)
      expect(Math.abs((found?.standardError ?? 0) - error)).toBeLessThan(6e-6)
    }
    expect(percentAgreement(fourRaters)).toBeCloseTo(0.8181818, 7)
  })

  it('agree with irrCAC for six raters', () => {
    const [kappa, ac1, even] = [fleissKappa, gwetCoefficient, brennanPrediger].map((coefficient) =>
      must(coefficient(sixRaters), 'the coefficient'),
    )
    expect(kappa?.value).toBeCloseTo(0.4139265, 6)
    expect(kappa?.standardError).toBeCloseTo(0.08119291, 6)
    expect(ac1?.value).toBeCloseTo(0.4448007, 6)
    expect(ac1?.standardError).toBeCloseTo(0.08418757, 6)
    expect(even?.value).toBeCloseTo(0.4388889, 6)
    expect(even?.standardError).toBeCloseTo(0.08312142, 6)
    const alpha = krippendorffAlpha(valuesOf(sixRaters), 'nominal')
    expect(alpha.alpha).toBeCloseTo(0.4204384, 6)
  })

  it('agree with the examples of Wikipedia and statsmodels', () => {
    expect(fleissKappa(fourteenRaters)?.value).toBeCloseTo(0.21, 3)
    const seven = [
      [7, 1],
      [3, 5],
    ]
    expect(fleissKappa(seven)?.value).toBeCloseTo(0.161905, 6)
    expect(brennanPrediger(seven)?.value).toBeCloseTo(0.214286, 6)
    const three = [
      [6, 1, 0],
      [0, 7, 0],
    ]
    expect(fleissKappa(three)?.value).toBeCloseTo(0.708333, 6)
    expect(brennanPrediger(three)?.value).toBeCloseTo(0.785714, 6)
  })

  it('agree with irrCAC for two abstractors, where Fleiss’ kappa is Scott’s pi', () => {
    const counts = unitCounts(unitsOfTable(abstractors), [0, 1, 2])
    expect(fleissKappa(counts)?.value).toBeCloseTo(0.7962397, 6)
    expect(gwetCoefficient(counts)?.value).toBeCloseTo(0.8493305, 6)
    expect(brennanPrediger(counts)?.value).toBeCloseTo(0.835, 6)
    expect(fleissKappa(counts)?.observed).toBeCloseTo(0.89, 10)
    expect(krippendorffAlpha(unitsOfTable(abstractors), 'nominal').alpha).toBeCloseTo(0.7972585, 6)
  })

  it('say that nothing varies instead of a number, and AC1 keeps to what was declared', () => {
    const constant = [
      [3, 0],
      [2, 0],
    ]
    expect(fleissKappa(constant)).toMatchObject({
      value: null,
      reason: 'no variation: every value is the same',
    })
    expect(gwetCoefficient(constant)).toMatchObject({ value: 1, standardError: 0 })
    expect(gwetCoefficient([[3], [2]])?.value).toBeNull()
  })

  it('need a unit with two values, and two units for an interval', () => {
    expect(fleissKappa([])).toBeNull()
    expect(gwetCoefficient([[1, 0]])).toBeNull()
    const one = must(gwetCoefficient([[2, 1]]), 'the coefficient')
    expect(one).toMatchObject({ units: 1, standardError: null })
    expect(one.reason).toBe('one unit gives no interval')
    expect(() => unitCounts([['c']], ['a', 'b'])).toThrow('c is not a declared category.')
  })

  it('do not depend on the order of units, nor without weights on that of categories', () => {
    const rows = fc.array(fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 12,
    })
    fc.assert(
      fc.property(rows, (counts) => {
        const turned = counts.map((row) => [...row].reverse()).reverse()
        for (const coefficient of [fleissKappa, gwetCoefficient, brennanPrediger]) {
          const [one, other] = [coefficient(counts), coefficient(turned)]
          expect(typeof other?.value).toBe(typeof one?.value)
          if (typeof one?.value !== 'number' || typeof other?.value !== 'number') continue
          expect(other.value).toBeCloseTo(one.value, 9)
          expect(other.standardError ?? 0).toBeCloseTo(one.standardError ?? 0, 9)
        }
      }),
    )
  })
})

describe('Cohen’s kappa', () => {
  /** SAS's example, by way of statsmodels. */
  const sas = [
    [0, 4, 1],
    [0, 8, 0],
    [0, 1, 5],
  ]

  it('agrees with SAS, plain and with linear weights', () => {
    const plain = must(cohenKappa(sas), 'kappa')
    const z = (found: typeof plain) => (found.value ?? 0) / (found.nullStandardError ?? 1)
    expect(plain.value).toBeCloseTo(0.4842, 4)
    expect(plain.standardError).toBeCloseTo(0.138, 4)
    expect(plain.nullStandardError).toBeCloseTo(0.1484, 4)
    expect(plain.low).toBeCloseTo(0.2137, 4)
    expect(plain.high).toBeCloseTo(0.7547, 4)
    expect(z(plain)).toBeCloseTo(3.2626, 4)
    const linear = must(cohenKappa(sas, 'linear'), 'kappa')
    expect(linear.value).toBeCloseTo(0.4701, 4)
    expect(linear.standardError).toBeCloseTo(0.1457, 4)
    expect(linear.nullStandardError).toBeCloseTo(0.1426, 4)
    expect(linear.low).toBeCloseTo(0.1845, 4)
    expect(linear.high).toBeCloseTo(0.7558, 4)
    expect(z(linear)).toBeCloseTo(3.2971, 4)
  })

  it('agrees with R’s irr for the anxiety raters', () => {
    const second = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
    const third = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]
    const categories = [1, 2, 3, 4, 6]
    const table = categories.map((one) =>
      categories.map(
        (other) => second.filter((value, at) => value === one && third[at] === other).length,
      ),
    )
    const expected = {
      identity: [-0.006289308, -0.0604067],
      linear: [0.1459075, 1.282472],
      quadratic: [0.2520325, 1.437451],
    } as const
    for (const weighting of ['identity', 'linear', 'quadratic'] as const) {
      const found = must(cohenKappa(table, weighting), 'kappa')
      const [value, z] = expected[weighting]
      expect(found.value).toBeCloseTo(value, 6)
      expect((found.value ?? 0) / (found.nullStandardError ?? 1)).toBeCloseTo(z, 6)
    }
  })

  it('agrees with irrCAC for two abstractors', () => {
    expect(cohenKappa(abstractors)?.value).toBeCloseTo(0.7964094, 6)
  })

  it('is nothing for an empty table, undefined without variation, and 0 where one rater is constant', () => {
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNull()
    const constant = [
      [5, 0],
      [0, 0],
    ]
    expect(cohenKappa(constant)).toMatchObject({
      value: null,
      observed: 1,
      reason: 'no variation: every value is the same',
    })
    const oneConstant = [
      [5, 5],
      [0, 0],
    ]
    expect(cohenKappa(oneConstant)?.value).toBeCloseTo(0, 12)
  })

  it('is the same whichever rater comes first', () => {
    const table = fc.array(fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }), {
      minLength: 3,
      maxLength: 3,
    })
    fc.assert(
      fc.property(table, (rows) => {
        const turned = rows.map((_, row) => rows.map((other) => other[row] ?? 0))
        const [one, other] = [cohenKappa(rows, 'quadratic'), cohenKappa(turned, 'quadratic')]
        expect(other?.value ?? 0).toBeCloseTo(one?.value ?? 0, 9)
        expect(other?.standardError ?? 0).toBeCloseTo(one?.standardError ?? 0, 9)
      }),
    )
  })
})

describe('Agreement weights', () => {
  it('fall from 1 to 0 along the scale', () => {
    expect(agreementWeights('identity', 3)[0]).toEqual([1, 0, 0])
    expect(agreementWeights('linear', 3)[0]).toEqual([1, 0.5, 0])
    expect(agreementWeights('quadratic', 3)[0]).toEqual([1, 0.75, 0])
    expect(agreementWeights('ordinal', 3)[0]?.[1]).toBeCloseTo(2 / 3, 12)
    expect(agreementWeights('quadratic', 1)).toEqual([[1]])
  })
})

describe('Intraclass correlation', () => {
  const table = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
  ]
  const formsOf = (rows: readonly (readonly number[])[]) =>
    new Map(intraclassCorrelations(rows).forms.map((one) => [one.form, one]))

  it('gives the six figures of Shrout and Fleiss', () => {
    const forms = formsOf(table)
    const published = { ICC1: 0.17, ICC2: 0.29, ICC3: 0.71, ICC1k: 0.44, ICC2k: 0.62, ICC3k: 0.91 }
    for (const [form, value] of Object.entries(published)) {
      expect(Math.abs((forms.get(form as 'ICC1')?.value ?? 0) - value)).toBeLessThan(0.005)
    }
  })

  it('gives the intervals that R’s psych prints for them', () => {
    const published = {
      ICC1: [-0.133, 0.723],
      ICC2: [0.019, 0.761],
      ICC3: [0.342, 0.946],
      ICC1k: [-0.884, 0.912],
      ICC2k: [0.071, 0.927],
      ICC3k: [0.676, 0.986],
    } as const
    const forms = formsOf(table)
    for (const [form, [low, high]] of Object.entries(published)) {
      const found = must(forms.get(form as 'ICC1'), form)
      expect(Math.abs((found.low ?? 0) - low)).toBeLessThan(0.0015)
      expect(Math.abs((found.high ?? 0) - high)).toBeLessThan(0.0015)
    }
  })

  it('does not change when scores are moved or stretched', () => {
    const scores = fc.array(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }),
      {
        minLength: 3,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(scores, (rows) => {
        const moved = rows.map((row) => row.map((score) => 3 * score + 100))
        const [one, other] = [formsOf(rows), formsOf(moved)]
        for (const [form, found] of one) {
          if (found.value === null || Math.abs(found.value) > 1e6) continue
          expect(other.get(form)?.value ?? 0).toBeCloseTo(found.value, 6)
        }
      }),
    )
  })

  it('is 1 where raters agree on every score, also on one that is no whole number', () => {
    for (const rows of [
      [
        [1, 1],
        [2, 2],
        [4, 4],
      ],
      [
        [0.1, 0.1, 0.1],
        [0.3, 0.3, 0.3],
        [0.7, 0.7, 0.7],
      ],
    ]) {
      for (const found of intraclassCorrelations(rows).forms) {
        expect(found).toEqual({ form: found.form, value: 1, low: 1, high: 1 })
      }
    }
    // Raters who part by the same on every unit are consistent, though they do not agree.
    const apart = formsOf([
      [1, 2],
      [3, 4],
      [5, 6],
    ])
    expect(apart.get('ICC3')).toEqual({ form: 'ICC3', value: 1, low: 1, high: 1 })
    expect(apart.get('ICC3k')?.value).toBe(1)
    // By hand: units have the mean square 8, raters 1.5, and nothing is left.
    expect(apart.get('ICC2')?.value).toBeCloseTo(8 / (8 + (2 * 1.5) / 3), 12)
  })

  it('is nothing where nothing varies, and refuses gaps and single raters', () => {
    for (const one of intraclassCorrelations([
      [4, 4],
      [4, 4],
    ]).forms) {
      expect(one.value).toBeNull()
    }
    expect(() => intraclassCorrelations([[1], [2]])).toThrow('two raters')
    expect(() => intraclassCorrelations([[1, 2], [3]])).toThrow('Every rater')
  })
})
