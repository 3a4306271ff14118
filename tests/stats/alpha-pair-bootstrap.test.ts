/** Hayes and Krippendorff's interval for alpha: their own figures, and why it is not the usual one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import {
  krippendorffAlpha,
  krippendorffAlphaInterval,
  type Level,
} from '#app/stats/krippendorff-alpha.ts'
import { krippendorffAlphaPairBootstrap } from '#app/stats/krippendorff-alpha-pair-bootstrap.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

/** Hayes and Krippendorff (2007), table 1: the tone of forty articles as up to five observers saw it. */
const tones =
  '1122 1101 2333 000 0000 0000 1021 120 2222 2111 100 0000 1222 33223 1111 1111 2122 1233 1101 0000 0011 0000 2333 0000 1222 0111 00010 1212 1122 1122 1100 2121 2222 3222 2222 2232 2222 2212 2222 1111'
    .split(' ')
    .map((unit) => Array.from(unit, Number))

/** Krippendorff (2011): eleven units with two values or more. */
const canonical = '111 2232 3333 3333 2222 1234 4444 1121 2222 555 11'
  .split(' ')
  .map((unit) => Array.from(unit, Number))

const within = (units: readonly (readonly number[])[], seed = 1, rounds = 2_000) => {
  const { low, high } = krippendorffAlphaPairBootstrap(units, 'nominal', { seed, rounds })
  return { low: must(low, 'the lower end'), high: must(high, 'the upper end') }
}

describe('The interval of alpha by pairs of values', () => {
  it('is that of Hayes and Krippendorff for their articles, within the luck of their draws', () => {
    expect(krippendorffAlpha(tones, 'ordinal').alpha).toBeCloseTo(0.7598, 4)
    const interval = krippendorffAlphaPairBootstrap(tones, 'ordinal', { rounds: 100_000 })
    expect(interval.pairs).toBe(239)
    // They drew 10,000 times: by the spread of 0.0254 an end is off by 0.0007 in the mean of squares.
    expect(Math.abs(must(interval.low, 'one') - 0.7078)).toBeLessThan(0.0022)
    expect(Math.abs(must(interval.high, 'one') - 0.8078)).toBeLessThan(0.0022)
  })

  it('fails to reach 0.8 and 0.7 as often as they print', () => {
    // Their chances that alpha lies below are the levels at which an end of the interval is there.
    const end = (share: number) =>
      krippendorffAlphaPairBootstrap(tones, 'ordinal', {
        rounds: 100_000,
        confidence: Math.abs(1 - 2 * share),
      })
    expect(Math.abs(must(end(0.9473).high, 'one') - 0.8)).toBeLessThan(0.002)
    expect(Math.abs(must(end(0.0125).low, 'one') - 0.7)).toBeLessThan(0.003)
  })

  it('counts disagreements of a binomial number where all are alike', () => {
    // A fifth of the 55 pairs differ, by weight; 6 and 16 are the binomial's outer twentieths.
    const interval = krippendorffAlphaPairBootstrap(canonical, 'nominal', {
      rounds: 20_000,
      confidence: 0.9,
    })
    const expected = 1216 / 39 / 40
    expect(interval.pairs).toBe(55)
    expect(interval.low).toBeCloseTo(1 - 16 / 55 / expected, 10)
    expect(interval.high).toBeCloseTo(1 - 6 / 55 / expected, 10)
  })

  it('is drawn anew by another seed alone', () => {
    const by = (seed: number) => krippendorffAlphaPairBootstrap(tones, 'interval', { seed }).low
    expect(by(5)).toBe(by(5))
    expect(by(5)).not.toBe(by(6))
  })

  it('lies at one where all agree, and is not there where nothing can be told', () => {
    const reasonOf = (units: readonly (readonly string[])[]) => {
      const { low, high, reason } = krippendorffAlphaPairBootstrap(units, 'nominal')
      expect([low, high]).toEqual([null, null])
      return reason
    }
    expect(reasonOf([])).toBe('fewer than two units judged twice')
    expect(reasonOf([['a'], ['b'], ['a']])).toBe('fewer than two units judged twice')
    expect(reasonOf([['a', 'b'], ['a']])).toBe('fewer than two units judged twice')
    expect(reasonOf([['a', 'a'], ['a', 'a'], ['b']])).toBe('no variation: every value is the same')
    const agreed = [[1, 1], [2, 2, 2], [3]]
    expect(krippendorffAlphaPairBootstrap(agreed, 'interval')).toMatchObject({
      low: 1,
      high: 1,
      pairs: 4,
    })
    expect(() =>
      krippendorffAlphaPairBootstrap(
        [
          ['a', 'b'],
          ['a', 'a'],
        ],
        'ratio',
      ),
    ).toThrow(TypeError)
  })

  it('does not depend on the order of units and of values, and holds alpha', () => {
    const units = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 }), {
      minLength: 4,
      maxLength: 15,
    })
    const levels = fc.constantFrom<Level>('nominal', 'ordinal', 'interval', 'ratio')
    fc.assert(
      fc.property(units, levels, (data, level) => {
        const one = krippendorffAlphaPairBootstrap(data, level, { rounds: 200 })
        const turned = data.map((unit) => unit.toReversed()).reverse()
        const other = krippendorffAlphaPairBootstrap(turned, level, { rounds: 200 })
        expect(other.pairs).toBe(one.pairs)
        if (one.low === null || one.high === null) {
          expect(other.reason).toBe(one.reason)
          return
        }
        expect(other.low).toBeCloseTo(one.low, 9)
        expect(other.high).toBeCloseTo(one.high, 9)
        const { alpha } = krippendorffAlpha(data, level)
        expect(one.low).toBeLessThanOrEqual(must(alpha, 'alpha') + 1e-9)
        expect(one.high).toBeGreaterThanOrEqual(must(alpha, 'alpha') - 1e-9)
      }),
    )
  })

  it('is too narrow where raters find some units hard, and misses alpha more than one time in twenty', () => {
    const random = seededRandom(21)
    // Hard units are guessed by all eight raters, the others are clear.
    const draw = (count: number) =>
      Array.from({ length: count }, () => {
        const isHard = random() < 0.5
        const own = random() < 0.5 ? 1 : 0
        return Array.from({ length: 8 }, () => (isHard ? (random() < 0.5 ? 1 : 0) : own))
      })
    const truth = must(krippendorffAlpha(draw(40_000), 'nominal').alpha, 'alpha')
    const runs = 150
    let [ofPairs, ofUnits] = [0, 0]
    for (let run = 0; run < runs; run++) {
      const units = draw(40)
      const byPair = within(units, run, 400)
      const byUnit = krippendorffAlphaInterval(
        units.map((unit) => [unit]),
        'nominal',
        { seed: run, rounds: 400 },
      )
      const [low, high] = [must(byUnit.low, 'one'), must(byUnit.high, 'one')]
      expect(byPair.high - byPair.low).toBeLessThan(high - low)
      if (byPair.low <= truth && truth <= byPair.high) ofPairs += 1
      if (low <= truth && truth <= high) ofUnits += 1
    }
    expect(ofPairs / runs).toBeLessThan(0.75)
    expect(ofUnits / runs).toBeGreaterThan(0.9)
  })
})
