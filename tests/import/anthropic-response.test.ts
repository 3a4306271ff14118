import { describe, expect, it } from 'vitest'
import { anthropicAnswer } from '#app/import/shapes/anthropic-response.ts'

const message = (content: unknown[]) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-haiku-4-5',
  content,
  stop_reason: 'end_turn',
  usage: { output_tokens: 3 },
})

describe('Answers of Anthropic', () => {
  it('join the text blocks and keep the thinking out of the answer', () => {
    const answer = anthropicAnswer(
      message([
        { type: 'thinking', thinking: 'They want a number.', signature: 'x' },
        { type: 'text', text: 'About ' },
        { type: 'text', text: 'seven.' },
      ]),
    )
    expect(answer).toMatchObject({
      id: 'msg_1',
      model: 'claude-haiku-4-5',
      usage: { output_tokens: 3 },
      outputs: [
        {
          messages: [
            { role: 'assistant', content: 'About seven.', thinking: 'They want a number.' },
          ],
          finishReason: 'end_turn',
        },
      ],
    })
  })

  it('keep the use of a tool as a call', () => {
    const answer = anthropicAnswer(
      message([{ type: 'tool_use', id: 'toolu_1', name: 'clock', input: { zone: 'UTC' } }]),
    )
    expect(answer?.outputs[0]?.messages).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'toolu_1',
            type: 'function',
            function: { name: 'clock', arguments: '{"zone":"UTC"}' },
          },
        ],
      },
    ])
  })

  it('are joined from the events of a stream', () => {
    const answer = anthropicAnswer([
      { type: 'message_start', message: { ...message([]), stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'It is ' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'late.' } },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'tool_use', id: 'toolu_2', name: 'clock', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '{"zone":' },
      },
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '"UTC"}' },
      },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
      { type: 'message_stop' },
    ])
    expect(answer).toMatchObject({
      usage: { output_tokens: 9 },
      outputs: [
        {
          messages: [
            {
              role: 'assistant',
              content: 'It is late.',
              tool_calls: [{ function: { name: 'clock', arguments: '{"zone":"UTC"}' } }],
            },
          ],
          finishReason: 'tool_use',
        },
      ],
    })
  })

  it('are not seen in what is none', () => {
    expect(anthropicAnswer({ choices: [] })).toBeUndefined()
    expect(anthropicAnswer({ type: 'message', role: 'user', content: [] })).toBeUndefined()
    expect(anthropicAnswer([{ type: 'ping' }])).toBeUndefined()
  })
})
