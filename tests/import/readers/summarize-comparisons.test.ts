import { describe, expect, it } from 'vitest'
import { summarizeComparisons } from '#app/import/readers/summarize-comparisons.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const good = {
  info: { id: 't1', post: 'My cat left and came back.', title: 'Cat', subreddit: 'pets' },
  summaries: [
    { text: ' Cat came back.', policy: 'ref', note: 'Short.' },
    { text: ' Cat left.', policy: 'sup1', note: null },
  ],
  choice: 0,
  worker: 'w5',
  split: 'train',
  extra: { confidence: 9 },
}

describe('Summary comparisons', () => {
  it('are known by two summaries and a choice', () => {
    expect(summarizeComparisons.mark(good)).toBe('has "info", "summaries" and "choice"')
    expect(summarizeComparisons.mark({ choice: 0, info: {} })).toBeNull()
  })

  it('keep the post with its title as the prompt, and the policies as models', () => {
    const read = readAll(summarizeComparisons, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Cat\n\nMy cat left and came back.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['ref', ' Cat came back.'],
      ['sup1', ' Cat left.'],
    ])
    expect(read.contents[0]?.prompt).toMatchObject({
      externalId: 't1',
      tags: ['pets'],
      metadata: { split: 'train' },
    })
    expectKnownIds(read)
  })

  it('keep who chose, how surely, and the notes', () => {
    const { judgments } = readAll(summarizeComparisons, good)
    expect(pairsIn(judgments)).toEqual([['w5', 'a', 3]])
    expect(judgments[0]?.line).toMatchObject({ comment: 'A: Short.' })
  })

  it('give strengths in thirds of the confidence, and none where it is not told', () => {
    const strengths = [1, 3, 4, 6, 7, 9, 0, null].map((confidence) => {
      const read = readAll(summarizeComparisons, { ...good, extra: { confidence } })
      return pairsIn(read.judgments)[0]?.[2]
    })
    expect(strengths).toEqual([1, 1, 2, 2, 3, 3, undefined, undefined])
  })

  it('keep the texts of a row whose choice names neither summary', () => {
    const read = readAll(summarizeComparisons, { ...good, choice: 2 })
    expect(read.contents).toHaveLength(1)
    expect(read.problems.map(({ field }) => field)).toEqual(['choice'])
  })

  it('refuse a row that does not hold what was summarised', () => {
    const read = readAll(summarizeComparisons, { ...good, info: { id: 't1' } })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.field).toBe('info')
  })

  it('never throw', () => expectNeverThrows(summarizeComparisons, good))
})
