import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { bradleyTerry, type PairColumns } from '#app/stats/bradley-terry.ts'
import { bradleyTerryBootstrap } from '#app/stats/bradley-terry-bootstrap.ts'
import { drawBinomial, drawMultinomial } from '#app/stats/draw-multinomial.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'

describe('Drawn counts', () => {
  it('have the mean and the spread of the binomial, for few and for many trials', () => {
    const random = seededRandom(1)
    for (const [n, p] of [
      [10, 0.3],
      [1_000, 0.02],
      [300_000, 0.4],
      [5_000, 0.97],
    ] as const) {
      const draws = Array.from({ length: 4_000 }, () => drawBinomial(n, p, random))
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
      const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length
      const expected = n * p * (1 - p)
      expect(Math.abs(mean - n * p)).toBeLessThan(4 * Math.sqrt(expected / draws.length))
      expect(variance / expected).toBeGreaterThan(0.9)
      expect(variance / expected).toBeLessThan(1.1)
      expect(draws.every((draw) => draw >= 0 && draw <= n)).toBe(true)
    }
    expect(drawBinomial(50, 0, random)).toBe(0)
    expect(drawBinomial(50, 1, random)).toBe(50)
  })

  it('add up, and fall on kinds in proportion', () => {
    const random = seededRandom(2)
    const sums = [0, 0, 0, 0]
    const drawn = new Int32Array(4)
    for (let round = 0; round < 500; round++) {
      drawMultinomial(1_000, [5, 0, 3, 2], random, drawn)
      expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(1_000)
      for (const [kind, count] of drawn.entries()) sums[kind] = (sums[kind] ?? 0) + count
    }
    expect(sums[1]).toBe(0)
    expect((sums[0] ?? 0) / 500_000).toBeCloseTo(0.5, 2)
    expect((sums[3] ?? 0) / 500_000).toBeCloseTo(0.2, 2)
  })
})

describe('The bootstrap of Bradley–Terry strengths', () => {
  /** Verdicts of four raters on each prompt's pairs; raters share the prompt's luck. */
  function columns(prompts: number, seed: number, strengths: readonly number[]): PairColumns {
    const random = seededRandom(seed)
    const rows: [number, number, number, number][] = []
    for (let prompt = 0; prompt < prompts; prompt++) {
      const luck = strengths.map(() => 0.8 * drawNormal(random))
      for (let pair = 0; pair < 3; pair++) {
        const a = pair
        const b = (pair + 1) % 3
        const lead = (strengths[a] ?? 0) + (luck[a] ?? 0) - (strengths[b] ?? 0) - (luck[b] ?? 0)
        let points = 0
        for (let rater = 0; rater < 4; rater++)
          points += random() < 1 / (1 + Math.exp(-lead)) ? 1 : 0
        rows.push([a, b, points, prompt])
      }
    }
    return {
      a: Int32Array.from(rows, ([a]) => a),
      b: Int32Array.from(rows, ([, b]) => b),
      points: Float64Array.from(rows, ([, , points]) => points),
      count: new Float64Array(rows.length).fill(4),
      cluster: Int32Array.from(rows, ([, , , prompt]) => prompt),
    }
  }

  it('is about as wide as the sandwich, and repeats itself', () => {
    const own = columns(150, 4, [0.7, 0, -0.7])
    const found = bradleyTerryBootstrap(3, own, 150, { rounds: 600 })
    const totals = Array.from(own.a, (a, row) => ({
      a,
      b: own.b[row] ?? 0,
      count: 4,
      points: own.points[row] ?? 0,
      cluster: own.cluster[row] ?? 0,
    }))
    const fit = bradleyTerry(3, totals)
    const { cells } = must(fit.covariance, 'the covariance')
    for (let item = 0; item < 3; item++) {
      const { low, high } = must(found.intervals[item], 'an interval')
      const error = Math.sqrt(cells[item * 4] ?? 0)
      expect((high - low) / (2 * 1.976 * error)).toBeGreaterThan(0.85)
      expect((high - low) / (2 * 1.976 * error)).toBeLessThan(1.15)
      expect(low).toBeLessThan(must(fit.strengths[item], 'a strength'))
      expect(high).toBeGreaterThan(must(fit.strengths[item], 'a strength'))
    }
    expect(bradleyTerryBootstrap(3, own, 150, { rounds: 600 })).toEqual(found)
    expect(found.dropped).toBe(0)
  })

  it('leaves out rounds in which items cannot be compared', () => {
    const few: PairColumns = {
      a: Int32Array.of(0, 0, 0),
      b: Int32Array.of(1, 1, 1),
      points: Float64Array.of(1, 1, 0),
      count: Float64Array.of(1, 1, 1),
      cluster: Int32Array.of(0, 1, 2),
    }
    const found = bradleyTerryBootstrap(2, few, 3, { rounds: 200 })
    expect(found.dropped).toBeGreaterThan(20)
    expect(found.dropped).toBeLessThan(120)
    const unbeaten = { ...few, points: Float64Array.of(1, 1, 1) }
    expect(() => bradleyTerryBootstrap(2, unbeaten, 3)).toThrow(RangeError)
  })
})
