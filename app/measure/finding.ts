/** In: standings. Out: what may be said of them in words, and no more. */
import type { LengthEffect, Separation, StandingRow, Standings } from './standings.ts'

export interface Finding {
  /** The first sentence, which a lead reads at a glance. */
  headline: string
  /** Who is not yet told apart, or what is missing. */
  second?: string
  /** The leader's figure with its interval. */
  detail?: string
}

/** What the standings allow to conclude: a claim only where ranks are separated. */
export function findingOf({ models, method, separation }: Standings): Finding {
  if (models.length === 0) return { headline: 'Nothing has been compared yet.' }
  const rated = models.filter((row) => row.rank_low !== null)
  const [first] = rated
  if (!first)
    return { headline: 'The models cannot be told apart yet.', second: method.warnings[0] }
  const top = rated.filter((row) => row.rank_low === 1)
  const detail = sentenceOf(first, method.weights !== undefined)
  if (top.length === 1) {
    const second = rated.filter((row) => row !== first && row.rank_low === 2)
    return {
      headline: `${first.model} is better than every other model.`,
      second: second.length > 1 ? `${listOf(second)} are not yet separated.` : undefined,
      detail: joined(detail, separation),
    }
  }
  const isEverybody = top.length === rated.length
  return {
    headline: isEverybody
      ? 'No model is separated from the others yet.'
      : `${listOf(top)} share the top: they are not yet separated.`,
    detail: joined(detail, separation),
  }
}

const joined = (detail: string | undefined, separation: Separation | undefined) =>
  [detail, separation ? separationSentence(separation) : undefined]
    .filter((sentence) => sentence !== undefined)
    .join(' ') || undefined

/** What it would take to tell two neighbours apart, if their difference stays as it is. */
export function separationSentence({ higher, lower, more_judgments: more }: Separation): string {
  if (more === null) {
    return `${higher} and ${lower} are too close for any number of judgments within reach to separate them.`
  }
  return `About ${roughly(more)} more judgments, spread as those so far, would separate ${higher} from ${lower} if the difference stays as it is.`
}

/** Two digits say all that such a forecast knows. @example roughly(1234) // '1,200' */
function roughly(count: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1)
  return (Math.ceil(count / unit) * unit).toLocaleString('en')
}

function sentenceOf(row: StandingRow, isWeighted: boolean): string | undefined {
  if (row.win_rate === null || row.win_rate_low === null || row.win_rate_high === null) return
  const percent = (share: number) => (share * 100).toFixed(1)
  const weighted = isWeighted ? 'weighted for the adaptive order, ' : ''
  return `${row.model} wins ${percent(row.win_rate)} % of its comparisons (95 % interval ${percent(row.win_rate_low)}–${percent(row.win_rate_high)} %, ${weighted}clustered by prompt; ${row.judgments.toLocaleString('en')} judgments on ${row.prompts.toLocaleString('en')} prompts).`
}

function listOf(rows: readonly StandingRow[]): string {
  const names = rows.map((row) => row.model)
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
  const last = names.at(-1) ?? ''
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

/** What length is worth to judges, beside ratings at equal length. */
export function lengthSentence({ value, low, high }: LengthEffect): string {
  if (low === null || high === null) return 'The responses do not differ in length.'
  const odds = (effect: number) => Math.exp(effect).toFixed(2)
  const interval = `95 % interval ${odds(low)}–${odds(high)}`
  if (low <= 0 && high >= 0) {
    return `Ratings at equal length: it is not sure that judges care for length (odds times ${odds(value)} for each standard deviation of the difference, ${interval}).`
  }
  const kind = value > 0 ? 'longer' : 'shorter'
  return `Ratings at equal length: judges prefer ${kind} responses whatever the model (odds times ${odds(value)} for each standard deviation of the difference, ${interval}).`
}
