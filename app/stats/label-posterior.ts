/**
 * How probable each answer to one question is, after some raters answered it: every rater is right
 * with the same probability and errs evenly over the other answers, and every answer is as likely as
 * another beforehand.
 *
 * Source: A. P. Dawid and A. M. Skene, Maximum likelihood estimation of observer error-rates using
 * the EM algorithm, Applied Statistics 28 (1979) 20–28, formula (2.5) with one known error rate in
 * the place of each rater's table.
 *
 * @param counts how many raters gave each of the K answers; shares of a rater are allowed
 * @param accuracy the probability that a rater is right, above 1/K for answers to tell anything
 * @returns K probabilities that sum to 1
 * @example labelPosterior([2, 0], 0.75) // [0.9, 0.1]
 */
export function labelPosterior(counts: readonly number[], accuracy = 0.75): number[] {
  const others = counts.length - 1
  if (others < 0) throw new Error('A posterior needs at least one possible answer.')
  if (others === 0) return [1]
  if (!(accuracy > 0 && accuracy < 1)) throw new Error('An accuracy lies between 0 and 1.')
  const step = Math.log(accuracy) - Math.log((1 - accuracy) / others)
  const logs = counts.map((count) => count * step)
  const most = Math.max(...logs)
  const weights = logs.map((log) => Math.exp(log - most))
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

/**
 * What probabilities leave open, in bits.
 * Source: C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27
 * (1948) 379–423.
 *
 * @example entropyInBits([0.5, 0.5]) // 1
 */
export const entropyInBits = (probabilities: readonly number[]): number =>
  probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log2(p) : sum), 0)
