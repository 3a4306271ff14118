import { differenceVariance } from './bradley-terry.ts'
import { cell, type Matrix, semidefiniteFactor } from './matrix.ts'
import { quantile } from './quantile.ts'
import { drawChiSquared, drawNormal, seededRandom } from './seeded-random.ts'

export interface RankRange {
  low: number
  high: number
}

export interface RankRanges {
  ranges: RankRange[]
  /** How many standard errors apart two items must be to count as separated. */
  criticalValue: number
  draws: number
  seed: number
}

/**
 * The ranks each item may have, from intervals of all pairwise differences that hold together with
 * the given confidence (single-step max-t): an item ranks below those surely better and above those
 * surely worse. A shared rank therefore never claims more than the pairwise statements do.
 *
 * The critical value is the quantile of the largest |difference| over its standard error, under a
 * multivariate t with the given covariance. Cost: draws × K².
 *
 * Source: T. Hothorn, F. Bretz and P. Westfall, Biometrical Journal 50 (2008) 346–363; M. Mogstad,
 * J. Romano, A. Shaikh and D. Wilhelm, Review of Economic Studies 91 (2024) 476–518.
 *
 * @param degrees degrees of freedom of the covariance, as clusters − 1
 * @example rankRanges(Float64Array.of(1, -1), { size: 2, cells: Float64Array.of(0.01, 0, 0, 0.01) }, 99)
 *   .ranges // [{ low: 1, high: 1 }, { low: 2, high: 2 }]
 */
export function rankRanges(
  strengths: Float64Array,
  covariance: Matrix,
  degrees: number,
  { confidence = 0.95, draws = 4_000, seed = 1 } = {},
): RankRanges {
  const criticalValue = maxTQuantile(covariance, degrees, { confidence, draws, seed })
  const size = strengths.length
  const ranges = Array.from({ length: size }, (_, item) => {
    let better = 0
    let worse = 0
    for (let other = 0; other < size; other++) {
      if (other === item) continue
      const difference = (strengths[other] ?? 0) - (strengths[item] ?? 0)
      const reach = criticalValue * Math.sqrt(differenceVariance(covariance, item, other))
      if (difference > reach) better += 1
      if (-difference > reach) worse += 1
    }
    return { low: 1 + better, high: size - worse }
  })
  return { ranges, criticalValue, draws, seed }
}

function maxTQuantile(
  covariance: Matrix,
  degrees: number,
  { confidence, draws, seed }: { confidence: number; draws: number; seed: number },
): number {
  const { size } = covariance
  const factor = semidefiniteFactor(covariance)
  const random = seededRandom(seed)
  const errors = new Float64Array(size * size)
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      errors[a * size + b] = Math.sqrt(differenceVariance(covariance, a, b))
    }
  }
  const columns = columnsUsed(factor)
  const byColumn = Float64Array.from({ length: columns * size }, (_, at) =>
    cell(factor, at % size, Math.floor(at / size)),
  )
  const largest = new Float64Array(draws)
  const draw = new Float64Array(size)
  for (let round = 0; round < draws; round++) {
    draw.fill(0)
    for (let column = 0; column < columns; column++) {
      const normal = drawNormal(random)
      const start = column * size
      for (let row = 0; row < size; row++) {
        draw[row] = (draw[row] ?? 0) + (byColumn[start + row] ?? 0) * normal
      }
    }
    const scale = Math.sqrt(drawChiSquared(degrees, random) / degrees)
    largest[round] = largestApart(draw, errors) / scale
  }
  return quantile(largest.sort(), confidence)
}

/** The largest |difference| over its standard error; a division costs, so only what may be larger has one. */
function largestApart(draw: Float64Array, errors: Float64Array): number {
  const size = draw.length
  let most = 0
  let least = 0
  for (let a = 0; a < size; a++) {
    const own = draw[a] ?? 0
    const start = a * size
    for (let b = a + 1; b < size; b++) {
      const error = errors[start + b] ?? 0
      const apart = Math.abs(own - (draw[b] ?? 0))
      if (apart <= least * error || error === 0) continue
      most = Math.max(most, apart / error)
      least = most * (1 - 1e-12)
    }
  }
  return most
}

function columnsUsed(factor: Matrix): number {
  for (let column = factor.size - 1; column >= 0; column--) {
    for (let row = 0; row < factor.size; row++) {
      if (cell(factor, row, column) !== 0) return column + 1
    }
  }
  return 0
}
