/** Answers to the one question by which raters are compared, in a form that can be compared. */
import type { Answer } from '#app/rate/judgment.ts'
import { pairsOfRanking } from './tally.ts'

/** What raters agree or disagree on: a task's verdict, or one pair of a ranking. */
export interface RaterUnit {
  key: string
  value: string
  /** Positions of the better and the worse response, where there is one. */
  winnerAndLoser?: readonly [number, number]
}

/** The units of an answer; can't judge and what has no agreement to measure give none. */
export function unitsOf(answer: Answer): RaterUnit[] {
  if (answer.kind === 'preference') {
    return answer.winner === 'cant_judge' ? [] : [toUnit('', answer.winner, 0, 1)]
  }
  if (answer.kind === 'scale') return [{ key: '', value: String(answer.score) }]
  if (answer.kind === 'choice') return [{ key: '', value: answer.choice }]
  if (answer.kind === 'choices') return [{ key: '', value: [...answer.choices].sort().join('\n') }]
  if (answer.kind !== 'ranking') return []
  return pairsOfRanking(answer.ranking).map(({ a, b, winner }) => toUnit(`${a}-${b}`, winner, a, b))
}

function toUnit(key: string, winner: string, a: number, b: number): RaterUnit {
  if (winner === 'a') return { key, value: winner, winnerAndLoser: [a, b] }
  if (winner === 'b') return { key, value: winner, winnerAndLoser: [b, a] }
  return { key, value: winner }
}

/** Which side a decided verdict fell on; null where it was not decided or the order is unknown. */
export function sideChosen(
  winner: string,
  order: readonly number[] | null,
): 'first' | 'second' | null {
  if (order?.length !== 2 || (winner !== 'a' && winner !== 'b')) return null
  return order[0] === (winner === 'a' ? 0 : 1) ? 'first' : 'second'
}

/** An answer to a task in the positions of another task about the same responses. */
export function asAskedBefore(
  answer: Answer,
  ids: readonly string[],
  before: readonly string[],
): Answer {
  const placeOf = (position: number) => before.indexOf(ids[position] ?? '')
  if (answer.kind === 'preference' && (answer.winner === 'a' || answer.winner === 'b')) {
    const place = placeOf(answer.winner === 'a' ? 0 : 1)
    return { ...answer, winner: place === 0 ? 'a' : 'b' }
  }
  if (answer.kind !== 'ranking') return answer
  return { ...answer, ranking: answer.ranking.map((tied) => tied.map(placeOf)) }
}

/** Whether two answers to one question say the same; how strongly does not matter. */
export function isLikeBefore(one: Answer, other: Answer): boolean {
  if (one.kind === 'preference' && other.kind === 'preference') return one.winner === other.winner
  const keyed = (answer: Answer) =>
    unitsOf(answer)
      .map(({ key, value }) => `${key}=${value}`)
      .join('|')
  return keyed(one) === keyed(other)
}
