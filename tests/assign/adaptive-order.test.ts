import { describe, expect, it } from 'vitest'
import { drawPairs, informationOf } from '#app/assign/choose-pairs.ts'
import {
  curveStep,
  makeWorld,
  pairsOfModels,
  runCampaign,
} from '#tests/support/simulated-campaign.ts'

const budget = 3_000
const floors = { uniform: 1, adaptive: 0.2 }
const points = budget / curveStep
/** Campaigns of each order in each world; their mean is the order's quality there. */
const repetitions = 3
const seeds = Array.from({ length: 30 }, (_, place) => place + 1)

type Curve = number[]

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[middle - 1], sorted[middle]]
  return sorted.length % 2 === 1 ? high : (low + high) / 2
}

const meanCurve = (curves: readonly Curve[]): Curve =>
  Array.from({ length: points }, (_, at) => mean(curves.map((curve) => curve[at] ?? 0)))

/** Each point as the mean of itself and the two on either side; both orders alike. */
const smooth = (curve: Curve): Curve =>
  curve.map((_, at) => mean(curve.slice(Math.max(0, at - 2), at + 3)))

/** Judgments at which a curve first reaches a quality, between two points by a straight line. */
function reached(curve: Curve, quality: number): number {
  const at = curve.findIndex((tau) => tau >= quality)
  if (at < 0) return Number.POSITIVE_INFINITY
  const [before = 0, now = 0] = [curve[at - 1], curve[at]]
  const part = at === 0 || now === before ? 1 : (quality - before) / (now - before)
  return (at + part) * curveStep
}

function orderIn(seed: number, order: keyof typeof floors): Curve {
  const world = makeWorld(seed)
  const curves = Array.from({ length: repetitions }, (_, repetition) =>
    runCampaign(world, {
      seed: seed * 1_000 + repetition,
      budget,
      overlap: 1 + (seed % 2),
      floor: floors[order],
    }).curve.map(({ tau }) => tau),
  )
  return smooth(meanCurve(curves))
}

const bar = (tau: number) => '█'.repeat(Math.round(Math.max(0, tau - 0.6) * 100))
/** The last point whose smoothing looks to both sides. */
const last = points - 3

describe('The adaptive order', () => {
  it('ranks twenty models as well as the uniform order with at least 30 % fewer judgments', () => {
    const worlds = seeds.map((seed) => {
      const uniform = orderIn(seed, 'uniform')
      const adaptive = orderIn(seed, 'adaptive')
      const quality = uniform[last] ?? 0
      const needed = reached(adaptive, quality)
      return {
        seed,
        uniform,
        adaptive,
        quality,
        needed,
        saved: 1 - needed / ((last + 1) * curveStep),
      }
    })
    const uniform = meanCurve(worlds.map((world) => world.uniform))
    const adaptive = meanCurve(worlds.map((world) => world.adaptive))
    const curves = uniform.flatMap((one, at) => {
      const other = adaptive[at] ?? 0
      const judgments = String((at + 1) * curveStep).padStart(6)
      if (at % 2 === 1) return []
      return [
        `${judgments} uniform  ${one.toFixed(3)} ${bar(one)}`,
        `       adaptive ${other.toFixed(3)} ${bar(other)}`,
      ]
    })
    const needed = [0.8, 0.85, 0.875, 0.9].map((quality) => {
      const [one, other] = [uniform, adaptive].map((curve) => {
        const at = reached(curve, quality)
        return Number.isFinite(at) ? at.toFixed(0) : 'more than 3000'
      })
      return `mean tau ${quality.toFixed(3)}: uniform ${one}, adaptive ${other} judgments`
    })
    const rows = worlds.map(({ seed, quality, needed: at, saved }) =>
      [
        String(seed).padStart(4),
        String(1 + (seed % 2)).padStart(8),
        quality.toFixed(3).padStart(12),
        (Number.isFinite(at) ? at.toFixed(0) : 'not by 3000').padStart(13),
        (Number.isFinite(saved) ? `${(100 * saved).toFixed(0)} %` : 'none').padStart(8),
      ].join(''),
    )
    const saved = median(worlds.map((world) => world.saved))
    console.info(
      [
        'Kendall’s tau to the truth by judgments, mean of 30 worlds',
        ...curves,
        ...needed,
        `seed overlap uniform tau     adaptive   saved  (uniform after ${(last + 1) * curveStep} judgments)`,
        ...rows,
        `median saved: ${(100 * saved).toFixed(1)} %`,
      ].join('\n'),
    )
    expect(saved).toBeGreaterThanOrEqual(0.3)
  }, 240_000)
})

const untouched = (models: number) =>
  pairsOfModels(models).map(({ a, b }) => ({
    modelA: String(a),
    modelB: String(b),
    count: 0,
    points: 0,
    pending: 0,
  }))

describe('A round', () => {
  it('is even before anything was judged', () => {
    const information = informationOf(untouched(6))
    for (const one of information) expect(one).toBeCloseTo(information[0] ?? 0, 12)
  })

  it('draws each task with the probability that it stores', () => {
    const pairs = untouched(4).map((pair, at) => ({ ...pair, count: 20, points: at }))
    const options = { information: informationOf(pairs), unused: [5, 3, 8, 1, 9, 4], floor: 0.2 }
    const counts = new Float64Array(6)
    const probability = new Float64Array(6)
    let state = 1
    const random = () => {
      state = (state * 48_271) % 2_147_483_647
      return state / 2_147_483_647
    }
    const rounds = 20_000
    for (let round = 0; round < rounds; round++) {
      const [first] = drawPairs({ ...options, count: 1, random })
      if (!first) throw new Error('nothing drawn')
      counts[first.pair] = (counts[first.pair] ?? 0) + 1 / rounds
      probability[first.pair] = first.probability * (options.unused[first.pair] ?? 0)
    }
    expect(probability.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12)
    for (const [pair, share] of counts.entries())
      expect(share).toBeCloseTo(probability[pair] ?? 0, 1.7)
    for (const one of probability) expect(one).toBeGreaterThanOrEqual(0.2 / 6)
  })

  it('never draws more than there is, and ends when everything is drawn', () => {
    const unused = [2, 0, 3]
    const drawn = drawPairs({
      information: [9, 9, 1],
      unused,
      floor: 0.2,
      count: 60,
      random: () => 0.4,
    })
    expect(drawn).toHaveLength(5)
    expect(drawn.filter(({ pair }) => pair === 1)).toHaveLength(0)
    expect(drawn.at(-1)?.probability).toBe(1)
  })

  it('is chosen from twenty models in less than 100 ms', () => {
    const pairs = untouched(20).map((pair, at) => ({ ...pair, count: 40, points: at % 41 }))
    const took = Array.from({ length: 10 }, () => {
      const before = performance.now()
      informationOf(pairs)
      return performance.now() - before
    })
    expect(Math.min(...took)).toBeLessThan(100)
  })

  it('prefers pairs whose order is open to pairs whose order is plain, and spares what is asked already', () => {
    const pairs = untouched(3).map((pair) => ({ ...pair, count: 60 }))
    const [open, plain, other] = pairs.map((pair, at) => ({
      ...pair,
      points: [30, 55, 55][at] ?? 0,
    }))
    if (!open || !plain || !other) throw new Error('three pairs')
    const [first = 0, second = 0] = informationOf([open, plain, other])
    expect(first).toBeGreaterThan(5 * second)
    const [asked = 0] = informationOf([{ ...open, pending: 200 }, plain, other])
    expect(asked).toBeLessThan(first)
  })
})
