import { strongComponents } from './comparison-graph.ts'
import { addTo, cell, inverseOf, type Matrix, product, times, zeros } from './matrix.ts'

export interface Ranking {
  /** Items from the best to the worst, any two or more of all; those that tie in a list of their own. */
  order: readonly (number | readonly number[])[]
  cluster: number
}

export interface PlackettLuceFit {
  /** Natural logarithm of each worth, mean zero. */
  strengths: Float64Array
  /**
   * For each number of items that somebody had tie, ascending, how likely so many are to: two equal
   * items tie with probability δ₂ / (2 + δ₂) where they are ranked alone. Empty where nobody tied.
   */
  tieParameters: { items: number; delta: number }[]
  /**
   * Cluster-robust covariance of the strengths and, after them, of the logarithm of each tie parameter;
   * null with fewer than two clusters.
   */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * The Plackett–Luce model of rankings: each place goes to one of the items left, with a probability in
 * proportion to its worth. Where rankings have ties it goes to a set of items that tie, in proportion to
 * the geometric mean of their worths times δ for their number, δ₁ being one: the generalisation of
 * Davidson's and Luce's models by Turner and others. Numbers of items that nobody had tie have a δ of
 * zero. Fitted by Newton's method on the logarithms of worths and of δ, in which the likelihood is
 * concave. With two items a ranking it is Bradley–Terry, or Davidson's model.
 *
 * The covariance is the cluster sandwich with the factor G/(G−1).
 * Throws a RangeError where no maximum exists, as for an item always first, or where all tie.
 * Cost: an iteration for each set of n items that was ever left, n³ k² for ties of up to k items.
 * Sources: R. L. Plackett, Applied Statistics 24 (1975) 193–202; R. D. Luce, Individual Choice Behavior
 * (1959); D. R. Hunter, Annals of Statistics 32 (2004) 384–406, for when the maximum exists without
 * ties; H. L. Turner, J. van Etten, D. Firth and I. Kosmidis, Computational Statistics 35 (2020)
 * 1027–1057, section 2, for ties.
 *
 * @example plackettLuce(2, [[0, 1], [0, 1], [1, 0]].map((order) => ({ order, cluster: 0 })))
 *   .strengths // [Math.log(2) / 2, -Math.log(2) / 2]
 */
export function plackettLuce(size: number, rankings: readonly Ranking[]): PlackettLuceFit {
  const choices = choicesIn(size, rankings)
  demandComparable(size, choices)
  const { tied } = choices
  const all = size + tied.length
  const parameters = new Float64Array(all)
  let current = logLikelihood(parameters, choices)
  let iterations = 0
  for (; iterations < 200; iterations++) {
    const { gradient, information } = derivatives(parameters, choices)
    const step = times(inverseInformation(information, size), gradient)
    let scale = 1
    let next = moved(parameters, step, scale, size)
    while (logLikelihood(next, choices) < current - 1e-12 * Math.abs(current) && scale > 1e-6) {
      scale /= 2
      next = moved(parameters, step, scale, size)
    }
    parameters.set(next)
    current = logLikelihood(parameters, choices)
    if (step.every((change) => Math.abs(change) < 1e-11)) break
  }
  const clusters = new Set(choices.rankings.map(({ cluster }) => cluster)).size
  return {
    strengths: parameters.slice(0, size),
    tieParameters: tied.map((items, at) => ({
      items,
      delta: Math.exp(parameters[size + at] ?? 0),
    })),
    covariance: clusters < 2 ? null : sandwich(parameters, choices, clusters),
    clusters,
    logLikelihood: current,
    iterations,
  }
}

/** One place of a ranking: who took it, out of which set of items left. */
interface Stage {
  set: number
  chosen: readonly number[]
}

/** Rankings as choices from sets of items; equal sets are one, since their expectations are. */
interface Choices {
  size: number
  /** The numbers of items, from two on, that somebody had tie. */
  tied: readonly number[]
  sets: { items: readonly number[]; count: number }[]
  rankings: { cluster: number; stages: Stage[] }[]
  /** How often each item was chosen, as a share of those it tied with, and how often so many tied. */
  seen: Float64Array
}

function choicesIn(size: number, rankings: readonly Ranking[]): Choices {
  const places = new Map<string, number>()
  const sets: Choices['sets'] = []
  const found = rankings.flatMap(({ order, cluster }) => {
    const groups = order.map((group) => (typeof group === 'number' ? [group] : group))
    const stages = groups.flatMap((chosen, at): Stage[] => {
      const items = groups
        .slice(at)
        .flat()
        .sort((one, other) => one - other)
      if (items.length < 2 || chosen.length === 0) return []
      const key = items.join()
      const set = places.get(key) ?? sets.push({ items, count: 0 }) - 1
      places.set(key, set)
      const known = sets[set]
      if (known) known.count += 1
      return [{ set, chosen }]
    })
    return stages.length === 0 ? [] : [{ cluster, stages }]
  })
  const numbers = found.flatMap(({ stages }) => stages.map(({ chosen }) => chosen.length))
  const tied = [...new Set(numbers)].filter((many) => many > 1).sort((one, other) => one - other)
  const choices = { size, tied, sets, rankings: found, seen: new Float64Array(size + tied.length) }
  for (const { stages } of found) {
    for (const { chosen } of stages) addChosen(choices.seen, chosen, choices)
  }
  return choices
}

function addChosen(
  into: Float64Array,
  chosen: readonly number[],
  { size, tied }: Pick<Choices, 'size' | 'tied'>,
): void {
  for (const item of chosen) into[item] = (into[item] ?? 0) + 1 / chosen.length
  const at = tied.indexOf(chosen.length)
  if (at >= 0) into[size + at] = (into[size + at] ?? 0) + 1
}

const noFiniteStrengths = () =>
  new RangeError('No finite strengths exist: some items never came before some others, or all tie.')

function demandComparable(size: number, { sets, rankings }: Choices): void {
  const isAhead = new Uint8Array(size * size)
  for (const { stages } of rankings) {
    for (const { set, chosen } of stages) {
      for (const from of chosen)
        for (const to of sets[set]?.items ?? []) isAhead[from * size + to] = 1
    }
  }
  const edges = Array.from(isAhead.keys())
    .filter((at) => isAhead[at] === 1)
    .map((at) => ({ from: Math.floor(at / size), to: at % size }))
  if (strongComponents(size, edges).length > 1) throw noFiniteStrengths()
}

/** The sum, over all ways to take so many weights but those left out, of their product. */
function productSum(weights: ArrayLike<number>, many: number, without: readonly number[]): number {
  if (many < 0) return 0
  const sums = new Float64Array(many + 1)
  sums[0] = 1
  for (let at = 0; at < weights.length; at++) {
    if (without.includes(at)) continue
    for (let taken = many; taken > 0; taken--) {
      sums[taken] = (sums[taken] ?? 0) + (sums[taken - 1] ?? 0) * (weights[at] ?? 0)
    }
  }
  return sums[many] ?? 0
}

/** How many of a set may be chosen at once, with what each weighs then, and all such choices together. */
interface Outcome {
  many: number
  weights: Float64Array
  sum: number
  share: number
}

/** What may be chosen from a set, and the logarithm of all that it weighs. */
function outcomesOf(
  parameters: Float64Array,
  items: readonly number[],
  { size, tied }: Pick<Choices, 'size' | 'tied'>,
): { outcomes: Outcome[]; logSum: number } {
  const most = Math.max(...items.map((item) => parameters[item] ?? 0))
  const open = [1, ...tied.filter((many) => many <= items.length)]
  const found = open.map((many, at) => {
    const weights = Float64Array.from(items, (item) =>
      Math.exp(((parameters[item] ?? 0) - most) / many),
    )
    const sum = productSum(weights, many, [])
    const delta = at === 0 ? 0 : (parameters[size + at - 1] ?? 0)
    return { many, weights, sum, height: delta + Math.log(sum) }
  })
  const highest = Math.max(...found.map(({ height }) => height))
  const all = found.reduce((sum, { height }) => sum + Math.exp(height - highest), 0)
  return {
    outcomes: found.map(({ many, weights, sum, height }) => ({
      many,
      weights,
      sum,
      share: Math.exp(height - highest) / all,
    })),
    logSum: most + highest + Math.log(all),
  }
}

function logLikelihood(parameters: Float64Array, choices: Choices): number {
  const chosen = parameters.reduce((sum, value, at) => sum + value * (choices.seen[at] ?? 0), 0)
  return choices.sets.reduce(
    (sum, { items, count }) => sum - count * outcomesOf(parameters, items, choices).logSum,
    chosen,
  )
}

/** The parameters that a choice from a set speaks of, with the mean of what it says, and of its squares. */
function momentsOf(
  parameters: Float64Array,
  items: readonly number[],
  choices: Choices,
): { places: number[]; mean: Float64Array; squares: Matrix } {
  const { outcomes } = outcomesOf(parameters, items, choices)
  const places = [...items, ...outcomes.slice(1).map((_, at) => choices.size + at)]
  const mean = new Float64Array(places.length)
  const squares = zeros(places.length)
  for (const [at, { many, weights, sum, share }] of outcomes.entries()) {
    const ofTie = items.length + at - 1
    if (at > 0) {
      mean[ofTie] = share
      addTo(squares, ofTie, ofTie, share)
    }
    for (const one of items.keys()) {
      const own = (weights[one] ?? 0) / sum
      const chosen = (share * own * productSum(weights, many - 1, [one])) / many
      mean[one] = (mean[one] ?? 0) + chosen
      addTo(squares, one, one, chosen / many)
      if (at > 0) {
        addTo(squares, one, ofTie, chosen)
        addTo(squares, ofTie, one, chosen)
      }
      if (many === 1) continue
      for (let other = one + 1; other < items.length; other++) {
        const rest = productSum(weights, many - 2, [one, other])
        const both = (share * own * (weights[other] ?? 0) * rest) / many ** 2
        addTo(squares, one, other, both)
        addTo(squares, other, one, both)
      }
    }
  }
  return { places, mean, squares }
}

function derivatives(
  parameters: Float64Array,
  choices: Choices,
): { gradient: Float64Array; information: Matrix } {
  const gradient = Float64Array.from(choices.seen)
  const information = zeros(parameters.length)
  for (const { items, count } of choices.sets) {
    const { places, mean, squares } = momentsOf(parameters, items, choices)
    for (const [row, place] of places.entries()) {
      const own = mean[row] ?? 0
      gradient[place] = (gradient[place] ?? 0) - count * own
      for (const [column, other] of places.entries()) {
        const spread = cell(squares, row, column) - own * (mean[column] ?? 0)
        addTo(information, place, other, count * spread)
      }
    }
  }
  return { gradient, information }
}

/** No data that have finite strengths leave one as unsure as this variance of its logarithm. */
const largestVariance = 1e5

/**
 * The inverse of the information matrix, with the direction filled in that the data cannot see: all
 * worths together. Where parameters walk off, what is known of them vanishes.
 */
function inverseInformation(information: Matrix, size: number): Matrix {
  const filled = { size: information.size, cells: Float64Array.from(information.cells) }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) addTo(filled, row, column, 1 / size)
  }
  const inverse = inverseOrNone(filled)
  const isFar = (at: number) => !(cell(inverse, at, at) < largestVariance)
  if (Array.from({ length: inverse.size }, (_, at) => at).some(isFar)) throw noFiniteStrengths()
  return inverse
}

function inverseOrNone(matrix: Matrix): Matrix {
  try {
    return inverseOf(matrix)
  } catch {
    throw noFiniteStrengths()
  }
}

/** The strengths moved and centred, the parameters of ties only moved. */
function moved(from: Float64Array, step: Float64Array, scale: number, size: number): Float64Array {
  const next = from.map((value, place) => value + scale * (step[place] ?? 0))
  const mean = next.subarray(0, size).reduce((sum, value) => sum + value, 0) / size
  return next.map((value, place) => (place < size ? value - mean : value))
}

function sandwich(parameters: Float64Array, choices: Choices, clusters: number): Matrix {
  const all = parameters.length
  const expected = choices.sets.map(({ items }) => momentsOf(parameters, items, choices))
  const scores = new Map<number, Float64Array>()
  for (const { cluster, stages } of choices.rankings) {
    const score = scores.get(cluster) ?? new Float64Array(all)
    for (const { set, chosen } of stages) {
      addChosen(score, chosen, choices)
      const { places = [], mean } = expected[set] ?? {}
      for (const [at, place] of places.entries()) {
        score[place] = (score[place] ?? 0) - (mean?.[at] ?? 0)
      }
    }
    scores.set(cluster, score)
  }
  const meat = zeros(all)
  for (const score of scores.values()) {
    for (const [row, one] of score.entries()) {
      for (const [column, other] of score.entries()) addTo(meat, row, column, one * other)
    }
  }
  const bread = inverseInformation(derivatives(parameters, choices).information, choices.size)
  const factor = clusters / (clusters - 1)
  const covariance = product(product(bread, meat), bread)
  return { size: all, cells: covariance.cells.map((value) => factor * value) }
}
