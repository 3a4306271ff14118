import {
  addCluster,
  intervalOfMean,
  meanOfMoments,
  noClusters,
  testOfMean,
} from './cluster-moments.ts'

export interface PairedDifference {
  /** The mean of second less first, over pairs. */
  difference: number
  standardError: number | null
  low: number | null
  high: number | null
  /** Of the test that there is no difference; null where nothing varies. */
  pValue: number | null
  pairs: number
  reason?: string
}

/**
 * How much a second version differs from a first on the same prompts: the mean difference with
 * Student's interval over prompts. What both find hard cancels out, so that it sees far smaller changes
 * than a comparison of two means.
 *
 * Returns null without any pair; one pair has no interval.
 * Source: “Student” (W. S. Gosset), Biometrika 6 (1908) 1–25.
 *
 * @param pairs one for each prompt: what each version came to on it
 * @example pairedDifference([[0, 1], [0, 0], [1, 1]])?.difference // 1 / 3
 */
export function pairedDifference(
  pairs: readonly (readonly [first: number, second: number])[],
  confidence = 0.95,
): PairedDifference | null {
  const moments = noClusters()
  for (const [first, second] of pairs) addCluster(moments, second - first, 1)
  const found = meanOfMoments(moments)
  if (!found) return null
  const about = {
    difference: found.mean,
    standardError: found.standardError,
    pairs: found.clusters,
  }
  if (found.standardError === null) {
    return { ...about, low: null, high: null, pValue: null, reason: 'one prompt gives no interval' }
  }
  const interval = intervalOfMean(found, confidence)
  if (!interval) {
    const reason = 'no variation: every prompt differs by the same'
    return { ...about, low: null, high: null, pValue: null, reason }
  }
  return { ...about, ...interval, pValue: testOfMean(found) }
}
