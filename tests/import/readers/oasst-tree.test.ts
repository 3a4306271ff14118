import { describe, expect, it } from 'vitest'
import { oasstTree } from '#app/import/readers/oasst-tree.ts'
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
  role: 'prompter' | 'assistant',
  members: Record<string, unknown> = {},
) => ({ message_id, role, text: `text of ${message_id}`, lang: 'en', replies: [], ...members })

const tree = (prompt: unknown, members: Record<string, unknown> = {}) => ({
  message_tree_id: 'q1',
  tree_state: 'ready_for_export',
  prompt,
  ...members,
})

const good = tree(
  message('q1', 'prompter', {
    replies: [
      message('a1', 'assistant', { rank: 1 }),
      message('a2', 'assistant', {
        rank: 0,
        model_name: 'alpha-7b',
        synthetic: true,
        created_date: '2023-02-03T04:05:06.789+00:00',
        labels: { quality: { value: 0.75, count: 3 }, spam: { value: 0, count: 3 } },
        replies: [message('q2', 'prompter', { replies: [message('a3', 'assistant')] })],
      }),
    ],
  }),
)

const rankingsIn = (read: ReturnType<typeof readAll>) =>
  read.judgments.flatMap(({ kind, line }) => (kind === 'ranking' ? [line] : []))

describe('OASST trees', () => {
  it('are known by a tree id and a prompt with replies', () => {
    expect(oasstTree.mark(good)).toBe('has "message_tree_id" and a "prompt" with "replies"')
    expect(oasstTree.mark({ message_tree_id: 'q1', prompt: 'text' })).toBeNull()
  })

  it('keep a prompt for each question, with all turns before it', () => {
    const read = readAll(oasstTree, good)
    expect(read.problems).toEqual([])
    expect(read.contents.map(saidIn)).toEqual([
      ['user: text of q1'],
      ['user: text of q1', 'assistant: text of a2', 'user: text of q2'],
    ])
    expect(read.contents.map(answersIn)).toEqual([
      [
        ['unknown', 'text of a1'],
        ['alpha-7b', 'text of a2'],
      ],
      [['unknown', 'text of a3']],
    ])
    expect(read.contents[0]).toMatchObject({
      prompt: { externalId: 'q1', tags: ['en'], metadata: { message_tree_id: 'q1' } },
      responses: [{ externalId: 'a1' }, { externalId: 'a2', metadata: { synthetic: true } }],
    })
    expect(read.contents[0]?.responses[1]?.answeredAt).toBe(Date.UTC(2023, 1, 3, 4, 5, 6, 789))
  })

  it('keep the ranks of siblings as one ranking', () => {
    const read = readAll(oasstTree, good)
    expect(rankingsIn(read)).toMatchObject([
      {
        prompt_id: 'q1',
        rater: 'OASST annotators',
        ranking: [[{ response: 'a2' }], [{ response: 'a1' }]],
      },
    ])
    expectKnownIds(read)
  })

  it('tie siblings of one rank, and leave those without one out of the ranking', () => {
    const replies = [
      message('a1', 'assistant', { rank: 0 }),
      message('a2', 'assistant', { rank: null }),
      message('a3', 'assistant', { rank: 0 }),
    ]
    const read = readAll(oasstTree, tree(message('q1', 'prompter', { replies })))
    expect(read.contents[0]?.responses).toHaveLength(3)
    expect(rankingsIn(read)[0]?.ranking).toEqual([[{ response: 'a1' }, { response: 'a3' }]])
    const alone = tree(message('q1', 'prompter', { replies: replies.slice(0, 2) }))
    expect(rankingsIn(readAll(oasstTree, alone))).toEqual([])
  })

  it('keep labels of answers as scores in a campaign of their own', () => {
    const { judgments } = readAll(oasstTree, good)
    expect(scoresIn(judgments)).toEqual([
      ['quality', 0.75, 'OASST annotators'],
      ['spam', 0, 'OASST annotators'],
    ])
    expect(judgments.at(-1)?.line.campaign).toBe('OASST labels')
  })

  it('leave out deleted messages with all that follows on them', () => {
    const follow = [message('q2', 'prompter', { replies: [message('a2', 'assistant')] })]
    const replies = [message('a1', 'assistant', { deleted: true, replies: follow })]
    const read = readAll(oasstTree, tree(message('q1', 'prompter', { replies })))
    expect(read.contents.map(answersIn)).toEqual([[]])
    expect(read.problems).toEqual([])
  })

  it('are refused while they are unfinished, but not where they tell no state', () => {
    const growing = readAll(oasstTree, { ...good, tree_state: 'growing' })
    expect(growing.records).toEqual([])
    expect(growing.problems[0]).toMatchObject({ field: 'tree_state' })
    const { tree_state: _, ...stateless } = good
    expect(readAll(oasstTree, stateless).contents).toHaveLength(2)
  })

  it('name the message that cannot be read and keep the others', () => {
    const replies = [
      message('a1', 'assistant'),
      { message_id: 'a2', role: 'assistant' },
      message('q9', 'prompter'),
    ]
    const read = readAll(oasstTree, tree(message('q1', 'prompter', { replies })))
    expect(read.contents.map(answersIn)).toEqual([[['unknown', 'text of a1']]])
    expect(read.problems.map(({ field, reason }) => [field, reason])).toEqual([
      ['prompt.replies.1.text', 'is missing'],
      ['prompt.replies.2.role', 'answers a message of the same role, "prompter"'],
    ])
  })

  it('may be deeper than a program can call itself', () => {
    let root: unknown = message('m0', 'assistant')
    for (let depth = 1; depth <= 4_001; depth++) {
      root = message(`m${depth}`, depth % 2 === 0 ? 'assistant' : 'prompter', { replies: [root] })
    }
    expect(readAll(oasstTree, tree(root)).contents).toHaveLength(2_001)
  })

  it('never throw', () => expectNeverThrows(oasstTree, good))
})
