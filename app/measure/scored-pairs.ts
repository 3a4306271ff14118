/** In: verdicts of a pair on one prompt. Out: what counts of them, and for whom. */
import type { MeasureOptions } from './method.ts'
import type { PairTally, RaterVote } from './tally.ts'

/** How many verdicts of a pair count, and a's points in them; ties of their own kind as half wins. */
export function scored(pair: PairTally, options: MeasureOptions): Scored {
  const ties = options.ties === 'drop' ? 0 : pair.ties
  const halves = ties + (options.bothBad === 'half' ? pair.bothBad : 0)
  return {
    count: pair.winsA + pair.winsB + halves,
    points: pair.winsA + halves / 2,
    halves,
  }
}

export interface Scored {
  count: number
  points: number
  /** Verdicts that are half a win for each. */
  halves: number
}

/** The verdicts of a pair one by one, where judgments count singly: wins, then halves, then losses. */
export function singly({ count, own, halves }: Split): Split[] {
  const whole = Math.round(own - halves / 2)
  return Array.from({ length: count }, (_, place) => ({
    count: 1,
    own: place < whole ? 1 : place < whole + halves ? 0.5 : 0,
    halves: place >= whole && place < whole + halves ? 1 : 0,
  }))
}

export interface Split {
  count: number
  own: number
  halves: number
}

/** A's points in one verdict; undefined where it does not count. */
export function pointsOf(
  { winner }: Pick<RaterVote, 'winner'>,
  { ties, bothBad }: MeasureOptions,
): number | undefined {
  if (winner === 'a') return 1
  if (winner === 'b') return 0
  const isHalf = winner === 'tie' ? ties !== 'drop' : winner === 'both_bad' && bothBad === 'half'
  return isHalf ? 0.5 : undefined
}
