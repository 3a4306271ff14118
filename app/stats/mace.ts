import { digamma } from './beta-distribution.ts'
import type { LabelSizes, Labels } from './dawid-skene.ts'
import { seededRandom } from './seeded-random.ts'

export interface MaceFit {
  /** How often each rater gives a label because it is true, rather than by habit. */
  competences: Float64Array
  /** What each rater gives by habit: rater, then label. */
  habits: Float64Array
  /** For each unit, how probable each class is. */
  posteriors: Float64Array
  logLikelihood: number
  iterations: number
}

export interface MaceOptions {
  /** Beta prior of knowing and of not knowing, in labels. */
  priorKnowing?: number
  /** Dirichlet prior of each label given by habit, in labels. */
  priorHabit?: number
  restarts?: number
  mostIterations?: number
  tolerance?: number
  seed?: number
}

/**
 * MACE: each label is either the true one, which its rater knew, or one that the rater gives by habit,
 * whatever is true. It finds raters who click the same answer all day, and what they click. Variational
 * Bayes from several random starts, of which the likeliest is kept; all classes are as frequent.
 *
 * What raters all get wrong alike it takes for right, as every such model does.
 * Cost: labels × classes × iterations × restarts.
 * Source: D. Hovy, T. Berg-Kirkpatrick, A. Vaswani and E. Hovy, Proceedings of NAACL-HLT (2013)
 * 1120–1130.
 *
 * @example mace(
 *   { units: Int32Array.of(0, 0, 1, 1), raters: Int32Array.of(0, 1, 0, 1), labels: Int32Array.of(0, 0, 1, 1) },
 *   { units: 2, raters: 2, classes: 2 },
 * ).posteriors // [0.9…, 0.0…, 0.0…, 0.9…]
 */
export function mace(
  data: Labels,
  sizes: LabelSizes,
  {
    priorKnowing = 0.5,
    priorHabit = 10,
    restarts = 10,
    mostIterations = 100,
    tolerance = 1e-6,
    seed = 1,
  }: MaceOptions = {},
): MaceFit {
  const random = seededRandom(seed)
  let best: MaceFit | undefined
  for (let restart = 0; restart < Math.max(1, restarts); restart++) {
    const fit = startingAt(sizes, random)
    for (; fit.iterations < mostIterations; fit.iterations++) {
      const before = fit.logLikelihood
      const counts = expected(data, sizes, fit)
      if (Math.abs(fit.logLikelihood - before) < tolerance) break
      learn(fit, counts, sizes, { priorKnowing, priorHabit })
    }
    if (!best || fit.logLikelihood > best.logLikelihood) best = fit
  }
  return normalised(best ?? startingAt(sizes, random), sizes)
}

const startingAt = ({ raters, classes, units }: LabelSizes, random: () => number): MaceFit => ({
  competences: Float64Array.from({ length: raters }, () => 0.4 + 0.4 * random()),
  habits: Float64Array.from({ length: raters * classes }, () => (0.9 + 0.2 * random()) / classes),
  posteriors: new Float64Array(units * classes).fill(1 / classes),
  logLikelihood: Number.NEGATIVE_INFINITY,
  iterations: 0,
})

interface Counts {
  knowing: Float64Array
  byHabit: Float64Array
}

/** What the present competences and habits make of the labels; sets posteriors and likelihood. */
function expected(data: Labels, sizes: LabelSizes, fit: MaceFit): Counts {
  const { units, raters, labels } = data
  const { classes } = sizes
  const { posteriors, competences, habits } = fit
  const chances = (at: number, own: number): { known: number; habit: number } => {
    const rater = raters[at] ?? 0
    const label = labels[at] ?? 0
    const competence = competences[rater] ?? 0
    return {
      known: own === label ? competence : 0,
      habit: (1 - competence) * (habits[rater * classes + label] ?? 0),
    }
  }
  posteriors.fill(-Math.log(classes))
  for (let at = 0; at < units.length; at++) {
    const from = (units[at] ?? 0) * classes
    for (let own = 0; own < classes; own++) {
      const { known, habit } = chances(at, own)
      posteriors[from + own] = (posteriors[from + own] ?? 0) + Math.log(known + habit)
    }
  }
  fit.logLikelihood = intoProbabilities(posteriors, classes)
  const counts: Counts = {
    knowing: new Float64Array(sizes.raters),
    byHabit: new Float64Array(sizes.raters * classes),
  }
  for (let at = 0; at < units.length; at++) {
    const from = (units[at] ?? 0) * classes
    const rater = raters[at] ?? 0
    const cell = rater * classes + (labels[at] ?? 0)
    for (let own = 0; own < classes; own++) {
      const { known, habit } = chances(at, own)
      const share = (posteriors[from + own] ?? 0) / (known + habit)
      counts.knowing[rater] = (counts.knowing[rater] ?? 0) + share * known
      counts.byHabit[cell] = (counts.byHabit[cell] ?? 0) + share * habit
    }
  }
  return counts
}

function learn(
  { competences, habits }: MaceFit,
  { knowing, byHabit }: Counts,
  { raters, classes }: LabelSizes,
  { priorKnowing, priorHabit }: { priorKnowing: number; priorHabit: number },
): void {
  for (let rater = 0; rater < raters; rater++) {
    const own = byHabit.subarray(rater * classes, (rater + 1) * classes)
    const spent = own.reduce((sum, count) => sum + count, 0)
    const known = knowing[rater] ?? 0
    const knows = Math.exp(digamma(known + priorKnowing))
    const guesses = Math.exp(digamma(spent + priorKnowing))
    competences[rater] = knows / (knows + guesses)
    const whole = digamma(spent + classes * priorHabit)
    for (let label = 0; label < classes; label++) {
      habits[rater * classes + label] = Math.exp(digamma((own[label] ?? 0) + priorHabit) - whole)
    }
  }
}

/** Logarithms of weights into probabilities, unit by unit; returns the summed log of their totals. */
function intoProbabilities(posteriors: Float64Array, classes: number): number {
  let logLikelihood = 0
  for (let from = 0; from < posteriors.length; from += classes) {
    const own = posteriors.subarray(from, from + classes)
    const most = own.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY)
    let sum = 0
    for (const [at, value] of own.entries()) {
      own[at] = Math.exp(value - most)
      sum += own[at] ?? 0
    }
    for (const [at, value] of own.entries()) own[at] = value / sum
    logLikelihood += most + Math.log(sum)
  }
  return logLikelihood
}

/** The means under variational Bayes sum to a little less than 1; what is told sums to 1. */
function normalised(fit: MaceFit, { raters, classes }: LabelSizes): MaceFit {
  const habits = Float64Array.from(fit.habits)
  for (let rater = 0; rater < raters; rater++) {
    const own = habits.subarray(rater * classes, (rater + 1) * classes)
    const sum = own.reduce((total, value) => total + value, 0)
    for (const [at, value] of own.entries()) own[at] = value / sum
  }
  return { ...fit, habits }
}
