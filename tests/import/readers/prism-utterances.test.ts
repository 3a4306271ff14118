import { describe, expect, it } from 'vitest'
import { prismConversations } from '#app/import/readers/prism-conversations.ts'
import { prismUtterances } from '#app/import/readers/prism-utterances.ts'
import { expectKnownIds, expectNeverThrows, pairsIn, readAll, saidIn, scoresIn } from './reading.ts'

const utterance = (turn: number, within: number, text: string, isChosen: boolean) => ({
  utterance_id: `ut${turn}${within}`,
  conversation_id: 'c9',
  user_id: 'u3',
  turn,
  within_turn_id: within,
  conversation_type: 'unguided',
  user_prompt: turn === 0 ? 'Is rain good?' : 'Why?',
  model_response: text,
  model_name: `model-${within}`,
  model_provider: 'acme',
  score: 50 + within,
  if_chosen: isChosen,
})

const rows = [
  utterance(1, 0, 'It waters.', true),
  utterance(0, 1, 'No.', false),
  utterance(0, 0, 'Yes.', true),
  utterance(1, 1, 'Because.', false),
]

describe('PRISM utterances', () => {
  it('are known by an answer and whether it was chosen', () => {
    expect(prismUtterances.mark(utterance(0, 0, 'Yes.', true))).toBe(
      'has "utterance_id", "user_prompt", "model_response" and "if_chosen"',
    )
    expect(prismUtterances.mark({ user_prompt: 'Hi', model_response: 'Yes' })).toBeNull()
  })

  it('find what was said before in other rows, wherever these are', () => {
    const read = readAll(prismUtterances, ...rows)
    expect(read.problems).toEqual([])
    expect(saidIn(read.contents[0])).toEqual([
      'user: Is rain good?',
      'assistant: Yes.',
      'user: Why?',
    ])
    expectKnownIds(read)
  })

  it('score each answer once and compare it with the chosen one', () => {
    const { judgments } = readAll(prismUtterances, ...rows)
    expect(scoresIn(judgments)).toHaveLength(4)
    expect(pairsIn(judgments)).toEqual([
      ['u3', 'a', undefined],
      ['u3', 'a', undefined],
    ])
  })

  it('make the same judgments as the conversation they are from', () => {
    const history = [0, 1].flatMap((turn) => [
      { turn, role: 'user', content: turn === 0 ? 'Is rain good?' : 'Why?' },
      ...rows
        .filter((row) => row.turn === turn)
        .map((row) => ({ ...row, role: 'model', content: row.model_response })),
    ])
    const whole = readAll(prismConversations, {
      conversation_id: 'c9',
      user_id: 'u3',
      conversation_type: 'unguided',
      conversation_history: history,
    })
    const inOrder = (lines: readonly unknown[]) => lines.map((line) => JSON.stringify(line)).sort()
    expect(inOrder(readAll(prismUtterances, ...rows).judgments)).toEqual(inOrder(whole.judgments))
  })

  it('refuse an answer to a turn whose earlier turns are not there', () => {
    const read = readAll(prismUtterances, utterance(1, 0, 'It waters.', true))
    expect(read.records).toEqual([])
    expect(read.problems[0]).toMatchObject({ field: 'turn' })
  })

  it('never throw', () => expectNeverThrows(prismUtterances, utterance(0, 0, 'Yes.', true)))
})
