/** One rater's decided vote on a pair of items. */
export interface DecidedVote {
  isForFirst: boolean
  /** The share of all decided votes on the pair that are for its first item, this one among them. */
  firstShare: number
}

export interface UnusualVotes {
  /** Logarithm of the most evidence there ever was that the votes lean to first items. */
  forFirst: number
  /** The same for second items. */
  forSecond: number
  isUnusual: boolean
}

/**
 * Whether a rater's votes, in the order in which they came, lean to first items or to second ones more
 * than others' votes on the same pairs: for each direction the running product of 1/(2p), where p is how
 * often votes go at least so far in it, 1 for a vote the other way. Where the rater votes as the others
 * do a product is expected to fall, so that it ever exceeds 1/α with probability at most α: one may look
 * after every vote. Ties must be left out; with a third outcome that bound is lost.
 *
 * Null with fewer than five votes. The rater's own votes count in the shares, so that p is never zero
 * and a rater who gave most of the votes on a pair looks usual.
 * Source: W.-L. Chiang et al., “Chatbot Arena”, ICML 2024 (arXiv 2403.04132), on anomalous users, with
 * the product of their published code, FastChat, in the place of Fisher's combination; the bound is J.
 * Ville's, Étude critique de la notion de collectif (1939).
 *
 * @example unusualVotes(Array.from({ length: 5 }, () => ({ isForFirst: true, firstShare: 0.1 })))?.isUnusual
 *   // true
 */
export function unusualVotes(
  votes: readonly DecidedVote[],
  { alpha = 0.1, leastVotes = 5 } = {},
): UnusualVotes | null {
  if (votes.length < leastVotes) return null
  const shares = votes.map(({ isForFirst, firstShare }) => ({
    first: isForFirst ? firstShare : 1,
    second: isForFirst ? 1 : 1 - firstShare,
  }))
  const forFirst = mostEvidence(shares.map(({ first }) => first))
  const forSecond = mostEvidence(shares.map(({ second }) => second))
  return { forFirst, forSecond, isUnusual: Math.max(forFirst, forSecond) > Math.log(1 / alpha) }
}

/** The largest that the sum of ln 1/(2p) ever is; it starts at 0. */
function mostEvidence(shares: readonly number[]): number {
  let [sum, most] = [0, 0]
  for (const share of shares) {
    sum -= Math.log(2 * share)
    most = Math.max(most, sum)
  }
  return most
}
