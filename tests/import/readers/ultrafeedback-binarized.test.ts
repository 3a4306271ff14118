import { describe, expect, it } from 'vitest'
import { ultrafeedbackBinarized } from '#app/import/readers/ultrafeedback-binarized.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
  scoresIn,
} from './reading.ts'

const side = (answer: string) => [
  { role: 'user', content: 'Name a bird.' },
  { role: 'assistant', content: answer },
]

const row = {
  prompt: 'Name a bird.',
  prompt_id: 'abc',
  chosen: side('The wren.'),
  rejected: side('The trout.'),
  messages: side('The wren.'),
  score_chosen: 8,
  score_rejected: 4.5,
}

describe('UltraFeedback binarized', () => {
  it('is known by two conversations with their scores', () => {
    expect(ultrafeedbackBinarized.mark(row)).toBe(
      'has "chosen", "rejected", "score_chosen" and "score_rejected"',
    )
    expect(ultrafeedbackBinarized.mark({ chosen: [], rejected: [] })).toBeNull()
    expect(ultrafeedbackBinarized.mark({ ...row, chosen: 'The wren.' })).toBeNull()
  })

  it('takes the turns that both sides share as the prompt', () => {
    const read = readAll(ultrafeedbackBinarized, row)
    expect(read.contents[0]?.prompt?.externalId).toBe('abc')
    expect(saidIn(read.contents[0])).toEqual(['user: Name a bird.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'The wren.'],
      ['unknown', 'The trout.'],
    ])
    expectKnownIds(read)
  })

  it('keeps the preference, and the scores in a campaign of their own', () => {
    const { judgments } = readAll(ultrafeedbackBinarized, row)
    expect(pairsIn(judgments)).toEqual([['GPT-4', 'a', undefined]])
    expect(scoresIn(judgments)).toEqual([
      ['score', 8, 'GPT-4'],
      ['score', 4.5, 'GPT-4'],
    ])
    expect(judgments.map(({ line }) => [line.source, line.campaign])).toEqual([
      ['judge', undefined],
      ['judge', 'UltraFeedback scores'],
      ['judge', 'UltraFeedback scores'],
    ])
  })

  it('needs no "prompt", and calls equal scores a tie', () => {
    const { prompt: _, ...rest } = row
    const read = readAll(ultrafeedbackBinarized, { ...rest, score_rejected: 8 })
    expect(saidIn(read.contents[0])).toEqual(['user: Name a bird.'])
    expect(pairsIn(read.judgments)).toEqual([['GPT-4', 'tie', undefined]])
  })

  it('refuses sides with different questions', () => {
    const rejected = [{ role: 'user', content: 'Name a fish.' }, ...side('The trout.').slice(1)]
    const { records, problems } = readAll(ultrafeedbackBinarized, { ...row, rejected })
    expect(records).toEqual([])
    expect(problems[0]?.field).toBe('rejected')
  })

  it('never throws', () => expectNeverThrows(ultrafeedbackBinarized, row))
})
