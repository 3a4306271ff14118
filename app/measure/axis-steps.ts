/** At most so many steps are written along an axis. */
const mostSteps = 6
const steps = [1, 2, 5] as const

/**
 * Where an axis is labelled: at multiples of one, two or five, or of their tenth or tenfold, as many as
 * fit, so that what is written there is the place itself and not rounded to it.
 *
 * @example axisSteps(2, 5) // [2, 3, 4, 5]
 * @example axisSteps(0.4, 0.6) // [0.4, 0.45, 0.5, 0.55, 0.6]
 */
export function axisSteps(low: number, high: number): number[] {
  if (!(high > low)) return [low]
  for (let power = Math.floor(Math.log10(high - low)) - 2; ; power++) {
    for (const one of steps) {
      const [first, last] = [low, high].map((end) => inSteps(end, one, power))
      const from = Math.ceil((first ?? 0) - 1e-9)
      const to = Math.floor((last ?? 0) + 1e-9)
      if (to - from + 1 > mostSteps) continue
      return Array.from({ length: to - from + 1 }, (_, at) => scaled((from + at) * one, power))
    }
  }
}

const inSteps = (value: number, one: number, power: number): number => value / scaled(one, power)

/** Whole numbers times a power of ten, by division where it is negative: 3 / 10 is 0.3, 3 × 0.1 is not. */
const scaled = (value: number, power: number): number =>
  power < 0 ? value / 10 ** -power : value * 10 ** power
