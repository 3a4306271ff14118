import { z } from 'zod'

/** Canonical positions in the order in which a rater sees them. */
export const shownOrderSchema = z.array(z.number().int().min(0))
export type ShownOrder = z.infer<typeof shownOrderSchema>

/** How often position 0 was shown first, less how often it was shown second. */
export interface SideBalance {
  /** Over this task. */
  task: number
  /** Over this rater's tasks. */
  rater: number
}

const towardsBalance = 2 / 3

/**
 * Draws which of two responses stands first, by a biased coin: fair while sides are even, else 2/3
 * for the side that the task is behind on, or failing that the rater. Sides stay balanced over tasks
 * and raters, yet none can be foretold.
 *
 * Source: B. Efron, Forcing a sequential experiment to be balanced, Biometrika 58 (1971) 403–417.
 *
 * @param random a number in [0, 1)
 */
export function drawPairOrder(balance: SideBalance, random: number): ShownOrder {
  const lead = Math.sign(balance.task) || Math.sign(balance.rater)
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
