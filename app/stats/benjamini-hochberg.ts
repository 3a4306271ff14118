/**
 * P-values adjusted so that, where those up to q are called findings, the expected share of false ones
 * among them is at most q: with m values, the k-th smallest becomes the least of p(j) · m / j over
 * j ≥ k. Holds for independent tests and for positively dependent ones.
 *
 * Source: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289–300;
 * for dependence Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001) 1165–1188.
 *
 * @param values p-values in any order; the adjusted ones come in the same order
 * @example benjaminiHochberg([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function benjaminiHochberg(values: readonly number[]): number[] {
  const descending = values
    .map((value, place) => ({ value, place }))
    .sort((one, other) => other.value - one.value)
  const adjusted = new Array<number>(values.length).fill(1)
  let least = 1
  descending.forEach(({ value, place }, turn) => {
    const rank = values.length - turn
    least = Math.min(least, (value * values.length) / rank)
    adjusted[place] = least
  })
  return adjusted
}
