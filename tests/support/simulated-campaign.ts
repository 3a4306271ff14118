/** A simulated campaign whose truth is known, drawn task by task by the product's own chooser. */
import { drawPairs, informationOf } from '#app/assign/choose-pairs.ts'
import { bradleyTerry } from '#app/stats/bradley-terry.ts'
import { believedStrengths } from '#app/stats/pair-information.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'

/**
 * The world, fixed before any rule was tried: true strengths with standard deviation 1, a
 * response's luck on its prompt with 0.8 on top, raters of unequal sharpness who lean to a side, a
 * tie where the difference felt is below 0.6.
 */
export const worldShape = {
  models: 20,
  prompts: 400,
  raters: 24,
  strength: 1,
  luck: 0.8,
  sharpness: 0.25,
  side: 0.15,
  tieBelow: 0.6,
}
export type WorldShape = typeof worldShape

export interface World {
  shape: WorldShape
  truth: Float64Array
  /** The points of a in one judgment: 1, 0.5 or 0. */
  judge: (a: number, b: number, prompt: number, random: () => number) => number
  /** The expected points of a on a prompt, over raters, sides and their noise. */
  expected: (a: number, b: number, prompt: number) => number
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** @param strengths the true ones; drawn when absent */
export function makeWorld(
  seed: number,
  change: Partial<WorldShape> = {},
  strengths?: Float64Array,
): World {
  const shape = { ...worldShape, ...change }
  const random = seededRandom(seed)
  const draw = (count: number, spread: number) =>
    Float64Array.from({ length: count }, () => spread * drawNormal(random))
  const truth = strengths ?? draw(shape.models, shape.strength)
  const luck = draw(shape.models * shape.prompts, shape.luck)
  const sharpness = draw(shape.raters, shape.sharpness).map(Math.exp)
  const side = draw(shape.raters, shape.side)
  const felt = (model: number, prompt: number) =>
    (truth[model] ?? 0) + (luck[model * shape.prompts + prompt] ?? 0)
  return {
    shape,
    truth,
    judge: (a, b, prompt, noise) => {
      const rater = Math.floor(noise() * shape.raters)
      const lean = (noise() < 0.5 ? 1 : -1) * (side[rater] ?? 0)
      const chance = noise()
      const difference =
        (sharpness[rater] ?? 1) * (felt(a, prompt) - felt(b, prompt)) +
        lean +
        Math.log(chance / (1 - chance))
      return Math.abs(difference) < shape.tieBelow ? 0.5 : difference > 0 ? 1 : 0
    },
    expected: (a, b, prompt) => {
      let sum = 0
      for (let rater = 0; rater < shape.raters; rater++) {
        for (const way of [1, -1]) {
          const centre =
            (sharpness[rater] ?? 1) * (felt(a, prompt) - felt(b, prompt)) + way * (side[rater] ?? 0)
          sum += logistic(centre - shape.tieBelow) + logistic(centre + shape.tieBelow)
        }
      }
      return sum / (4 * shape.raters)
    },
  }
}

export const pairsOfModels = (models: number): { a: number; b: number }[] =>
  Array.from({ length: models }, (_, a) =>
    Array.from({ length: models - a - 1 }, (__, step) => ({ a, b: a + 1 + step })),
  ).flat()

export interface SimulatedTask {
  pair: number
  prompt: number
  probability: number
  /** a's points in each judgment. */
  points: number[]
}

/** Judgments between two points of a curve. */
export const curveStep = 120

export interface CampaignRun {
  tasks: SimulatedTask[]
  /** Judgments so far, and then Kendall's tau of the standings to the truth. */
  curve: { judgments: number; tau: number }[]
}

export interface CampaignOptions {
  seed: number
  budget: number
  overlap: number
  floor?: number
  roundSize?: number
  hasCurve?: boolean
}

/** Runs a campaign to its budget of judgments; a floor of 1 is the uniform order. */
export function runCampaign(world: World, options: CampaignOptions): CampaignRun {
  const { seed, budget, overlap, floor = 0.2, roundSize = 60, hasCurve = true } = options
  const random = seededRandom(seed)
  const { models, prompts } = world.shape
  const pairs = pairsOfModels(models).map((pair) => ({
    ...pair,
    modelA: String(pair.a),
    modelB: String(pair.b),
    count: 0,
    points: 0,
    pending: 0,
  }))
  const unused = pairs.map(() => Array.from({ length: prompts }, (_, prompt) => prompt))
  const run: CampaignRun = { tasks: [], curve: [] }
  for (let judgments = 0; judgments < budget; ) {
    const drawn = drawPairs({
      information: floor === 1 ? pairs.map(() => 1) : informationOf(pairs),
      unused: unused.map((left) => left.length),
      floor,
      count: roundSize,
      random,
    })
    if (drawn.length === 0) break
    for (const { pair, probability } of drawn) {
      const prompt = takeOne(unused[pair] ?? [], random)
      const record = pairs[pair]
      if (!record) continue
      const points = Array.from({ length: overlap }, () =>
        world.judge(record.a, record.b, prompt, random),
      )
      record.count += points.length
      record.points += points.reduce((sum, one) => sum + one, 0)
      run.tasks.push({ pair, prompt, probability, points })
      judgments += overlap
    }
    if (hasCurve && judgments % curveStep === 0) {
      run.curve.push({ judgments, tau: kendallTau(world.truth, strengthsOf(pairs, models)) })
    }
  }
  return run
}

function takeOne(list: number[], random: () => number): number {
  const place = Math.floor(random() * list.length)
  const taken = list[place] ?? 0
  const last = list.pop() ?? 0
  if (place < list.length) list[place] = last
  return taken
}

/** The strengths that are published; while those do not exist for all, the belief. */
function strengthsOf(
  pairs: readonly { a: number; b: number; count: number; points: number; pending: number }[],
  models: number,
): Float64Array {
  try {
    const met = pairs.filter((pair) => pair.count > 0)
    return bradleyTerry(
      models,
      met.map((pair) => ({ ...pair, cluster: 0 })),
    ).strengths
  } catch {
    return believedStrengths(models, pairs).strengths
  }
}

/** The share of pairs in one order in both lists, less the share in opposite orders. */
export function kendallTau(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0
  let pairs = 0
  for (let i = 0; i < one.length; i++) {
    for (let j = i + 1; j < one.length; j++) {
      pairs += 1
      sum += Math.sign(((one[i] ?? 0) - (one[j] ?? 0)) * ((other[i] ?? 0) - (other[j] ?? 0)))
    }
  }
  return sum / pairs
}
