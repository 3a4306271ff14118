import { describe, expect, it } from 'vitest'
import { helpsteer3Preference } from '#app/import/readers/helpsteer3-preference.ts'
import { expectKnownIds, expectNeverThrows, pairsIn, readAll, saidIn } from './reading.ts'

const row = {
  domain: 'code',
  language: 'python',
  context: [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
    { role: 'user', content: 'Add two numbers.' },
  ],
  response1: 'a + b',
  response2: 'a - b',
  overall_preference: -3,
  individual_preference: [
    { score: -3, reasoning: 'The first adds.', feedback1: 'Right.', feedback2: 'Subtracts.' },
    { score: 0, reasoning: 'Alike.', feedback1: '', feedback2: '' },
  ],
}

describe('HelpSteer3 preference', () => {
  it('is known by context, two responses and the overall preference', () => {
    expect(helpsteer3Preference.mark(row)).toBe(
      'has "response1", "response2" and "overall_preference"',
    )
    expect(helpsteer3Preference.mark({ response1: '', response2: '' })).toBeNull()
  })

  it('keeps the conversation with its domain and language', () => {
    const { contents } = readAll(helpsteer3Preference, row)
    expect(saidIn(contents[0])).toEqual(['user: Hi', 'assistant: Hello', 'user: Add two numbers.'])
    expect(contents[0]?.prompt?.tags).toEqual(['code', 'python'])
  })

  it('keeps what each annotator preferred and why, without the overall preference', () => {
    const read = readAll(helpsteer3Preference, row)
    expect(pairsIn(read.judgments)).toEqual([
      ['annotator 1', 'a', 3],
      ['annotator 2', 'tie', undefined],
    ])
    expect(read.judgments.map(({ line }) => line.comment)).toEqual([
      'The first adds.\n\nResponse 1: Right.\n\nResponse 2: Subtracts.',
      'Alike.',
    ])
    expectKnownIds(read)
  })

  it('keeps the overall preference where no annotator is told', () => {
    for (const individual_preference of [[], undefined, null]) {
      const { judgments } = readAll(helpsteer3Preference, { ...row, individual_preference })
      expect(pairsIn(judgments)).toEqual([['HelpSteer3 annotators', 'a', 3]])
    }
  })

  it('reads a context that is one text', () => {
    const { contents } = readAll(helpsteer3Preference, { ...row, context: 'Add two numbers.' })
    expect(saidIn(contents[0])).toEqual(['user: Add two numbers.'])
  })

  it('refuses a row without a context, and names a score beyond the scale', () => {
    expect(readAll(helpsteer3Preference, { ...row, context: null }).problems).toEqual([
      { field: 'context', reason: 'is neither a list of messages nor a text' },
    ])
    const individual_preference = [{ score: 9 }, { score: 1 }]
    const { judgments, problems } = readAll(helpsteer3Preference, { ...row, individual_preference })
    expect(pairsIn(judgments)).toEqual([['annotator 2', 'b', 1]])
    expect(problems[0]?.field).toBe('individual_preference.0.score')
  })

  it('never throws', () => expectNeverThrows(helpsteer3Preference, row))
})
