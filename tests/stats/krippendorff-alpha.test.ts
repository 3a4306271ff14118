import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  krippendorffAlpha,
  krippendorffAlphaInterval,
  type Level,
} from '#app/stats/krippendorff-alpha.ts'
import { packClusters, packUnits } from '#app/stats/packed-units.ts'
import { percentAgreement } from '#app/stats/percent-agreement.ts'

/** Twelve units, four observers, gaps: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). */
const canonical = [
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

const alphaOf = (units: readonly (readonly (string | number)[])[], level: Level) =>
  krippendorffAlpha(units, level).alpha

describe('Krippendorff’s alpha', () => {
  it.each([
    ['nominal', 904 / 1216, 10],
    ['ordinal', 0.815, 3],
    ['interval', 0.849, 3],
    ['ratio', 0.797, 3],
  ] as const)('gives the published %s figure for the canonical data', (level, expected, digits) => {
    expect(alphaOf(canonical, level)).toBeCloseTo(expected, digits)
  })

  it('gives the figures of small published examples', () => {
    const small = [
      [1, 2],
      [2, 3],
      [3, 4],
    ]
    expect(alphaOf(small, 'nominal')).toBeCloseTo(-0.1538462, 7)
    expect(alphaOf(small, 'interval')).toBeCloseTo(0.5454545, 7)
    expect(
      alphaOf(
        [
          [1, 2],
          [2, 4],
        ],
        'ratio',
      ),
    ).toBeCloseTo(0.1712707, 7)
    const words = [
      ['NN', 'NN', 'NN'],
      ['NN', 'VBP', 'VBP', 'NN'],
      ['VBP', 'VBP', 'VBP', 'NN'],
      ['VBP', 'NN', 'NN', 'VBP'],
    ]
    expect(alphaOf(words, 'nominal')).toBeCloseTo(1 / 12, 7)
  })

  it('says why it does not exist instead of calling it perfect', () => {
    expect(
      krippendorffAlpha(
        [
          ['a', 'a'],
          ['a', 'a'],
        ],
        'nominal',
      ),
    ).toEqual({
      alpha: null,
      reason: 'no variation: every value is the same',
    })
    expect(krippendorffAlpha([['a'], ['b']], 'nominal')).toEqual({
      alpha: null,
      reason: 'no unit was judged by two raters',
    })
    expect(krippendorffAlpha([], 'ordinal').alpha).toBeNull()
  })

  it('refuses words on a numeric level', () => {
    expect(() => krippendorffAlpha([['a', 'b']], 'interval')).toThrow(TypeError)
  })

  const unit = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 })
  const units = fc.array(unit, { minLength: 2, maxLength: 15 })
  const levels = fc.constantFrom<Level>('nominal', 'ordinal', 'interval', 'ratio')

  it('does not depend on the order of units or of raters, and never exceeds 1', () => {
    fc.assert(
      fc.property(units, levels, (data, level) => {
        const one = alphaOf(data, level)
        const turned = [...data].reverse().map((values) => [...values].reverse())
        const other = alphaOf(turned, level)
        // To the last digit: what is frozen with a dataset must not depend on how rows were read.
        expect(other).toBe(one)
        if (one !== null) expect(one).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })

  it('nominal alpha does not care how categories are called', () => {
    fc.assert(
      fc.property(units, (data) => {
        const renamed = data.map((values) => values.map((value) => `category ${9 - value}`))
        const one = alphaOf(data, 'nominal')
        const other = alphaOf(renamed, 'nominal')
        if (one === null) expect(other).toBeNull()
        else expect(other).toBeCloseTo(one, 10)
      }),
    )
  })

  /** From the definition: pairs within units against pairs of all values, one by one. */
  function byDefinition(units: readonly (readonly number[])[]): number | null {
    const used = units.filter((unit) => unit.length >= 2)
    const all = used.flat()
    const apart = (values: readonly number[]) =>
      values.reduce((sum, one) => sum + values.reduce((own, two) => own + (one - two) ** 2, 0), 0)
    const within = used.reduce((sum, unit) => sum + apart(unit) / (unit.length - 1), 0)
    const expected = apart(all) / (all.length - 1)
    return expected > 0 ? 1 - within / expected : null
  }

  it('is what its definition says, with few values or many, of few raters or many', () => {
    const unitsOf = (most: number, maxLength: number) =>
      fc.array(fc.array(fc.integer({ min: -1, max: most }), { maxLength }), {
        minLength: 1,
        maxLength: 40,
      })
    const someUnits = fc.oneof(
      ...[5, 12, 30].flatMap((raters) => [unitsOf(3, raters), unitsOf(60, raters)]),
    )
    fc.assert(
      fc.property(someUnits, (units) => {
        const expected = byDefinition(units)
        const { alpha } = krippendorffAlpha(units, 'interval')
        if (expected === null) expect(alpha).toBeNull()
        else expect(alpha).toBeCloseTo(expected, 10)
        expect(krippendorffAlpha(packUnits(units), 'interval')).toEqual(
          krippendorffAlpha(units, 'interval'),
        )
      }),
    )
  })

  it('says the same of prompts that were packed once as of prompts that are listed', () => {
    const answers = fc.array(fc.constantFrom('a', 'b', 'tie'), { maxLength: 5 })
    fc.assert(
      fc.property(fc.array(fc.array(answers, { maxLength: 3 }), { maxLength: 12 }), (prompts) => {
        const packed = packClusters(prompts)
        const options = { rounds: 50, seed: 3 }
        expect(krippendorffAlphaInterval(packed, 'nominal', options)).toEqual(
          krippendorffAlphaInterval(prompts, 'nominal', options),
        )
        expect(krippendorffAlpha(packed, 'nominal')).toEqual(
          krippendorffAlpha(prompts.flat(), 'nominal'),
        )
        expect(percentAgreement(packed)).toBe(percentAgreement(prompts.flat()))
      }),
    )
  })

  it('is that of all units where units alike are given once, with how many they are', () => {
    const unit = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 9 })
    const kinds = fc.array(fc.tuple(unit, fc.integer({ min: 1, max: 5 })), { maxLength: 12 })
    const level = fc.constantFrom<Level>('nominal', 'ordinal', 'interval', 'ratio')
    fc.assert(
      fc.property(kinds, level, (found, asked) => {
        const all = found.flatMap(([values, times]) => Array<number[]>(times).fill(values))
        const once = found.map(([values]) => values)
        const times = found.map(([, many]) => many)
        expect(krippendorffAlpha(once, asked, { times })).toEqual(krippendorffAlpha(all, asked))
      }),
    )
  })

  it('has a reproducible interval that holds the figure, from whole prompts', () => {
    const clusters = canonical.map((values) => [values])
    const interval = krippendorffAlphaInterval(clusters, 'nominal', { rounds: 500, seed: 7 })
    expect(interval).toEqual(
      krippendorffAlphaInterval(clusters, 'nominal', { rounds: 500, seed: 7 }),
    )
    expect(interval.low).toBeLessThan(904 / 1216)
    expect(interval.high).toBeGreaterThan(904 / 1216)
    expect(interval.clusters).toBe(11)
    expect(krippendorffAlphaInterval([[[1, 2]]], 'nominal').low).toBeNull()
  })
})

describe('Percent agreement', () => {
  it('gives the published figure for the canonical data, and leaves single values out', () => {
    expect(percentAgreement(canonical)).toBeCloseTo(0.8181818, 7)
    expect(percentAgreement([['a'], []])).toBeNull()
  })
})
