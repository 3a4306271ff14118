import { describe, expect, it } from 'vitest'
import { prismConversations } from '#app/import/readers/prism-conversations.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
  scoresIn,
} from './reading.ts'

const asked = (turn: number, content: string) => ({ turn, role: 'user', content })
const answered = (turn: number, within_turn_id: number, content: string, more: object) => ({
  turn,
  role: 'model',
  content,
  model_name: `model-${within_turn_id}`,
  model_provider: 'acme',
  within_turn_id,
  ...more,
})

const good = {
  conversation_id: 'c9',
  user_id: 'u3',
  conversation_type: 'unguided',
  opening_prompt: 'Is rain good?',
  generated_datetime: '2023-11-22 16:05:48',
  conversation_history: [
    asked(0, 'Is rain good?'),
    answered(0, 0, 'Yes.', { score: 80, if_chosen: true }),
    answered(0, 1, 'No.', { score: 20, if_chosen: false }),
    answered(0, 2, 'Perhaps.', { score: 50, if_chosen: false }),
    asked(1, 'Why?'),
    answered(1, 0, 'It waters.', { score: 60, if_chosen: false }),
    answered(1, 1, 'Because.', { score: 90, if_chosen: true }),
  ],
}

describe('PRISM conversations', () => {
  it('are known by messages that say whether they were chosen', () => {
    expect(prismConversations.mark(good)).toBe(
      'has a "conversation_history" whose messages have "if_chosen"',
    )
    expect(prismConversations.mark({ ...good, conversation_history: [] })).toBeNull()
  })

  it('keep a prompt for each turn, with the chosen answers before it', () => {
    const read = readAll(prismConversations, good)
    expect(read.contents.map(saidIn)).toEqual([
      ['user: Is rain good?'],
      ['user: Is rain good?', 'assistant: Yes.', 'user: Why?'],
    ])
    expect(answersIn(read.contents[0])).toEqual([
      ['model-0', 'Yes.'],
      ['model-1', 'No.'],
      ['model-2', 'Perhaps.'],
    ])
    expect(read.contents[1]?.prompt).toMatchObject({
      externalId: 'c9#1',
      tags: ['unguided'],
      metadata: { conversation_id: 'c9', turn: 1 },
    })
    expectKnownIds(read)
  })

  it('keep the scores and the choices of the person, in campaigns of one kind each', () => {
    const { judgments } = readAll(prismConversations, good)
    expect(scoresIn(judgments)).toEqual([
      ['score', 80, 'u3'],
      ['score', 20, 'u3'],
      ['score', 50, 'u3'],
      ['score', 60, 'u3'],
      ['score', 90, 'u3'],
    ])
    expect(pairsIn(judgments)).toHaveLength(3)
    const campaigns = judgments.map(({ kind, line }) => `${kind} ${line.campaign}`)
    expect(new Set(campaigns)).toEqual(new Set(['rubric PRISM scores', 'pairwise undefined']))
    expect(judgments[0]?.line.created_at).toBe(Date.UTC(2023, 10, 22, 16, 5, 48))
  })

  it('stop with a problem at a turn where nothing was chosen', () => {
    const history = good.conversation_history.map((message) => ({ ...message, if_chosen: false }))
    const read = readAll(prismConversations, { ...good, conversation_history: history })
    expect(read.contents).toHaveLength(1)
    expect(scoresIn(read.judgments)).toHaveLength(3)
    expect(pairsIn(read.judgments)).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^no answer of turn 0 is marked as chosen/)
  })

  it('refuse a turn in which the person said nothing', () => {
    const history = good.conversation_history.slice(1, 3)
    const read = readAll(prismConversations, { ...good, conversation_history: history })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^turn 0 has no message of the user/)
  })

  it('never throw', () => expectNeverThrows(prismConversations, good))
})
