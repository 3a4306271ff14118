import { describe, expect, it } from 'vitest'
import { nectar } from '#app/import/readers/nectar.ts'
import { answersIn, expectKnownIds, expectNeverThrows, readAll, saidIn } from './reading.ts'

const good = {
  prompt: '\n\nHuman: Name a bird.\n\nAssistant: Wren.\n\nHuman: Another.\n\nAssistant: ',
  answers: [
    { answer: 'A finch.', model: 'm1', rank: 2 },
    { answer: 'An owl.', model: 'm2', rank: 1 },
    { answer: 'A trout.', model: 'm3', rank: 2 },
  ],
  turns: 2,
  source: ['chats'],
  good_natured: true,
}

describe('Nectar', () => {
  it('is known by answers with ranks', () => {
    expect(nectar.mark(good)).toBe('has "prompt" and "answers" with "answer" and "rank"')
    expect(nectar.mark({ prompt: 'x', answers: ['y'] })).toBeNull()
  })

  it('keeps the turns of the prompt and every answer with its model', () => {
    const read = readAll(nectar, good)
    expect(saidIn(read.contents[0])).toEqual([
      'user: Name a bird.',
      'assistant: Wren.',
      'user: Another.',
    ])
    expect(answersIn(read.contents[0])).toEqual([
      ['m1', 'A finch.'],
      ['m2', 'An owl.'],
      ['m3', 'A trout.'],
    ])
    expect(read.contents[0]?.prompt).toMatchObject({
      tags: ['chats'],
      metadata: { turns: 2, good_natured: true },
    })
    expectKnownIds(read)
  })

  it('keeps the ranking as one of a judge, with its ties', () => {
    const { judgments, contents } = readAll(nectar, good)
    const [first, second, third] = contents[0]?.responses.map(({ externalId }) => externalId) ?? []
    expect(judgments).toHaveLength(1)
    expect(judgments[0]?.line).toMatchObject({
      rater: 'GPT-4',
      source: 'judge',
      ranking: [[{ response: second }], [{ response: first }, { response: third }]],
    })
  })

  it('leaves answers without a rank out of the ranking, and says so', () => {
    const answers = [...good.answers, { answer: 'A bat.', model: 'm4', rank: null }]
    const read = readAll(nectar, { ...good, answers })
    expect(read.contents[0]?.responses).toHaveLength(4)
    expect(read.problems).toEqual([
      { field: 'answers', reason: '1 response without a rank stayed unranked' },
    ])
  })

  it('takes a prompt without marks as what the user said', () => {
    expect(saidIn(readAll(nectar, { ...good, prompt: 'Name a bird.' }).contents[0])).toEqual([
      'user: Name a bird.',
    ])
  })

  it('never throws', () => expectNeverThrows(nectar, good))
})
