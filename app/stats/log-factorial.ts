/**
 * The natural logarithm of n factorial: a sum up to 31, Stirling's series above, with an error below
 * 1e-14 of the value.
 * Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 6.1.41.
 *
 * @param n a whole number, at least 0
 * @example logFactorial(5) // Math.log(120)
 */
export function logFactorial(n: number): number {
  if (n < 32) {
    let sum = 0
    for (let factor = 2; factor <= n; factor++) sum += Math.log(factor)
    return sum
  }
  const z = n + 1
  const series = 1 / (12 * z) - 1 / (360 * z ** 3) + 1 / (1_260 * z ** 5)
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series
}

/** The logarithm of the number of ways to choose k of n. @example logChoose(4, 2) // Math.log(6) */
export const logChoose = (n: number, k: number): number =>
  logFactorial(n) - logFactorial(k) - logFactorial(n - k)
