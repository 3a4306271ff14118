import { describe, expect, it } from 'vitest'
import { helpsteer2 } from '#app/import/readers/helpsteer2.ts'
import { helpsteerPrompt } from '#app/import/shapes/helpsteer-prompt.ts'
import { expectKnownIds, expectNeverThrows, readAll, saidIn, scoresIn } from './reading.ts'

const row = {
  prompt: 'What is rust?',
  response: 'Iron and oxygen.',
  helpfulness: 3,
  correctness: 4,
  coherence: 4,
  complexity: 1,
  verbosity: 0,
}

describe('HelpSteer2', () => {
  it('is known by its five ratings', () => {
    expect(helpsteer2.mark(row)).toBe('has "prompt", "response" and ratings such as "helpfulness"')
    expect(helpsteer2.mark({ ...row, helpfulness: [3, 4] })).toBeNull()
    expect(helpsteer2.mark({ prompt: 'x', response: 'y', helpfulness: 1 })).toBeNull()
  })

  it('keeps each rating as a score, 0 included', () => {
    const read = readAll(helpsteer2, row)
    const rater = 'HelpSteer2 annotators'
    expect(scoresIn(read.judgments)).toEqual([
      ['helpfulness', 3, rater],
      ['correctness', 4, rater],
      ['coherence', 4, rater],
      ['complexity', 1, rater],
      ['verbosity', 0, rater],
    ])
    expect(read.problems).toEqual([])
    expectKnownIds(read)
  })

  it('reads ratings written as text, and names those that are none', () => {
    const { judgments, problems } = readAll(helpsteer2, {
      ...row,
      helpfulness: '3',
      verbosity: 'low',
    })
    expect(judgments).toHaveLength(4)
    expect(problems).toEqual([{ field: 'verbosity', reason: 'is not a number' }])
  })

  it('parts the turns of a prompt', () => {
    const prompt = 'Hi\n<extra_id_1>Assistant\nHello\n<extra_id_1>User\nWhat is rust?'
    expect(saidIn(readAll(helpsteer2, { ...row, prompt }).contents[0])).toEqual([
      'user: Hi',
      'assistant: Hello',
      'user: What is rust?',
    ])
  })

  it('takes a last turn without words for the question', () => {
    expect(helpsteerPrompt('<extra_id_1>User\nHi\n<extra_id_1>Assistant\n')).toEqual([
      { role: 'user', content: 'Hi' },
    ])
  })

  it('refuses a prompt whose marker names nobody', () => {
    const { records, problems } = readAll(helpsteer2, { ...row, prompt: 'Hi<extra_id_1>Hello' })
    expect(records).toEqual([])
    expect(problems[0]?.field).toBe('prompt')
  })

  it('never throws', () => expectNeverThrows(helpsteer2, row))
})
