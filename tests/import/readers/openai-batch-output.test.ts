import { describe, expect, it } from 'vitest'
import { openaiBatchInput } from '#app/import/readers/openai-batch-input.ts'
import { openaiBatchOutput } from '#app/import/readers/openai-batch-output.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const messages = [{ role: 'user', content: 'Two plus two?' }]
const asked = (body: object) => ({
  custom_id: 'q-1',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'gpt-4o', messages, ...body },
})
const answered = (custom_id = 'q-1', model = 'gpt-4o-2024-08-06') => ({
  id: 'batch_req_1',
  custom_id,
  response: {
    status_code: 200,
    request_id: 'req_1',
    body: {
      id: 'chatcmpl-b',
      model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Four.' } }],
    },
  },
  error: null,
})
const beside = (...rows: ReturnType<typeof asked>[]) => [{ reader: openaiBatchInput, rows }]

describe('Answers of an OpenAI batch', () => {
  it('join their requests of the same import, with their settings', () => {
    const requests = beside(asked({ temperature: 0.1 }))
    expect(openaiBatchOutput.mark(answered())).toBe('has "custom_id" and "response"')
    const { content } = readRows(openaiBatchOutput, [answered()], requests)
    expect(content).toMatchObject([
      {
        prompt: { externalId: 'q-1', messages },
        responses: [
          {
            externalId: 'chatcmpl-b',
            messages: [{ role: 'assistant', content: 'Four.' }],
            model: {
              name: 'gpt-4o',
              version: 'gpt-4o-2024-08-06',
              parameters: { temperature: 0.1 },
            },
          },
        ],
      },
    ])
  })

  it('name their prompt where its request was imported before', () => {
    const { content, problems } = readRows(openaiBatchOutput, [answered()])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      { promptId: 'q-1', responses: [{ model: { name: 'gpt-4o-2024-08-06' } }] },
    ])
    expect(content[0]?.prompt).toBeUndefined()
  })

  it('find the request to their own model where one custom id was asked of several', () => {
    const requests = beside(
      asked({ model: 'gpt-4o', temperature: 0.2 }),
      asked({ model: 'gpt-5', temperature: 0.9 }),
    )
    const { content } = readRows(openaiBatchOutput, [answered('q-1', 'gpt-5-2025-08-07')], requests)
    expect(content[0]?.responses[0]?.model).toMatchObject({
      name: 'gpt-5',
      parameters: { temperature: 0.9 },
    })
  })

  it('keep only the settings that all fitting requests share', () => {
    const requests = beside(
      asked({ temperature: 0.2, top_p: 0.5 }),
      asked({ temperature: 0.9, top_p: 0.5 }),
    )
    const { content } = readRows(openaiBatchOutput, [answered()], requests)
    expect(content[0]?.responses[0]?.model.parameters).toEqual({ top_p: 0.5 })
  })

  it('are refused where requests of one custom id ask different things', () => {
    const other = [{ role: 'user', content: 'Three plus three?' }]
    const requests = beside(asked({}), asked({ messages: other, temperature: 0 }))
    const { content, problems } = readRows(openaiBatchOutput, [answered()], requests)
    expect(content).toEqual([])
    expect(problems).toMatchObject([{ field: 'custom_id' }])
  })

  it('do not take the request of an id that only begins alike', () => {
    const { content } = readRows(openaiBatchOutput, [answered('q')], beside(asked({})))
    expect(content[0]?.prompt).toBeUndefined()
  })

  it('come after the requests', () => {
    expect(openaiBatchOutput.order ?? 0).toBeGreaterThan(openaiBatchInput.order ?? 0)
  })

  it('tell why a request failed', () => {
    const body = { error: { message: 'The model does not exist' } }
    const { problems } = readRows(openaiBatchOutput, [
      { id: 'b', custom_id: 'q-1', response: null, error: { code: 'x', message: 'Batch expired' } },
      { id: 'b', custom_id: 'q-2', response: { status_code: 404, body }, error: null },
    ])
    expect(problems.map(({ reason }) => reason)).toEqual([
      'request "q-1" failed: Batch expired',
      'request "q-2" failed: The model does not exist',
    ])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(openaiBatchOutput, ['id', 'custom_id', 'response', 'error'], answered())
  })
})
