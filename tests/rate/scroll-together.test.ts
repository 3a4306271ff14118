/** Two responses that scroll together: what is read beside what. */
import { describe, expect, it } from 'vitest'
import { placeBeside, sharedBlocks } from '#app/rate/scroll-together.ts'

describe('Responses that scroll together', () => {
  it('meet where both have the same block, in an order that both keep', () => {
    const first = ['intro', 'setup', 'steps', 'note', 'end']
    const second = ['hello', 'steps', 'setup', 'note', 'more', 'end']
    expect(sharedBlocks(first, second)).toEqual([
      [1, 2],
      [3, 3],
      [4, 5],
    ])
  })

  it('ignore what stands twice or is empty', () => {
    expect(sharedBlocks(['a', 'a', '', 'b'], ['a', '', 'b', 'c'])).toEqual([[3, 2]])
    expect(sharedBlocks([], ['a'])).toEqual([])
  })

  it('are in proportion where they share nothing, from beginning to end', () => {
    const anchors = [[1_000, 400]] as const
    expect(placeBeside(0, anchors)).toBe(0)
    expect(placeBeside(500, anchors)).toBe(200)
    expect(placeBeside(1_000, anchors)).toBe(400)
    expect(placeBeside(1_200, anchors)).toBe(400)
  })

  it('are in proportion between two blocks, and never go backwards', () => {
    const anchors = [
      [100, 300],
      [200, 250],
      [300, 500],
      [1_000, 900],
    ] as const
    expect(placeBeside(50, anchors)).toBe(150)
    expect(placeBeside(200, anchors)).toBe(400)
    const places = Array.from({ length: 101 }, (_, at) => placeBeside(at * 10, anchors))
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(places.at(-1)).toBe(900)
  })
})
