import { describe, expect, it } from 'vitest'
import { arenaHardAnswer } from '#app/import/readers/arena-hard-answer.ts'
import { answersIn, expectNeverThrows, readAll } from './reading.ts'

const answer = {
  question_id: 'q-1',
  answer_id: 'a-1',
  model_id: 'alpha-7b',
  choices: [{ index: 0, turns: [{ content: 'Sorted.', token_len: 2 }] }],
  tstamp: 1711491878.25,
}

describe('Arena-Hard answers', () => {
  it('are known by the question, the model and the choices', () => {
    expect(arenaHardAnswer.mark(answer)).toBe('has "question_id", "model_id" and "choices"')
    expect(arenaHardAnswer.mark({ question_id: 'q-1', turns: [] })).toBeNull()
  })

  it('name their prompt, their model and when they were given', () => {
    const { contents, problems } = readAll(arenaHardAnswer, answer)
    expect(contents[0]).toMatchObject({
      promptId: 'q-1',
      responses: [{ externalId: 'a-1', answeredAt: 1711491878250 }],
    })
    expect(contents[0]?.prompt).toBeUndefined()
    expect(answersIn(contents[0])).toEqual([['alpha-7b', 'Sorted.']])
    expect(problems).toEqual([])
  })

  it('keep several choices apart as samples', () => {
    const choices = [
      { index: 0, turns: ['One.'] },
      { index: 1, turns: ['Two.'] },
    ]
    const { contents } = readAll(arenaHardAnswer, { ...answer, choices })
    expect(contents[0]?.responses).toMatchObject([
      { externalId: 'a-1#0' },
      { externalId: 'a-1#1', sample: 1 },
    ])
  })

  it('keep the answer to the first turn and say what was left', () => {
    const choices = [{ index: 0, turns: ['A poem.', 'Ein Gedicht.'] }]
    const { contents, problems } = readAll(arenaHardAnswer, { ...answer, choices })
    expect(answersIn(contents[0])).toEqual([['alpha-7b', 'A poem.']])
    expect(problems).toMatchObject([{ field: 'choices' }])
  })

  it('are refused without an answer', () => {
    expect(readAll(arenaHardAnswer, { ...answer, choices: [] }).problems).toEqual([
      { field: 'choices', reason: 'is an empty list' },
    ])
    const choices = [{ index: 0, turns: [{ content: null }] }]
    expect(readAll(arenaHardAnswer, { ...answer, choices }).problems).toEqual([
      { field: 'choices.0.turns.0.content', reason: 'is not a text' },
    ])
  })

  it('never throw', () => expectNeverThrows(arenaHardAnswer, answer))
})
