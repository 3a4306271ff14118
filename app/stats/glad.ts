import type { LabelSizes, Labels } from './dawid-skene.ts'

export interface GladFit {
  /** Each rater's ability: 0 guesses, below 0 misleads. */
  abilities: Float64Array
  /** How easy each unit is, as a logarithm: usual ones lie about 1. */
  eases: Float64Array
  /** For each unit, how probable each class is. */
  posteriors: Float64Array
  iterations: number
  isConverged: boolean
}

/**
 * GLAD: a rater of ability α gives the true label of a unit of ease β with probability
 * 1 / (1 + exp(−α · exp(β))), and each wrong label equally often. So a hard unit on which good raters
 * part is told from an easy one on which a poor rater erred. EM; abilities and eases are drawn to 1 by
 * normal priors of variance 1, as raters and units with few labels need.
 *
 * Cost: labels × classes an iteration.
 * Source: J. Whitehill, P. Ruvolo, T. Wu, J. Bergsma and J. Movellan, Advances in Neural Information
 * Processing Systems 22 (2009) 2035–2043; more than two classes as in their section 2.
 *
 * @example glad(
 *   { units: Int32Array.of(0, 0, 1, 1), raters: Int32Array.of(0, 1, 0, 1), labels: Int32Array.of(0, 0, 1, 1) },
 *   { units: 2, raters: 2, classes: 2 },
 * ).posteriors // [0.9…, 0.0…, 0.0…, 0.9…]
 */
export function glad(
  data: Labels,
  sizes: LabelSizes,
  { priorAbility = 1, priorEase = 1, tolerance = 1e-6, mostIterations = 500 } = {},
): GladFit {
  const fit: GladFit = {
    abilities: new Float64Array(sizes.raters).fill(priorAbility),
    eases: new Float64Array(sizes.units).fill(priorEase),
    posteriors: new Float64Array(sizes.units * sizes.classes),
    iterations: 0,
    isConverged: false,
  }
  weigh(data, sizes, fit)
  while (fit.iterations < mostIterations && !fit.isConverged) {
    const before = Float64Array.from(fit.posteriors)
    climb(data, sizes, fit, { priorAbility, priorEase })
    weigh(data, sizes, fit)
    fit.iterations += 1
    fit.isConverged = fit.posteriors.every((p, at) => Math.abs(p - (before[at] ?? 0)) < tolerance)
  }
  return fit
}

const chanceOf = (lead: number): number => 1 / (1 + Math.exp(-lead))

/** The logarithm of `chanceOf`, also where that is too small to write. */
const logChanceOf = (lead: number): number =>
  lead > 0 ? -Math.log1p(Math.exp(-lead)) : lead - Math.log1p(Math.exp(lead))

/** The probability of each class for each unit by the present abilities and eases. */
function weigh({ units, raters, labels }: Labels, { classes }: LabelSizes, fit: GladFit): void {
  const { posteriors, abilities, eases } = fit
  posteriors.fill(0)
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] ?? 0
    const lead = (abilities[raters[at] ?? 0] ?? 0) * Math.exp(eases[unit] ?? 0)
    const cell = unit * classes + (labels[at] ?? 0)
    const gain = logChanceOf(lead) - logChanceOf(-lead) + Math.log(Math.max(1, classes - 1))
    posteriors[cell] = (posteriors[cell] ?? 0) + gain
  }
  for (let from = 0; from < posteriors.length; from += classes) {
    const own = posteriors.subarray(from, from + classes)
    const most = own.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY)
    const weights = own.map((value) => Math.exp(value - most))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    own.set(weights.map((weight) => weight / sum))
  }
}

const steps = 5

/** A few steps of Fisher scoring on the abilities, then on the eases, with the classes as they are. */
function climb(
  { units, raters, labels }: Labels,
  { classes }: LabelSizes,
  { abilities, eases, posteriors }: GladFit,
  { priorAbility, priorEase }: { priorAbility: number; priorEase: number },
): void {
  const ascend = (
    values: Float64Array,
    places: Int32Array,
    prior: number,
    slopeOf: (at: number) => number,
  ) => {
    for (let step = 0; step < steps; step++) {
      const gradient = values.map((value) => prior - value)
      const curvature = new Float64Array(values.length).fill(1)
      for (let at = 0; at < units.length; at++) {
        const unit = units[at] ?? 0
        const chance = chanceOf((abilities[raters[at] ?? 0] ?? 0) * Math.exp(eases[unit] ?? 0))
        const right = posteriors[unit * classes + (labels[at] ?? 0)] ?? 0
        const place = places[at] ?? 0
        const slope = slopeOf(at)
        gradient[place] = (gradient[place] ?? 0) + (right - chance) * slope
        curvature[place] = (curvature[place] ?? 0) + chance * (1 - chance) * slope * slope
      }
      for (let place = 0; place < values.length; place++) {
        const move = (gradient[place] ?? 0) / (curvature[place] ?? 1)
        values[place] = (values[place] ?? 0) + Math.max(-1, Math.min(1, move))
      }
    }
  }
  ascend(abilities, raters, priorAbility, (at) => Math.exp(eases[units[at] ?? 0] ?? 0))
  ascend(
    eases,
    units,
    priorEase,
    (at) => (abilities[raters[at] ?? 0] ?? 0) * Math.exp(eases[units[at] ?? 0] ?? 0),
  )
}
