import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withFeedback } from '#app/import/shapes/call-feedback.ts'
import { fromCall } from '#app/import/shapes/logged-call.ts'
import { providerAnswer } from '#app/import/shapes/provider-answer.ts'
import { providerCall } from '#app/import/shapes/provider-call.ts'
import { promptReference, providerRequest } from '#app/import/shapes/provider-request.ts'

const callOf = (request: unknown, response: unknown) => {
  const reading = providerCall(request, response)
  if (!reading.ok) throw new Error(reading.problem.reason)
  return reading.call
}

const problemOf = (request: unknown, response: unknown) => {
  const reading = providerCall(request, response)
  return reading.ok ? undefined : reading.problem
}

const completion = (text: string) => ({
  id: 'chatcmpl-a',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: { total_tokens: 7 },
})

describe('A call of a provider', () => {
  it('keeps the conversation, the settings and both names of the model of an OpenAI chat', () => {
    const call = callOf(
      {
        model: 'gpt-4o',
        temperature: 0.3,
        seed: 7,
        messages: [
          { role: 'developer', content: 'Be brief.' },
          { role: 'user', content: [{ type: 'text', text: 'Name a river.' }] },
        ],
        tools: [{ type: 'function', function: { name: 'atlas' } }],
        metadata: { prompt_name: 'rivers', prompt_version: '4', team: 'maps' },
      },
      completion('The Tagus.'),
    )
    expect(call).toMatchObject({
      id: 'chatcmpl-a',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'user', content: 'Name a river.' },
      ],
      requestModel: 'gpt-4o',
      responseModel: 'gpt-4o-2024-08-06',
      promptVersion: 'rivers@4',
      answeredAt: 1_700_000_000_000,
      usage: { total_tokens: 7 },
      tools: [{ type: 'function', function: { name: 'atlas' } }],
    })
    expect(call.metadata).toMatchObject({ team: 'maps' })
    expect(fromCall(call).responses[0]?.model).toEqual({
      name: 'gpt-4o',
      version: 'gpt-4o-2024-08-06',
      promptVersion: 'rivers@4',
      parameters: { temperature: 0.3 },
    })
  })

  it("puts Anthropic's system prompt before the turns", () => {
    const call = callOf(
      {
        model: 'claude-sonnet-4-5',
        max_tokens: 64,
        system: [{ type: 'text', text: 'Answer in Latin.' }],
        messages: [{ role: 'user', content: 'Greet me.' }],
      },
      {
        id: 'msg_a',
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-4-5',
        content: [{ type: 'text', text: 'Salve!' }],
        stop_reason: 'end_turn',
      },
    )
    expect(call.messages).toEqual([
      { role: 'system', content: 'Answer in Latin.' },
      { role: 'user', content: 'Greet me.' },
    ])
    expect(call.parameters).toEqual({ max_tokens: 64 })
  })

  it("reads Gemini's contents, its settings by their common names, and each candidate", () => {
    const call = callOf(
      {
        model: 'models/gemini-2.0-flash',
        systemInstruction: { parts: [{ text: 'Rhyme.' }] },
        contents: [{ role: 'user', parts: [{ text: 'Cat?' }] }],
        generationConfig: { temperature: 0.5, topP: 0.9, maxOutputTokens: 20 },
      },
      {
        candidates: [
          { content: { role: 'model', parts: [{ text: 'Hat.' }] }, finishReason: 'STOP', index: 0 },
          { content: { role: 'model', parts: [{ text: 'Bat.' }] }, finishReason: 'STOP', index: 1 },
        ],
        modelVersion: 'gemini-2.0-flash-001',
        usageMetadata: { totalTokenCount: 9 },
      },
    )
    expect(call).toMatchObject({
      requestModel: 'gemini-2.0-flash',
      responseModel: 'gemini-2.0-flash-001',
      parameters: { temperature: 0.5, top_p: 0.9, max_output_tokens: 20 },
      messages: [
        { role: 'system', content: 'Rhyme.' },
        { role: 'user', content: 'Cat?' },
      ],
      outputs: [
        { messages: [{ role: 'assistant', content: 'Hat.' }], index: 0, finishReason: 'STOP' },
        { messages: [{ role: 'assistant', content: 'Bat.' }], index: 1 },
      ],
    })
  })

  it('joins the pieces of a Gemini stream', () => {
    const piece = (text: string) => ({ candidates: [{ content: { parts: [{ text }] } }] })
    const reading = providerAnswer([piece('Good '), piece('day.')])
    expect(reading).toMatchObject({
      answer: { outputs: [{ messages: [{ role: 'assistant', content: 'Good day.' }] }] },
    })
  })

  it('reads a stored prompt of the Responses API by its id, version and variables', () => {
    const call = callOf(
      {
        model: 'gpt-5',
        prompt: { id: 'pmpt_1', version: '2', variables: { city: 'Faro' } },
        input: 'Where is it?',
        reasoning: { effort: 'low' },
      },
      {
        object: 'response',
        id: 'resp_a',
        instructions: 'You know every town.',
        output: [
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'South.' }],
          },
        ],
      },
    )
    expect(call.promptVersion).toBe('pmpt_1@2')
    expect(call.inputKey).toContain('Faro')
    expect(call.messages[0]).toEqual({ role: 'system', content: 'You know every town.' })
    expect(call.parameters).toEqual({ reasoning_effort: 'low' })
  })

  it('opens with the messages that a stored prompt made', () => {
    const call = callOf(
      { model: 'gpt-5', prompt: { id: 'pmpt_1' }, input: 'Hi' },
      {
        object: 'response',
        instructions: [
          { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Sing.' }] },
        ],
        output_text: 'La.',
      },
    )
    expect(call.messages).toEqual([
      { role: 'developer', content: 'Sing.' },
      { role: 'user', content: 'Hi' },
    ])
  })

  it('reads the prompt of a text completion', () => {
    const call = callOf(
      { model: 'davinci-002', prompt: ['Once upon'] },
      { object: 'text_completion', choices: [{ text: ' a time', index: 0 }] },
    )
    expect(call.messages).toEqual([{ role: 'user', content: 'Once upon' }])
    expect(call.outputs[0]?.messages).toEqual([{ role: 'assistant', content: ' a time' }])
  })

  it('reads bodies that are JSON text, a bare list of messages, and an answer that is only text', () => {
    const call = callOf('[{"role":"user","content":"Hi"}]', 'Hello.')
    expect(call.messages).toEqual([{ role: 'user', content: 'Hi' }])
    expect(call.outputs).toEqual([{ messages: [{ role: 'assistant', content: 'Hello.' }] }])
  })

  it('keeps an answer that is itself JSON as it was said', () => {
    const call = callOf([{ role: 'user', content: 'As JSON' }], '{"capital":"Lisbon"}')
    expect(call.outputs[0]?.messages[0]?.content).toBe('{"capital":"Lisbon"}')
  })

  it('says what is missing: a response, an answer in it, a conversation', () => {
    const request = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
    expect(problemOf(request, null)).toEqual({
      field: 'response',
      reason: 'there is no response',
    })
    expect(problemOf(request, { choices: [] })?.reason).toBe('the response holds no answer')
    expect(problemOf(request, { data: [] })?.reason).toContain('its fields: data')
    expect(problemOf({ model: 'm' }, completion('x'))?.reason).toContain('no conversation')
    expect(problemOf([{ role: 'assistant', content: 'Hi' }], completion('x'))?.reason).toContain(
      'nothing is asked',
    )
    expect(problemOf(undefined, completion('x'))?.reason).toBe('there is no request')
  })

  it("tells a provider's error in its own words", () => {
    const request = [{ role: 'user', content: 'Hi' }]
    const response = { error: { message: 'Rate limit reached', type: 'requests' } }
    expect(problemOf(request, response)?.reason).toBe('the call failed: Rate limit reached')
  })

  it('refuses what lies at the provider: earlier turns, the text of a stored prompt', () => {
    const continued = { model: 'm', input: 'And then?', previous_response_id: 'resp_0' }
    expect(problemOf(continued, completion('x'))).toEqual({
      field: 'request.previous_response_id',
      reason: 'it continues the response "resp_0", whose turns are not here',
    })
    const stored = { prompt: { id: 'pmpt_9' } }
    expect(problemOf(stored, completion('x'))?.reason).toContain('"pmpt_9"')
  })

  it('refuses a request that asks several prompts at once', () => {
    expect(problemOf({ model: 'm', prompt: ['a', 'b'] }, completion('x'))?.field).toBe(
      'request.prompt',
    )
  })

  it('leaves out who the user was', () => {
    const reading = providerRequest({
      model: 'm',
      messages: [{ role: 'user', content: 'Hi' }],
      metadata: { user_id: 'u-1', feature: 'search' },
    })
    expect(reading).toMatchObject({ request: { metadata: { feature: 'search' } } })
    expect(JSON.stringify(reading)).not.toContain('u-1')
  })

  it('never throws, whatever the bodies are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (request, response) => {
        providerCall(request, response)
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        providerCall(text, text)
      }),
    )
  })
})

describe('The template of a call', () => {
  it.each([
    [{ prompt_name: 'greet', prompt_version: 3 }, 'greet@3'],
    [{ prompt_version: 'v2' }, 'v2'],
    [{ prompt: 'support/answer' }, 'support/answer'],
    [{ prompt: 'Write me a poem about the sea' }, undefined],
    [{ prompt: 'hello' }, undefined],
    [null, undefined],
  ])('is read from metadata %o as %s', (metadata, reference) => {
    expect(promptReference(metadata)).toBe(reference)
  })
})

describe('Feedback on a call', () => {
  const call = {
    id: 'c1',
    messages: [{ role: 'user', content: 'Hi' }],
    outputs: [{ messages: [{ role: 'assistant', content: 'Hello' }] }],
    requestModel: 'm',
  }
  const given = { criterion: 'rating', answer: { choice: 'yes' }, rater: 'somebody' }

  it('points at the answer by the ids of the prompt and the response', () => {
    const { records } = withFeedback(call, [given], 'feedback')
    expect(records[0]).toMatchObject({
      prompt: { externalId: 'c1' },
      responses: [{ externalId: 'c1' }],
    })
    expect(records[1]).toMatchObject({
      kind: 'rubric',
      line: { prompt_id: 'c1', response: 'c1', model: 'm', choice: 'yes', source: 'human' },
    })
  })

  it('is refused where the call has several answers, which are kept', () => {
    const outputs = [...call.outputs, { messages: [{ role: 'assistant', content: 'Hey' }] }]
    const { records, problems } = withFeedback({ ...call, outputs }, [given], 'feedback')
    expect(records).toHaveLength(1)
    expect(problems).toMatchObject([{ field: 'feedback' }])
  })
})
