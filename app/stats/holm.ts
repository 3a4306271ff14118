/**
 * P-values adjusted so that the chance of even one false finding among all those called at level α is
 * at most α, whatever their dependence: the k-th smallest of m becomes the greatest of
 * (m − j + 1) · p(j) over j ≤ k.
 *
 * Source: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65–70.
 *
 * @param values p-values in any order; the adjusted ones come in the same order
 * @example holm([0.01, 0.04, 0.03]) // [0.03, 0.06, 0.06]
 */
export function holm(values: readonly number[]): number[] {
  const ascending = values
    .map((value, place) => ({ value, place }))
    .sort((one, other) => one.value - other.value)
  const adjusted = new Array<number>(values.length).fill(1)
  let most = 0
  for (const [turn, { value, place }] of ascending.entries()) {
    most = Math.max(most, (values.length - turn) * value)
    adjusted[place] = Math.min(1, most)
  }
  return adjusted
}
