import { describe, expect, it } from 'vitest'
import { ultrafeedback } from '#app/import/readers/ultrafeedback.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  readAll,
  saidIn,
  scoresIn,
} from './reading.ts'

const row = {
  source: 'evol_instruct',
  instruction: 'Plan a picnic.',
  models: ['alpha-7b', 'beta-13b'],
  completions: [
    {
      model: 'alpha-7b',
      principle: 'honesty',
      custom_system_prompt: 'Say what you do not know.',
      response: 'Bring bread.',
      annotations: {
        honesty: { Rating: '4', Rationale: 'Says little, and truly.' },
        truthfulness: {
          Type: ['1'],
          Rationale: 'No falsehood.',
          Rating: '5',
          'Rationale For Rating': 'All of it is true.',
        },
        helpfulness: { Rating: 'N/A', Rationale: 'Cannot be told.' },
      },
    },
    { model: 'beta-13b', response: 'No.', annotations: { honesty: { Rating: '1' } } },
  ],
}

describe('UltraFeedback', () => {
  it('is known by completions with annotations', () => {
    expect(ultrafeedback.mark(row)).toBe('has "instruction" and "completions" with "annotations"')
    expect(ultrafeedback.mark({ instruction: 'x', completions: ['a', 'b'] })).toBeNull()
  })

  it('keeps each completion with its model and the principle it was given', () => {
    const { contents } = readAll(ultrafeedback, row)
    expect(saidIn(contents[0])).toEqual(['user: Plan a picnic.'])
    expect(contents[0]?.prompt?.metadata).toEqual({ source: 'evol_instruct' })
    expect(answersIn(contents[0])).toEqual([
      ['alpha-7b', 'Bring bread.'],
      ['beta-13b', 'No.'],
    ])
    expect(contents[0]?.responses[0]?.metadata).toEqual({
      principle: 'honesty',
      custom_system_prompt: 'Say what you do not know.',
    })
  })

  it('keeps the ratings of GPT-4 with its reasons, and skips what it did not rate', () => {
    const read = readAll(ultrafeedback, row)
    expect(read.problems).toEqual([])
    expect(scoresIn(read.judgments)).toEqual([
      ['honesty', 4, 'GPT-4'],
      ['truthfulness', 5, 'GPT-4'],
      ['honesty', 1, 'GPT-4'],
    ])
    expect(read.judgments.map(({ line }) => [line.source, line.comment])).toEqual([
      ['judge', 'Says little, and truly.'],
      ['judge', 'All of it is true.'],
      ['judge', undefined],
    ])
    expectKnownIds(read)
  })

  it('keeps the overall score with the critique', () => {
    const completion = { model: 'm', response: 'r', overall_score: 7.5, critique: 'Be longer.' }
    const { judgments } = readAll(ultrafeedback, { instruction: 'x', completions: [completion] })
    expect(scoresIn(judgments)).toEqual([['overall_score', 7.5, 'GPT-4']])
    expect(judgments[0]?.line.comment).toBe('Be longer.')
  })

  it('keeps the good completions beside a bad one, and the good ratings beside a bad one', () => {
    const rated = { model: 'm', response: 'r', annotations: { honesty: { Rating: 'high' } } }
    const { contents, problems } = readAll(ultrafeedback, {
      instruction: 'x',
      completions: [{ model: 'm' }, rated],
    })
    expect(contents[0]?.responses).toHaveLength(1)
    expect(problems.map(({ field }) => field)).toEqual([
      'completions.0',
      'completions.1.annotations.honesty.Rating',
    ])
  })

  it('never throws', () => expectNeverThrows(ultrafeedback, row))
})
