/** Keys to answers. Pure, so that what a key means can be tested without a browser. */
import type { ShownWinner } from './judgment.ts'

export interface Verdict {
  winner: ShownWinner
  strength?: number
}

/** The verdicts of a scale from left to right; the key of each is its place, from 1. */
export function verdictsOf(points: number): Verdict[] {
  const most = Math.floor(points / 2)
  const isGraded = most > 1
  const side = (winner: 'first' | 'second', strength: number): Verdict =>
    isGraded ? { winner, strength } : { winner }
  const strengths = Array.from({ length: most }, (_, place) => most - place)
  return [
    ...strengths.map((strength) => side('first', strength)),
    ...(points % 2 === 1 ? [{ winner: 'tie' } as const] : []),
    ...strengths.reverse().map((strength) => side('second', strength)),
  ]
}

export const sameVerdict = (one: Verdict | null, other: Verdict): boolean =>
  one !== null && one.winner === other.winner && one.strength === other.strength

const adverbs: Record<number, string[]> = {
  1: ['better'],
  2: ['better', 'much better'],
  3: ['slightly better', 'better', 'much better'],
}

/** A verdict in the words of its button. @example verdictLabel({ winner: 'first', strength: 2 }, 5) // 'A is much better' */
export function verdictLabel({ winner, strength = 1 }: Verdict, points: number): string {
  if (winner === 'tie') return 'About the same'
  if (winner === 'both_bad') return 'Both bad'
  if (winner === 'cant_judge') return 'Can’t judge'
  const words = adverbs[Math.floor(points / 2)]?.[strength - 1] ?? 'better'
  return `${winner === 'first' ? 'A' : 'B'} is ${words}`
}

export interface Offered {
  points: number
  bothBad: boolean
  cantJudge: boolean
}

/** The verdict that a key gives, or undefined. */
export function verdictForKey(key: string, offered: Offered): Verdict | undefined {
  if (key === '0' && offered.points % 2 === 1) return { winner: 'tie' }
  if (key === 'b' && offered.bothBad) return { winner: 'both_bad' }
  if (key === 'x' && offered.cantJudge) return { winner: 'cant_judge' }
  return /^[1-7]$/.test(key) ? verdictsOf(offered.points)[Number(key) - 1] : undefined
}

/** The verdict one step to the left or right; from none, the first step towards that side. */
export function leaned(current: Verdict | null, step: -1 | 1, points: number): Verdict {
  const all = verdictsOf(points)
  const at = current === null ? -1 : all.findIndex((verdict) => sameVerdict(current, verdict))
  const middle = (all.length - 1) / 2
  const from = at >= 0 ? at : step < 0 ? Math.ceil(middle) : Math.floor(middle)
  const next = Math.min(all.length - 1, Math.max(0, from + step))
  return all[next] ?? { winner: 'tie' }
}

/** What the `?` sheet lists. */
export function keySheet(kind: 'pairwise' | 'rubric', offered: Offered): [string, string][] {
  const shared: [string, string][] = [
    ['Enter', 'submit'],
    ['S', 'skip, with a reason'],
    ['U', 'undo: open the last judgment again'],
    ['C', 'comment'],
    ['R', 'raw text, hidden characters shown'],
    ['[ ]', 'switch response on a narrow screen'],
    ['G', 'guidelines'],
    ['?', 'these keys'],
  ]
  if (kind === 'rubric') {
    return [
      ['1–9', 'score, and on to the next criterion'],
      ['↑ ↓', 'move between criteria'],
      ...shared,
    ]
  }
  return [
    [`1–${offered.points}`, 'verdict, from left to right'],
    ['← →', 'lean to one side'],
    ...(offered.points % 2 === 1 ? [['0', 'about the same'] as [string, string]] : []),
    ...(offered.bothBad ? [['B', 'both bad'] as [string, string]] : []),
    ...(offered.cantJudge ? [['X', 'can’t judge'] as [string, string]] : []),
    ...shared,
  ]
}
