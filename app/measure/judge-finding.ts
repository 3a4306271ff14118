/** In: a report on judging models. Out: what it allows to say, and no more. */
import { percent } from '#app/ui/figures.ts'
import type { CombinedRow, JudgeReport, JudgeRow } from './judge-report.ts'
import type { Figure } from './rater-figure.ts'

const between = ({ value, low, high }: Figure): string =>
  low === null
    ? percent(value)
    : `${percent(value)} (95 % interval ${percent(low)}–${percent(high)})`

/** How often a judge agrees with people, held against how often people agree with each other. */
export function agreementSentence(row: JudgeRow): string {
  const { judge, agreement, people_agreement: people } = row
  if (agreement.value === null) return `${judge} and people judged no pair in common.`
  const own = `${judge} says what a person says of the same pair ${between(agreement)} of the time`
  if (people.value === null) return `${own}; how often two people agree is not known.`
  const apart =
    agreement.high !== null && people.low !== null && agreement.high < people.low
      ? 'less often than people agree with each other'
      : agreement.low !== null && people.high !== null && agreement.low > people.high
        ? 'more often than people agree with each other'
        : 'not told apart from how often people agree with each other'
  return `${own}: ${apart}, ${between(people)}.`
}

/** The leanings that are surely there; a bias whose interval includes none is not named. */
export function leanings(row: JudgeRow): string[] {
  const found: string[] = []
  const { first, longer, own_family: family } = row
  if (first.low !== null && first.high !== null && (first.low > 0.5 || first.high < 0.5)) {
    const side = first.low > 0.5 ? 'first' : 'second'
    found.push(`It leans to the response shown ${side}: the first one wins ${between(first)}.`)
  }
  if (isSure(longer)) {
    const kind = (longer.value ?? 0) > 0 ? 'longer' : 'shorter'
    found.push(`It prefers the ${kind} response more often than people do, by ${points(longer)}.`)
  }
  if (isSure(family)) {
    const way = (family.value ?? 0) > 0 ? 'better' : 'worse'
    found.push(`It scores models of its own family ${way} than people do, by ${points(family)}.`)
  }
  return found
}

const isSure = ({ low, high }: Figure): boolean =>
  low !== null && high !== null && (low > 0 || high < 0)

const points = ({ value, low, high }: Figure): string => {
  const of = (share: number | null) => (Math.abs(share ?? 0) * 100).toFixed(1)
  const ends = [of(low), of(high)].sort((one, other) => Number(one) - Number(other))
  return `${of(value)} points (95 % interval ${ends.join('–')})`
}

/** What the judges' verdicts saved, over the models for which they could be used. */
export function savingSentence({ combined }: JudgeReport): string {
  const used = combined.flatMap((row) => (row.combined ? [row.combined] : []))
  if (used.length === 0) {
    return 'The judges’ verdicts could not be joined with people’s: that needs pairs which judges alone judged, beside pairs which both did.'
  }
  const gains = used.map((one) => one.effective_pairs / one.labelled_pairs).sort((a, b) => a - b)
  const typical = gains[Math.floor(gains.length / 2)] ?? 1
  return typical < 1.02
    ? 'Joined with people’s verdicts, the judges’ add next to nothing: intervals stay about as wide as from people alone.'
    : `Joined with people’s verdicts, the judges’ are worth ${percent(typical - 1, 0)} more judged pairs, for the model in the middle.`
}

/** Whether a row's two estimates could not both be right. */
export const isAtOdds = ({ people, combined }: CombinedRow): boolean =>
  combined !== undefined && (combined.low > people.high || combined.high < people.low)
