/** What tells tasks apart in a list: how their responses begin, and what was said of them. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { Phrase } from '#app/ui/languages.ts'
import { answerLine } from './answer-line.ts'
import type { ShownAnswer } from './judgment.ts'
import { primaryCriterion } from './primary-answer.ts'
import type { RoomSay } from './room-words.ts'

export interface TaskDigest {
  /** The first words of each response, as the person who looks sees them. */
  openings: string[]
  /** What raters answered to the question that counts; without those that came late. */
  answers: ShownAnswer[]
  /** What an adjudicator answered to it. */
  decision: ShownAnswer | null
}

/** Answers to one question in words, each with how many gave it, the most frequent first. */
export function tallyOf(
  answers: readonly ShownAnswer[],
  criteria: readonly Criterion[],
  say: RoomSay,
): { words: string; count: number }[] {
  const criterion = primaryCriterion(criteria)
  if (!criterion) return []
  const given = answers.map((answer) => answerLine(criterion, answer, { say }))
  return [...Map.groupBy(given, (words) => words)]
    .map(([words, all]) => ({ words, count: all.length }))
    .sort((one, other) => other.count - one.count || (one.words < other.words ? -1 : 1))
}

const openingLength = 90
/** Only whole escapes: one that broke off is no sign of its own. */
const contentOf = /"content"\s*:\s*"((?:[^"\\]|\\(?:[^u]|u[\da-f]{4}))*)/i

/**
 * The first words in the beginning of a response's messages as they are stored, which may break off
 * anywhere; empty where there are none.
 */
export function openingOf(
  messages: string,
  redacted: (text: string) => string = (text) => text,
): string {
  const written = contentOf.exec(messages)?.[1] ?? ''
  const text = String(JSON.parse(`"${written}"`))
  const line = redacted(text).replaceAll(/\s+/g, ' ').trim()
  return line.length > openingLength ? `${line.slice(0, openingLength).trimEnd()}…` : line
}

export const digestWordsEn = {
  allSay: 'all {count}: {words}',
  someSay: '{words} {count}',
  empty: 'no text',
} satisfies Record<string, Phrase>

export const digestWordsPt: Record<keyof typeof digestWordsEn, string> = {
  allSay: 'todos os {count}: {words}',
  someSay: '{words} {count}',
  empty: 'sem texto',
}
