import { addTo, cell, inverseOf, type Matrix, product, times, zeros } from './matrix.ts'

/** Comparisons with the same features: how many, and the points in them. */
export interface LogisticRow {
  /** The features that are not zero, by their places. */
  places: readonly number[]
  values: readonly number[]
  count: number
  points: number
  cluster: number
}

export interface LogisticFit {
  coefficients: Float64Array
  /** Cluster-robust covariance of the coefficients; null with fewer than two clusters. */
  covariance: Matrix | null
  clusters: number
  logLikelihood: number
  iterations: number
}

export interface LogisticOptions {
  /** Pulls each coefficient to zero: half of it times the square is taken from the likelihood. */
  ridge?: (place: number) => number
  /** Coefficients that only their differences matter of, from 0 to below this: their mean is zero. */
  centred?: number
}

const separated = 'No finite coefficients exist: the features separate the outcomes.'

/** A coefficient less sure than this, at its feature's scale, is one that nothing holds. */
const mostVariance = 1e8

/**
 * Logistic regression by Newton's method, P(point) = 1 / (1 + exp(−xᵀβ)), with the cluster sandwich
 * (I + R)⁻¹ (Σ s sᵀ) (I + R)⁻¹ · G/(G−1), where R is the ridge.
 *
 * Throws a RangeError where some coefficient has no finite or no single estimate.
 * Source: P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed. (1989), chapter 4; K.-Y.
 * Liang and S. L. Zeger, Biometrika 73 (1986) 13–22, for the sandwich.
 *
 * @example logisticFit(1, [{ places: [0], values: [1], count: 3, points: 2, cluster: 0 }])
 *   .coefficients // [Math.log(2)]
 */
export function logisticFit(
  size: number,
  rows: readonly LogisticRow[],
  { ridge = () => 0, centred = 0 }: LogisticOptions = {},
): LogisticFit {
  const used = rows.filter(({ count }) => count > 0)
  const coefficients = new Float64Array(size)
  const pulls = Float64Array.from({ length: size }, (_, place) => ridge(place))
  const heightOf = (at: Float64Array) =>
    used.reduce((sum, row) => sum + heightOfRow(at, row), 0) -
    at.reduce((sum, value, place) => sum + ((pulls[place] ?? 0) * value * value) / 2, 0)
  let current = heightOf(coefficients)
  let iterations = 0
  let isSettled = false
  for (; iterations < 100 && !isSettled; iterations++) {
    const gradient = coefficients.map((value, place) => -(pulls[place] ?? 0) * value)
    for (const row of used) addScore(gradient, coefficients, row)
    const information = informationOf(coefficients, used, pulls, centred)
    const step = times(inverseOf(information), gradient)
    let scale = 1
    let next = moved(coefficients, step, scale)
    // A sum of many terms is exact to a share of itself, not to so many digits.
    while (heightOf(next) < current - 1e-12 * Math.abs(current) && scale > 1e-6) {
      scale /= 2
      next = moved(coefficients, step, scale)
    }
    coefficients.set(next)
    current = heightOf(coefficients)
    isSettled = step.every((change) => Math.abs(change) < 1e-10)
    // Where the data are separated the coefficients walk off for ever.
    if (coefficients.some((value) => Math.abs(value) > 50)) isSettled = true
  }
  if (!isSettled || coefficients.some((value) => !(Math.abs(value) <= 50))) {
    throw new RangeError(separated)
  }
  const clusters = new Set(used.map(({ cluster }) => cluster)).size
  const bread = inverseOf(informationOf(coefficients, used, pulls, centred))
  // The slope of separated data falls below what numbers can tell from nothing before the coefficients
  // have gone far; how little is known of them still shows.
  for (const [place, square] of meanSquares(size, used).entries()) {
    if (!(cell(bread, place, place) * square < mostVariance)) throw new RangeError(separated)
  }
  return {
    coefficients,
    covariance: clusters < 2 ? null : sandwich(coefficients, used, bread, clusters),
    clusters,
    logLikelihood: current,
    iterations,
  }
}

const predictor = (at: Float64Array, { places, values }: LogisticRow): number =>
  places.reduce((sum, place, k) => sum + (at[place] ?? 0) * (values[k] ?? 0), 0)

/** ln(1 + exp(x)) without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

function heightOfRow(at: Float64Array, row: LogisticRow): number {
  const x = predictor(at, row)
  return -row.points * softplus(-x) - (row.count - row.points) * softplus(x)
}

function addScore(score: Float64Array, at: Float64Array, row: LogisticRow): void {
  const residual = row.points - row.count / (1 + Math.exp(-predictor(at, row)))
  for (const [k, place] of row.places.entries()) {
    score[place] = (score[place] ?? 0) + residual * (row.values[k] ?? 0)
  }
}

function informationOf(
  at: Float64Array,
  rows: readonly LogisticRow[],
  pulls: Float64Array,
  centred: number,
): Matrix {
  const information = zeros(at.length)
  for (const row of rows) {
    const p = 1 / (1 + Math.exp(-predictor(at, row)))
    const weight = row.count * p * (1 - p)
    for (const [k, one] of row.places.entries()) {
      for (const [l, other] of row.places.entries()) {
        addTo(information, one, other, weight * (row.values[k] ?? 0) * (row.values[l] ?? 0))
      }
    }
  }
  for (let place = 0; place < at.length; place++)
    addTo(information, place, place, pulls[place] ?? 0)
  for (let row = 0; row < centred; row++) {
    for (let column = 0; column < centred; column++) addTo(information, row, column, 1 / centred)
  }
  return information
}

/** The mean square of each feature over the comparisons. */
function meanSquares(size: number, rows: readonly LogisticRow[]): Float64Array {
  const squares = new Float64Array(size)
  let count = 0
  for (const row of rows) {
    count += row.count
    for (const [k, place] of row.places.entries()) {
      squares[place] = (squares[place] ?? 0) + row.count * (row.values[k] ?? 0) ** 2
    }
  }
  return count === 0 ? squares : squares.map((square) => square / count)
}

const moved = (from: Float64Array, step: Float64Array, scale: number): Float64Array =>
  from.map((value, place) => value + scale * (step[place] ?? 0))

function sandwich(
  at: Float64Array,
  rows: readonly LogisticRow[],
  bread: Matrix,
  clusters: number,
): Matrix {
  const scores = new Map<number, Float64Array>()
  for (const row of rows) {
    const score = scores.get(row.cluster) ?? new Float64Array(at.length)
    addScore(score, at, row)
    scores.set(row.cluster, score)
  }
  const meat = zeros(at.length)
  for (const score of scores.values()) {
    const places = [...score.keys()].filter((place) => score[place] !== 0)
    for (const one of places) {
      for (const other of places) addTo(meat, one, other, (score[one] ?? 0) * (score[other] ?? 0))
    }
  }
  const factor = clusters / (clusters - 1)
  const covariance = product(product(bread, meat), bread)
  return { size: covariance.size, cells: covariance.cells.map((value) => factor * value) }
}
