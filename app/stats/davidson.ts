import { strongComponents } from './comparison-graph.ts'
import { addTo, cell, inverseOf, type Matrix, product, times, zeros } from './matrix.ts'

/** How two items came off against each other within one cluster (prompt). */
export interface TiedPairTotal {
  a: number
  b: number
  winsA: number
  winsB: number
  ties: number
  cluster: number
}

export interface DavidsonFit {
  /** Natural logarithm of each worth, mean zero. */
  strengths: Float64Array
  /** How likely ties are: two equal items tie with probability ν / (2 + ν). */
  tieParameter: number
  /** Cluster-robust covariance of the strengths and, last, of ln ν; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * Davidson's model of paired comparisons with ties: i beats j, j beats i, or they tie in the
 * proportions πᵢ : πⱼ : ν √(πᵢ πⱼ). Fitted by Newton's method on ln π and ln ν, in which the likelihood
 * is concave. Unlike ties counted as half wins it gives ties a probability; its likelihood cannot be
 * compared with that of `bradleyTerry`.
 *
 * The covariance is the cluster sandwich with the factor G/(G−1).
 * Throws a RangeError where no maximum exists: no ties, nothing but ties, or items that no chain of
 * wins and ties connects both ways.
 * Source: R. R. Davidson, Journal of the American Statistical Association 65 (1970) 317–328.
 *
 * @example davidson(2, [{ a: 0, b: 1, winsA: 2, winsB: 1, ties: 1, cluster: 0 }]).strengths[0]
 *   // Math.log(2) / 2
 */
export function davidson(size: number, totals: readonly TiedPairTotal[]): DavidsonFit {
  const pairs = pooled(totals)
  demandFinite(size, pairs)
  const parameters = new Float64Array(size + 1)
  let current = logLikelihood(parameters, pairs)
  let iterations = 0
  for (; iterations < 200; iterations++) {
    const gradient = new Float64Array(size + 1)
    for (const pair of pairs) addScore(gradient, parameters, pair)
    const step = times(inverseInformation(parameters, pairs), gradient)
    let scale = 1
    let next = moved(parameters, step, scale)
    while (logLikelihood(next, pairs) < current - 1e-12 * Math.abs(current) && scale > 1e-6) {
      scale /= 2
      next = moved(parameters, step, scale)
    }
    parameters.set(next)
    current = logLikelihood(parameters, pairs)
    if (parameters.some((value) => Math.abs(value) > farthest)) throw noFiniteStrengths()
    if (step.every((change) => Math.abs(change) < 1e-11)) break
  }
  const clusters = new Set(totals.filter((total) => countOf(total) > 0).map((one) => one.cluster))
  return {
    strengths: parameters.slice(0, size),
    tieParameter: Math.exp(parameters[size] ?? 0),
    covariance: clusters.size < 2 ? null : sandwich(parameters, totals, pairs),
    clusters: clusters.size,
    logLikelihood: current,
    iterations,
  }
}

/** A logarithm that no data are large enough for: strengths beyond it are on their way to infinity. */
const farthest = 30

const noFiniteStrengths = () =>
  new RangeError(
    'No finite strengths exist: some item never lost, never won or never met, or ties say nothing.',
  )

/** Where strengths walk off the information vanishes before they are far. */
function inverseInformation(parameters: Float64Array, pairs: readonly TiedPairTotal[]): Matrix {
  try {
    return inverseOf(informationOf(parameters, pairs))
  } catch {
    throw noFiniteStrengths()
  }
}

const countOf = ({ winsA, winsB, ties }: Pick<TiedPairTotal, 'winsA' | 'winsB' | 'ties'>) =>
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
  if (strongComponents(size, edges).length > 1) {
    throw noFiniteStrengths()
  }
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

/** The probabilities that a wins, b wins, and they tie. */
function chances(
  parameters: Float64Array,
  { a, b }: Pick<TiedPairTotal, 'a' | 'b'>,
): [number, number, number] {
  const half = ((parameters[a] ?? 0) - (parameters[b] ?? 0)) / 2
  // Relative to √(πᵢ πⱼ), and scaled by the larger, so that nothing overflows.
  const most = Math.abs(half)
  const winA = Math.exp(half - most)
  const winB = Math.exp(-half - most)
  const tie = Math.exp((parameters.at(-1) ?? 0) - most)
  const sum = winA + winB + tie
  return [winA / sum, winB / sum, tie / sum]
}

const timesLog = (count: number, p: number): number => (count === 0 ? 0 : count * Math.log(p))

const logLikelihood = (parameters: Float64Array, pairs: readonly TiedPairTotal[]): number =>
  pairs.reduce((sum, pair) => {
    const [winA, winB, tie] = chances(parameters, pair)
    return sum + timesLog(pair.winsA, winA) + timesLog(pair.winsB, winB) + timesLog(pair.ties, tie)
  }, 0)

/** Adds what one pair's results say about each parameter: seen less expected. */
function addScore(score: Float64Array, parameters: Float64Array, pair: TiedPairTotal): void {
  const [winA, winB, tie] = chances(parameters, pair)
  const count = countOf(pair)
  const lead = (pair.winsA - pair.winsB - count * (winA - winB)) / 2
  const last = score.length - 1
  score[pair.a] = (score[pair.a] ?? 0) + lead
  score[pair.b] = (score[pair.b] ?? 0) - lead
  score[last] = (score[last] ?? 0) + pair.ties - count * tie
}

/** The information matrix, with the direction filled in that the data cannot see: all worths together. */
function informationOf(parameters: Float64Array, pairs: readonly TiedPairTotal[]): Matrix {
  const last = parameters.length - 1
  const information = zeros(parameters.length)
  for (const pair of pairs) {
    const [winA, winB, tie] = chances(parameters, pair)
    const count = countOf(pair)
    const lead = (count * (winA + winB - (winA - winB) ** 2)) / 4
    const meet = (-count * (winA - winB) * tie) / 2
    addTo(information, pair.a, pair.a, lead)
    addTo(information, pair.b, pair.b, lead)
    addTo(information, pair.a, pair.b, -lead)
    addTo(information, pair.b, pair.a, -lead)
    for (const [item, sign] of [
      [pair.a, 1],
      [pair.b, -1],
    ] as const) {
      addTo(information, item, last, sign * meet)
      addTo(information, last, item, sign * meet)
    }
    addTo(information, last, last, count * tie * (1 - tie))
  }
  for (let row = 0; row < last; row++) {
    for (let column = 0; column < last; column++) addTo(information, row, column, 1 / last)
  }
  return information
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
): Matrix {
  const scores = new Map<number, Float64Array>()
  for (const total of totals) {
    if (countOf(total) === 0) continue
    const score = scores.get(total.cluster) ?? new Float64Array(parameters.length)
    addScore(score, parameters, total)
    scores.set(total.cluster, score)
  }
  const inverse = inverseInformation(parameters, pairs)
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

/** The variance of ln ν. */
export const tieVariance = (covariance: Matrix): number =>
  cell(covariance, covariance.size - 1, covariance.size - 1)
