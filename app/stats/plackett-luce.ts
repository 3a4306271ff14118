import { strongComponents } from './comparison-graph.ts'
import { addTo, inverseOf, type Matrix, product, times, zeros } from './matrix.ts'

/** Items from the best to the worst, without ties; any two or more of all items. */
export interface Ranking {
  order: readonly number[]
  cluster: number
}

export interface PlackettLuceFit {
  /** Natural logarithm of each worth, mean zero. */
  strengths: Float64Array
  /** Cluster-robust covariance of the strengths; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

/**
 * The Plackett–Luce model of rankings: each place goes to one of the items left, with a probability in
 * proportion to its worth. Fitted by Newton's method on ln worth, in which the likelihood is concave.
 * With two items a ranking it is Bradley–Terry. Rankings with ties do not belong here; they are taken
 * apart into pairs.
 *
 * The covariance is the cluster sandwich with the factor G/(G−1).
 * Throws a RangeError where no maximum exists, as for an item always first.
 * Sources: R. L. Plackett, Applied Statistics 24 (1975) 193–202; R. D. Luce, Individual Choice Behavior
 * (1959); D. R. Hunter, Annals of Statistics 32 (2004) 384–406, for when the maximum exists.
 *
 * @example plackettLuce(2, [[0, 1], [0, 1], [1, 0]].map((order) => ({ order, cluster: 0 })))
 *   .strengths // [Math.log(2) / 2, -Math.log(2) / 2]
 */
export function plackettLuce(size: number, rankings: readonly Ranking[]): PlackettLuceFit {
  const used = rankings.filter(({ order }) => order.length > 1)
  demandComparable(size, used)
  const strengths = new Float64Array(size)
  let current = logLikelihood(strengths, used)
  let iterations = 0
  for (; iterations < 200; iterations++) {
    const gradient = new Float64Array(size)
    const information = zeros(size)
    for (const ranking of used) addTerms(strengths, ranking, gradient, information)
    const step = times(inverseOf(filled(information)), gradient)
    let scale = 1
    let next = moved(strengths, step, scale)
    while (logLikelihood(next, used) < current - 1e-12 * Math.abs(current) && scale > 1e-6) {
      scale /= 2
      next = moved(strengths, step, scale)
    }
    strengths.set(next)
    current = logLikelihood(strengths, used)
    if (step.every((change) => Math.abs(change) < 1e-11)) break
  }
  const clusters = new Set(used.map(({ cluster }) => cluster)).size
  return {
    strengths,
    covariance: clusters < 2 ? null : sandwich(strengths, used, clusters),
    clusters,
    logLikelihood: current,
    iterations,
  }
}

function demandComparable(size: number, rankings: readonly Ranking[]): void {
  const edges = rankings.flatMap(({ order }) =>
    order.slice(1).map((to, place) => ({ from: order[place] ?? to, to })),
  )
  if (strongComponents(size, edges).length === 1) return
  throw new RangeError('No finite strengths exist: some items never came before some others.')
}

/** The items left at each place with their probabilities, from the first place on. */
function* stages(strengths: Float64Array, order: readonly number[]) {
  const most = Math.max(...order.map((item) => strengths[item] ?? 0))
  const worths = order.map((item) => Math.exp((strengths[item] ?? 0) - most))
  for (let place = 0; place < order.length - 1; place++) {
    const left = worths.slice(place)
    const sum = left.reduce((total, worth) => total + worth, 0)
    yield { items: order.slice(place), chances: left.map((worth) => worth / sum) }
  }
}

function logLikelihood(strengths: Float64Array, rankings: readonly Ranking[]): number {
  let sum = 0
  for (const { order } of rankings) {
    for (const { chances } of stages(strengths, order)) sum += Math.log(chances[0] ?? 1)
  }
  return sum
}

function addTerms(
  strengths: Float64Array,
  { order }: Ranking,
  gradient: Float64Array,
  information?: Matrix,
): void {
  for (const { items, chances } of stages(strengths, order)) {
    for (const [place, item] of items.entries()) {
      const p = chances[place] ?? 0
      gradient[item] = (gradient[item] ?? 0) + (place === 0 ? 1 : 0) - p
      if (!information) continue
      addTo(information, item, item, p)
      for (const [at, other] of items.entries()) {
        addTo(information, item, other, -p * (chances[at] ?? 0))
      }
    }
  }
}

function filled(information: Matrix): Matrix {
  const { size } = information
  return { size, cells: information.cells.map((value) => value + 1 / size) }
}

function moved(from: Float64Array, step: Float64Array, scale: number): Float64Array {
  const next = from.map((value, place) => value + scale * (step[place] ?? 0))
  const mean = next.reduce((sum, value) => sum + value, 0) / next.length
  return next.map((value) => value - mean)
}

function sandwich(strengths: Float64Array, rankings: readonly Ranking[], clusters: number): Matrix {
  const size = strengths.length
  const information = zeros(size)
  const scores = new Map<number, Float64Array>()
  for (const ranking of rankings) {
    const score = scores.get(ranking.cluster) ?? new Float64Array(size)
    addTerms(strengths, ranking, score, information)
    scores.set(ranking.cluster, score)
  }
  const meat = zeros(size)
  for (const score of scores.values()) {
    for (const [row, one] of score.entries()) {
      for (const [column, other] of score.entries()) addTo(meat, row, column, one * other)
    }
  }
  const bread = inverseOf(filled(information))
  const factor = clusters / (clusters - 1)
  const covariance = product(product(bread, meat), bread)
  return { size, cells: covariance.cells.map((value) => factor * value) }
}
