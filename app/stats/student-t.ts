import { incompleteBeta } from './beta-distribution.ts'

/**
 * The standard normal quantile.
 * Source: M. J. Wichura, algorithm AS 241, Applied Statistics 37 (1988) 477–484; error below 1e-15.
 *
 * @param p probability strictly between 0 and 1
 * @example normalQuantile(0.975) // 1.959963984540054
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('A probability lies strictly between 0 and 1.')
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return q * ratio(central, r)
  }
  const tail = Math.sqrt(-Math.log(q < 0 ? p : 1 - p))
  const value = tail <= 5 ? ratio(middle, tail - 1.6) : ratio(far, tail - 5)
  return q < 0 ? -value : value
}

interface Rational {
  over: readonly number[]
  under: readonly number[]
}

const ratio = ({ over, under }: Rational, x: number) => polynomial(over, x) / polynomial(under, x)
const polynomial = (coefficients: readonly number[], x: number) =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0)

const central: Rational = {
  over: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
    45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  under: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597,
    39307.89580009271, 28729.085735721943, 5226.495278852546,
  ],
}
const middle: Rational = {
  over: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
    1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  under: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
    0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
  ],
}
const far: Rational = {
  over: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
    0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  under: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
}

/**
 * The quantile of Student's t distribution, by bisection on its distribution function.
 *
 * @param p probability strictly between 0 and 1
 * @param degrees degrees of freedom, above 0; fractions are allowed
 * @example studentTQuantile(0.975, 10) // 2.228138851986274
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('A probability lies strictly between 0 and 1.')
  if (p === 0.5) return 0
  if (p < 0.5) return -studentTQuantile(1 - p, degrees)
  let low = 0
  let high = 1
  while (studentTDistribution(high, degrees) < p) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middlePoint = (low + high) / 2
    if (studentTDistribution(middlePoint, degrees) < p) low = middlePoint
    else high = middlePoint
  }
  return (low + high) / 2
}

/**
 * The probability that a Student's t variate is at most x.
 * Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions, 26.7.1.
 *
 * @example studentTDistribution(0, 3) // 0.5
 */
export function studentTDistribution(x: number, degrees: number): number {
  const tail = 0.5 * incompleteBeta(degrees / (degrees + x * x), degrees / 2, 0.5)
  return x > 0 ? 1 - tail : tail
}

/**
 * The distribution of the standard normal variate: a series near zero, a continued fraction in the
 * tails, with a relative error below 1e-12 on either side.
 * Source: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.2.11, 26.2.14.
 *
 * @example normalDistribution(1.959963984540054) // 0.975
 */
export function normalDistribution(x: number): number {
  if (x > 0) return 1 - normalDistribution(-x)
  const z = -x
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z < 2.5) {
    let term = z
    let sum = z
    for (let odd = 3; term > 1e-17 * sum; odd += 2) {
      term *= (z * z) / odd
      sum += term
    }
    return 0.5 - density * sum
  }
  let fraction = 0
  for (let k = 100; k > 0; k--) fraction = k / (z + fraction)
  return density / (z + fraction)
}
