import { describe, expect, it } from 'vitest'
import { openInferenceAttributes } from '#app/import/readers/openinference-attributes.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const row = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'm-1-2025',
  'llm.invocation_parameters': '{"model":"m-1","temperature":0.5,"seed":7}',
  'llm.input_messages.0.message.role': 'user',
  'llm.input_messages.0.message.content': 'Is it raining?',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c1',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'weather',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"city":"Lyon"}',
  'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"weather"}}',
  'llm.token_count.prompt': 9,
  'session.id': 's-1',
}

describe('Bare attributes of a model call', () => {
  it('give the call in OpenInference’s names', () => {
    expect(openInferenceAttributes.mark(row)).not.toBeNull()
    expect(readRows(openInferenceAttributes, [row]).content).toMatchObject([
      {
        prompt: {
          messages: [{ role: 'user', content: 'Is it raining?' }],
          metadata: { session: 's-1' },
        },
        responses: [
          {
            model: { name: 'm-1', version: 'm-1-2025', parameters: { temperature: 0.5 } },
            messages: [
              {
                role: 'assistant',
                content: '',
                tool_calls: [
                  {
                    id: 'c1',
                    type: 'function',
                    function: { name: 'weather', arguments: '{"city":"Lyon"}' },
                  },
                ],
              },
            ],
            tools: [{ type: 'function', function: { name: 'weather' } }],
            usage: { input_tokens: 9 },
          },
        ],
      },
    ])
  })

  it('give the call in OpenTelemetry’s names, named by the provider’s id', () => {
    const attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'm-1',
      'gen_ai.response.id': 'chat-1',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.prompt': '[{"role":"user","content":"Is it raining?"}]',
      'gen_ai.completion': '{"text":"No.","finish_reason":"stop"}',
    }
    expect(readRows(openInferenceAttributes, [attributes]).content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
        responses: [
          {
            externalId: 'chat-1',
            messages: [{ role: 'assistant', content: 'No.' }],
            finishReason: 'stop',
          },
        ],
      },
    ])
  })

  it('fall back on the plain input and output', () => {
    const plain = {
      'openinference.span.kind': 'LLM',
      'input.value': 'Is it raining?',
      'output.value': 'No.',
    }
    expect(readRows(openInferenceAttributes, [plain]).content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
        responses: [{ messages: [{ role: 'assistant', content: 'No.' }] }],
      },
    ])
  })

  it('are refused where they are of another step or tell no text', () => {
    const reasonOf = (attributes: Record<string, unknown>) =>
      readRows(openInferenceAttributes, [attributes]).problems[0]?.reason
    expect(reasonOf({ 'openinference.span.kind': 'TOOL' })).toBe('no model call in it')
    expect(reasonOf({ 'openinference.span.kind': 'LLM' })).toBe(
      'the attributes do not tell what was asked',
    )
  })

  it('are read or refused whatever they hold', () => {
    readAnything(openInferenceAttributes, Object.keys(row), row)
  })
})
