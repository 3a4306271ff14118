import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Completion, PreferenceRow, UnpairedRow } from '#app/export/canonical-row.ts'
import { datasetChecker } from '#app/export/dataset-checks.ts'
import { placeOf, type Splits, splitOf, splitsSchema } from '#app/export/splits.ts'

const splits = (change: Partial<Splits> = {}) =>
  splitsSchema.parse({ validation: 0.1, test: 0.2, ...change })

describe('The split of a prompt', () => {
  it('has the shares that were asked for, within chance', () => {
    const counts = { train: 0, validation: 0, test: 0 }
    for (let at = 0; at < 20_000; at++) counts[splitOf(`prompt ${at}`, splits())] += 1
    expect(Math.abs(counts.test / 20_000 - 0.2)).toBeLessThan(0.01)
    expect(Math.abs(counts.validation / 20_000 - 0.1)).toBeLessThan(0.01)
  })

  it('is for ever the same, whatever other prompts there are', () => {
    // Reckoned by hand in another language.
    expect(placeOf('')).toBe(0.9576734252420561)
    expect(placeOf('What is 2 + 2?')).toBe(0.03935653257888627)
    fc.assert(
      fc.property(fc.string(), (key) => {
        expect(splitOf(key, splits())).toBe(splitOf(key, splits()))
        expect(placeOf(key)).toBeGreaterThanOrEqual(0)
        expect(placeOf(key)).toBeLessThan(1)
      }),
    )
  })

  it('grows and never swaps: a prompt in the smaller test set is in the larger', () => {
    for (let at = 0; at < 2_000; at++) {
      const key = `p${at}`
      if (splitOf(key, splits({ test: 0.1 })) === 'test') {
        expect(splitOf(key, splits({ test: 0.3 }))).toBe('test')
      }
    }
  })

  it('is dealt anew by another seed, and always train without shares', () => {
    const keys = Array.from({ length: 500 }, (_, at) => `p${at}`)
    const under = (seed: string) => keys.map((key) => splitOf(key, splits({ seed })))
    expect(under('a')).not.toEqual(under('b'))
    expect(keys.every((key) => splitOf(key, splitsSchema.parse({})) === 'train')).toBe(true)
    expect(splitsSchema.safeParse({ validation: 0.5, test: 0.5 }).success).toBe(false)
  })
})

const origin = { id: 'r', promptId: 'p', campaign: 'c', tags: [], raters: 2, agreement: 1 }
const completion = (content: string): Completion => ({
  id: content,
  model: 'm',
  messages: [{ role: 'assistant', content }],
})
const pair = (chosen: string, rejected: string, prompt = 'Q?', margin: number | null = null) =>
  ({
    recipe: 'preference',
    origin,
    prompt: [{ role: 'user', content: prompt }],
    chosen: completion(chosen),
    rejected: completion(rejected),
    margin,
  }) satisfies PreferenceRow

describe('Rows together', () => {
  it('are found to leak, to contradict and to repeat each other', () => {
    const checker = datasetChecker()
    checker.add(pair('a', 'b'), 'train')
    checker.add(pair('b', 'a'), 'train')
    checker.add(pair('a', 'b'), 'train')
    checker.add(pair('a', 'c', ' Q? '), 'test')
    const { found, rowsOfSplit } = checker.report()
    expect(found).toEqual({ contradiction: 2, duplicate: 1, leak: 1 })
    expect(rowsOfSplit).toEqual({ train: 3, test: 1 })
  })

  it('have a margin all or none', () => {
    const some = datasetChecker()
    some.add(pair('a', 'b', '1', 1), 'train')
    some.add(pair('a', 'b', '2'), 'train')
    expect(some.report().found).toEqual({ 'margin-missing': 1 })
    const all = datasetChecker()
    all.add(pair('a', 'b', '1', 1), 'train')
    expect(all.report().found).toEqual({})
  })

  it('tell how often the longer text is the chosen one', () => {
    const checker = datasetChecker()
    checker.add(pair('long', 'b', '1'), 'train')
    checker.add(pair('longer', 'b', '2'), 'train')
    checker.add(pair('a', 'long', '3'), 'train')
    checker.add(pair('a', 'b', '4'), 'train')
    expect(checker.report().chosenLonger).toEqual({ pairs: 3, share: 2 / 3 })
  })

  it('say which weights uneven labels want', () => {
    const checker = datasetChecker()
    const row = (at: number): UnpairedRow => ({
      recipe: 'unpaired',
      origin,
      prompt: [{ role: 'user', content: String(at) }],
      completion: completion('x'),
      isGood: at % 5 === 0,
    })
    for (let at = 0; at < 50; at++) checker.add(row(at), 'train')
    const { found, labels, weights } = checker.report()
    expect(found).toEqual({ 'labels-uneven': 40 })
    expect(labels).toEqual({ good: 10, bad: 40 })
    // Ten good rows of weight 4 to 5⅓ balance forty bad ones.
    expect(weights?.good[0]).toBeCloseTo(4, 12)
    expect(weights?.good[1]).toBeCloseTo(16 / 3, 12)
  })

  it('are held to the limits of a target', () => {
    const checker = datasetChecker({ fewestRows: 3 })
    checker.add(pair('a', 'b'), 'train')
    expect(checker.report().found).toEqual({ 'too-few-rows': 2 })
    const most = datasetChecker({ mostRows: 1 })
    most.add(pair('a', 'b', '1'), 'train')
    most.add(pair('a', 'b', '2'), 'train')
    expect(most.report().found).toEqual({ 'too-many-rows': 1 })
  })
})
