import { describe, expect, it } from 'vitest'
import { sharegpt } from '#app/import/readers/sharegpt.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const conversations = [
  { from: 'system', value: 'Be kind.' },
  { from: 'human', value: 'Light!' },
  { from: 'function_call', value: '{"name":"lamp","arguments":{"state":"on"}}' },
  { from: 'observation', value: 'on' },
  { from: 'gpt', value: 'Done.' },
]

describe('ShareGPT conversations', () => {
  it('are known by turns with "from" and "value"', () => {
    expect(sharegpt.mark({ conversations })).toBe('has "conversations" with "from" and "value"')
    expect(sharegpt.mark({ conversations, kto_tag: true })).toBeNull()
    expect(sharegpt.mark({ conversations: [] })).toBeNull()
  })

  it('keep who spoke, calls of tools and what these returned', () => {
    const read = readAll(sharegpt, { conversations, id: 'x1' })
    expect(saidIn(read.contents[0])).toEqual([
      'system: Be kind.',
      'user: Light!',
      'assistant: ',
      'tool: on',
    ])
    expect(read.contents[0]?.prompt?.messages[2]?.tool_calls).toMatchObject([
      { function: { name: 'lamp' } },
    ])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Done.']])
    expect(read.contents[0]?.prompt?.metadata).toEqual({ id: 'x1' })
    expect(read.judgments).toEqual([])
  })

  it('keep a system prompt and tools from columns of their own', () => {
    const tools = [{ name: 'lamp' }]
    const row = {
      conversations: conversations.slice(1),
      system: 'Be kind.',
      tools: JSON.stringify(tools),
    }
    const [content] = readAll(sharegpt, row).contents
    expect(saidIn(content)[0]).toBe('system: Be kind.')
    expect(content?.responses[0]?.tools).toEqual(tools)
  })

  it('keep two answers to a conversation as a pair', () => {
    const row = {
      conversations: [{ from: 'human', value: 'Name a sea.' }],
      chosen: { from: 'gpt', value: 'Aral.' },
      rejected: { from: 'gpt', value: 'Alps.' },
    }
    expect(sharegpt.mark(row)).toBe('has "conversations", "chosen" and "rejected"')
    const read = readAll(sharegpt, row)
    expect(saidIn(read.contents[0])).toEqual(['user: Name a sea.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Aral.'],
      ['unknown', 'Alps.'],
    ])
    expect(pairsIn(read.judgments)).toHaveLength(1)
    expectKnownIds(read)
  })

  it('keep a pair whose turns have roles instead', () => {
    const row = {
      conversations: [{ role: 'user', content: 'Name a sea.' }],
      chosen: { role: 'assistant', content: 'Aral.' },
      rejected: { role: 'assistant', content: 'Alps.' },
    }
    expect(sharegpt.mark(row)).not.toBeNull()
    expect(pairsIn(readAll(sharegpt, row).judgments)).toHaveLength(1)
  })

  it('refuse a row without turns', () => {
    expect(readAll(sharegpt, { conversations: 'Hi' })).toMatchObject({
      records: [],
      problems: [{ field: 'conversations', reason: 'is no list of turns' }],
    })
  })

  it('never throw', () =>
    expectNeverThrows(sharegpt, { conversations, chosen: {}, rejected: {}, system: 'x' }))
})
