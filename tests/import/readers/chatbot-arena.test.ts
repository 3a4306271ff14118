import { describe, expect, it } from 'vitest'
import { chatbotArena } from '#app/import/readers/chatbot-arena.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const talk = (...texts: string[]) =>
  texts.map((content, place) => ({ role: place % 2 === 0 ? 'user' : 'assistant', content }))

const battle = {
  question_id: 'battle-1',
  model_a: 'alpha-7b',
  model_b: 'beta-13b',
  winner: 'model_b',
  judge: 'arena_user_4',
  conversation_a: talk('Capital of Peru?', 'Cusco'),
  conversation_b: talk('Capital of Peru?', 'Lima'),
  turn: 1,
  anony: true,
  language: 'English',
  tstamp: 1682351591.1322,
}

describe('Chatbot Arena', () => {
  it('is known by its two conversations and the winner', () => {
    expect(chatbotArena.mark(battle)).toBe('has "conversation_a", "conversation_b" and "winner"')
    expect(chatbotArena.mark({ model_a: 'x', model_b: 'y', winner: 'a' })).toBeNull()
  })

  it('keeps the models, the verdict, who gave it and when', () => {
    const read = readAll(chatbotArena, battle)
    expect(read.problems).toEqual([])
    expect(read.contents[0]?.prompt).toMatchObject({
      externalId: 'battle-1',
      tags: ['English'],
      metadata: { turn: 1, anony: true },
    })
    expect(answersIn(read.contents[0])).toEqual([
      ['alpha-7b', 'Cusco'],
      ['beta-13b', 'Lima'],
    ])
    expect(read.judgments[0]?.line).toMatchObject({
      rater: 'arena_user_4',
      source: 'human',
      winner: 'b',
      created_at: 1682351591132,
    })
    expectKnownIds(read)
  })

  it('reads conversations that are JSON in a text', () => {
    const { conversation_a, conversation_b, ...rest } = battle
    const row = {
      ...rest,
      conversation_a: JSON.stringify(conversation_a),
      conversation_b: JSON.stringify(conversation_b),
    }
    expect(readAll(chatbotArena, row)).toEqual(readAll(chatbotArena, battle))
  })

  it('reads contents that are lists of parts', () => {
    const parts = (texts: string[]) =>
      talk(...texts).map(({ role, content }) => ({
        role,
        content: [{ type: 'text', text: content, image: null, mimeType: null }],
      }))
    const { contents } = readAll(chatbotArena, {
      ...battle,
      conversation_a: parts(['Capital of Peru?', 'Cusco']),
      conversation_b: parts(['Capital of Peru?', 'Lima']),
    })
    expect(saidIn(contents[0])).toEqual(['user: Capital of Peru?'])
    expect(answersIn(contents[0])[1]).toEqual(['beta-13b', 'Lima'])
  })

  it('tells ties from pairs where both are bad', () => {
    const winnerOf = (winner: string) => {
      const [pair] = pairsIn(readAll(chatbotArena, { ...battle, winner }).judgments)
      return pair?.[1]
    }
    expect(winnerOf('model_a')).toBe('a')
    expect(winnerOf('tie')).toBe('tie')
    expect(winnerOf('tie (bothbad)')).toBe('both_bad')
    expect(winnerOf('both_bad')).toBe('both_bad')
  })

  it('keeps the texts where the winner is none we know, and says so', () => {
    for (const winner of ['the left one', null, 3]) {
      const read = readAll(chatbotArena, { ...battle, winner })
      expect(read.contents).toHaveLength(1)
      expect(read.judgments).toEqual([])
      expect(read.problems[0]?.field).toBe('winner')
    }
  })

  it('compares the last answers of conversations that agree until then', () => {
    const { contents } = readAll(chatbotArena, {
      ...battle,
      turn: 2,
      conversation_a: talk('Hi', 'Hello', 'Capital of Peru?', 'Cusco'),
      conversation_b: talk('Hi', 'Hello', 'Capital of Peru?', 'Lima'),
    })
    expect(saidIn(contents[0])).toEqual(['user: Hi', 'assistant: Hello', 'user: Capital of Peru?'])
  })

  it('refuses conversations whose earlier turns differ', () => {
    const { records, problems } = readAll(chatbotArena, {
      ...battle,
      turn: 2,
      conversation_a: talk('Hi', 'Hello', 'Capital of Peru?', 'Cusco'),
      conversation_b: talk('Hi', 'Good day', 'Capital of Peru?', 'Lima'),
    })
    expect(records).toEqual([])
    expect(problems[0]?.reason).toMatch(/^the earlier turns of the two conversations differ/)
  })

  it('reads the turn that was judged in MT-bench, and tells a judging model from people', () => {
    const judged = {
      question_id: 81,
      model_a: 'alpha-7b',
      model_b: 'beta-13b',
      winner: 'tie',
      judge: 'gpt4_pair',
      conversation_a: talk('Write.', 'One', 'Again.', 'Two'),
      conversation_b: talk('Write.', 'Uno', 'Again.', 'Dos'),
      turn: 1,
    }
    const read = readAll(chatbotArena, judged)
    expect(saidIn(read.contents[0])).toEqual(['user: Write.'])
    expect(read.contents[0]?.prompt?.externalId).toBe('81')
    expect(read.judgments[0]?.line).toMatchObject({ source: 'judge', rater: 'gpt4_pair' })
    expect(readAll(chatbotArena, { ...judged, turn: 2 }).problems).toHaveLength(1)
    const same = { ...judged, turn: 2, conversation_b: talk('Write.', 'One', 'Again.', 'Dos') }
    expect(readAll(chatbotArena, same).contents[0]?.prompt?.externalId).toBe('81/turn-2')
    const byPerson = readAll(chatbotArena, { ...judged, judge: 'expert_3' }).judgments[0]?.line
    expect(byPerson).toMatchObject({ source: 'human' })
  })

  it('refuses what is no conversation', () => {
    const { problems } = readAll(chatbotArena, { ...battle, conversation_a: 'Cusco' })
    expect(problems).toEqual([{ field: 'conversation_a', reason: 'is no list of messages' }])
    const unanswered = { ...battle, conversation_b: talk('Capital of Peru?') }
    expect(readAll(chatbotArena, unanswered).problems[0]?.field).toBe('conversation_b')
    const { model_a: _, ...nameless } = battle
    expect(readAll(chatbotArena, nameless).problems).toEqual([
      { field: 'model_a', reason: 'is missing' },
    ])
  })

  it('never throws', () => expectNeverThrows(chatbotArena, battle))
})
