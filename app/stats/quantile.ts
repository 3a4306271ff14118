/**
 * The quantile of a sample, with straight lines between its points (type 7 of Hyndman and Fan).
 * Source: R. J. Hyndman and Y. Fan, The American Statistician 50 (1996) 361–365.
 *
 * @param sorted ascending, at least one value
 * @example quantile([1, 2, 3, 4], 0.5) // 2.5
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError('An empty sample has no quantile.')
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const low = sorted[below] ?? 0
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low
  return low + (high - low) * (place - below)
}
