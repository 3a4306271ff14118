/** In: the blocks of two texts, and how far one is scrolled. Out: where the other belongs. */

/** A place in one text and the place in the other that is read beside it, both in pixels. */
export type Anchor = readonly [from: number, to: number]

/**
 * Blocks that both texts have, by their beginnings, in an order that holds in both: the longest such
 * list. What stands more than once in a text cannot be told apart and is left out.
 *
 * @example sharedBlocks(['a', 'b', 'c'], ['x', 'a', 'c']) // [[0, 1], [2, 2]]
 */
export function sharedBlocks(
  first: readonly string[],
  second: readonly string[],
): (readonly [number, number])[] {
  const places = uniquePlaces(second)
  const own = uniquePlaces(first)
  const pairs = [...own].flatMap(([text, place]): [number, number][] => {
    const other = places.get(text)
    return other === undefined ? [] : [[place, other]]
  })
  return longestRising(pairs.sort(([one], [other]) => one - other))
}

function uniquePlaces(texts: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  const repeated = new Set<string>()
  texts.forEach((text, place) => {
    if (text === '' || places.has(text)) repeated.add(text)
    places.set(text, place)
  })
  for (const text of repeated) places.delete(text)
  return places
}

function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const lengths: number[] = []
  const before: number[] = []
  let best = -1
  pairs.forEach(([, place], at) => {
    let longest = 0
    let previous = -1
    for (let earlier = 0; earlier < at; earlier++) {
      const length = lengths[earlier] ?? 0
      if ((pairs[earlier]?.[1] ?? 0) < place && length > longest) {
        longest = length
        previous = earlier
      }
    }
    lengths.push(longest + 1)
    before.push(previous)
    if (best < 0 || longest + 1 > (lengths[best] ?? 0)) best = at
  })
  const rising: [number, number][] = []
  for (let at = best; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at]
    if (pair) rising.push(pair)
  }
  return rising.reverse()
}

/**
 * Where the other text belongs when the first is scrolled to `from`: in proportion between the two
 * anchors around it. Anchors that would scroll backwards are passed over.
 */
export function placeBeside(from: number, anchors: readonly Anchor[]): number {
  let before: Anchor = [0, 0]
  for (const anchor of anchors) {
    if (anchor[0] <= before[0] || anchor[1] < before[1]) continue
    if (anchor[0] >= from) {
      const share = (from - before[0]) / (anchor[0] - before[0])
      return before[1] + share * (anchor[1] - before[1])
    }
    before = anchor
  }
  return before[1]
}
