import { strongComponents } from './comparison-graph.ts'
import { addTo, inverseOf, type Matrix, product, times, zeros } from './matrix.ts'

/** How two items came off against each other within one cluster (prompt). */
export interface TiedPairTotal {
  a: number
  b: number
  winsA: number
  winsB: number
  ties: number
  cluster: number
}

/**
 * A model in which two items win, lose or tie by the logarithms of their worths and, last of its
 * parameters, one of ties, and whose likelihood is concave in them.
 */
export interface TieModel {
  /** Where the parameter of ties starts. */
  start: number
  /** Negative infinity where the parameters are none of the model's. */
  logLikelihood: (parameters: Float64Array, pair: TiedPairTotal) => number
  /** Adds what one pair's results say about each parameter. */
  addScore: (score: Float64Array, parameters: Float64Array, pair: TiedPairTotal) => void
  /** Adds how sharply they say it. */
  addInformation: (information: Matrix, parameters: Float64Array, pair: TiedPairTotal) => void
}

export interface TiedPairFit {
  /** Logarithms of worths, mean zero, and last the parameter of ties. */
  parameters: Float64Array
  /** Cluster-robust covariance of the parameters; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * Fits a model of comparisons with ties by Newton's method. The covariance is the cluster sandwich with
 * the factor G/(G−1).
 *
 * Throws a RangeError where no maximum exists: no ties, nothing but ties, items that no chain of wins
 * and ties connects both ways, or no round of them with more wins than ties.
 * Sources: L. R. Ford, American Mathematical Monthly 64 (1957) 28–33, for when a maximum exists; A. C.
 * Cameron and D. L. Miller, Journal of Human Resources 50 (2015) 317–372, for the sandwich.
 */
export function fitTiedPairs(
  size: number,
  totals: readonly TiedPairTotal[],
  model: TieModel,
): TiedPairFit {
  const pairs = pooled(totals)
  demandFinite(size, pairs)
  const heightOf = (at: Float64Array): number =>
    pairs.reduce((sum, pair) => sum + model.logLikelihood(at, pair), 0)
  const parameters = new Float64Array(size + 1)
  parameters[size] = model.start
  let current = heightOf(parameters)
  let iterations = 0
  for (; iterations < 200; iterations++) {
    const gradient = new Float64Array(size + 1)
    for (const pair of pairs) model.addScore(gradient, parameters, pair)
    const step = times(inverseInformation(parameters, pairs, model), gradient)
    let scale = 1
    let next = moved(parameters, step, scale)
    while (heightOf(next) < current - 1e-12 * Math.abs(current) && scale > 1e-6) {
      scale /= 2
      next = moved(parameters, step, scale)
    }
    parameters.set(next)
    current = heightOf(parameters)
    if (step.every((change) => Math.abs(change) < 1e-11)) break
  }
  const clusters = new Set(totals.filter((total) => countOf(total) > 0).map((one) => one.cluster))
  return {
    parameters,
    covariance: clusters.size < 2 ? null : sandwich(parameters, totals, pairs, model),
    clusters: clusters.size,
    logLikelihood: current,
    iterations,
  }
}

const noFiniteStrengths = () =>
  new RangeError(
    'No finite strengths exist: some item never lost, never won or never met, or ties say nothing.',
  )

/**
 * How often two items met.
 *
 * @example countOf({ winsA: 2, winsB: 1, ties: 1 }) // 4
 */
export const countOf = ({ winsA, winsB, ties }: Pick<TiedPairTotal, 'winsA' | 'winsB' | 'ties'>) =>
  winsA + winsB + ties

function demandFinite(size: number, pairs: readonly TiedPairTotal[]): void {
  const ties = pairs.reduce((sum, pair) => sum + pair.ties, 0)
  const decisive = pairs.reduce((sum, pair) => sum + pair.winsA + pair.winsB, 0)
  if (ties === 0) throw new RangeError('Without a tie their probability has no finite estimate.')
  if (decisive === 0) throw new RangeError('Where all tie no strengths can be told.')
  const edges = pairs.flatMap(({ a, b, winsA, winsB, ties: tied }) => [
    ...(winsA + tied > 0 ? [{ from: a, to: b }] : []),
    ...(winsB + tied > 0 ? [{ from: b, to: a }] : []),
  ])
  if (strongComponents(size, edges).length > 1 || !hasWinningRound(size, pairs)) {
    throw noFiniteStrengths()
  }
}

/**
 * Whether some round from item to item, each of which beat or tied with the next, has more wins than
 * ties. Where none has, strengths can grow for ever together with the probability of ties: each winner
 * a step above the loser, and those who tied at most a step apart. By Bellman and Ford's algorithm.
 */
function hasWinningRound(size: number, pairs: readonly TiedPairTotal[]): boolean {
  const links = pairs.flatMap(({ a, b, winsA, winsB, ties }) => [
    ...(winsA > 0 ? [{ from: a, to: b, length: -1 }] : []),
    ...(winsB > 0 ? [{ from: b, to: a, length: -1 }] : []),
    ...(ties > 0 ? [{ from: a, to: b, length: 1 }] : []),
    ...(ties > 0 ? [{ from: b, to: a, length: 1 }] : []),
  ])
  const heights = new Float64Array(size)
  for (let turn = 0; turn <= size; turn++) {
    let isMoved = false
    for (const { from, to, length } of links) {
      const reached = (heights[from] ?? 0) + length
      if (reached >= (heights[to] ?? 0)) continue
      heights[to] = reached
      isMoved = true
    }
    if (!isMoved) return false
  }
  return true
}

function pooled(totals: readonly TiedPairTotal[]): TiedPairTotal[] {
  const byPair = new Map<string, TiedPairTotal>()
  for (const { a, b, winsA, winsB, ties } of totals) {
    const isForward = a < b
    const [low, high] = isForward ? [a, b] : [b, a]
    const key = `${low},${high}`
    const pair = byPair.get(key) ?? { a: low, b: high, winsA: 0, winsB: 0, ties: 0, cluster: 0 }
    pair.winsA += isForward ? winsA : winsB
    pair.winsB += isForward ? winsB : winsA
    pair.ties += ties
    byPair.set(key, pair)
  }
  return [...byPair.values()].sort((one, other) => one.a - other.a || one.b - other.b)
}

/** A count's share of the log-likelihood; what never happened may be impossible. */
export const timesLog = (count: number, p: number): number =>
  count === 0 ? 0 : count * Math.log(p)

/**
 * The inverse of the information matrix, with the direction filled in that the data cannot see: all
 * worths together.
 */
function inverseInformation(
  parameters: Float64Array,
  pairs: readonly TiedPairTotal[],
  { addInformation }: TieModel,
): Matrix {
  const last = parameters.length - 1
  const information = zeros(parameters.length)
  for (const pair of pairs) addInformation(information, parameters, pair)
  for (let row = 0; row < last; row++) {
    for (let column = 0; column < last; column++) addTo(information, row, column, 1 / last)
  }
  return inverseOf(information)
}

/** Adds one pair's information on its lead, on the parameter of ties, and on both together. */
export function addPairInformation(
  information: Matrix,
  { a, b }: Pick<TiedPairTotal, 'a' | 'b'>,
  { lead, ties, both }: { lead: number; ties: number; both: number },
): void {
  const last = information.size - 1
  addTo(information, a, a, lead)
  addTo(information, b, b, lead)
  addTo(information, a, b, -lead)
  addTo(information, b, a, -lead)
  for (const [item, sign] of [
    [a, 1],
    [b, -1],
  ] as const) {
    addTo(information, item, last, sign * both)
    addTo(information, last, item, sign * both)
  }
  addTo(information, last, last, ties)
}

function moved(from: Float64Array, step: Float64Array, scale: number): Float64Array {
  const next = from.map((value, place) => value + scale * (step[place] ?? 0))
  return centredItems(next)
}

/** The items' entries less their mean; the last, of ties, as it is. */
function centredItems(values: Float64Array): Float64Array {
  const last = values.length - 1
  const mean = values.subarray(0, last).reduce((sum, value) => sum + value, 0) / last
  return values.map((value, place) => (place === last ? value : value - mean))
}

function sandwich(
  parameters: Float64Array,
  totals: readonly TiedPairTotal[],
  pairs: readonly TiedPairTotal[],
  model: TieModel,
): Matrix {
  const scores = new Map<number, Float64Array>()
  for (const total of totals) {
    if (countOf(total) === 0) continue
    const score = scores.get(total.cluster) ?? new Float64Array(parameters.length)
    model.addScore(score, parameters, total)
    scores.set(total.cluster, score)
  }
  const inverse = inverseInformation(parameters, pairs, model)
  const spread = zeros(parameters.length)
  for (const score of scores.values()) {
    for (let row = 0; row < score.length; row++) {
      if (score[row] === 0) continue
      for (let column = 0; column < score.length; column++) {
        addTo(spread, row, column, (score[row] ?? 0) * (score[column] ?? 0))
      }
    }
  }
  const factor = scores.size / (scores.size - 1)
  const covariance = product(product(inverse, spread), inverse)
  return { size: covariance.size, cells: covariance.cells.map((value) => factor * value) }
}
