import { describe, expect, it } from 'vitest'
import { webgpt } from '#app/import/readers/webgpt.ts'
import { expectKnownIds, expectNeverThrows, pairsIn, readAll, saidIn } from './reading.ts'

const good = {
  question: { dataset: 'eli5', id: 'q8', full_text: 'Why is snow white?' },
  quotes_0: { title: ['Snow'], extract: ['Snow scatters light.'] },
  quotes_1: { title: [], extract: [] },
  answer_0: 'It scatters light [1].',
  answer_1: 'It is cold.',
  score_0: 1,
  score_1: -1,
}

const judged = (score_0: unknown, score_1: unknown) =>
  pairsIn(readAll(webgpt, { ...good, score_0, score_1 }).judgments)

describe('WebGPT comparisons', () => {
  it('are known by a question and two answers with scores', () => {
    expect(webgpt.mark(good)).toBe('has "question", "answer_0", "answer_1" and "score_0"')
    expect(webgpt.mark({ question: 'x', answer_0: 'y' })).toBeNull()
  })

  it('keep the question, both answers and the quotations they cite', () => {
    const read = readAll(webgpt, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Why is snow white?'])
    expect(read.contents[0]?.prompt).toMatchObject({ externalId: 'eli5/q8', tags: ['eli5'] })
    expect(read.contents[0]?.responses[0]?.metadata).toEqual({ quotes: good.quotes_0 })
    expectKnownIds(read)
  })

  it('keep equal scores as a tie', () => {
    expect(judged(0, 0)).toEqual([['WebGPT comparisons annotators', 'tie', undefined]])
  })

  it('keep which answer scored higher, and by how much', () => {
    const found = [
      [1, -1],
      ['-0.33', '0.33'],
      [-0.5, 0.5],
    ].map(([one, other]) => judged(one, other)[0]?.slice(1))
    expect(found).toEqual([
      ['a', 3],
      ['b', 1],
      ['b', 2],
    ])
  })

  it('keep the texts of a row without scores, and say that nothing was compared', () => {
    const read = readAll(webgpt, { ...good, score_1: null })
    expect(read.contents).toHaveLength(1)
    expect(read.judgments).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['score_0'])
  })

  it('never throw', () => expectNeverThrows(webgpt, good))
})
