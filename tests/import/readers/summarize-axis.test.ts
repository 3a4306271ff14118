import { describe, expect, it } from 'vitest'
import { summarizeAxis } from '#app/import/readers/summarize-axis.ts'
import { expectKnownIds, expectNeverThrows, readAll, saidIn, scoresIn } from './reading.ts'

const good = {
  info: { id: 'n4', site: 'dailynews', title: 'Match', article: 'They won late.' },
  summary: {
    text: 'A late win.',
    policy: 'sup4',
    note: 'Fine.',
    axes: { overall: 6, accuracy: 7, coverage: null },
  },
  worker: 'w1',
}

describe('Summary ratings', () => {
  it('are known by a summary with axes', () => {
    expect(summarizeAxis.mark(good)).toBe('has "info" and a "summary" with "axes"')
    expect(summarizeAxis.mark({ info: {}, summary: 'text' })).toBeNull()
  })

  it('keep the article and a score for each axis that was rated', () => {
    const read = readAll(summarizeAxis, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Match\n\nThey won late.'])
    expect(scoresIn(read.judgments)).toEqual([
      ['overall', 6, 'w1'],
      ['accuracy', 7, 'w1'],
    ])
    expect(read.judgments[0]?.line).toMatchObject({ comment: 'Fine.', model: 'sup4' })
    expect(read.problems).toEqual([])
    expectKnownIds(read)
  })

  it('keep the other scores where one is no number', () => {
    const summary = { ...good.summary, axes: { overall: 6, accuracy: 'high' } }
    const read = readAll(summarizeAxis, { ...good, summary })
    expect(scoresIn(read.judgments)).toEqual([['overall', 6, 'w1']])
    expect(read.problems).toEqual([{ field: 'summary.axes.accuracy', reason: 'is not a number' }])
  })

  it('never throw', () => expectNeverThrows(summarizeAxis, good))
})
