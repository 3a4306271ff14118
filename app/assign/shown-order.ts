import { z } from 'zod'

/** Canonical positions in the order in which a rater sees them. */
export const shownOrderSchema = z.array(z.number().int().min(0))
export type ShownOrder = z.infer<typeof shownOrderSchema>

/** A stored order. @example readOrder('[1,0]') // [1, 0] */
export const readOrder = (text: string | null): ShownOrder =>
  shownOrderSchema.parse(JSON.parse(text ?? '[]'))

/** How often position 0 was shown first, less how often it was shown second. */
export interface SideBalance {
  /** Over this task. */
  task: number
  /** Over what this rater saw of this pair of models. */
  pair: number
  /** Over all pairs that this rater saw. */
  rater: number
}

const towardsBalance = 2 / 3
const weights = { task: 2, pair: 1, rater: 1 } as const

/**
 * Draws which of two responses stands first, by a biased coin: the imbalances of the task, of the
 * rater's pair of models and of the rater are summed with weights, and the coin falls with 2/3 on the
 * side that lowers the sum; it is fair where the sum is even. Sides stay balanced over all three, yet
 * none can be foretold.
 *
 * Sources: B. Efron, Forcing a sequential experiment to be balanced, Biometrika 58 (1971) 403–417;
 * S. J. Pocock and R. Simon, Sequential treatment assignment with balancing for prognostic factors in
 * the controlled clinical trial, Biometrics 31 (1975) 103–115.
 *
 * @param random a number in [0, 1)
 */
export function drawPairOrder(balance: SideBalance, random: number): ShownOrder {
  const lead =
    weights.task * balance.task + weights.pair * balance.pair + weights.rater * balance.rater
  const chanceOfZeroFirst = lead === 0 ? 0.5 : lead > 0 ? 1 - towardsBalance : towardsBalance
  return random < chanceOfZeroFirst ? [0, 1] : [1, 0]
}

/** A fair shuffle of `count` positions (Fisher–Yates). */
export function drawOrder(count: number, random: () => number): ShownOrder {
  const order = Array.from({ length: count }, (_, place) => place)
  for (let place = count - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1))
    const kept = order[place] ?? 0
    order[place] = order[other] ?? 0
    order[other] = kept
  }
  return order
}

const pairsSchema = z.record(z.string(), z.number().int())

/** A rater's balance by pair of models, where it is not even. */
export type SidePairs = Map<string, number>

/** Pairs that are remembered for a rater; for a forgotten one the coin starts afresh. */
const mostPairs = 300

export const readSidePairs = (text: string): SidePairs =>
  text === '{}' ? new Map() : new Map(Object.entries(pairsSchema.parse(JSON.parse(text))))

/** The balances as they are stored: those of the pairs met last, where there are too many. */
export const printSidePairs = (pairs: SidePairs): string =>
  JSON.stringify(Object.fromEntries([...pairs].slice(-mostPairs)))

/** Notes that a pair was shown once more. */
export function notePair(pairs: SidePairs, pair: string, isZeroFirst: boolean): void {
  const balance = (pairs.get(pair) ?? 0) + (isZeroFirst ? 1 : -1)
  pairs.delete(pair)
  if (balance !== 0) pairs.set(pair, balance)
}

/**
 * Which response of a pair was shown first, from the order as it is stored; null where none is, and for
 * more than two responses. Read for every judgment of a campaign, so it looks at the text alone.
 */
export const firstShown = (stored: string | null): 'a' | 'b' | null =>
  stored === '[0,1]' ? 'a' : stored === '[1,0]' ? 'b' : null
