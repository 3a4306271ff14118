import { describe, expect, it } from 'vitest'
import { helpsteer2 } from '#app/import/readers/helpsteer2.ts'
import { helpsteer2Disagreements } from '#app/import/readers/helpsteer2-disagreements.ts'
import { expectKnownIds, expectNeverThrows, readAll, scoresIn } from './reading.ts'

const row = {
  prompt: 'What is rust?',
  response: 'Iron and oxygen.',
  helpfulness: [3, 4],
  correctness: [4, 4],
  coherence: [4, 3],
  complexity: [1, 1],
  verbosity: [0, 2],
}

describe('HelpSteer2 disagreements', () => {
  it('are known by lists of ratings', () => {
    expect(helpsteer2Disagreements.mark(row)).toBe(
      'has "prompt", "response" and lists of ratings such as "helpfulness"',
    )
    expect(helpsteer2.mark(row)).toBeNull()
    expect(helpsteer2Disagreements.mark({ ...row, verbosity: 2 })).toBeNull()
  })

  it('keep the score of each annotator', () => {
    const read = readAll(helpsteer2Disagreements, row)
    expect(scoresIn(read.judgments)).toHaveLength(10)
    expect(scoresIn(read.judgments).slice(0, 2)).toEqual([
      ['helpfulness', 3, 'annotator 1'],
      ['helpfulness', 4, 'annotator 2'],
    ])
    expectKnownIds(read)
  })

  it('keep the place of annotators where one gave no rating', () => {
    const { judgments, problems } = readAll(helpsteer2Disagreements, {
      ...row,
      helpfulness: [null, 4],
      correctness: ['good', 4],
      coherence: 3,
    })
    expect(scoresIn(judgments).slice(0, 2)).toEqual([
      ['helpfulness', 4, 'annotator 2'],
      ['correctness', 4, 'annotator 2'],
    ])
    expect(problems).toEqual([
      { field: 'correctness.0', reason: 'is not a number', raw: 'good' },
      { field: 'coherence', reason: 'is no list of ratings' },
    ])
  })

  it('never throw', () => expectNeverThrows(helpsteer2Disagreements, row))
})
