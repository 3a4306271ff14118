/** In: the rows a policy would keep. Out: which of them to leave out, so that tags and sides weigh alike. */
import { hashPlace } from '#app/base/hash.server.ts'
import type { Chosen } from './choose-rows.server.ts'
import type { MadeRow } from './made-row.ts'
import type { DropRule, Policy } from './policy.ts'

export const isBalanced = ({ mostRowsATag, balanceSides }: Policy): boolean =>
  mostRowsATag !== null || balanceSides

/**
 * Reads all rows once, and says of each whether to leave it out. Which rows of a tag or a side stay is
 * decided by a hash of their ids, so that it is the same everywhere and favours none.
 */
export async function planBalance(
  rows: AsyncIterable<Chosen>,
  { mostRowsATag, balanceSides }: Policy,
): Promise<(row: MadeRow) => DropRule | undefined> {
  const placesOfTag = new Map<string, number[]>()
  const seen: { place: number; tag: string; side: Side }[] = []
  for await (const one of rows) {
    if (one.kind !== 'row') continue
    const place = placeOf(one.chosen)
    const tag = tagOf(one.chosen)
    placesOfTag.set(tag, placesOfTag.get(tag) ?? [])
    placesOfTag.get(tag)?.push(place)
    if (balanceSides) seen.push({ place, tag, side: sideOf(one.chosen) })
  }
  const most = mostRowsATag ?? Number.POSITIVE_INFINITY
  const lastOfTag = new Map(
    [...placesOfTag].map(([tag, places]) => [tag, lastKept(places, most)] as const),
  )
  const isWithinTag = (tag: string, place: number) => place <= (lastOfTag.get(tag) ?? 1)
  const left = seen.filter(({ tag, place }) => isWithinTag(tag, place))
  const sides = new Map(
    (['first', 'second'] as const).map((side) => [
      side,
      left.filter((one) => one.side === side).map(({ place }) => place),
    ]),
  )
  const fewest = Math.min(...[...sides.values()].map((places) => places.length))
  const lastOfSide = new Map(
    [...sides].map(([side, places]) => [side, lastKept(places, fewest)] as const),
  )
  return (row) => {
    const place = placeOf(row)
    if (!isWithinTag(tagOf(row), place)) return 'balance-tag'
    if (!balanceSides) return undefined
    const side = sideOf(row)
    if (side === 'unknown') return undefined
    return place <= (lastOfSide.get(side) ?? 1) ? undefined : 'balance-side'
  }
}

type Side = 'first' | 'second' | 'unknown'

const placeOf = ({ row }: MadeRow): number => hashPlace(row.origin.id)
const tagOf = ({ row }: MadeRow): string => row.origin.tags[0] ?? ''

function sideOf({ lineage }: MadeRow): Side {
  const { betterFirst } = lineage
  if (betterFirst === null || betterFirst === 0.5) return 'unknown'
  return betterFirst > 0.5 ? 'first' : 'second'
}

/** The place of the last of the `most` first ones; below every place where none is kept. */
function lastKept(places: readonly number[], most: number): number {
  if (places.length <= most) return 1
  return most === 0 ? -1 : (places.toSorted((one, other) => one - other)[most - 1] ?? 1)
}
