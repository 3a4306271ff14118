/**
 * A reproducible stream of numbers in [0, 1): the generator sfc32 ("small fast counting", 128 bits of
 * state), seeded by a whole number and warmed up.
 *
 * Source: Chris Doty-Humphrey, PractRand, http://pracrand.sourceforge.net (2010).
 *
 * @example seededRandom(1)() === seededRandom(1)() // true
 */
export function seededRandom(seed: number): () => number {
  // Numbers in an array of integers; as variables of the closure each would be a new object.
  const state = Int32Array.of(0x9e3779b9, 0x243f6a88, seed, Math.floor(seed / 2 ** 32) ^ 0xdeadbeef)
  const next = () => {
    const a = state[0] ?? 0
    const b = state[1] ?? 0
    const c = state[2] ?? 0
    const d = state[3] ?? 0
    const sum = (((a + b) | 0) + d) | 0
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + sum
    state[3] = d + 1
    return (sum >>> 0) / 2 ** 32
  }
  for (let turn = 0; turn < 15; turn++) next()
  return next
}

/**
 * A draw from the standard normal distribution, by the polar method.
 * Source: G. Marsaglia and T. A. Bray, SIAM Review 6 (1964) 260–264.
 */
export function drawNormal(random: () => number): number {
  for (;;) {
    const x = 2 * random() - 1
    const y = 2 * random() - 1
    const squared = x * x + y * y
    if (squared > 0 && squared < 1) return x * Math.sqrt((-2 * Math.log(squared)) / squared)
  }
}

/**
 * A draw from the chi-squared distribution, as twice a gamma variate.
 * Source: G. Marsaglia and W. W. Tsang, ACM Transactions on Mathematical Software 26 (2000) 363–372.
 *
 * @param degrees degrees of freedom, at least 1
 */
export function drawChiSquared(degrees: number, random: () => number): number {
  if (degrees < 2) return drawNormal(random) ** 2
  const d = degrees / 2 - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = drawNormal(random)
    const v = (1 + c * x) ** 3
    if (v <= 0) continue
    if (Math.log(random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return 2 * d * v
  }
}
