/** In: a drift report. Out: what it allows to say, and no more. */
import { decimal, percent, signed, whole } from '#app/ui/figures.ts'
import type { DriftReport, DriftSeries, DriftStep } from './drift.ts'

/** Whether a question is answered by 0 and 1 only, or shares of them, so that its means are shares. */
export const isShare = ({ points }: Pick<DriftSeries, 'points'>): boolean =>
  points.every(({ mean }) => mean >= 0 && mean <= 1)

/** A mean score as it reads best: a share in percent, or a number. */
export const figureIn =
  (series: Pick<DriftSeries, 'points'>) =>
  (value: number): string =>
    isShare(series) ? percent(value) : decimal(value, 2)

/** A change of a mean score: of a share in points of a hundred, otherwise as a number. */
export const changeIn =
  (series: Pick<DriftSeries, 'points'>) =>
  (value: number): string =>
    isShare(series) ? signed(value, 1, 100) : signed(value, 2)

/** A change in words: from what to what, how much, how sure, and on what it rests. */
export function stepSentence(series: DriftSeries, step: DriftStep): string {
  const figure = figureIn(series)
  const where = step.tag === null ? '' : ` on prompts tagged “${step.tag}”`
  const rests = `${whole(step.prompts)} ${step.prompts === 1 ? 'prompt' : 'prompts'} in common`
  if (step.low === null || step.high === null) {
    return `${step.to} scores ${figure(step.second)} for ${series.criterion}${where}, ${step.from} ${figure(step.first)}: ${step.reason ?? 'no interval'} (${rests}).`
  }
  const points = isShare(series)
  const apart = changeIn(series)
  const unit = points ? ' points' : ''
  const interval = `95 % interval ${apart(step.low)} to ${apart(step.high)}${unit}, ${rests}`
  if (!step.isAlarm) {
    return `${step.from} and ${step.to} are not separated for ${series.criterion}${where}: ${figure(step.first)} and ${figure(step.second)} (difference ${apart(step.difference)}${unit}, ${interval}).`
  }
  const way = step.difference < 0 ? 'fell' : 'rose'
  return `${series.family} ${way}${where} from ${figure(step.first)} (${step.from}) to ${figure(step.second)} (${step.to}) for ${series.criterion}: ${apart(step.difference)}${unit} (${interval}).`
}

/** The changes over all prompts that are sure, the largest first; then those of single tags alone. */
export function alarmsOf({ series }: DriftReport): { series: DriftSeries; step: DriftStep }[] {
  const all = series.flatMap((one) => one.steps.map((step) => ({ series: one, step })))
  return all
    .filter(({ step }) => step.isAlarm)
    .sort(
      (one, other) =>
        Number(one.step.tag !== null) - Number(other.step.tag !== null) ||
        Math.abs(other.step.difference) - Math.abs(one.step.difference),
    )
}

/** The first sentence of the page. */
export function driftHeadline(report: DriftReport): string {
  const [first] = alarmsOf(report)
  if (!first) return 'No change between versions is sure.'
  const { series, step } = first
  const figure = figureIn(series)
  const way = step.difference < 0 ? 'fell' : 'rose'
  return `${series.family} ${way} from ${figure(step.first)} to ${figure(step.second)}.`
}
