import type { LabelSizes, Labels } from './dawid-skene.ts'

export interface OneCoinFit {
  /** How often each rater gives the true label. */
  accuracies: Float64Array
  /** For each unit, how probable each class is. */
  posteriors: Float64Array
  iterations: number
  isConverged: boolean
}

/**
 * The one-coin model: each rater gives the true label with one probability, and each wrong one equally
 * often. It needs far fewer labels than `dawidSkene`, and is worse than a majority where raters share
 * a leaning. EM from the shares of votes; accuracies are pulled towards 0.75 by `prior` labels, so that
 * a rater with few of them is neither perfect nor useless.
 *
 * Source: Y. Zhang, X. Chen, D. Zhou and M. I. Jordan, Journal of Machine Learning Research 17 (2016)
 * 1–44, the one-coin model of section 2.
 *
 * @example oneCoin(
 *   { units: Int32Array.of(0, 0, 1, 1), raters: Int32Array.of(0, 1, 0, 1), labels: Int32Array.of(0, 0, 1, 1) },
 *   { units: 2, raters: 2, classes: 2 },
 * ).accuracies // [0.862…, 0.862…]
 */
export function oneCoin(
  { units, raters, labels }: Labels,
  { units: size, raters: people, classes }: LabelSizes,
  { prior = 2, tolerance = 1e-9, mostIterations = 1_000 } = {},
): OneCoinFit {
  const accuracies = new Float64Array(people).fill(0.75)
  const posteriors = new Float64Array(size * classes)
  const counts = new Float64Array(people)
  for (const rater of raters) counts[rater] = (counts[rater] ?? 0) + 1
  const wrongs = Math.max(1, classes - 1)
  let iterations = 0
  let isConverged = false
  for (; iterations < mostIterations && !isConverged; iterations++) {
    posteriors.fill(0)
    for (let at = 0; at < units.length; at++) {
      const accuracy = accuracies[raters[at] ?? 0] ?? 0.75
      const cell = (units[at] ?? 0) * classes + (labels[at] ?? 0)
      posteriors[cell] =
        (posteriors[cell] ?? 0) + Math.log(accuracy) - Math.log((1 - accuracy) / wrongs)
    }
    normalise(posteriors, classes)
    const right = new Float64Array(people)
    for (let at = 0; at < units.length; at++) {
      const rater = raters[at] ?? 0
      const cell = (units[at] ?? 0) * classes + (labels[at] ?? 0)
      right[rater] = (right[rater] ?? 0) + (posteriors[cell] ?? 0)
    }
    let change = 0
    for (let rater = 0; rater < people; rater++) {
      const next = ((right[rater] ?? 0) + 0.75 * prior) / ((counts[rater] ?? 0) + prior)
      change = Math.max(change, Math.abs(next - (accuracies[rater] ?? 0)))
      accuracies[rater] = next
    }
    isConverged = change < tolerance
  }
  return { accuracies, posteriors, iterations, isConverged }
}

/** Logarithms of weights into probabilities, unit by unit. */
function normalise(posteriors: Float64Array, classes: number): void {
  for (let from = 0; from < posteriors.length; from += classes) {
    const own = posteriors.subarray(from, from + classes)
    const most = own.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY)
    let sum = 0
    for (let k = 0; k < classes; k++) {
      own[k] = Math.exp((own[k] ?? 0) - most)
      sum += own[k] ?? 0
    }
    for (let k = 0; k < classes; k++) own[k] = (own[k] ?? 0) / sum
  }
}
