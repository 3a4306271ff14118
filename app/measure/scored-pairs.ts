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

/** A model's points in a pair; its wins alone where ties are a category of their own. */
export function ownPoints(
  pair: PairTally,
  { ties }: MeasureOptions,
  { isA, count, points }: { isA: boolean; count: number; points: number },
): number {
  if (ties === 'own') return isA ? pair.winsA : pair.winsB
  return isA ? points : count - points
}

/** One cluster for a prompt; or, where judgments count singly, one for each verdict. */
export function splitIfSingle(
  pair: PairTally,
  options: MeasureOptions,
  total: Split,
): (Split & { key: string })[] {
  if (options.interval !== 'judgment') return [{ key: pair.promptId, ...total }]
  const { halves } = total
  const whole = Math.round(total.own - halves / 2)
  const base = `${pair.promptId}|${pair.modelA}|${pair.modelB}`
  return Array.from({ length: total.count }, (_, place) => ({
    key: `${base}|${place}`,
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
