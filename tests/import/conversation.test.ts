import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { conversationSchema } from '#app/import/message.ts'
import { toConversation, toMessages, toUserMessages } from '#app/import/shapes/conversation.ts'

const asked = { role: 'user', content: 'Is it raining?' }
const call = (id: string, city = 'Lyon') => ({
  id,
  type: 'function',
  function: { name: 'weather', arguments: `{"city":"${city}"}` },
})

describe('A conversation in OpenAI chat form', () => {
  it('keeps roles and texts, and joins text parts', () => {
    const messages = [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Is it ' }, 'raining?'] },
      { role: 'assistant', content: 'No.' },
    ]
    expect(toMessages(messages)).toEqual([
      { role: 'developer', content: 'Be brief.' },
      asked,
      { role: 'assistant', content: 'No.' },
    ])
  })

  it('shows that something was attached', () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      { type: 'text', text: 'Say.' },
    ]
    expect(toMessages([{ role: 'user', content }])).toEqual([
      { role: 'user', content: 'What is this?\n[image]\n[audio]\nSay.' },
    ])
  })

  it('keeps calls of tools and what they gave', () => {
    const messages = [
      asked,
      { role: 'assistant', content: null, tool_calls: [call('c1')] },
      { role: 'tool', tool_call_id: 'c1', content: 'dry' },
    ]
    expect(toMessages(messages)).toEqual([
      asked,
      { role: 'assistant', content: '', tool_calls: [call('c1')] },
      { role: 'tool', content: 'dry', tool_call_id: 'c1' },
    ])
  })

  it('reads the deprecated function call and its result', () => {
    const messages = [
      { role: 'assistant', content: null, function_call: { name: 'weather', arguments: '{}' } },
      { role: 'function', name: 'weather', content: 'dry' },
    ]
    expect(toMessages(messages)).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{}' } }],
      },
      { role: 'tool', content: 'dry', name: 'weather' },
    ])
  })

  it('takes a refusal for what was said', () => {
    const refusal = { role: 'assistant', content: null, refusal: 'I cannot help with that.' }
    expect(toMessages(refusal)).toEqual([
      { role: 'assistant', content: 'I cannot help with that.' },
    ])
  })

  it('takes definitions of tools in the list for definitions', () => {
    const definition = { type: 'function', function: { name: 'weather', parameters: {} } }
    expect(toConversation([asked, { role: 'tool', content: definition }])).toEqual({
      messages: [asked],
      tools: [definition],
    })
  })
})

describe('A conversation of another provider', () => {
  it('reads Anthropic blocks and keeps thinking out of the text', () => {
    const messages = [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Look it up.', signature: 's' },
          { type: 'text', text: 'I look.' },
          { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'Lyon' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'dry' }] },
          { type: 'text', text: 'And tomorrow?' },
        ],
      },
    ]
    expect(toMessages({ system: [{ type: 'text', text: 'Be brief.' }], messages })).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'assistant',
        content: 'I look.',
        tool_calls: [call('t1')],
        thinking: 'Look it up.',
      },
      { role: 'tool', content: 'dry', tool_call_id: 't1' },
      { role: 'user', content: 'And tomorrow?' },
    ])
  })

  it('reads items of the Responses API; calls of one turn are one message', () => {
    const input = [
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Is it raining?' }] },
      { type: 'reasoning', id: 'r', summary: [] },
      { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{"city":"Lyon"}' },
      { type: 'function_call', call_id: 'c2', name: 'weather', arguments: '{"city":"Nice"}' },
      { type: 'function_call_output', call_id: 'c1', output: 'dry' },
    ]
    expect(toMessages({ model: 'm', instructions: 'Be brief.', input })).toEqual([
      { role: 'system', content: 'Be brief.' },
      asked,
      { role: 'assistant', content: '', tool_calls: [call('c1'), call('c2', 'Nice')] },
      { role: 'tool', content: 'dry', tool_call_id: 'c1' },
    ])
    expect(toMessages({ model: 'm', input: 'Is it raining?' })).toEqual([asked])
  })

  it('reads Gemini turns', () => {
    const contents = [
      { role: 'user', parts: [{ text: 'Is it ' }, { text: 'raining?' }] },
      { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Lyon' } } }] },
      {
        role: 'user',
        parts: [{ functionResponse: { name: 'weather', response: { sky: 'dry' } } }],
      },
    ]
    const system_instruction = { parts: [{ text: 'Be brief.' }] }
    expect(toMessages({ contents, config: { system_instruction } })).toEqual([
      { role: 'system', content: 'Be brief.' },
      asked,
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ type: 'function', function: call('').function }],
      },
      { role: 'tool', content: '{"sky":"dry"}', name: 'weather' },
    ])
    expect(toMessages({ contents: 'Is it raining?' })).toEqual([asked])
    expect(toMessages({ contents: [{ parts: [{ text: 'Is it raining?' }] }] })).toEqual([asked])
  })

  it('reads LangChain messages, by type and by class', () => {
    const expected = [
      asked,
      { role: 'assistant', content: '', tool_calls: [call('c1')] },
      { role: 'tool', content: 'dry', tool_call_id: 'c1', name: 'weather' },
    ]
    const calls = [{ name: 'weather', args: { city: 'Lyon' }, id: 'c1', type: 'tool_call' }]
    const answered = { content: 'dry', name: 'weather', tool_call_id: 'c1', id: 'm3' }
    expect(
      toMessages([
        { type: 'human', content: 'Is it raining?', name: null },
        { type: 'ai', content: '', additional_kwargs: { tool_calls: [call('c1')] } },
        { type: 'tool', ...answered },
      ]),
    ).toEqual(expected)
    const constructed = (name: string, kwargs: object) => ({
      lc: 1,
      type: 'constructor',
      id: ['langchain', 'schema', 'messages', name],
      kwargs,
    })
    expect(
      toMessages([
        [
          constructed('HumanMessage', { content: 'Is it raining?' }),
          constructed('AIMessageChunk', { content: '', tool_calls: calls }),
          constructed('ToolMessage', answered),
        ],
      ]),
    ).toEqual(expected)
    expect(toMessages([['human', 'Is it raining?']])).toEqual([asked])
  })

  it('reads the parts of OpenTelemetry, with either name for the result', () => {
    const turn = (result: object) => [
      { role: 'user', parts: [{ type: 'text', content: 'Is it raining?' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm.' },
          { type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Lyon' } },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', ...result }] },
    ]
    const expected = [
      asked,
      { role: 'assistant', content: '', tool_calls: [call('c1')], thinking: 'Hm.' },
      { role: 'tool', content: 'dry', tool_call_id: 'c1' },
    ]
    expect(toMessages(turn({ response: 'dry' }))).toEqual(expected)
    expect(toMessages(turn({ result: 'dry' }))).toEqual(expected)
  })

  it('reads ShareGPT turns', () => {
    const conversations = [
      { from: 'system', value: 'Be brief.' },
      { from: 'human', value: 'Is it raining?' },
      { from: 'function_call', value: '{"name":"weather","arguments":{"city":"Lyon"}}' },
      { from: 'observation', value: 'dry' },
      { from: 'gpt', value: 'No.' },
    ]
    expect(toMessages({ conversations })).toEqual([
      { role: 'system', content: 'Be brief.' },
      asked,
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ type: 'function', function: call('').function }],
      },
      { role: 'tool', content: 'dry' },
      { role: 'assistant', content: 'No.' },
    ])
  })

  it('reads the parts of the Vercel AI SDK', () => {
    const messages = [
      { role: 'user', content: [{ type: 'text', text: 'Is it raining?' }] },
      {
        role: 'assistant',
        content: [
          { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Lyon' } },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: 'c1',
            toolName: 'weather',
            output: { type: 'json', value: { sky: 'dry' } },
          },
        ],
      },
    ]
    expect(toMessages(messages)).toEqual([
      asked,
      { role: 'assistant', content: '', tool_calls: [call('c1')] },
      { role: 'tool', content: '{"sky":"dry"}', tool_call_id: 'c1', name: 'weather' },
    ])
    expect(
      toMessages([{ toolCallId: 'c1', toolName: 'weather', input: '{"city":"Lyon"}' }]),
    ).toEqual([{ role: 'assistant', content: '', tool_calls: [call('c1')] }])
  })
})

describe('A conversation in a text', () => {
  it('undoes JSON however often it was encoded', () => {
    const once = JSON.stringify({ messages: [asked] })
    expect(toMessages(once)).toEqual([asked])
    expect(toMessages(JSON.stringify(JSON.stringify(once)))).toEqual([asked])
    expect(toMessages({ prompt: 'Is it raining?' })).toEqual([asked])
  })

  it('finds the turns where each names its speaker', () => {
    expect(toMessages('system: Be brief.\nuser: Is it raining?\nIn Lyon: now')).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Is it raining?\nIn Lyon: now' },
    ])
    expect(toMessages('The user: asks\nuser: nothing')).toBeUndefined()
  })

  it('takes any other text for the user’s only where that is asked for', () => {
    expect(toMessages('Is it raining?')).toBeUndefined()
    expect(toUserMessages('"Is it raining?"')).toEqual([asked])
    expect(toUserMessages('  ')).toBeUndefined()
    expect(toUserMessages([asked])).toEqual([asked])
  })

  it('keeps a message whose text happens to be JSON', () => {
    expect(toMessages([{ role: 'user', content: '{"a":1}' }])).toEqual([
      { role: 'user', content: '{"a":1}' },
    ])
  })
})

describe('What is no conversation', () => {
  it('is refused as a whole rather than read in part', () => {
    expect(toMessages([asked, { note: 'no role' }])).toBeUndefined()
    expect(toMessages({ city: 'Lyon' })).toBeUndefined()
    expect(toMessages([])).toBeUndefined()
    expect(toMessages([1, 2])).toBeUndefined()
  })

  it('never throws, and what is read is always a conversation', () => {
    const word = fc.constantFrom('role', 'content', 'type', 'parts', 'messages', 'tool_calls', 'id')
    const value = fc.constantFrom('user', 'tool', 'ai', 'text', 'function_call', 'tool-x', '[', '"')
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue(),
        value,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(word, tie('tree'), { maxKeys: 4 }),
      ),
    }))
    fc.assert(
      fc.property(tree, (found) => {
        const messages = toMessages(found)
        if (messages) expect(conversationSchema.parse(messages)).toEqual(messages)
        toUserMessages(JSON.stringify(found))
      }),
      { numRuns: 500 },
    )
  })
})
