import { describe, expect, it } from 'vitest'
import { arena55k } from '#app/import/readers/arena-55k.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const battle = {
  id: '30192',
  model_a: 'alpha-7b',
  model_b: 'beta-13b',
  prompt: '["Name a river."]',
  response_a: '["The Nile."]',
  response_b: '["Everest."]',
  winner_model_a: '1',
  winner_model_b: '0',
  winner_tie: '0',
}

describe('Chatbot Arena 55k', () => {
  it('is known by its columns of winners', () => {
    expect(arena55k.mark(battle)).toBe(
      'has "winner_model_a", "winner_model_b", "response_a" and "response_b"',
    )
    expect(arena55k.mark({ prompt: 'x', response_a: 'y', response_b: 'z' })).toBeNull()
  })

  it('keeps the pair and its winner, as text or as numbers', () => {
    const read = readAll(arena55k, battle)
    expect(read.contents[0]?.prompt?.externalId).toBe('30192')
    expect(saidIn(read.contents[0])).toEqual(['user: Name a river.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['alpha-7b', 'The Nile.'],
      ['beta-13b', 'Everest.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([['Chatbot Arena 55k annotators', 'a', undefined]])
    expectKnownIds(read)
    const tie = { ...battle, winner_model_a: 0, winner_model_b: 0, winner_tie: 1 }
    expect(pairsIn(readAll(arena55k, tie).judgments)[0]?.[1]).toBe('tie')
  })

  it('pairs the last turn where both sides share all before it', () => {
    const row = { ...battle, prompt: '["Hi","Name a river."]' }
    const shared = readAll(arena55k, {
      ...row,
      response_a: '["Hello","The Nile."]',
      response_b: '["Hello","Everest."]',
    })
    expect(saidIn(shared.contents[0])).toEqual([
      'user: Hi',
      'assistant: Hello',
      'user: Name a river.',
    ])
    const different = readAll(arena55k, {
      ...row,
      response_a: '["Hello","The Nile."]',
      response_b: '["Good day","Everest."]',
    })
    expect(different.records).toEqual([])
    expect(different.problems[0]?.reason).toMatch(/^the earlier turns/)
  })

  it('replaces halves of characters, which no store takes', () => {
    const { contents } = readAll(arena55k, { ...battle, response_b: '["\\ud83d!"]' })
    expect(answersIn(contents[0])[1]).toEqual(['beta-13b', '\ufffd!'])
  })

  it('refuses turns without a text, and lists of different lengths', () => {
    const reason = (response_b: string) => readAll(arena55k, { ...battle, response_b }).problems[0]
    expect(reason('[null]')).toEqual({
      field: 'response_b',
      reason: 'turn 1 has no text in "prompt" or in the response',
    })
    expect(reason('["One","Two"]')?.reason).toBe('has 2 turns where "prompt" has 1')
    expect(reason('Everest')).toEqual({
      field: 'response_b',
      reason: 'is no JSON list of turns',
    })
    expect(reason('[]')?.reason).toBe('is a list without turns')
  })

  it('keeps an empty answer as what the model said', () => {
    expect(answersIn(readAll(arena55k, { ...battle, response_b: '[""]' }).contents[0])[1]).toEqual([
      'beta-13b',
      '',
    ])
  })

  it('keeps the texts where no single winner is marked', () => {
    for (const winner_tie of ['1', 'x']) {
      const winner_model_a = winner_tie === '1' ? '1' : '0'
      const read = readAll(arena55k, { ...battle, winner_model_a, winner_tie })
      expect(read.contents).toHaveLength(1)
      expect(read.judgments).toEqual([])
      expect(read.problems).toHaveLength(1)
    }
  })

  it('never throws', () => expectNeverThrows(arena55k, battle))
})
