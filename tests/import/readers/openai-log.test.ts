import { describe, expect, it } from 'vitest'
import { openaiLog } from '#app/import/readers/openai-log.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const messages = [{ role: 'user', content: 'Name a bird.' }]
const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Stork.' }, finish_reason: 'stop' },
    { index: 1, message: { role: 'assistant', content: 'Wren.' }, finish_reason: 'stop' },
  ],
}
const request = { model: 'gpt-4o-mini', messages, n: 2, temperature: 0.7 }

describe('A log of requests and responses', () => {
  it('gives one prompt with every choice as a response of its own', () => {
    const { content, problems } = readRows(openaiLog, [{ request, response: completion }])
    expect(problems).toEqual([])
    expect(content).toHaveLength(1)
    expect(content[0]?.prompt?.messages).toEqual(messages)
    expect(content[0]?.responses).toMatchObject([
      { externalId: 'chatcmpl-1#0', messages: [{ content: 'Stork.' }] },
      { externalId: 'chatcmpl-1#1', messages: [{ content: 'Wren.' }], sample: 1 },
    ])
    expect(content[0]?.responses[0]?.model).toEqual({
      name: 'gpt-4o-mini',
      version: 'gpt-4o-mini-2024-07-18',
      promptVersion: '',
      parameters: { temperature: 0.7 },
    })
  })

  const names = ['request', 'req', 'input', 'kwargs'].flatMap((asked) =>
    ['response', 'resp', 'output', 'completion'].map((answered) => [asked, answered] as const),
  )
  it.each(names)('knows the pair "%s" and "%s"', (asked, answered) => {
    const row = { [asked]: request, [answered]: completion }
    expect(openaiLog.mark(row)).toContain('OpenAI')
    expect(readRows(openaiLog, [row]).content[0]?.responses).toHaveLength(2)
  })

  it('reads pairs whose bodies are JSON text, as tables hold them', () => {
    const row = { request: JSON.stringify(request), response: JSON.stringify(completion) }
    expect(openaiLog.mark(row)).not.toBeNull()
    expect(readRows(openaiLog, [row]).content[0]?.responses).toHaveLength(2)
  })

  it('reads bodies within logged HTTP messages', () => {
    const row = {
      request: { method: 'POST', body: request },
      response: { status: 200, body: completion },
    }
    expect(openaiLog.mark(row)).not.toBeNull()
    expect(readRows(openaiLog, [row]).content[0]?.responses).toHaveLength(2)
  })

  it('reads rows that hold messages beside choices', () => {
    const row = { ...completion, model: 'gpt-4o', messages }
    expect(openaiLog.mark(row)).not.toBeNull()
    const [record] = readRows(openaiLog, [row]).content
    expect(record?.prompt?.messages).toEqual(messages)
    expect(record?.responses[0]?.model.name).toBe('gpt-4o')
  })

  it("reads rows that hold messages beside the answer's text, with what they note", () => {
    const row = {
      id: 'log-7',
      model: 'local-model',
      messages,
      response: 'A heron.',
      timestamp: '2025-03-01T10:00:00Z',
      latency_ms: 420,
      cost_usd: 0.002,
      tags: ['zoo'],
      environment: 'production',
      metadata: { prompt_name: 'birds', prompt_version: '2', team: 'nature' },
    }
    expect(openaiLog.mark(row)).not.toBeNull()
    const [record] = readRows(openaiLog, [row]).content
    expect(record?.prompt).toMatchObject({
      tags: ['zoo'],
      metadata: { environment: 'production', team: 'nature' },
    })
    expect(record?.responses).toMatchObject([
      {
        externalId: 'log-7',
        model: { name: 'local-model', promptVersion: 'birds@2' },
        messages: [{ role: 'assistant', content: 'A heron.' }],
        answeredAt: Date.parse('2025-03-01T10:00:00Z'),
        latencyMs: 420,
        cost: 0.002,
      },
    ])
  })

  it("takes the row's model for a request that is a bare list of messages", () => {
    const row = { model: 'gpt-4o', temperature: 0, input: messages, output: 'A gull.' }
    const [record] = readRows(openaiLog, [row]).content
    expect(record?.responses[0]?.model).toMatchObject({
      name: 'gpt-4o',
      parameters: { temperature: 0 },
    })
  })

  it('joins the chunks of a streamed response', () => {
    const chunk = (content: string) => ({
      id: 'chatcmpl-2',
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { content } }],
    })
    const row = { request, response: [chunk('A '), chunk('dove.')] }
    expect(openaiLog.mark(row)).not.toBeNull()
    const [record] = readRows(openaiLog, [row]).content
    expect(record?.responses[0]?.messages).toEqual([{ role: 'assistant', content: 'A dove.' }])
  })

  it("knows Gemini's requests with their candidates", () => {
    const row = {
      request: { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }] },
      response: { candidates: [{ content: { parts: [{ text: 'Hello' }] } }] },
    }
    expect(openaiLog.mark(row)).toContain('Gemini')
  })

  it('refuses a failed call in its own words, and keeps the others', () => {
    const failed = { request, response: { error: { message: 'Server overloaded' } } }
    const { content, problems } = readRows(openaiLog, [failed, { request, response: completion }])
    expect(content).toHaveLength(1)
    expect(problems).toEqual([{ field: 'response', reason: 'the call failed: Server overloaded' }])
  })

  it('leaves the rows of others alone', () => {
    const other = [
      { prompt: 'Hi', completion: 'Hello', label: true },
      { messages: [...messages, { role: 'assistant', content: 'Stork.' }] },
      { custom_id: 'a', response: { body: completion } },
      { op_name: 'chat', inputs: request, output: completion },
      { request_id: 'r', request_body: request, response_body: completion },
      { call_type: 'acompletion', messages, response: completion },
      { id: 'x', traceId: 't', type: 'GENERATION', input: messages, output: completion },
      completion,
    ]
    expect(other.map((row) => openaiLog.mark(row))).toEqual(other.map(() => null))
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(openaiLog, ['request', 'response', 'messages', 'choices', 'input', 'output'], {
      request,
      response: completion,
    })
  })
})
