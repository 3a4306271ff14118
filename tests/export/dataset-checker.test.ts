import { describe, expect, it } from 'vitest'
import type {
  CanonicalRow,
  Completion,
  PreferenceRow,
  UnpairedRow,
} from '#app/export/canonical-row.ts'
import { datasetChecker } from '#app/export/dataset-checker.server.ts'
import { lengthInCharacters } from '#app/export/row-lengths.ts'
import type { Split } from '#app/export/splits.ts'

const origin = {
  id: 'r',
  promptId: 'p',
  campaign: 'c',
  tags: [],
  raters: 2,
  raterNames: ['w1'],
  agreement: 1,
  posterior: null,
}
const completion = (content: string): Completion => ({
  id: content,
  model: 'm',
  messages: [{ role: 'assistant', content }],
})
let made = 0
/** Rows of one prompt have ids that begin alike. */
const idOf = (prompt: string) => `${prompt}-${made++}`
const pair = (chosen: string, rejected: string, prompt = 'Q?', margin: number | null = null) =>
  ({
    recipe: 'preference',
    origin: { ...origin, id: idOf(prompt) },
    prompt: [{ role: 'user', content: prompt }],
    chosen: completion(chosen),
    rejected: completion(rejected),
    margin,
  }) satisfies PreferenceRow

const checked = (row: CanonicalRow, split: Split) => ({
  row,
  split,
  betterFirst: null,
  characters: lengthInCharacters(row),
  tokens: null,
})

describe('Rows together', () => {
  it('are found to leak, to contradict and to repeat each other', () => {
    const checker = datasetChecker()
    checker.add(checked(pair('a', 'b'), 'train'))
    checker.add(checked(pair('b', 'a'), 'train'))
    checker.add(checked(pair('a', 'b'), 'train'))
    checker.add(checked(pair('a', 'c', ' Q? '), 'test'))
    const { found, rowsOfSplit } = checker.report()
    expect(found).toEqual({ contradiction: 2, duplicate: 1, leak: 1 })
    expect(rowsOfSplit).toEqual({ train: 3, test: 1 })
  })

  it('have a margin all or none', () => {
    const some = datasetChecker()
    some.add(checked(pair('a', 'b', '1', 1), 'train'))
    some.add(checked(pair('a', 'b', '2'), 'train'))
    expect(some.report().found).toEqual({ 'margin-missing': 1 })
    const all = datasetChecker()
    all.add(checked(pair('a', 'b', '1', 1), 'train'))
    expect(all.report().found).toEqual({})
  })

  it('tell how often the longer text is the better one, all pairs of a prompt as one case', () => {
    const checker = datasetChecker()
    const pairs = [pair('long', 'b', '1'), pair('longer', 'b', '2'), pair('a', 'long', '3')]
    for (const one of [...pairs, pair('a', 'b', '4')]) checker.add(checked(one, 'train'))
    expect(checker.report().betterLonger).toMatchObject({ share: 2 / 3, of: 3 })
    const same = datasetChecker()
    for (const worse of ['b', 'c', 'd']) same.add(checked(pair('long', worse), 'train'))
    expect(same.report().betterLonger).toMatchObject({ share: 1, of: 3, low: null })
  })

  it('tell how often the better one was shown first', () => {
    const checker = datasetChecker()
    const seen = [1, 0.5, 0.2, null]
    seen.forEach((betterFirst, at) => {
      checker.add({ ...checked(pair('a', 'b', String(at)), 'train'), betterFirst })
    })
    expect(checker.report().betterFirst).toMatchObject({ share: 1 / 2, of: 2 })
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
    for (let at = 0; at < 50; at++) checker.add(checked(row(at), 'train'))
    const { found, labels, weights } = checker.report()
    expect(found).toEqual({ 'labels-uneven': 40 })
    expect(labels).toEqual({ good: 10, bad: 40 })
    // Ten good rows of weight 4 to 5⅓ balance forty bad ones.
    expect(weights?.good[0]).toBeCloseTo(4, 12)
    expect(weights?.good[1]).toBeCloseTo(16 / 3, 12)
  })

  it('are held to the limits of a target', () => {
    const checker = datasetChecker({ fewestRows: 3 })
    checker.add(checked(pair('a', 'b'), 'train'))
    expect(checker.report().found).toEqual({ 'too-few-rows': 2 })
    const most = datasetChecker({ mostRows: 1 })
    most.add(checked(pair('a', 'b', '1'), 'train'))
    most.add(checked(pair('a', 'b', '2'), 'train'))
    expect(most.report().found).toEqual({ 'too-many-rows': 1 })
  })
})
