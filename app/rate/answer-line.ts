/** An answer in a line of words: what it was, not how it was given. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { ShownAnswer, ShownAnswerOf } from './judgment.ts'
import { verdictWord } from './keymap.ts'
import { placeLetter } from './places.ts'
import type { RoomSay } from './room-words.ts'

/**
 * The words of an answer. Marked text is quoted where the responses are given.
 *
 * @example answerLine(criterion, { kind: 'ranking', ranking: [[1], [0, 2]], … }, { say }) // 'B > A = C'
 */
export function answerLine(
  { definition }: Criterion,
  given: ShownAnswer,
  { say, texts = [] }: { say: RoomSay; texts?: readonly string[] },
): string {
  if (given.kind === 'preference') {
    const points = definition.kind === 'preference' ? definition.points : 3
    return say(verdictWord(given, points))
  }
  if (given.kind === 'scale') return scoreLine(definition, given.score)
  if (given.kind === 'choice') return given.choices.join(', ')
  if (given.kind === 'ranking') {
    return given.ranking.map((tied) => tied.map(placeLetter).join(' = ')).join(' > ')
  }
  if (given.kind === 'spans') return given.spans.map((span) => markLine(span, texts)).join('; ')
  return given.text
}

function scoreLine(definition: Criterion['definition'], score: number): string {
  const point =
    definition.kind === 'scale' ? definition.points.find(({ value }) => value === score) : undefined
  if (!point) return String(score)
  return point.anchor === '' ? point.label : `${point.label}: ${point.anchor}`
}

const quotedCharacters = 80

function markLine(
  { place, start, end, label }: ShownAnswerOf<'spans'>['spans'][number],
  texts: readonly string[],
): string {
  const marked = texts[place]?.slice(start, end) ?? ''
  const quoted = marked.length > quotedCharacters ? `${marked.slice(0, quotedCharacters)}…` : marked
  const where = `${placeLetter(place)}: ${label}`
  return quoted === '' ? where : `${where} “${quoted}”`
}
