import { describe, expect, it } from 'vitest'
import { openaiBatchInput } from '#app/import/readers/openai-batch-input.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const line = (custom_id: string, body: object, url = '/v1/chat/completions') => ({
  custom_id,
  method: 'POST',
  url,
  body,
})

describe('Requests of an OpenAI batch', () => {
  it('are prompts under their custom ids', () => {
    const messages = [{ role: 'user', content: 'Two plus two?' }]
    const row = line('q-1', { model: 'gpt-4o', messages })
    expect(openaiBatchInput.mark(row)).toBe('has "custom_id", "method", "url" and "body"')
    const { content, problems } = readRows(openaiBatchInput, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([{ prompt: { externalId: 'q-1', messages }, responses: [] }])
  })

  it('are read for the Responses API as well', () => {
    const body = { model: 'gpt-5', instructions: 'Count.', input: 'How many moons?' }
    const { content } = readRows(openaiBatchInput, [line('q-2', body, '/v1/responses')])
    expect(content[0]?.prompt?.messages).toEqual([
      { role: 'system', content: 'Count.' },
      { role: 'user', content: 'How many moons?' },
    ])
  })

  it('are refused where no text would answer them, or nothing is asked', () => {
    const { problems } = readRows(openaiBatchInput, [
      line('q-3', { model: 'e', input: 'text' }, '/v1/embeddings'),
      line('q-4', { model: 'gpt-4o' }),
      { ...line('', {}), custom_id: '' },
    ])
    expect(problems.map(({ field }) => field)).toEqual(['url', 'body', 'custom_id'])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(
      openaiBatchInput,
      ['custom_id', 'method', 'url', 'body'],
      line('q', { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }),
    )
  })
})
