import { describe, expect, it } from 'vitest'
import { digamma } from '#app/stats/beta-distribution.ts'
import type { Labels } from '#app/stats/dawid-skene.ts'
import { glad } from '#app/stats/glad.ts'
import { mace } from '#app/stats/mace.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'

/** Rater, unit, label: the small set in the tests of crowd-kit, no being 0 and yes 1. */
const published = [
  [0, 0, 0],
  [0, 1, 1],
  [0, 2, 1],
  [0, 3, 1],
  [0, 4, 1],
  [1, 0, 1],
  [1, 1, 1],
  [1, 2, 0],
  [1, 3, 1],
  [1, 4, 0],
  [2, 1, 1],
  [2, 2, 0],
  [2, 3, 1],
  [2, 4, 0],
  [3, 0, 1],
  [3, 1, 0],
  [3, 2, 1],
  [3, 3, 1],
  [3, 4, 0],
  [4, 0, 0],
  [4, 1, 0],
  [4, 2, 0],
  [4, 3, 1],
  [4, 4, 0],
] as const

const columnsOf = (rows: readonly (readonly [number, number, number])[]): Labels => ({
  raters: Int32Array.from(rows, ([rater]) => rater),
  units: Int32Array.from(rows, ([, unit]) => unit),
  labels: Int32Array.from(rows, ([, , label]) => label),
})

const likeliest = (posteriors: Float64Array, classes: number): number[] =>
  Array.from({ length: posteriors.length / classes }, (_, unit) => {
    const own = [...posteriors.subarray(unit * classes, (unit + 1) * classes)]
    return own.indexOf(Math.max(...own))
  })

const correlation = (one: readonly number[], other: readonly number[]): number => {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const [a, b] = [mean(one), mean(other)]
  const shared = one.reduce((sum, value, at) => sum + (value - a) * ((other[at] ?? 0) - b), 0)
  const spread = (values: readonly number[], centre: number) =>
    Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0))
  return shared / (spread(one, a) * spread(other, b))
}

describe('The derivative of the logarithm of gamma', () => {
  it('has the values of the handbook', () => {
    expect(digamma(1)).toBeCloseTo(-0.5772156649015329, 13)
    expect(digamma(0.5)).toBeCloseTo(-1.9635100260214235, 13)
    expect(digamma(10)).toBeCloseTo(2.251752589066721, 13)
    expect(digamma(101)).toBeCloseTo(4.610161852738088, 12)
  })
})

describe('MACE', () => {
  it('labels the published set as crowd-kit does', () => {
    const { posteriors } = mace(columnsOf(published), { raters: 5, units: 5, classes: 2 })
    expect(likeliest(posteriors, 2)).toEqual([1, 1, 0, 1, 0])
  })

  it('finds who knows and who clicks the same all day', () => {
    const random = seededRandom(5)
    const truth = Array.from({ length: 300 }, () => Math.floor(random() * 3))
    const knows = [0.9, 0.8, 0.7, 0.6, 0, 0]
    const rows = truth.flatMap((own, unit) =>
      knows.map((competence, rater) => {
        const byHabit = rater === 4 ? 2 : Math.floor(random() * 3)
        return [rater, unit, random() < competence ? own : byHabit] as const
      }),
    )
    const fit = mace(columnsOf(rows), { raters: 6, units: 300, classes: 3 })
    for (const [rater, competence] of knows.entries()) {
      expect(Math.abs((fit.competences[rater] ?? 0) - competence)).toBeLessThan(0.12)
    }
    const [one = 0, two = 0, three = 0] = fit.habits.subarray(12, 15)
    expect(three).toBeGreaterThan(5 * Math.max(one, two))
    expect(one + two + three).toBeCloseTo(1, 12)
    const right = likeliest(fit.posteriors, 3).filter((own, unit) => own === truth[unit])
    expect(right.length / 300).toBeGreaterThan(0.94)
  })

  it('depends on no order of rows, and comes out the same again', () => {
    const sizes = { raters: 5, units: 5, classes: 2 }
    const one = mace(columnsOf(published), sizes)
    const other = mace(columnsOf([...published].reverse()), sizes)
    for (const [at, value] of one.posteriors.entries()) {
      expect(other.posteriors[at]).toBeCloseTo(value, 9)
    }
  })

  it('knows nothing of a unit without a label', () => {
    const { posteriors } = mace(columnsOf([[0, 0, 1]]), { raters: 1, units: 2, classes: 2 })
    expect([...posteriors.subarray(2)]).toEqual([0.5, 0.5])
  })
})

describe('GLAD', () => {
  it('finds able raters and hard units', () => {
    const random = seededRandom(9)
    const abilities = Array.from({ length: 20 }, () => 1 + drawNormal(random))
    const eases = Array.from({ length: 300 }, () => 0.5 + drawNormal(random))
    const truth = eases.map(() => Math.floor(random() * 2))
    const rows = truth.flatMap((own, unit) =>
      abilities.map((ability, rater) => {
        const isRight = random() < 1 / (1 + Math.exp(-ability * Math.exp(eases[unit] ?? 0)))
        return [rater, unit, isRight ? own : 1 - own] as const
      }),
    )
    const fit = glad(columnsOf(rows), { raters: 20, units: 300, classes: 2 })
    expect(fit.isConverged).toBe(true)
    expect(correlation([...fit.abilities], abilities)).toBeGreaterThan(0.9)
    expect(correlation([...fit.eases], eases)).toBeGreaterThan(0.5)
    const right = likeliest(fit.posteriors, 2).filter((own, unit) => own === truth[unit])
    expect(right.length / 300).toBeGreaterThan(0.96)
  })

  it('leaves a unit without a label open, and takes one class for sure', () => {
    const two = glad(columnsOf([[0, 0, 1]]), { raters: 1, units: 2, classes: 2 })
    expect([...two.posteriors.subarray(2)]).toEqual([0.5, 0.5])
    const one = glad(columnsOf([[0, 0, 0]]), { raters: 1, units: 1, classes: 1 })
    expect([...one.posteriors]).toEqual([1])
  })
})
