/** In: what is known of each pair of models. Out: which pairs the next round compares, and how surely. */
import { believedStrengths, pairInformation } from '#app/stats/pair-information.ts'

/** One pair of models as a round finds it. */
export interface PairState {
  modelA: string
  modelB: string
  /** Verdicts so far; both bad counts as a tie, can't judge does not count. */
  count: number
  /** a's points in them: one for a win, half for a tie. */
  points: number
  /** Judgments asked for and not yet given. */
  pending: number
}

/** How much the next comparison of each pair would tell about the standings; all equal at first. */
export function informationOf(pairs: readonly PairState[]): Float64Array {
  const placeOf = new Map<string, number>()
  for (const { modelA, modelB } of pairs) {
    for (const model of [modelA, modelB]) {
      if (!placeOf.has(model)) placeOf.set(model, placeOf.size)
    }
  }
  const records = pairs.map(({ modelA, modelB, ...rest }) => ({
    ...rest,
    a: placeOf.get(modelA) ?? 0,
    b: placeOf.get(modelB) ?? 0,
  }))
  return pairInformation(believedStrengths(placeOf.size, records), records)
}

/**
 * The probability that one draw falls on each pair: a share of `floor` is spread evenly, the rest in
 * proportion to the information, both over the pairs that still have unused tasks. Sums to 1 while
 * any is left; evenly throughout where no pair has information.
 *
 * @param floor from 0 to 1
 */
export function chancesOf(
  information: ArrayLike<number>,
  unused: ArrayLike<number>,
  floor: number,
): Float64Array {
  let left = 0
  let sum = 0
  for (let pair = 0; pair < unused.length; pair++) {
    if ((unused[pair] ?? 0) <= 0) continue
    left += 1
    sum += information[pair] ?? 0
  }
  return Float64Array.from({ length: unused.length }, (_, pair) => {
    if ((unused[pair] ?? 0) <= 0) return 0
    const share = sum > 0 ? (information[pair] ?? 0) / sum : 1 / left
    return floor / left + (1 - floor) * share
  })
}

export interface DrawnPair {
  /** Its place in the list of pairs. */
  pair: number
  /** The probability that this draw took this very task: the pair's over its tasks still unused. */
  probability: number
}

/**
 * Draws tasks one after another, each from what the draws before it left; fewer than asked for when
 * everything is drawn. Which of a pair's unused tasks a draw takes is for the caller to choose evenly.
 */
export function drawPairs({
  information,
  unused,
  floor,
  count,
  random,
}: {
  information: ArrayLike<number>
  unused: ArrayLike<number>
  floor: number
  count: number
  random: () => number
}): DrawnPair[] {
  const left = Float64Array.from(unused)
  const drawn: DrawnPair[] = []
  let chances = chancesOf(information, left, floor)
  while (drawn.length < count) {
    const pair = pick(chances, random())
    const tasks = left[pair] ?? 0
    if (tasks <= 0) break
    drawn.push({ pair, probability: (chances[pair] ?? 0) / tasks })
    left[pair] = tasks - 1
    if (tasks === 1) chances = chancesOf(information, left, floor)
  }
  return drawn
}

/** The place on which a number in [0, 1) falls; the last possible one where rounding left a gap. */
function pick(chances: Float64Array, at: number): number {
  let sum = 0
  let last = -1
  for (let place = 0; place < chances.length; place++) {
    const share = chances[place] ?? 0
    if (share === 0) continue
    sum += share
    last = place
    if (at < sum) return place
  }
  return last
}
