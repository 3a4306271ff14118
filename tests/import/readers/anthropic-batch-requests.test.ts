import { describe, expect, it } from 'vitest'
import { anthropicBatchRequests } from '#app/import/readers/anthropic-batch-requests.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const request = (custom_id: string, text: string) => ({
  custom_id,
  params: {
    model: 'claude-haiku-4-5',
    max_tokens: 50,
    system: 'One word.',
    messages: [{ role: 'user', content: text }],
  },
})

describe('Requests of an Anthropic batch', () => {
  it('are prompts under their custom ids', () => {
    const row = request('a-1', 'Colour of grass?')
    expect(anthropicBatchRequests.mark(row)).toBe('has "custom_id" and "params"')
    const { content } = readRows(anthropicBatchRequests, [row])
    expect(content).toMatchObject([
      {
        prompt: {
          externalId: 'a-1',
          messages: [
            { role: 'system', content: 'One word.' },
            { role: 'user', content: 'Colour of grass?' },
          ],
        },
        responses: [],
      },
    ])
  })

  it('are known in the body that creates the batch', () => {
    const row = { requests: [request('a-1', 'One?'), request('a-2', 'Two?')] }
    expect(anthropicBatchRequests.mark(row)).toContain('"requests"')
    expect(readRows(anthropicBatchRequests, [row]).content).toHaveLength(2)
  })

  it('lose only the one that is wrong', () => {
    const row = { requests: [{ custom_id: 'a-1', params: {} }, request('a-2', 'Two?')] }
    const { content, problems } = readRows(anthropicBatchRequests, [row])
    expect(content).toHaveLength(1)
    expect(problems).toMatchObject([{ field: 'params' }])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(anthropicBatchRequests, ['custom_id', 'params', 'requests'], request('a-1', 'Hi'))
  })
})
