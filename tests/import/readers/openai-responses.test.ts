import { describe, expect, it } from 'vitest'
import { openaiResponses } from '#app/import/readers/openai-responses.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const response = (id: string, input: unknown, text: string, more: object = {}) => ({
  id,
  object: 'response',
  created_at: 1_750_000_000,
  status: 'completed',
  error: null,
  instructions: 'Speak plainly.',
  model: 'gpt-5-2025-08-07',
  temperature: 1,
  top_p: 1,
  text: { format: { type: 'text' }, verbosity: 'medium' },
  previous_response_id: null,
  input,
  output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
  ...more,
})

describe('Responses of the Responses API', () => {
  it('give the instructions, the input and the answer', () => {
    const row = response('resp_1', 'What is tin?', 'A metal.')
    expect(openaiResponses.mark(row)).not.toBeNull()
    const { content, problems } = readRows(openaiResponses, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: {
          messages: [
            { role: 'system', content: 'Speak plainly.' },
            { role: 'user', content: 'What is tin?' },
          ],
        },
        responses: [
          {
            externalId: 'resp_1',
            messages: [{ role: 'assistant', content: 'A metal.' }],
            model: { name: 'gpt-5-2025-08-07', parameters: {} },
            answeredAt: 1_750_000_000_000,
            finishReason: 'completed',
          },
        ],
      },
    ])
  })

  it('continue the response they name, with its turns and their own instructions', () => {
    const first = response('resp_1', 'What is tin?', 'A metal.')
    const second = response('resp_2', 'And zinc?', 'Another.', {
      previous_response_id: 'resp_1',
      instructions: null,
    })
    const { content, problems } = readRows(openaiResponses, [second, first])
    expect(problems).toEqual([])
    expect(content[0]?.prompt?.messages).toEqual([
      { role: 'user', content: 'What is tin?' },
      { role: 'assistant', content: 'A metal.' },
      { role: 'user', content: 'And zinc?' },
    ])
  })

  it('are refused where the turns before them are not here', () => {
    const row = response('resp_2', 'And zinc?', 'Another.', { previous_response_id: 'resp_1' })
    const { content, problems } = readRows(openaiResponses, [row])
    expect(content).toEqual([])
    expect(problems).toEqual([
      {
        field: 'previous_response_id',
        reason: 'it continues the response "resp_1", whose turns are not here',
      },
    ])
  })

  it('do not go round in a circle of responses that name each other', () => {
    const one = response('resp_1', 'a', 'b', { previous_response_id: 'resp_2' })
    const two = response('resp_2', 'c', 'd', { previous_response_id: 'resp_1' })
    expect(readRows(openaiResponses, [one, two]).problems).toHaveLength(2)
  })

  it('take the input items that the API lists', () => {
    const items = {
      data: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }],
    }
    const row = response('resp_3', undefined, 'Hello', { input_items: items, instructions: null })
    expect(readRows(openaiResponses, [row]).content[0]?.prompt?.messages).toEqual([
      { role: 'user', content: 'Hi' },
    ])
  })

  it('are refused without their input, and where they failed', () => {
    const { problems } = readRows(openaiResponses, [
      response('resp_4', undefined, 'Hello'),
      response('resp_5', 'Hi', '', { status: 'failed', error: { message: 'Quota is used up' } }),
    ])
    expect(problems.map(({ field }) => field)).toEqual(['input', 'output'])
    expect(problems[1]?.reason).toBe('the call failed: Quota is used up')
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(
      openaiResponses,
      ['object', 'id', 'input', 'output', 'previous_response_id'],
      response('resp_1', 'Hi', 'Hello'),
    )
  })
})
