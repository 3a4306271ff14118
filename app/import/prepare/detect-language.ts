import { eld } from 'eld/medium'

/** Code, marked as Markdown marks it (to the end where the mark is not closed), and addresses. */
const notLanguage =
  /```[^`]*(?:`{1,2}[^`]+)*(?:```|$)|`[^`\n]{1,200}`|\b[a-z]{2,12}:\/\/\S{1,2000}|\bwww\.\S{1,2000}/gi

/** How much is looked through for language, and how much of that is judged. */
const mostRead = 20_000
const mostJudged = 1_000

/** Fewer letters belong to many languages; a letter of Chinese, Japanese or Korean says more. */
const fewestLetters = 8
const fewestIdeographs = 3

/** In a short text, two languages that score closer than this could both be meant. */
const closest = 0.012
const shortText = 40

/**
 * The language of a text as ISO 639-1 names it, or null where it cannot be told: too short, as
 * likely of two languages, or nothing but code, addresses and numbers. Code blocks and
 * addresses are left out first; then the first thousand characters decide.
 *
 * @example
 * detectLanguage('Qual é a capital do Brasil?') // 'pt'
 * detectLanguage('ok') // null
 */
export function detectLanguage(text: string): string | null {
  const prose = text.slice(0, mostRead).replaceAll(notLanguage, ' ').trim().slice(0, mostJudged)
  if (!isLongEnough(prose)) return null
  const result = eld.detect(prose)
  if (!result.isReliable()) return null
  return prose.length < shortText && isClose(result.getScores()) ? null : result.language
}

function isClose(scores: Record<string, number>): boolean {
  const [best = 0, second = 0] = Object.values(scores).sort((one, other) => other - one)
  return best - second < closest
}

function isLongEnough(prose: string): boolean {
  const letters = prose.match(/\p{L}/gu)?.length ?? 0
  if (letters >= fewestLetters) return true
  const ideographs = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/gu
  return (prose.match(ideographs)?.length ?? 0) >= fewestIdeographs
}
