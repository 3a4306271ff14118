import { describe, expect, it } from 'vitest'
import { shp } from '#app/import/readers/shp.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const good = {
  post_id: 'p7',
  domain: 'askgardeners_train',
  upvote_ratio: 0.97,
  history: 'Why do my basil leaves curl?',
  c_root_id_A: 'c1',
  c_root_id_B: 'c2',
  created_at_utc_A: 1_600_000_000,
  created_at_utc_B: 1_600_000_100,
  score_A: 30,
  score_B: 10,
  human_ref_A: 'Too little water.',
  human_ref_B: 'No idea.',
  labels: 1,
  seconds_difference: 100,
  score_ratio: 3,
}

describe('SHP', () => {
  it('is known by its post, its two comments and its label', () => {
    expect(shp.mark(good)).toBe('has "history", "human_ref_A", "human_ref_B" and "labels"')
    expect(shp.mark({ history: [], labels: 1 })).toBeNull()
  })

  it('keeps the post, both comments and which one readers preferred', () => {
    const read = readAll(shp, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Why do my basil leaves curl?'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Too little water.'],
      ['unknown', 'No idea.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([['SHP annotators', 'a', 2]])
    expect(read.contents[0]?.prompt).toMatchObject({
      externalId: 'p7',
      tags: ['askgardeners'],
      metadata: { upvote_ratio: 0.97, split: 'train' },
    })
    expect(read.contents[0]?.responses[1]).toMatchObject({
      externalId: 'c2',
      answeredAt: 1_600_000_100_000,
      metadata: { score_B: 10 },
    })
    expectKnownIds(read)
  })

  it('reads the numbers of a table, where they are texts', () => {
    const read = readAll(shp, { ...good, labels: '0', score_ratio: '1.2' })
    expect(pairsIn(read.judgments)).toEqual([['SHP annotators', 'b', 1]])
  })

  it('tells slight, clear and much preference by the ratio of the votes', () => {
    const strengths = [1.9, 2, 3.9, 4, 100].map(
      (score_ratio) => pairsIn(readAll(shp, { ...good, score_ratio }).judgments)[0]?.[2],
    )
    expect(strengths).toEqual([1, 2, 2, 3, 3])
  })

  it('keeps the texts of a row whose label says nothing, without a judgment', () => {
    const read = readAll(shp, { ...good, labels: 2 })
    expect(read.contents).toHaveLength(1)
    expect(read.judgments).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['labels'])
  })

  it('refuses a row without a post', () => {
    const { history: _, ...rest } = good
    expect(readAll(shp, rest)).toMatchObject({
      records: [],
      problems: [{ field: 'history', reason: 'is missing' }],
    })
  })

  it('never throws', () => expectNeverThrows(shp, good))
})
