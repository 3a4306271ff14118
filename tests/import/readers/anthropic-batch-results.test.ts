import { describe, expect, it } from 'vitest'
import { anthropicBatchRequests } from '#app/import/readers/anthropic-batch-requests.ts'
import { anthropicBatchResults } from '#app/import/readers/anthropic-batch-results.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const succeeded = {
  custom_id: 'a-1',
  result: {
    type: 'succeeded',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-haiku-4-5-20251001',
      content: [{ type: 'text', text: 'Green.' }],
      stop_reason: 'end_turn',
    },
  },
}
const request = {
  custom_id: 'a-1',
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: 50,
    messages: [{ role: 'user', content: 'Colour of grass?' }],
  },
}

describe('Results of an Anthropic batch', () => {
  it('join their requests of the same import', () => {
    expect(anthropicBatchResults.mark(succeeded)).not.toBeNull()
    const beside = [{ reader: anthropicBatchRequests, rows: [request] }]
    const { content } = readRows(anthropicBatchResults, [succeeded], beside)
    expect(content).toMatchObject([
      {
        prompt: { externalId: 'a-1', messages: request.params.messages },
        responses: [
          {
            externalId: 'msg_1',
            model: {
              name: 'claude-haiku-4-5',
              version: 'claude-haiku-4-5-20251001',
              parameters: { max_tokens: 50 },
            },
          },
        ],
      },
    ])
  })

  it('name their prompt where its request was imported before', () => {
    const { content } = readRows(anthropicBatchResults, [succeeded])
    expect(content).toMatchObject([{ promptId: 'a-1' }])
  })

  it('tell why there is no answer', () => {
    const without = (type: string, more: object = {}) => ({
      custom_id: 'a-2',
      result: { type, ...more },
    })
    const { records, problems } = readRows(anthropicBatchResults, [
      without('errored', {
        error: { type: 'error', error: { type: 'invalid_request_error', message: 'Too long' } },
      }),
      without('errored', { error: { message: 'Too short' } }),
      without('canceled'),
      without('expired'),
    ])
    expect(records).toEqual([])
    expect(problems.map(({ reason }) => reason)).toEqual([
      'request "a-2" failed: Too long',
      'request "a-2" failed: Too short',
      'request "a-2" was canceled before it was answered',
      'request "a-2" expired before it was answered',
    ])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(anthropicBatchResults, ['custom_id', 'result'], succeeded)
  })
})
