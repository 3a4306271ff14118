/** What is known of a pair's score: its variance, and from how many comparisons. */
export interface SampledPair {
  variance: number
  count: number
}

/**
 * With what probability to compare each pair next, so that the interval which one more comparison would
 * shorten most comes first: in proportion to √(v/n) − √(v/(n+1)), the fall of the score's standard
 * error. A pair that was never compared goes before all others; several of them share alike. A pair
 * without variance has nothing to gain; where no pair has, all share alike.
 *
 * Source: W.-L. Chiang et al., “Chatbot Arena”, ICML 2024 (arXiv 2403.04132), section 5.
 *
 * @example pairChances([{ variance: 0.25, count: 10 }, { variance: 0.25, count: 10 }]) // [0.5, 0.5]
 */
export function pairChances(pairs: readonly SampledPair[]): number[] {
  const isNew = ({ count }: SampledPair) => count <= 0
  const gains = pairs.some(isNew)
    ? pairs.map((pair) => (isNew(pair) ? 1 : 0))
    : pairs.map(
        ({ variance, count }) => Math.sqrt(variance / count) - Math.sqrt(variance / (count + 1)),
      )
  const sum = gains.reduce<number>((total, gain) => total + gain, 0)
  return gains.map((gain) => (sum > 0 ? gain / sum : 1 / pairs.length))
}
