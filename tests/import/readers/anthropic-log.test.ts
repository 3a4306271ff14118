import { describe, expect, it } from 'vitest'
import { anthropicLog } from '#app/import/readers/anthropic-log.ts'
import { openaiLog } from '#app/import/readers/openai-log.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const request = {
  model: 'claude-sonnet-4-5',
  max_tokens: 100,
  system: 'Be exact.',
  messages: [{ role: 'user', content: 'Boiling point of water?' }],
}
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content: [{ type: 'text', text: '100 °C at sea level.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 9, output_tokens: 8 },
}

describe('A log of Anthropic messages', () => {
  it('gives the system prompt, the turns and the answer', () => {
    const row = { request, response: message }
    expect(anthropicLog.mark(row)).toContain('Anthropic')
    const { content, problems } = readRows(anthropicLog, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: {
          messages: [
            { role: 'system', content: 'Be exact.' },
            { role: 'user', content: 'Boiling point of water?' },
          ],
        },
        responses: [
          {
            externalId: 'msg_1',
            model: { name: 'claude-sonnet-4-5', version: 'claude-sonnet-4-5-20250929' },
            messages: [{ role: 'assistant', content: '100 °C at sea level.' }],
            finishReason: 'end_turn',
          },
        ],
      },
    ])
  })

  it('is known by rows that hold both side by side', () => {
    const beside = { ...request, response: message }
    const merged = { ...message, ...request }
    for (const row of [beside, merged]) {
      expect(anthropicLog.mark(row)).not.toBeNull()
      expect(readRows(anthropicLog, [row]).content).toMatchObject([
        {
          prompt: { messages: [{ role: 'system' }, { content: 'Boiling point of water?' }] },
          responses: [{ messages: [{ role: 'assistant', content: '100 °C at sea level.' }] }],
        },
      ])
    }
  })

  it('opens an answer with the text it was made to begin with', () => {
    const prefilled = {
      ...request,
      messages: [...request.messages, { role: 'assistant', content: 'It is ' }],
    }
    const [record] = readRows(anthropicLog, [{ request: prefilled, response: message }]).content
    expect(record?.prompt?.messages.at(-1)?.role).toBe('user')
    expect(record?.responses[0]?.messages[0]?.content).toBe('It is 100 °C at sea level.')
  })

  it('does not take the rows of OpenAI, nor the other way round', () => {
    const completion = { choices: [{ message: { role: 'assistant', content: 'Hi' } }] }
    expect(anthropicLog.mark({ request, response: completion })).toBeNull()
    expect(openaiLog.mark({ request, response: message })).toBeNull()
  })

  it('refuses a failed call in its own words', () => {
    const response = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    expect(readRows(anthropicLog, [{ request, response }]).problems[0]?.reason).toBe(
      'the call failed: Overloaded',
    )
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(anthropicLog, ['request', 'response', 'messages', 'content', 'stop_reason'], {
      request,
      response: message,
    })
  })
})
