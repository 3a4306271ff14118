/** In: a drift report. Out: what it allows to say in a language, and no more. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type { DriftReport, DriftSeries, DriftStep } from './drift.ts'
import { driftSayIn } from './drift-words.ts'
import { storedSayIn } from './stored-words.ts'

type Series = Pick<DriftSeries, 'points'>

/** Whether a question is answered by 0 and 1 only, or shares of them, so that its means are shares. */
export const isShare = ({ points }: Series): boolean =>
  points.every(({ mean }) => mean >= 0 && mean <= 1)

/** A mean score as it reads best: a share in percent, or a number. */
export const figureIn =
  (series: Series, language: Language) =>
  (value: number): string =>
    isShare(series) ? figuresOf(language).share(value) : figuresOf(language).decimal(value)

/** A change of a mean score: of a share in points of a hundred, otherwise as a number. */
export const changeIn =
  (series: Series, language: Language) =>
  (value: number): string =>
    isShare(series)
      ? figuresOf(language).signed(value, 1, 100)
      : figuresOf(language).signed(value, 2)

/** A change in words: from what to what, how much, how sure, and on what it rests. */
export function stepSentence(
  series: DriftSeries,
  step: DriftStep,
  language: Language = 'en',
): string {
  const say = driftSayIn(language)
  const figure = figureIn(series, language)
  const { family, criterion } = series
  const { from, to, tag } = step
  const where = tag === null ? criterion : say('onTagged', { criterion, tag })
  const rests = say('inCommon', { count: step.prompts })
  const values = { from, to, before: figure(step.first), after: figure(step.second) }
  if (step.low === null || step.high === null) {
    const reason =
      step.reason === undefined ? say('noInterval') : storedSayIn(language)(step.reason)
    return say('stepUnsure', { ...values, criterion: where, reason, rests })
  }
  const change = changeIn(series, language)
  const apart = change(step.difference)
  const ends = { low: change(step.low), high: change(step.high), rests }
  const sureness = isShare(series)
    ? { difference: say('points', { change: apart }), interval: say('intervalInPoints', ends) }
    : { difference: apart, interval: say('interval', ends) }
  if (!step.isAlarm) return say('stepNotSeparated', { ...values, ...sureness, criterion: where })
  const way = step.difference < 0 ? 'stepFell' : 'stepRose'
  const all = { ...values, ...sureness, family, criterion }
  return tag === null ? say(way, all) : say(`${way}Tagged`, { ...all, tag })
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
export function driftHeadline(report: DriftReport, language: Language = 'en'): string {
  const say = driftSayIn(language)
  const [first] = alarmsOf(report)
  if (!first) return say('unchanged')
  const { series, step } = first
  const figure = figureIn(series, language)
  return say(step.difference < 0 ? 'fell' : 'rose', {
    family: series.family,
    before: figure(step.first),
    after: figure(step.second),
  })
}
