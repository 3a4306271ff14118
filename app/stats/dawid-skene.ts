/** Who gave which unit which label; three columns of one length, each value a place from 0 on. */
export interface Labels {
  units: Int32Array
  raters: Int32Array
  labels: Int32Array
}

export interface LabelSizes {
  units: number
  raters: number
  classes: number
}

export interface DawidSkeneFit {
  /** How frequent each class is. */
  prevalence: Float64Array
  /** For each rater and true class, how probable each label is; rater, then class, then label. */
  confusion: Float64Array
  /** For each unit, how probable each class is. */
  posteriors: Float64Array
  logLikelihood: number
  iterations: number
  isConverged: boolean
  /** Raters who call some class by another name more often than by its own, by their places. */
  offDiagonal: number[]
}

export interface DawidSkeneOptions {
  /**
   * Labels that each rater is thought to have given besides, spread evenly over every class: needed
   * where raters gave few labels of some class. 0 is the maximum likelihood of the paper.
   */
  smoothing?: number
  /** Iterations end when the log-likelihood rises by less than this. */
  tolerance?: number
  mostIterations?: number
}

/**
 * Dawid and Skene's model: each unit has one true class, and each rater a table of how often a unit of
 * one class is given each label. EM finds the tables, the classes' frequencies and the probability of
 * each class for each unit, starting from the shares of votes.
 *
 * What raters all get wrong alike the model takes for right. A rater's table wants some ten labels of
 * each class, or smoothing. A unit without labels has the prevalence for its posterior.
 * Cost: labels × classes an iteration.
 * Source: A. P. Dawid and A. M. Skene, Applied Statistics 28 (1979) 20–28.
 *
 * @example dawidSkene(
 *   { units: Int32Array.of(0, 0, 1, 1), raters: Int32Array.of(0, 1, 0, 1), labels: Int32Array.of(0, 0, 1, 1) },
 *   { units: 2, raters: 2, classes: 2 },
 * ).posteriors // [1, 0, 0, 1]
 */
export function dawidSkene(
  data: Labels,
  sizes: LabelSizes,
  { smoothing = 0, tolerance = 1e-7, mostIterations = 2_000 }: DawidSkeneOptions = {},
): DawidSkeneFit {
  const posteriors = voteShares(data, sizes)
  const confusion = new Float64Array(sizes.raters * sizes.classes ** 2)
  let prevalence = prevalenceOf(posteriors, sizes)
  let logLikelihood = Number.NEGATIVE_INFINITY
  let iterations = 0
  let isConverged = false
  while (iterations < mostIterations && !isConverged) {
    prevalence = prevalenceOf(posteriors, sizes)
    tabulate(confusion, posteriors, data, sizes, smoothing)
    const next = weigh(posteriors, prevalence, confusion, data, sizes)
    iterations += 1
    isConverged = Math.abs(next - logLikelihood) < tolerance
    logLikelihood = next
  }
  const offDiagonal = Array.from({ length: sizes.raters }, (_, rater) => rater).filter((rater) =>
    isOffDiagonal(confusion, rater, sizes.classes),
  )
  return {
    prevalence,
    confusion,
    posteriors,
    logLikelihood,
    iterations,
    isConverged,
    offDiagonal,
  }
}

function voteShares({ units, labels }: Labels, { units: size, classes }: LabelSizes): Float64Array {
  const shares = new Float64Array(size * classes)
  const totals = new Float64Array(size)
  for (let at = 0; at < units.length; at++) {
    const unit = units[at] ?? 0
    const cell = unit * classes + (labels[at] ?? 0)
    shares[cell] = (shares[cell] ?? 0) + 1
    totals[unit] = (totals[unit] ?? 0) + 1
  }
  for (let unit = 0; unit < size; unit++) {
    const total = totals[unit] ?? 0
    for (let cell = unit * classes; cell < (unit + 1) * classes; cell++) {
      shares[cell] = total === 0 ? 1 / classes : (shares[cell] ?? 0) / total
    }
  }
  return shares
}

function prevalenceOf(posteriors: Float64Array, { units, classes }: LabelSizes): Float64Array {
  const prevalence = new Float64Array(classes)
  for (let cell = 0; cell < posteriors.length; cell++) {
    const own = cell % classes
    prevalence[own] = (prevalence[own] ?? 0) + (posteriors[cell] ?? 0)
  }
  return prevalence.map((sum) => (units === 0 ? 1 / classes : sum / units))
}

/** The raters' tables that the classes' present probabilities speak for. */
function tabulate(
  confusion: Float64Array,
  posteriors: Float64Array,
  { units, raters, labels }: Labels,
  { classes }: LabelSizes,
  smoothing: number,
): void {
  confusion.fill(smoothing / classes)
  for (let at = 0; at < units.length; at++) {
    const from = (units[at] ?? 0) * classes
    const into = (raters[at] ?? 0) * classes * classes + (labels[at] ?? 0)
    for (let own = 0; own < classes; own++) {
      const cell = into + own * classes
      confusion[cell] = (confusion[cell] ?? 0) + (posteriors[from + own] ?? 0)
    }
  }
  for (let row = 0; row < confusion.length; row += classes) {
    let sum = 0
    for (let cell = row; cell < row + classes; cell++) sum += confusion[cell] ?? 0
    if (sum === 0) continue
    for (let cell = row; cell < row + classes; cell++)
      confusion[cell] = (confusion[cell] ?? 0) / sum
  }
}

/** A probability of nothing must not forbid a class for ever through ln 0 · 0. */
const least = 1e-300

/** The classes' probabilities by the present tables; returns the log-likelihood. */
function weigh(
  posteriors: Float64Array,
  prevalence: Float64Array,
  confusion: Float64Array,
  { units, raters, labels }: Labels,
  { units: size, classes }: LabelSizes,
): number {
  const logs = confusion.map((p) => Math.log(Math.max(p, least)))
  const logPrevalence = prevalence.map((p) => Math.log(Math.max(p, least)))
  for (let cell = 0; cell < posteriors.length; cell++) {
    posteriors[cell] = logPrevalence[cell % classes] ?? 0
  }
  for (let at = 0; at < units.length; at++) {
    const into = (units[at] ?? 0) * classes
    const from = (raters[at] ?? 0) * classes * classes + (labels[at] ?? 0)
    for (let own = 0; own < classes; own++) {
      posteriors[into + own] = (posteriors[into + own] ?? 0) + (logs[from + own * classes] ?? 0)
    }
  }
  let logLikelihood = 0
  for (let unit = 0; unit < size; unit++) {
    const from = unit * classes
    let most = Number.NEGATIVE_INFINITY
    for (let cell = from; cell < from + classes; cell++)
      most = Math.max(most, posteriors[cell] ?? 0)
    let sum = 0
    for (let cell = from; cell < from + classes; cell++) {
      const weight = Math.exp((posteriors[cell] ?? 0) - most)
      posteriors[cell] = weight
      sum += weight
    }
    for (let cell = from; cell < from + classes; cell++)
      posteriors[cell] = (posteriors[cell] ?? 0) / sum
    logLikelihood += most + Math.log(sum)
  }
  return logLikelihood
}

function isOffDiagonal(confusion: Float64Array, rater: number, classes: number): boolean {
  for (let own = 0; own < classes; own++) {
    const row = rater * classes * classes + own * classes
    const right = confusion[row + own] ?? 0
    for (let label = 0; label < classes; label++) {
      if ((confusion[row + label] ?? 0) > right + 1e-9) return true
    }
  }
  return false
}
