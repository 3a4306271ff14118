import { describe, expect, it } from 'vitest'
import { arenaHardAnswer } from '#app/import/readers/arena-hard-answer.ts'
import { arenaHardQuestion } from '#app/import/readers/arena-hard-question.ts'
import { expectNeverThrows, readAll, saidIn } from './reading.ts'

const question = {
  question_id: 'q-1',
  category: 'coding',
  cluster: 'Sorting & Searching',
  turns: [{ content: 'Sort this list.' }],
}

describe('Arena-Hard questions', () => {
  it('are known by an id and a list of turns, and read before the answers', () => {
    expect(arenaHardQuestion.mark(question)).toBe('has "question_id" and a list of "turns"')
    expect(arenaHardQuestion.mark({ question_id: 'q-1', choices: [] })).toBeNull()
    expect(arenaHardQuestion.order ?? 0).toBeLessThan(arenaHardAnswer.order ?? 0)
  })

  it('are prompts with the id that answers name', () => {
    const { contents, problems } = readAll(arenaHardQuestion, question)
    expect(saidIn(contents[0])).toEqual(['user: Sort this list.'])
    expect(contents[0]).toMatchObject({
      prompt: {
        externalId: 'q-1',
        tags: ['coding'],
        metadata: { cluster: 'Sorting & Searching' },
      },
      responses: [],
    })
    expect(problems).toEqual([])
  })

  it('keep the first of several turns and say so', () => {
    const { contents, problems } = readAll(arenaHardQuestion, {
      question_id: 81,
      turns: ['Write a poem.', 'Now in German.'],
    })
    expect(contents[0]?.prompt?.externalId).toBe('81')
    expect(saidIn(contents[0])).toEqual(['user: Write a poem.'])
    expect(problems[0]?.reason).toMatch(/^only the first turn was taken/)
  })

  it('are refused without an id or a turn', () => {
    expect(readAll(arenaHardQuestion, { turns: ['Hi'] }).problems).toEqual([
      { field: 'question_id', reason: 'is missing' },
    ])
    expect(readAll(arenaHardQuestion, { question_id: 'q', turns: [] }).problems).toEqual([
      { field: 'turns', reason: 'is a list without turns' },
    ])
  })

  it('never throw', () => expectNeverThrows(arenaHardQuestion, question))
})
