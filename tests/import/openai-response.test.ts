import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { streamedEvents } from '#app/import/shapes/event-stream.ts'
import { openaiAnswer } from '#app/import/shapes/openai-response.ts'
import { providerAnswer } from '#app/import/shapes/provider-answer.ts'

const chunk = (index: number, delta: object, finish_reason: string | null = null) => ({
  id: 'chatcmpl-s',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [{ index, delta, finish_reason }],
})

const said = (value: unknown) =>
  openaiAnswer(value)?.outputs.map(({ messages }) => messages.map(({ content }) => content))

describe('Answers of OpenAI', () => {
  it('are one for each choice, with its index and why it ended', () => {
    const answer = openaiAnswer({
      id: 'chatcmpl-1',
      model: 'gpt-4o',
      created: 1_700_000_000,
      choices: [
        { index: 1, message: { role: 'assistant', content: 'Two' }, finish_reason: 'length' },
        { index: 0, message: { role: 'assistant', content: 'One' }, finish_reason: 'stop' },
      ],
    })
    expect(answer?.outputs).toEqual([
      { messages: [{ role: 'assistant', content: 'Two' }], index: 1, finishReason: 'length' },
      { messages: [{ role: 'assistant', content: 'One' }], index: 0, finishReason: 'stop' },
    ])
    expect(answer).toMatchObject({ id: 'chatcmpl-1', answeredAt: 1_700_000_000_000 })
  })

  it('keep calls of tools beside an empty text', () => {
    const tool_calls = [
      { id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } },
    ]
    const answer = openaiAnswer({
      choices: [{ message: { role: 'assistant', content: null, tool_calls } }],
    })
    expect(answer?.outputs[0]?.messages).toEqual([{ role: 'assistant', content: '', tool_calls }])
  })

  it('show a refusal as what was said', () => {
    const message = { role: 'assistant', content: null, refusal: 'I would rather not.' }
    expect(said({ choices: [{ message }] })).toEqual([['I would rather not.']])
  })

  it('read the text of a text completion', () => {
    expect(said({ object: 'text_completion', choices: [{ text: 'and so on' }] })).toEqual([
      ['and so on'],
    ])
  })

  it('take a moment of zero for none', () => {
    expect(openaiAnswer({ created: 0, choices: [] })?.answeredAt).toBeUndefined()
  })

  it('join the items that a response of the Responses API says, searches left out', () => {
    const answer = openaiAnswer({
      id: 'resp_1',
      object: 'response',
      created_at: 1_700_000_000,
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [
        { type: 'web_search_call', id: 'ws_1', status: 'completed' },
        {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'It rains.', annotations: [] }],
        },
        { type: 'function_call', call_id: 'call_2', name: 'umbrella', arguments: '{}' },
      ],
    })
    expect(answer?.outputs).toMatchObject([
      {
        messages: [
          {
            role: 'assistant',
            content: 'It rains.',
            tool_calls: [{ id: 'call_2', function: { name: 'umbrella' } }],
          },
        ],
        finishReason: 'max_output_tokens',
      },
    ])
  })

  it('fall back to the joined text of a response', () => {
    expect(said({ object: 'response', output_text: 'Done.' })).toEqual([['Done.']])
  })
})

describe('Streamed answers of OpenAI', () => {
  it('are joined for each choice, however its chunks lie', () => {
    const chunks = [
      chunk(0, { role: 'assistant', content: '' }),
      chunk(1, { role: 'assistant', content: 'B' }),
      chunk(0, { content: 'Hel' }),
      chunk(1, { content: 'ye' }, 'stop'),
      chunk(0, { content: 'lo' }, 'stop'),
      { ...chunk(0, {}), choices: [], usage: { total_tokens: 5 } },
    ]
    expect(openaiAnswer(chunks)).toMatchObject({
      model: 'gpt-4o-mini-2024-07-18',
      usage: { total_tokens: 5 },
      outputs: [
        { messages: [{ role: 'assistant', content: 'Hello' }], index: 0, finishReason: 'stop' },
        { messages: [{ role: 'assistant', content: 'Bye' }], index: 1, finishReason: 'stop' },
      ],
    })
  })

  it('join the arguments of each call by its index', () => {
    const part = (index: number, id: string | undefined, name: string, text: string) => ({
      tool_calls: [{ index, ...(id ? { id } : {}), function: { name, arguments: text } }],
    })
    const answer = openaiAnswer([
      chunk(0, part(0, 'call_a', 'search', '{"q":')),
      chunk(0, part(1, 'call_b', 'open', '{}')),
      chunk(0, part(0, undefined, '', '"sea"}')),
    ])
    expect(answer?.outputs[0]?.messages[0]?.tool_calls).toEqual([
      { id: 'call_a', type: 'function', function: { name: 'search', arguments: '{"q":"sea"}' } },
      { id: 'call_b', type: 'function', function: { name: 'open', arguments: '{}' } },
    ])
  })

  it('give the text again however it was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (pieces) => {
        const chunks = pieces.map((content) => chunk(0, { content }))
        const expected = pieces.join('').replaceAll('\u0000', '').toWellFormed()
        expect(said(chunks)).toEqual([[expected]])
      }),
    )
  })

  it('are read from the text of the event stream itself', () => {
    const text = `data: ${JSON.stringify(chunk(0, { content: 'Hi ' }))}\n\ndata: ${JSON.stringify(
      chunk(0, { content: 'you' }),
    )}\n\ndata: [DONE]\n\n`
    expect(providerAnswer(text)).toMatchObject({
      answer: { outputs: [{ messages: [{ role: 'assistant', content: 'Hi you' }] }] },
    })
  })

  it('take the whole response from the last event of the Responses API', () => {
    const output = [
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Whole' }] },
    ]
    const events = [
      { type: 'response.created', response: { id: 'resp_1', object: 'response', output: [] } },
      { type: 'response.output_text.delta', delta: 'Wh' },
      { type: 'response.completed', response: { id: 'resp_1', object: 'response', output } },
    ]
    expect(said(events)).toEqual([['Whole']])
  })

  it('leave text that is no event stream alone', () => {
    expect(streamedEvents('data: is what I said')).toBeUndefined()
    expect(streamedEvents('Hello')).toBeUndefined()
  })
})
