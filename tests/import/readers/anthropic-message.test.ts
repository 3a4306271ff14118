import { describe, expect, it } from 'vitest'
import { anthropicMessage } from '#app/import/readers/anthropic-message.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'text', text: 'Yes.' }],
  stop_reason: 'end_turn',
}

describe('An Anthropic message without its request', () => {
  it('is known, and refused with what to do about it', () => {
    expect(anthropicMessage.mark(message)).toContain('no request')
    const { records, problems } = readRows(anthropicMessage, [message])
    expect(records).toEqual([])
    expect(problems[0]?.reason).toContain('give the request beside it')
  })

  it('is not seen where the request is there, nor in items of other APIs', () => {
    const item = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: '' }],
    }
    expect(anthropicMessage.mark({ ...message, messages: [] })).toBeNull()
    expect(anthropicMessage.mark(item)).toBeNull()
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(anthropicMessage, ['type', 'role', 'content', 'stop_reason'], message)
  })
})
