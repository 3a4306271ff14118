import { drawChiSquared } from './seeded-random.ts'

/** Below so many trials each is drawn on its own. */
const fewTrials = 24

/**
 * How many of n trials succeed, each with probability p, in time that grows with the logarithm of n:
 * the middle one of n uniform numbers is beta distributed, and tells which half is still open.
 *
 * Source: L. Devroye, Non-Uniform Random Variate Generation (1986), section X.4.3 (recursive methods).
 *
 * @example drawBinomial(50, 1, seededRandom(1)) // 50
 */
export function drawBinomial(n: number, p: number, random: () => number): number {
  let successes = 0
  let trials = n
  let chance = Math.min(1, Math.max(0, p))
  while (trials > fewTrials && chance > 0 && chance < 1) {
    const middle = Math.floor((trials + 1) / 2)
    const left = drawChiSquared(2 * middle, random)
    const right = drawChiSquared(2 * (trials + 1 - middle), random)
    const place = left / (left + right)
    if (place <= chance) {
      successes += middle
      trials -= middle
      chance = (chance - place) / (1 - place)
    } else {
      trials = middle - 1
      chance = chance / place
    }
  }
  if (chance >= 1) return successes + trials
  for (let trial = 0; trial < trials; trial++) if (random() < chance) successes += 1
  return successes
}

/** With fewer draws for each kind it is faster to make them one by one. */
const drawsAKind = 40

/**
 * How often each of some kinds comes up among n draws with replacement, in proportion to their weights.
 * The counts are written into an array of their own length.
 */
export function drawMultinomial(
  n: number,
  weights: ArrayLike<number>,
  random: () => number,
  into: { [kind: number]: number; length: number },
): void {
  let rest = 0
  for (let kind = 0; kind < weights.length; kind++) rest += weights[kind] ?? 0
  if (n < weights.length * drawsAKind) {
    drawOneByOne(n, weights, rest, random, into)
    return
  }
  let left = n
  for (let kind = 0; kind < weights.length; kind++) {
    const weight = weights[kind] ?? 0
    const isLast = kind === weights.length - 1 || weight >= rest
    const drawn = left === 0 ? 0 : isLast ? left : drawBinomial(left, weight / rest, random)
    into[kind] = drawn
    left -= drawn
    rest -= weight
  }
}

/** Each draw finds its kind by halving the sums of weights. */
function drawOneByOne(
  n: number,
  weights: ArrayLike<number>,
  total: number,
  random: () => number,
  into: { [kind: number]: number; length: number },
): void {
  const sums = new Float64Array(weights.length)
  let sum = 0
  for (let kind = 0; kind < weights.length; kind++) {
    sum += weights[kind] ?? 0
    sums[kind] = sum
    into[kind] = 0
  }
  for (let draw = 0; draw < n; draw++) {
    const place = random() * total
    let [low, high] = [0, weights.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > place) high = middle
      else low = middle + 1
    }
    into[low] = (into[low] ?? 0) + 1
  }
}
