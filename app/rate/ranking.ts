/** A ranking while it is made: which rank each response has so far. Unranked responses are absent. */

/** The rank of each response by its place on the page; equal ranks are ties. */
export type Ranks = Readonly<Record<number, number>>

const entriesOf = (ranks: Ranks): [number, number][] =>
  Object.entries(ranks).map(([place, rank]) => [Number(place), rank])

/** Places, best first, those of one rank together: the answer that is sent. */
export function toLevels(ranks: Ranks): number[][] {
  const byRank = new Map<number, number[]>()
  for (const [place, rank] of entriesOf(ranks)) {
    byRank.set(rank, [...(byRank.get(rank) ?? []), place])
  }
  return [...byRank.keys()]
    .sort((one, other) => one - other)
    .map((rank) => (byRank.get(rank) ?? []).sort((one, other) => one - other))
}

/** The ranks of an answer, from 1 without gaps. */
export const fromLevels = (levels: readonly (readonly number[])[]): Ranks =>
  Object.fromEntries(levels.flatMap((tied, level) => tied.map((place) => [place, level + 1])))

/** Without one response. */
export function unranked(ranks: Ranks, place: number): Ranks {
  const { [place]: _before, ...others } = ranks
  return others
}

/**
 * One response at a rank. Where ties are allowed it joins those that have it; else they, and those
 * right behind them, make room.
 */
export function withRank(ranks: Ranks, place: number, rank: number, ties: boolean): Ranks {
  const others = unranked(ranks, place)
  if (ties) return { ...others, [place]: rank }
  const taken = new Map(entriesOf(others).map(([other, its]) => [its, other]))
  const after: Record<number, number> = { ...others, [place]: rank }
  for (let at = rank, moved = taken.get(at); moved !== undefined; at += 1) {
    const next = taken.get(at + 1)
    after[moved] = at + 1
    moved = next
  }
  return after
}

/** One response put between levels: before the level of this number, from 0, counted without it. */
export function insertedAt(ranks: Ranks, place: number, level: number): Ranks {
  const levels = toLevels(unranked(ranks, place))
  return fromLevels([...levels.slice(0, level), [place], ...levels.slice(level)])
}

/** One response tied with another. */
export function tiedWith(ranks: Ranks, place: number, other: number): Ranks {
  const rank = ranks[other]
  return rank === undefined || place === other ? ranks : { ...ranks, [place]: rank }
}

/** One response tied with those right above it; an unranked one with the last. */
export function tiedWithAbove(ranks: Ranks, place: number): Ranks {
  const levels = toLevels(ranks)
  const own = levels.findIndex((tied) => tied.includes(place))
  const above = levels[own < 0 ? levels.length - 1 : own - 1]?.[0]
  return above === undefined ? ranks : fromLevels(toLevels(tiedWith(ranks, place, above)))
}

/**
 * One response a step better (-1) or worse (1). One that is tied leaves its tie first; an unranked one
 * comes in last.
 */
export function moved(ranks: Ranks, place: number, step: -1 | 1): Ranks {
  const levels = toLevels(ranks)
  const at = levels.findIndex((tied) => tied.includes(place))
  if (at < 0) return insertedAt(ranks, place, levels.length)
  const isTied = (levels[at]?.length ?? 0) > 1
  if (isTied) return insertedAt(ranks, place, step < 0 ? at : at + 1)
  return insertedAt(ranks, place, Math.min(levels.length - 1, Math.max(0, at + step)))
}
