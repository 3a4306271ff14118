import { describe, expect, it } from 'vitest'
import { helicone } from '#app/import/readers/helicone.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const row = {
  request_id: 'req-1',
  request_created_at: '2025-05-01T08:00:00Z',
  request_body: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Good tea?' }] },
  request_path: 'https://api.openai.com/v1/chat/completions',
  request_user_id: 'somebody',
  request_properties: {
    'Helicone-Prompt-Id': 'drinks',
    'Helicone-Prompt-Version': '5',
    Page: 'menu',
  },
  provider: 'OPENAI',
  response_created_at: '2025-05-01T08:00:02Z',
  response_status: 200,
  response_model: 'gpt-4o-2024-08-06',
  response_body: { choices: [{ index: 0, message: { role: 'assistant', content: 'Oolong.' } }] },
  feedback_rating: false,
}

describe('Requests of Helicone', () => {
  it('give the prompt and the answer, with what Helicone knows of them', () => {
    expect(helicone.mark(row)).not.toBeNull()
    const { content, problems } = readRows(helicone, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: { externalId: 'req-1', metadata: { provider: 'OPENAI', Page: 'menu' } },
        responses: [
          {
            externalId: 'req-1',
            model: { name: 'gpt-4o', version: 'gpt-4o-2024-08-06', promptVersion: 'drinks@5' },
            messages: [{ role: 'assistant', content: 'Oolong.' }],
            answeredAt: Date.parse('2025-05-01T08:00:02Z'),
            latencyMs: 2_000,
          },
        ],
      },
    ])
    expect(JSON.stringify(content)).not.toContain('somebody')
  })

  it.each([
    [true, 'yes'],
    ['true', 'yes'],
    [false, 'no'],
  ])("turn their users' rating %s into a judgment: %s", (feedback_rating, choice) => {
    const { judgments } = readRows(helicone, [{ ...row, feedback_rating }])
    expect(judgments).toMatchObject([
      {
        kind: 'rubric',
        line: {
          prompt_id: 'req-1',
          response: 'req-1',
          model: 'gpt-4o',
          criterion: 'rating',
          choice,
          rater: 'Helicone feedback',
          source: 'human',
        },
      },
    ])
  })

  it('make no judgment of a request that nobody rated', () => {
    expect(readRows(helicone, [{ ...row, feedback_rating: null }]).judgments).toEqual([])
  })

  it('keep scores beside the answer', () => {
    const scored = { ...row, scores: { accuracy: { value: 90, valueType: 'number' }, fun: 3 } }
    expect(readRows(helicone, [scored]).content[0]?.responses[0]?.metadata).toEqual({
      scores: { accuracy: 90, fun: 3 },
    })
  })

  it('are read from tables, where the bodies are text', () => {
    const table = {
      ...row,
      request_body: JSON.stringify(row.request_body),
      response_body: JSON.stringify(row.response_body),
      request_properties: JSON.stringify(row.request_properties),
      response_status: '200',
      feedback_rating: '',
    }
    expect(readRows(helicone, [table])).toMatchObject({
      problems: [],
      judgments: [],
      content: [{ responses: [{ model: { promptVersion: 'drinks@5' } }] }],
    })
  })

  it('find the model of a Gemini request in its address', () => {
    const gemini = {
      ...row,
      request_path: 'https://host/v1beta/models/gemini-2.0-flash:generateContent',
      request_body: { contents: [{ role: 'user', parts: [{ text: 'Good tea?' }] }] },
      response_body: { candidates: [{ content: { parts: [{ text: 'Mint.' }] } }] },
      response_model: null,
    }
    const [record] = readRows(helicone, [gemini]).content
    expect(record?.responses[0]?.model.name).toBe('gemini-2.0-flash')
  })

  it('are refused without their bodies, and where the call failed', () => {
    const { records, problems } = readRows(helicone, [
      { ...row, request_body: {}, response_body: {}, signed_body_url: 'https://host/body' },
      { ...row, response_status: 429, response_body: { error: { message: 'Slow down' } } },
    ])
    expect(records).toEqual([])
    expect(problems).toEqual([
      { field: 'signed_body_url', reason: expect.stringContaining('bodies included') },
      { field: 'response_status', reason: 'the call failed with 429: Slow down' },
    ])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(
      helicone,
      ['request_id', 'request_body', 'response_body', 'scores', 'provider'],
      row,
    )
  })
})
