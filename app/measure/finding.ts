/** In: standings. Out: what may be said of them in words of a language, and no more. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type {
  LengthEffect,
  ModelStandings,
  Separation,
  SideReport,
  StandingRow,
  StyleEffect,
} from './standings.ts'
import { standingsSayIn } from './standings-words.ts'
import { storedSayIn } from './stored-words.ts'

export interface Finding {
  /** The first sentence, which a lead reads at a glance. */
  headline: string
  /** Who is not yet told apart, or what is missing. */
  second?: string
  /** The leader's figure with its interval. */
  detail?: string
}

/** What the standings allow to conclude: a claim only where ranks are separated. */
export function findingOf(
  { models, method, separation }: ModelStandings,
  language: Language = 'en',
): Finding {
  const say = standingsSayIn(language)
  if (models.every(({ judgments }) => judgments === 0)) return { headline: say('nothingCompared') }
  const rated = models.filter((row) => row.rank_low !== null)
  const [first] = rated
  if (!first) {
    const [warning] = method.warnings
    const second = warning === undefined ? undefined : storedSayIn(language)(warning)
    return { headline: say('notTold'), second }
  }
  const top = rated.filter((row) => row.rank_low === 1)
  const detail =
    [
      leaderSentence(first, { isWeighted: method.weights !== undefined, language }),
      separation ? separationSentence(separation, language) : undefined,
    ]
      .filter((sentence) => sentence !== undefined)
      .join(' ') || undefined
  if (top.length === 1) {
    const second = rated.filter((row) => row !== first && row.rank_low === 2)
    return {
      headline: say('best', { model: first.model }),
      second:
        second.length > 1
          ? say('notYetSeparated', { models: listOf(second, language) })
          : undefined,
      detail,
    }
  }
  const isEverybody = top.length === rated.length
  return {
    headline: isEverybody
      ? say('nobodySeparated')
      : say('shareTop', { models: listOf(top, language) }),
    detail,
  }
}

/** What it would take to tell two neighbours apart, if their difference stays as it is. */
export function separationSentence(
  { higher, lower, more_judgments: more }: Separation,
  language: Language = 'en',
): string {
  const say = standingsSayIn(language)
  return more === null
    ? say('tooClose', { higher, lower })
    : say('wouldSeparate', { judgments: roughly(more), higher, lower })
}

/** Two digits say all that such a forecast knows. @example roughly(1234) // 1200 */
function roughly(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, count))) - 1)
  return Math.ceil(count / unit) * unit
}

function leaderSentence(
  row: StandingRow,
  { isWeighted, language }: { isWeighted: boolean; language: Language },
): string | undefined {
  if (row.win_rate === null || row.win_rate_low === null || row.win_rate_high === null) return
  const { share, hundredths } = figuresOf(language)
  return standingsSayIn(language)(isWeighted ? 'leaderWeighted' : 'leader', {
    model: row.model,
    share: share(row.win_rate),
    low: hundredths(row.win_rate_low),
    high: hundredths(row.win_rate_high),
    judgments: row.judgments,
    prompts: row.prompts,
  })
}

function listOf(rows: readonly StandingRow[], language: Language): string {
  const say = standingsSayIn(language)
  const names = rows.map((row) => row.model)
  if (names.length > 4) {
    return say('namesAndMore', { names: names.slice(0, 3).join(', '), more: names.length - 3 })
  }
  const last = names.at(-1) ?? ''
  return names.length === 1
    ? last
    : say('namesAndLast', { names: names.slice(0, -1).join(', '), last })
}

/** What length is worth to judges, beside ratings at equal length. */
export function lengthSentence(
  { value, low, high }: LengthEffect,
  language: Language = 'en',
): string {
  const say = standingsSayIn(language)
  if (low === null || high === null) {
    return value === 0 ? say('sameLength') : say('styleOnePrompt', { style: say('style.length') })
  }
  const values = { odds: value, low, high }
  if (low <= 0 && high >= 0) return say('lengthUnsure', oddsIn(values, language))
  return say(value > 0 ? 'longerPreferred' : 'shorterPreferred', oddsIn(values, language))
}

/** What one style is worth to judges, beside ratings at equal style. */
export function styleSentence(
  { style, value, low, high }: StyleEffect,
  language: Language = 'en',
): string {
  const say = standingsSayIn(language)
  if (low === null || high === null) {
    return value === 0
      ? say(`styleSame.${style}`)
      : say('styleOnePrompt', { style: say(`style.${style}`) })
  }
  const values = oddsIn({ odds: value, low, high }, language)
  if (low <= 0 && high >= 0) return say(`styleUnsure.${style}`, values)
  return say(value > 0 ? `styleMore.${style}` : `styleLess.${style}`, values)
}

/** Effects on the logarithm of the odds as what they multiply the odds with. */
function oddsIn<Name extends string>(
  effects: Record<Name, number>,
  language: Language,
): Record<Name, string> {
  const written = Object.entries<number>(effects).map(([name, effect]) => [
    name,
    oddsFrom(effect, language),
  ])
  return Object.fromEntries(written)
}

/** What an effect on the logarithm of the odds multiplies them with, to two digits that say something. */
export function oddsFrom(effect: number, language: Language): string {
  const odds = Math.exp(effect)
  const zeros = odds >= 0.1 ? 0 : Math.min(6, Math.floor(-Math.log10(odds)))
  return figuresOf(language).decimal(odds, 2 + zeros)
}

/** Whether raters lean to a side: a claim only where the interval leaves one half out. */
export function sideSentence(
  { first_rate, low, high, wins }: SideReport,
  language: Language = 'en',
): string {
  const say = standingsSayIn(language)
  const figures = figuresOf(language)
  const about = { share: figures.share(first_rate), wins: figures.whole(wins) }
  if (low === null || high === null) return say('sideUnknown', about)
  const values = {
    ...about,
    low: figures.hundredths(low, 1),
    high: figures.hundredths(high, 1),
  }
  if (low > 0.5) return say('sideFirst', values)
  return say(high < 0.5 ? 'sideSecond' : 'sideEven', values)
}
