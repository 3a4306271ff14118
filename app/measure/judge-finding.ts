/** In: a report on judging models. Out: what it allows to say in a language, and no more. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type { CombinedRow, JudgeReport, JudgeRow } from './judge-report.ts'
import { judgeSayIn } from './judge-words.ts'
import { measuredSayIn } from './measured-words.ts'
import type { Figure } from './rater-figure.ts'

/** A share with its interval, where it has one. */
function between({ value, low, high }: Figure, language: Language): string {
  const { share } = figuresOf(language)
  return low === null
    ? share(value)
    : measuredSayIn(language)('withInterval', {
        value: share(value),
        low: share(low),
        high: share(high),
      })
}

/** How often a judge agrees with people, held against how often people agree with each other. */
export function agreementSentence(row: JudgeRow, language: Language = 'en'): string {
  const say = judgeSayIn(language)
  const { judge, agreement, people_agreement: people } = row
  if (agreement.value === null) return say('noPair', { judge })
  const own = { judge, share: between(agreement, language) }
  if (people.value === null) return say('agreesUnknown', own)
  const values = { ...own, people: between(people, language) }
  if (agreement.high !== null && people.low !== null && agreement.high < people.low) {
    return say('agreesLess', values)
  }
  const isMore = agreement.low !== null && people.high !== null && agreement.low > people.high
  return say(isMore ? 'agreesMore' : 'agreesAlike', values)
}

/** The leanings that are surely there; a bias whose interval includes none is not named. */
export function leanings(row: JudgeRow, language: Language = 'en'): string[] {
  const say = judgeSayIn(language)
  const found: string[] = []
  const { first, longer, own_family: family } = row
  if (first.low !== null && first.high !== null && (first.low > 0.5 || first.high < 0.5)) {
    const share = between(first, language)
    found.push(say(first.low > 0.5 ? 'leansFirst' : 'leansSecond', { share }))
  }
  if (isSure(longer)) {
    const points = pointsOf(longer, language)
    found.push(say((longer.value ?? 0) > 0 ? 'prefersLonger' : 'prefersShorter', { points }))
  }
  if (isSure(family)) {
    const points = pointsOf(family, language)
    found.push(say((family.value ?? 0) > 0 ? 'familyBetter' : 'familyWorse', { points }))
  }
  return found
}

const isSure = ({ low, high }: Figure): boolean =>
  low !== null && high !== null && (low > 0 || high < 0)

/** The size of a difference in points of a hundred, whichever way it goes. */
function pointsOf({ value, low, high }: Figure, language: Language): string {
  const { hundredths } = figuresOf(language)
  const [least = 0, most = 0] = [low, high]
    .map((end) => Math.abs(end ?? 0))
    .sort((one, other) => one - other)
  return judgeSayIn(language)('points', {
    size: hundredths(Math.abs(value ?? 0)),
    low: hundredths(least),
    high: hundredths(most),
  })
}

/** What the judges' verdicts saved, over the models for which they could be used. */
export function savingSentence({ combined }: JudgeReport, language: Language = 'en'): string {
  const say = judgeSayIn(language)
  const used = combined.flatMap((row) => (row.combined ? [row.combined] : []))
  if (used.length === 0) return say('notJoined')
  const gains = used.map((one) => one.effective_pairs / one.labelled_pairs).sort((a, b) => a - b)
  const typical = gains[Math.floor(gains.length / 2)] ?? 1
  return typical < 1.02
    ? say('addsNothing')
    : say('adds', { share: figuresOf(language).share(typical - 1, 0) })
}

/** Whether a row's two estimates could not both be right. */
export const isAtOdds = ({ people, combined }: CombinedRow): boolean =>
  combined !== undefined && (combined.low > people.high || combined.high < people.low)
