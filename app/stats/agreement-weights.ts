export type Weighting = 'identity' | 'linear' | 'quadratic' | 'ordinal'

const pairsAmong = (count: number): number => (count * (count - 1)) / 2

/** The disagreement between categories `apart` places from each other, of `size`; 0 to 1. */
const disagreements: Record<Weighting, (apart: number, size: number) => number> = {
  identity: (apart) => (apart === 0 ? 0 : 1),
  linear: (apart, size) => apart / (size - 1),
  quadratic: (apart, size) => (apart / (size - 1)) ** 2,
  ordinal: (apart, size) => pairsAmong(apart + 1) / pairsAmong(size),
}

/**
 * How far two categories count as agreeing, 1 on the diagonal and 0 for the two ends of an ordered
 * scale. Distances are between the categories' places, not between their numbers.
 *
 * Sources: D. V. Cicchetti and T. Allison, American Journal of EEG Technology 11 (1971) 101–109
 * (linear); J. L. Fleiss and J. Cohen, Educational and Psychological Measurement 33 (1973) 613–619
 * (quadratic); K. L. Gwet, Handbook of Inter-Rater Reliability, 4th ed. (2014), section 3.5 (ordinal).
 *
 * @param size how many categories there are, declared and not merely seen
 * @returns rows of weights, one for each category
 * @example agreementWeights('linear', 3)[0] // [1, 0.5, 0]
 */
export function agreementWeights(weighting: Weighting, size: number): number[][] {
  const disagreement = disagreements[weighting]
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) =>
      row === column ? 1 : 1 - disagreement(Math.abs(row - column), size),
    ),
  )
}
