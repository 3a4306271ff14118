import { describe, expect, it } from 'vitest'
import { langchainMessages } from '#app/import/readers/langchain-messages.ts'
import { langfuseChatml } from '#app/import/readers/langfuse-chatml.ts'
import { expectNeverThrows, readAll } from './reading.ts'

describe('LangChain messages', () => {
  it('keep tools’ turns in the prompt and give the last answer as the response', () => {
    const row = {
      messages: [
        { type: 'human', content: 'Is it raining?' },
        { type: 'ai', content: '', tool_calls: [{ name: 'look', args: { out: true }, id: 'c' }] },
        { type: 'tool', content: 'wet', name: 'look', tool_call_id: 'c' },
        { type: 'ai', content: 'It is.', id: 'run-1', response_metadata: { model_name: 'm-1' } },
      ],
    }
    expect(langchainMessages.mark(row)).not.toBeNull()
    const { records, problems } = readAll(langchainMessages, row)
    expect(problems).toEqual([])
    expect(records).toMatchObject([
      {
        prompt: { messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool' }] },
        responses: [{ externalId: 'run-1', model: { name: 'm-1' } }],
      },
    ])
  })

  it('without an answer are refused', () => {
    const row = { messages: [{ type: 'human', content: 'Hello?' }] }
    expect(readAll(langchainMessages, row)).toMatchObject({
      records: [],
      problems: [{ reason: 'the conversation ends without an answer' }],
    })
  })

  it('are read or explained, whatever they hold', () => {
    expectNeverThrows(langchainMessages, { messages: [{ type: 'human', content: 'x' }] })
  })
})

describe('Langfuse’s normalised messages', () => {
  it('give each observation that has a conversation and an answer', () => {
    const row = {
      a1: {
        input: { success: true, data: [{ role: 'user', content: 'Hi' }] },
        output: { success: true, data: [{ role: 'assistant', content: 'Hello' }] },
      },
      tool: { input: { success: false }, output: { success: true, data: [{ json: {} }] } },
    }
    expect(langfuseChatml.mark(row)).not.toBeNull()
    const { records } = readAll(langfuseChatml, row)
    expect(records).toMatchObject([{ responses: [{ externalId: 'a1' }] }])
    expect(langfuseChatml.mark({ a: { input: 1 } })).toBeNull()
  })

  it('are read or explained, whatever they hold', () => {
    expectNeverThrows(langfuseChatml, { a: { input: {}, output: {} } })
  })
})
