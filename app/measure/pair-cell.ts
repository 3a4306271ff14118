/** In: counted pairs. Out: each seen from either side, and in words. */
import type { Figures } from '#app/ui/languages.ts'
import type { PairRow } from './standings.ts'
import type { StandingsSay } from './standings-words.ts'

export interface PairCell {
  share: number
  low: number | null
  high: number | null
  wins: number
  losses: number
  ties: number
  bothBad: number
}

/** Each pair from both sides, by the ids of both. */
export function cellsOf(pairs: readonly PairRow[]): Map<string, PairCell> {
  const cells = new Map<string, PairCell>()
  for (const pair of pairs) {
    if (pair.score_a === null) continue
    const both = { ties: pair.ties, bothBad: pair.both_bad }
    cells.set(`${pair.a_id}|${pair.b_id}`, {
      share: pair.score_a,
      low: pair.score_a_low,
      high: pair.score_a_high,
      wins: pair.wins_a,
      losses: pair.wins_b,
      ...both,
    })
    cells.set(`${pair.b_id}|${pair.a_id}`, {
      share: 1 - pair.score_a,
      low: pair.score_a_high === null ? null : 1 - pair.score_a_high,
      high: pair.score_a_low === null ? null : 1 - pair.score_a_low,
      wins: pair.wins_b,
      losses: pair.wins_a,
      ...both,
    })
  }
  return cells
}

/** A cell in full, for whoever points at it. */
export function cellWords(
  { share, low, high, wins, losses, ties, bothBad }: PairCell,
  {
    row,
    column,
    say,
    figures,
  }: { row: string; column: string; say: StandingsSay; figures: Figures },
): string {
  const values = {
    model: row,
    other: column,
    share: figures.share(share),
    wins: String(wins),
    losses: String(losses),
    ties: String(ties),
    bothBad: String(bothBad),
  }
  return low === null
    ? say('cell', values)
    : say('cellWithInterval', { ...values, low: figures.share(low), high: figures.share(high) })
}
