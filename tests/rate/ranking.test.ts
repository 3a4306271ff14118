import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fromLevels,
  insertedAt,
  moved,
  type Ranks,
  tiedWith,
  tiedWithAbove,
  toLevels,
  unranked,
  withRank,
} from '#app/rate/ranking.ts'

const [A, B, C] = [0, 1, 2]

describe('A ranking in the making', () => {
  it('comes out the same in whatever order its ranks are given', () => {
    const given = [
      [A, 3],
      [B, 2],
      [C, 1],
    ] as const
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]
    for (const ties of [true, false]) {
      for (const order of orders) {
        const ranks = order.reduce<Ranks>((now, at) => {
          const [place, rank] = given[at] ?? [0, 0]
          return withRank(now, place, rank, ties)
        }, {})
        expect(toLevels(ranks)).toEqual([[C], [B], [A]])
      }
    }
  })

  it('ties those of one rank, or makes room where ties are not allowed', () => {
    const first = withRank({}, A, 1, true)
    expect(toLevels(withRank(first, B, 1, true))).toEqual([[A, B]])
    expect(toLevels(withRank(first, B, 1, false))).toEqual([[B], [A]])
    const two = withRank(first, B, 2, false)
    expect(toLevels(withRank(two, C, 1, false))).toEqual([[C], [A], [B]])
  })

  it('ties with the one above, an unranked one with the last', () => {
    const ranks = fromLevels([[A], [B]])
    expect(toLevels(tiedWithAbove(ranks, B))).toEqual([[A, B]])
    expect(toLevels(tiedWithAbove(ranks, C))).toEqual([[A], [B, C]])
    expect(tiedWithAbove(ranks, A)).toEqual(ranks)
    expect(tiedWithAbove({}, A)).toEqual({})
  })

  it('moves one a step, out of its tie first, and stops at the ends', () => {
    const ranks = fromLevels([[A], [B], [C]])
    expect(toLevels(moved(ranks, C, -1))).toEqual([[A], [C], [B]])
    expect(toLevels(moved(ranks, A, -1))).toEqual([[A], [B], [C]])
    expect(toLevels(moved(ranks, C, 1))).toEqual([[A], [B], [C]])
    expect(toLevels(moved(fromLevels([[A, B], [C]]), B, -1))).toEqual([[B], [A], [C]])
    expect(toLevels(moved(fromLevels([[A, B], [C]]), A, 1))).toEqual([[B], [A], [C]])
    expect(toLevels(moved({ [A]: 1 }, B, 1))).toEqual([[A], [B]])
  })

  it('puts one between others, ties it with another, and takes it out', () => {
    const ranks = fromLevels([[A], [B]])
    expect(toLevels(insertedAt(ranks, C, 1))).toEqual([[A], [C], [B]])
    expect(toLevels(insertedAt(ranks, A, 1))).toEqual([[B], [A]])
    expect(toLevels(tiedWith(ranks, C, B))).toEqual([[A], [B, C]])
    expect(tiedWith(ranks, A, C)).toEqual(ranks)
    expect(toLevels(unranked(ranks, A))).toEqual([[B]])
    expect(toLevels({})).toEqual([])
  })

  it('never loses or doubles a response, whatever is done to it', () => {
    const act = fc.oneof(
      fc.record({
        kind: fc.constant('rank' as const),
        place: fc.nat(9),
        rank: fc.integer({ min: 1, max: 10 }),
        ties: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('move' as const),
        place: fc.nat(9),
        step: fc.constantFrom(-1 as const, 1 as const),
      }),
      fc.record({ kind: fc.constant('tie' as const), place: fc.nat(9) }),
      fc.record({ kind: fc.constant('insert' as const), place: fc.nat(9), level: fc.nat(10) }),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const touched = new Set<number>()
        let ranks: Ranks = {}
        for (const one of acts) {
          const hasSome = Object.keys(ranks).length > 0
          if (one.kind !== 'tie' || hasSome) touched.add(one.place)
          if (one.kind === 'rank') ranks = withRank(ranks, one.place, one.rank, one.ties)
          if (one.kind === 'move') ranks = moved(ranks, one.place, one.step)
          if (one.kind === 'tie') ranks = tiedWithAbove(ranks, one.place)
          if (one.kind === 'insert') ranks = insertedAt(ranks, one.place, one.level)
        }
        const places = toLevels(ranks).flat()
        expect(new Set(places)).toEqual(touched)
        expect(places).toHaveLength(touched.size)
        expect(toLevels(fromLevels(toLevels(ranks)))).toEqual(toLevels(ranks))
      }),
    )
  })
})
