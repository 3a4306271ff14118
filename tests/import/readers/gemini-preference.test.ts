import { describe, expect, it } from 'vitest'
import { geminiPreference } from '#app/import/readers/gemini-preference.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const completion = (score: unknown, text: string) => ({
  score,
  completion: { role: 'model', parts: [{ text }] },
})
const good = {
  system_instruction: { parts: [{ text: 'Be brief.' }] },
  contents: [
    { role: 'user', parts: [{ text: 'Hi' }] },
    { role: 'model', parts: [{ text: 'Hello' }] },
    { role: 'user', parts: [{ text: 'My favourite sea?' }] },
  ],
  completions: [completion(1, 'Aral!'), completion(0, 'It may be the Aral Sea.')],
}

describe('Gemini preference pairs', () => {
  it('are known by scored completions of contents', () => {
    expect(geminiPreference.mark(good)).toBe('has "contents" and "completions" with "score"')
    expect(geminiPreference.mark({ contents: [], completions: [] })).toBeNull()
  })

  it('keep the conversation, both completions and the better one', () => {
    const read = readAll(geminiPreference, good)
    expect(saidIn(read.contents[0])).toEqual([
      'system: Be brief.',
      'user: Hi',
      'assistant: Hello',
      'user: My favourite sea?',
    ])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Aral!'],
      ['unknown', 'It may be the Aral Sea.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([
      ['Gemini preference pairs annotators', 'a', undefined],
    ])
    expectKnownIds(read)
  })

  it('keep the second where it scored higher, and equal scores as a tie', () => {
    const winners = [
      [completion(0, 'x'), completion(1, 'y')],
      [completion(1, 'x'), completion(1, 'y')],
    ].map((completions) => readAll(geminiPreference, { ...good, completions }).judgments)
    expect(winners.map((judgments) => pairsIn(judgments)[0]?.[1])).toEqual(['b', 'tie'])
  })

  it('keep the texts where there are not two scores', () => {
    const read = readAll(geminiPreference, { ...good, completions: [completion(1, 'x')] })
    expect(read.contents[0]?.responses).toHaveLength(1)
    expect(read.judgments).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['completions'])
  })

  it('never throw', () => expectNeverThrows(geminiPreference, good))
})
