import { describe, expect, it } from 'vitest'
import { oasstMessages } from '#app/import/readers/oasst-messages.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  readAll,
  saidIn,
  scoresIn,
} from './reading.ts'

const message = (
  message_id: string,
  parent_id: string | null,
  members: Record<string, unknown> = {},
) => ({
  message_id,
  parent_id,
  role: message_id.startsWith('q') ? 'prompter' : 'assistant',
  text: `text of ${message_id}`,
  lang: 'en',
  ...members,
})

const flat = [
  message('a3', 'q2'),
  message('a1', 'q1', { rank: 1 }),
  message('q2', 'a2'),
  message('a2', 'q1', {
    rank: 0,
    labels: { name: ['quality', 'spam'], value: [0.5, 0], count: [2, 2] },
  }),
  message('q1', null, { tree_state: 'ready_for_export' }),
]

describe('OASST messages', () => {
  it('are known by the message they answer and their role', () => {
    expect(oasstMessages.mark(message('q1', null))).toBe(
      'has "message_id", "parent_id" and a "role" of "prompter" or "assistant"',
    )
    expect(
      oasstMessages.mark({ message_id: '1', parent_id: null, text: '', role: 'user' }),
    ).toBeNull()
  })

  it('are put together in whatever order they come', () => {
    const read = readAll(oasstMessages, ...flat)
    expect(read.problems).toEqual([])
    expect(read.contents.map(saidIn)).toEqual([
      ['user: text of q1', 'assistant: text of a2', 'user: text of q2'],
      ['user: text of q1'],
    ])
    expect(read.contents.map(answersIn)).toEqual([
      [['unknown', 'text of a3']],
      [
        ['unknown', 'text of a1'],
        ['unknown', 'text of a2'],
      ],
    ])
    expect(read.judgments[0]?.line).toMatchObject({
      ranking: [[{ response: 'a2' }], [{ response: 'a1' }]],
    })
    expectKnownIds(read)
  })

  it('keep labels that come as lists', () => {
    expect(scoresIn(readAll(oasstMessages, ...flat).judgments)).toEqual([
      ['quality', 0.5, 'OASST annotators'],
      ['spam', 0, 'OASST annotators'],
    ])
  })

  it('may hold their replies, and are trees then', () => {
    const replies = [message('a1', 'q1', { rank: 0 }), message('a2', 'q1', { rank: 1 })]
    const read = readAll(oasstMessages, message('q1', null, { replies }))
    expect(read.contents.map(answersIn)).toEqual([
      [
        ['unknown', 'text of a1'],
        ['unknown', 'text of a2'],
      ],
    ])
    expect(read.judgments).toHaveLength(1)
    const broken = { ...message('q1', null), replies: [{ text: 'nobody' }] }
    expect(readAll(oasstMessages, broken).problems[0]?.field).toBe('replies.0.message_id')
  })

  it('say which message is missing', () => {
    for (const lost of [message('q2', 'a9'), message('a9', 'q9')]) {
      const { records, problems } = readAll(oasstMessages, lost)
      expect(records).toEqual([])
      expect(problems).toEqual([
        {
          field: 'parent_id',
          reason: `the message "${lost.parent_id}" before it is not in this import`,
        },
      ])
    }
  })

  it('leave out deleted messages with all that follows on them', () => {
    const rows = [
      message('q1', null),
      message('a1', 'q1', { deleted: true }),
      message('q2', 'a1'),
      message('a2', 'q2'),
    ]
    const read = readAll(oasstMessages, ...rows)
    expect(read.contents.map(saidIn)).toEqual([['user: text of q1']])
    expect(read.contents.map(answersIn)).toEqual([[]])
    expect(read.problems).toEqual([])
  })

  it('are refused in an unfinished tree', () => {
    const { records, problems } = readAll(
      oasstMessages,
      message('q1', null, { tree_state: 'initial_prompt_review' }),
    )
    expect(records).toEqual([])
    expect(problems[0]?.field).toBe('tree_state')
  })

  it('are refused where they answer one another in a circle', () => {
    const { records, problems } = readAll(oasstMessages, message('q1', 'a1'), message('a1', 'q1'))
    expect(records).toEqual([])
    expect(problems).toHaveLength(2)
  })

  it('never throw', () => expectNeverThrows(oasstMessages, message('q1', null, { replies: [] })))
})
