import { describe, expect, it } from 'vitest'
import { litellm } from '#app/import/readers/litellm.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const messages = [{ role: 'user', content: 'Tallest tree?' }]
const payload = {
  id: 'call-1',
  call_type: 'acompletion',
  status: 'success',
  custom_llm_provider: 'openai',
  model: 'gpt-4o',
  messages,
  response: {
    id: 'chatcmpl-1',
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, message: { role: 'assistant', content: 'A redwood.' } }],
    usage: { total_tokens: 12 },
  },
  model_parameters: { temperature: 0.4, stream: true },
  hidden_params: {},
  response_cost: 0.0003,
  startTime: 1_750_000_000.25,
  endTime: 1_750_000_001.5,
  request_tags: ['forest', 'User-Agent: curl'],
  metadata: {
    user_api_key_user_email: 'someone@example.org',
    requester_metadata: { feature: 'quiz' },
    prompt_management_metadata: { prompt_id: 'trees', prompt_variables: {} },
  },
}

describe('A LiteLLM log', () => {
  it('gives the prompt, the answer, the settings, what it cost and how long it took', () => {
    expect(litellm.mark(payload)).toBe('has "call_type", "messages" and "hidden_params"')
    const { content, problems } = readRows(litellm, [payload])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: {
          messages,
          tags: ['forest'],
          metadata: { custom_llm_provider: 'openai', feature: 'quiz' },
        },
        responses: [
          {
            externalId: 'call-1',
            model: {
              name: 'gpt-4o',
              version: 'gpt-4o-2024-08-06',
              promptVersion: 'trees',
              parameters: { temperature: 0.4 },
            },
            messages: [{ role: 'assistant', content: 'A redwood.' }],
            answeredAt: 1_750_000_001_500,
            latencyMs: 1_250,
            cost: 0.0003,
            usage: { total_tokens: 12 },
          },
        ],
      },
    ])
  })

  it('leaves out who called', () => {
    expect(JSON.stringify(readRows(litellm, [payload]).records)).not.toContain('someone@')
  })

  it('reads times written out, which LiteLLM gives without a zone, as UTC', () => {
    const row = {
      ...payload,
      startTime: '2025-06-15 15:06:40.000000',
      endTime: '2025-06-15 15:06:41.500000',
    }
    expect(readRows(litellm, [row]).content[0]?.responses).toMatchObject([
      { answeredAt: Date.parse('2025-06-15T15:06:41.500Z'), latencyMs: 1_500 },
    ])
  })

  it("is known within a callback's arguments", () => {
    const row = { model: 'gpt-4o', messages, standard_logging_object: payload }
    expect(litellm.mark(row)).not.toBeNull()
    expect(readRows(litellm, [row]).content).toHaveLength(1)
  })

  it("takes a spend log's request from the body that the proxy kept", () => {
    const row = {
      request_id: 'spend-1',
      call_type: 'acompletion',
      spend: 0.1,
      model: 'gpt-4o',
      messages: '{}',
      proxy_server_request: JSON.stringify({ messages, temperature: 0.1 }),
      response: JSON.stringify(payload.response),
    }
    expect(litellm.mark(row)).not.toBeNull()
    const [record] = readRows(litellm, [row]).content
    expect(record?.prompt?.messages).toEqual(messages)
    expect(record?.responses[0]).toMatchObject({
      externalId: 'spend-1',
      cost: 0.1,
      model: { parameters: { temperature: 0.1 } },
    })
  })

  it('refuses failures, redacted text and calls that no text answers, each with its reason', () => {
    const redacted = [{ role: 'user', content: 'redacted-by-litellm' }]
    const { records, problems } = readRows(litellm, [
      { ...payload, status: 'failure', response: null, error_str: 'Timeout' },
      { ...payload, messages: redacted },
      { ...payload, response: { text: 'redacted-by-litellm' } },
      { ...payload, call_type: 'aembedding' },
      { ...payload, messages: [] },
    ])
    expect(records).toEqual([])
    expect(problems.map(({ field }) => field)).toEqual([
      'status',
      'messages',
      'response',
      'call_type',
      'messages',
    ])
    expect(problems[0]?.reason).toBe('the call failed: Timeout')
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(
      litellm,
      ['call_type', 'messages', 'response', 'metadata', 'hidden_params'],
      payload,
    )
  })
})
