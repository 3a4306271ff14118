/** In: a drift report. Out: what it allows to say in a language, and no more. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type { DriftSeries, DriftStep } from './drift.ts'
import { driftSayIn } from './drift-words.ts'
import { storedSayIn } from './stored-words.ts'

type Series = Pick<DriftSeries, 'points'> & { isShare?: boolean }

/** Whether a question is answered by 0 and 1 only, or shares of them, so that its means are shares. */
export const isShare = ({ points, isShare: isKnown }: Series): boolean =>
  isKnown ?? points.every(({ mean }) => mean >= 0 && mean <= 1)

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
  series: Series & Pick<DriftSeries, 'family' | 'criterion'>,
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

/** What changes are told of: a report, or the part of it that is shown. */
interface Told<Series> {
  series: readonly Series[]
}

/** The changes over all prompts that are sure, the largest first; then those of single tags alone. */
export const alarmsOf = <Series extends Pick<DriftSeries, 'steps'>>({
  series,
}: Told<Series>): { series: Series; step: DriftStep }[] =>
  series
    .flatMap((one) => one.steps.map((step) => ({ series: one, step })))
    .filter(({ step }) => step.isAlarm)
    .sort((one, other) => firstTold(one.step, other.step))

/** The same of one series. */
export const alarmsIn = (steps: readonly DriftStep[]): DriftStep[] =>
  steps.filter(({ isAlarm }) => isAlarm).sort(firstTold)

const firstTold = (one: DriftStep, other: DriftStep): number =>
  Number(one.tag !== null) - Number(other.tag !== null) ||
  Math.abs(other.difference) - Math.abs(one.difference)

/** The first sentence of the page. */
export function driftHeadline(
  report: Told<Pick<DriftSeries, 'family' | 'points' | 'steps'> & { isShare?: boolean }>,
  language: Language = 'en',
): string {
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
