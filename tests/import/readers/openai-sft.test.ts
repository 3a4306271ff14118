import { describe, expect, it } from 'vitest'
import { openaiSft } from '#app/import/readers/openai-sft.ts'
import { answersIn, expectNeverThrows, readAll, saidIn } from './reading.ts'

const messages = [
  { role: 'system', content: 'Be dry.' },
  { role: 'user', content: 'Capital of Peru?' },
  { role: 'assistant', content: 'Lima, obviously.' },
]

describe('OpenAI fine-tuning conversations', () => {
  it('are known by messages with roles and nothing that judges them', () => {
    expect(openaiSft.mark({ messages })).toBe('has "messages" with roles')
    expect(openaiSft.mark({ messages, label: true })).toBeNull()
    expect(openaiSft.mark({ messages, choices: [] })).toBeNull()
    expect(openaiSft.mark({ messages: 'Hi' })).toBeNull()
  })

  it('keep the last answer as the response, with the tools that were offered', () => {
    const tools = [{ type: 'function', function: { name: 'atlas' } }]
    const read = readAll(openaiSft, { messages, tools, parallel_tool_calls: true })
    expect(saidIn(read.contents[0])).toEqual(['system: Be dry.', 'user: Capital of Peru?'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Lima, obviously.']])
    expect(read.contents[0]?.responses[0]?.tools).toEqual(tools)
    expect(read.problems).toEqual([])
  })

  it('take no answer of weight 0 as the response', () => {
    const more = [
      ...messages,
      { role: 'user', content: 'Of Chile?' },
      { role: 'assistant', content: 'Dunno.', weight: 0 },
    ]
    const read = readAll(openaiSft, { messages: more })
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Lima, obviously.']])
    expect(read.problems[0]?.reason).toMatch(/what follows was left out$/)
  })

  it('keep answers of weight 0 in the conversation before the response', () => {
    const more = [
      messages[1],
      { role: 'assistant', content: 'Hm.', weight: 0 },
      { role: 'user', content: 'Well?' },
      { role: 'assistant', content: 'Lima.', weight: 1 },
    ]
    const read = readAll(openaiSft, { messages: more })
    expect(saidIn(read.contents[0])).toEqual([
      'user: Capital of Peru?',
      'assistant: Hm.',
      'user: Well?',
    ])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Lima.']])
  })

  it('refuse a conversation none of whose answers is to be learnt', () => {
    const unlearnt = messages.map((message) => ({ ...message, weight: 0 }))
    const read = readAll(openaiSft, { messages: unlearnt })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^has no answer to learn/)
  })

  it('keep a conversation without any answer as a prompt', () => {
    const read = readAll(openaiSft, { messages: messages.slice(0, 2) })
    expect(read.contents[0]?.responses).toEqual([])
    expect(read.problems).toEqual([])
  })

  it('never throw', () => expectNeverThrows(openaiSft, { messages, tools: [] }))
})
