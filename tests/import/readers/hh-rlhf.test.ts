import { describe, expect, it } from 'vitest'
import { hhRlhf } from '#app/import/readers/hh-rlhf.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const row = (chosen: string, rejected: string) => ({ chosen, rejected })
const good = row(
  '\n\nHuman: Boil an egg?\n\nAssistant: How soft?\n\nHuman: Soft.\n\nAssistant: Six minutes.',
  '\n\nHuman: Boil an egg?\n\nAssistant: How soft?\n\nHuman: Soft.\n\nAssistant: An hour.',
)

const reasonsFor = (chosen: string, rejected: string) => {
  const { records, problems } = readAll(hhRlhf, row(chosen, rejected))
  expect(records).toEqual([])
  return problems.map(({ field, reason }) => `${field}: ${reason}`)
}

describe('HH-RLHF', () => {
  it('is known by texts with "Human:" turns', () => {
    expect(hhRlhf.mark(good)).toBe('has "chosen" and "rejected" texts with "Human:" turns')
    expect(hhRlhf.mark({ chosen: 'blue', rejected: 'green' })).toBeNull()
    expect(hhRlhf.mark({ chosen: [], rejected: [] })).toBeNull()
  })

  it('keeps the shared conversation as the prompt and the last answers as a pair', () => {
    const read = readAll(hhRlhf, good)
    expect(saidIn(read.contents[0])).toEqual([
      'user: Boil an egg?',
      'assistant: How soft?',
      'user: Soft.',
    ])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Six minutes.'],
      ['unknown', 'An hour.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([['HH-RLHF annotators', 'a', undefined]])
    expect(read.problems).toEqual([])
    expectKnownIds(read)
  })

  it('gives the same ids when the same row is read again', () => {
    expect(readAll(hhRlhf, good)).toEqual(readAll(hhRlhf, good))
  })

  it('refuses a pair whose earlier turns differ', () => {
    const other = '\n\nHuman: Fry an egg?\n\nAssistant: Yes.'
    expect(reasonsFor('\n\nHuman: Boil an egg?\n\nAssistant: Yes.', other)).toEqual([
      'rejected: the conversation before the last "Assistant:" is not the one of "chosen"',
    ])
  })

  it('refuses an empty answer', () => {
    expect(reasonsFor('\n\nHuman: Hi\n\nAssistant: Hello', '\n\nHuman: Hi\n\nAssistant: ')).toEqual(
      ['rejected: the last answer is empty'],
    )
  })

  it('refuses turns in a row by the same speaker', () => {
    const text = '\n\nHuman: Hi\n\nHuman: Hello?\n\nAssistant: Yes'
    expect(reasonsFor(text, text)).toEqual(['chosen: two turns in a row have the same speaker'])
    const answered = '\n\nHuman: Hi\n\nAssistant:\n\nAssistant: Yes'
    expect(reasonsFor(answered, answered)).toEqual([
      'chosen: two turns in a row have the same speaker',
    ])
  })

  it('refuses a marker after a single line break, which may be a quotation', () => {
    const text = '\n\nHuman: Hi\nAssistant: Hello\n\nAssistant: Yes'
    expect(reasonsFor(text, text)[0]).toMatch(/^chosen: a "Human:" or "Assistant:" follows/)
  })

  it('refuses a conversation that does not end with an answer', () => {
    const text = '\n\nHuman: Hi\n\nAssistant: Yes\n\nHuman: And?'
    expect(reasonsFor(text, text)[0]).toMatch(/^chosen: it ends with a "Human:" turn/)
    expect(reasonsFor('\n\nHuman: Hi', text)).toEqual(['chosen: no turn of "Assistant:" is in it'])
  })

  it('refuses an answer without a question', () => {
    const text = 'Preface\n\nHuman: Hi\n\nAssistant: Yes'
    expect(reasonsFor(text, text)).toEqual(['chosen: there is no "Human:" turn before the answer'])
  })

  it('never throws', () => expectNeverThrows(hhRlhf, good))
})
