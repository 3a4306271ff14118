import { normalQuantile, studentTQuantile } from './student-t.ts'

export interface PredictionPoweredMean {
  mean: number
  standardError: number
  low: number
  high: number
  /** How far the predictions are leaned on: 0 is the labels alone, 1 takes them as they are. */
  weight: number
  labelled: number
  predicted: number
  /** The same from the labels alone, with its own interval. */
  classical: { mean: number; standardError: number; low: number; high: number }
  /** Labels that would tell as much without the predictions: n · (se of labels alone / se)². */
  effectiveLabels: number
}

/**
 * The mean of labels that are costly, helped by predictions that are cheap: λ · mean of predictions
 * without labels + mean of (label − λ · prediction) where there are both. Predictions may be as biased
 * as they like; the labels correct them. λ is tuned to the least variance (PPI++) and kept in [0, 1],
 * so that poor predictions are left aside.
 *
 * One value a prompt: verdicts on one prompt are averaged first, because the interval takes values as
 * independent. The labelled prompts must be a random sample of all. The papers' variance divides by the
 * number of values and their interval is normal (`isNormal`), which holds the truth too seldom with few
 * labels; by default sums of squares are divided by their degrees of freedom, one fewer on the labels
 * where the weight is tuned on them, and the interval is Student's t on those.
 * Returns null with fewer than two labels or two predictions without a label.
 *
 * Sources: A. N. Angelopoulos, S. Bates, C. Fannjiang, M. I. Jordan and T. Zrnic, Science 382 (2023)
 * 669–674; A. N. Angelopoulos, J. C. Duchi and T. Zrnic, “PPI++” (2023), arXiv 2311.01453, section 6.
 *
 * @param labelled for each labelled prompt its label and its prediction
 * @param predicted the predictions of prompts without a label
 * @example predictionPoweredMean([[1, 0.9], [0, 0.3]], [0.8, 0.4], { weight: 1 })?.mean // 0.5
 */
export function predictionPoweredMean(
  labelled: readonly (readonly [label: number, prediction: number])[],
  predicted: readonly number[],
  {
    confidence = 0.95,
    weight,
    isNormal = false,
  }: { confidence?: number; weight?: number; isNormal?: boolean } = {},
): PredictionPoweredMean | null {
  const n = labelled.length
  const more = predicted.length
  if (n < 2 || more < 2) return null
  const labels = labelled.map(([label]) => label)
  const predictions = labelled.map(([, prediction]) => prediction)
  const lambda = weight ?? tunedWeight(labels, predictions, predicted)
  const residuals = labels.map((label, at) => label - lambda * (predictions[at] ?? 0))
  const mean = lambda * meanOf(predicted) + meanOf(residuals)
  const spent = weight === undefined && lambda > 0 ? 2 : 1
  const left = (count: number, used: number) => (isNormal ? count : Math.max(1, count - used))
  const variance =
    (lambda ** 2 * squaresOf(predicted)) / left(more, 1) / more +
    squaresOf(residuals) / left(n, spent) / n
  const standardError = Math.sqrt(variance)
  const upper = 1 - (1 - confidence) / 2
  const around = (centre: number, error: number, used: number) => {
    const reach =
      error * (isNormal ? normalQuantile(upper) : studentTQuantile(upper, left(n, used)))
    return { mean: centre, standardError: error, low: centre - reach, high: centre + reach }
  }
  const classical = around(meanOf(labels), Math.sqrt(squaresOf(labels) / left(n, 1) / n), 1)
  return {
    ...around(mean, standardError, spent),
    weight: lambda,
    labelled: n,
    predicted: more,
    classical,
    effectiveLabels: variance === 0 ? n : n * (classical.standardError / standardError) ** 2,
  }
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** The sum of squared distances from the mean. */
function squaresOf(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** The weight of least variance, cov(label, prediction) / ((1 + n/N) var(prediction)), within [0, 1]. */
function tunedWeight(
  labels: readonly number[],
  predictions: readonly number[],
  predicted: readonly number[],
): number {
  const [meanLabel, meanPrediction] = [meanOf(labels), meanOf(predictions)]
  const shared =
    labels.reduce(
      (sum, label, at) => sum + (label - meanLabel) * ((predictions[at] ?? 0) - meanPrediction),
      0,
    ) / labels.length
  const all = [...predictions, ...predicted]
  const spread = squaresOf(all) / (all.length - 1)
  if (spread === 0) return 0
  return Math.max(0, Math.min(1, shared / ((1 + labels.length / predicted.length) * spread)))
}
