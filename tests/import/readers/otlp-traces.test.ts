import { describe, expect, it } from 'vitest'
import { promptKey } from '#app/import/fingerprint.ts'
import { otlpTraces } from '#app/import/readers/otlp-traces.ts'
import { secondsAfter, tracesOf } from '#tests/support/otlp.ts'
import { readFinal } from '#tests/support/read-final.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm-1' }
const text = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })
const called = (name: string) => ({
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c1', name, arguments: { city: 'Lyon' } }],
})
const json = JSON.stringify

const current = {
  ...chat,
  'gen_ai.response.model': 'm-1-2025',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.request.seed': 7,
  'gen_ai.usage.input_tokens': 12,
  'gen_ai.system_instructions': json([{ type: 'text', content: 'Be brief.' }]),
  'gen_ai.input.messages': json([text('user', 'Is it raining?')]),
  'gen_ai.output.messages': json([{ ...text('assistant', 'No.'), finish_reason: 'stop' }]),
}
const said = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Is it raining?' },
]

describe('A model call in an OpenTelemetry trace', () => {
  it('keeps what was asked, what was answered, and by which model', () => {
    const row = tracesOf({ id: 'b1', attributes: current, from: 2, to: 5 })
    expect(otlpTraces.mark(row)).not.toBeNull()
    const { content, problems } = readRows(otlpTraces, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: { messages: said },
        responses: [
          {
            externalId: 'b1',
            model: { name: 'm-1', version: 'm-1-2025', parameters: { temperature: 0.5 } },
            messages: [{ role: 'assistant', content: 'No.' }],
            answeredAt: secondsAfter(5),
            latencyMs: 3_000,
            finishReason: 'stop',
            usage: { input_tokens: 12 },
          },
        ],
      },
    ])
    expect(content[0]?.responses[0]?.model.parameters).toEqual({ temperature: 0.5 })
  })

  it('is the same conversation in every dialect', () => {
    const flat = { ...chat, 'gen_ai.prompt': json(said), 'gen_ai.completion': 'No.' }
    const numbered = {
      ...chat,
      'gen_ai.prompt.0.role': 'system',
      'gen_ai.prompt.0.content': 'Be brief.',
      'gen_ai.prompt.1.role': 'user',
      'gen_ai.prompt.1.content': 'Is it raining?',
      'gen_ai.completion.0.role': 'assistant',
      'gen_ai.completion.0.content': 'No.',
      'gen_ai.completion.0.finish_reason': 'stop',
    }
    const openInference = {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'm-1',
      'llm.input_messages.0.message.role': 'system',
      'llm.input_messages.0.message.content': 'Be brief.',
      'llm.input_messages.1.message.role': 'user',
      'llm.input_messages.1.message.contents.0.message_content.type': 'text',
      'llm.input_messages.1.message.contents.0.message_content.text': 'Is it raining?',
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'No.',
    }
    const events = [
      { name: 'gen_ai.system.message', attributes: { content: 'Be brief.' } },
      { name: 'gen_ai.user.message', attributes: { content: 'Is it raining?' } },
      { name: 'gen_ai.choice', attributes: { index: 0, message: json({ content: 'No.' }) } },
    ]
    const spans = [
      { id: 'b1', trace: 't1', attributes: current },
      { id: 'b2', trace: 't2', attributes: flat },
      { id: 'b3', trace: 't3', attributes: numbered },
      { id: 'b4', trace: 't4', attributes: openInference },
      { id: 'b5', trace: 't5', attributes: { ...chat, 'gen_ai.system': 'x' }, events },
    ]
    const { content, problems } = readRows(otlpTraces, [tracesOf(...spans)])
    expect(problems).toEqual([])
    expect(content).toHaveLength(5)
    expect(new Set(content.map(({ prompt }) => prompt && promptKey(prompt))).size).toBe(1)
    expect(content.map(({ responses }) => responses.map(({ messages }) => messages))).toEqual(
      content.map(() => [[{ role: 'assistant', content: 'No.' }]]),
    )
  })

  it('says the system message once where the log has it twice', () => {
    const messages = json([text('system', 'Be brief.'), text('user', 'Is it raining?')])
    const { content } = readRows(otlpTraces, [
      tracesOf({ id: 'b1', attributes: { ...current, 'gen_ai.input.messages': messages } }),
    ])
    expect(content[0]?.prompt?.messages).toEqual(said)
  })

  it('gives a response for each of several answers', () => {
    const answers = ['No.', 'Not now.'].map((answer) => ({
      ...text('assistant', answer),
      finish_reason: 'stop',
    }))
    const { content } = readRows(otlpTraces, [
      tracesOf({ id: 'b1', attributes: { ...current, 'gen_ai.output.messages': json(answers) } }),
    ])
    expect(content[0]?.responses).toMatchObject([
      { externalId: 'b1#0', messages: [{ content: 'No.' }] },
      { externalId: 'b1#1', sample: 1, messages: [{ content: 'Not now.' }] },
    ])
  })

  it('keeps the version of the prompt, and knows the same input under another template', () => {
    const templated = (template: string, variables: object) => ({
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'm-1',
      'llm.prompt_template.variables': json(variables),
      'llm.input_messages.0.message.role': 'user',
      'llm.input_messages.0.message.content': template,
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'No.',
    })
    const named = { 'gen_ai.prompt.name': 'weather', 'gen_ai.prompt.version': '3' }
    const { content } = readRows(otlpTraces, [
      tracesOf({ id: 'b1', trace: 't1', attributes: templated('Rain?', { a: 1, b: 2 }) }),
      tracesOf({ id: 'b2', trace: 't2', attributes: templated('Does it rain?', { b: 2, a: 1 }) }),
      tracesOf({ id: 'b3', trace: 't3', attributes: { ...current, ...named } }),
    ])
    expect(content[0]?.prompt?.inputKey).toBeDefined()
    expect(content[0]?.prompt?.inputKey).toBe(content[1]?.prompt?.inputKey)
    expect(content[2]?.responses[0]?.model.promptVersion).toBe('weather@3')
    expect(content[2]?.prompt?.messages).toEqual(said)
  })

  it('keeps what an evaluation says of it', () => {
    const events = [
      {
        name: 'gen_ai.evaluation.result',
        attributes: {
          'gen_ai.evaluation.name': 'Relevance',
          'gen_ai.evaluation.score.value': 0.25,
          'gen_ai.evaluation.score.label': 'poor',
          'gen_ai.evaluation.explanation': 'It does not say where.',
        },
      },
    ]
    const { content, judgments } = readRows(otlpTraces, [
      tracesOf({ id: 'b1', attributes: current, events }),
    ])
    expect(judgments).toMatchObject([
      {
        kind: 'rubric',
        line: {
          prompt_id: content[0]?.prompt?.externalId,
          response: 'b1',
          source: 'judge',
          criterion: 'Relevance',
          score: 0.25,
          reasons: ['poor'],
          comment: 'It does not say where.',
        },
      },
    ])
  })

  it('is refused with a reason where it failed, or where its texts were not logged', () => {
    const { 'gen_ai.output.messages': _, ...unanswered } = current
    const { problems, records } = readRows(otlpTraces, [
      tracesOf({ id: 'b1', trace: 't1', attributes: unanswered, error: 'too many requests' }),
      tracesOf({ id: 'b2', trace: 't2', attributes: chat }),
      tracesOf({ id: 'b3', trace: 't3', attributes: { 'http.method': 'GET' } }),
    ])
    expect(records).toEqual([])
    expect(problems.map((problem) => problem.reason)).toEqual([
      'the call failed: too many requests',
      'the log does not tell what was asked',
      'no model call in it',
    ])
  })
})

describe('A trace of several steps', () => {
  const agent = {
    id: 'a1',
    name: 'assistant',
    to: 9,
    attributes: {
      'openinference.span.kind': 'CHAIN',
      'input.value': json({ question: 'Is it raining?' }),
    },
  }
  const retriever = {
    id: 'r1',
    parent: 'a1',
    name: 'search',
    to: 2,
    attributes: {
      'openinference.span.kind': 'RETRIEVER',
      'retrieval.documents.0.document.id': 'd1',
      'retrieval.documents.0.document.content': 'Lyon: dry.',
      'retrieval.documents.0.document.score': 0.9,
    },
  }
  const first = {
    id: 'l1',
    parent: 'a1',
    name: 'plan',
    from: 3,
    to: 4,
    attributes: {
      ...current,
      'gen_ai.output.messages': json([{ ...called('weather'), finish_reason: 'tool_call' }]),
    },
  }
  const last = {
    id: 'l2',
    parent: 'a1',
    name: 'answer',
    from: 5,
    to: 8,
    attributes: {
      ...current,
      'gen_ai.input.messages': json([
        text('user', 'Is it raining?'),
        called('weather'),
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', result: 'dry' }] },
      ]),
    },
  }
  const documents = [{ text: 'Lyon: dry.', id: 'd1', score: 0.9 }]

  it('gives each model call, with what was retrieved before it', () => {
    const late = { ...retriever, id: 'r2', from: 6, to: 7 }
    const { content, problems } = readRows(otlpTraces, [
      tracesOf(agent, retriever, first, last, late),
    ])
    expect(problems).toEqual([])
    expect(content.map(({ responses }) => responses[0]?.externalId)).toEqual(['l1', 'l2'])
    expect(content.map(({ responses }) => responses[0]?.context)).toEqual([documents, documents])
  })

  it('is whole where other rows hold the rest of it', () => {
    const rows = [agent, last, first, retriever].map((span) => tracesOf(span))
    const { content, problems } = readRows(otlpTraces, rows)
    expect(problems).toEqual([])
    expect(content.map(({ responses }) => responses[0]?.externalId)).toEqual(['l2', 'l1'])
    expect(content[1]?.responses[0]?.context).toEqual(documents)
  })

  it('gives only the final answer to what the user said, where that alone is rated', () => {
    for (const rows of [
      [tracesOf(agent, retriever, first, last)],
      [last, agent, first, retriever].map((span) => tracesOf(span)),
    ]) {
      const { records, problems } = readFinal(otlpTraces, rows)
      expect(problems).toEqual([])
      expect(records).toMatchObject([
        {
          prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
          responses: [
            {
              externalId: 'l2',
              messages: [{ role: 'assistant', content: 'No.' }],
              rendered: [{ role: 'system' }, {}, {}, {}],
              context: documents,
              trace: [
                { name: 'search', kind: 'retriever' },
                { name: 'plan', kind: 'llm', input: 'Is it raining?', output: 'calls weather' },
                { name: 'answer', kind: 'llm', output: 'No.' },
              ],
            },
          ],
        },
      ])
    }
  })

  it('gives the user’s turns of the first call where the program does not tell its input', () => {
    const silent = { ...agent, attributes: { 'openinference.span.kind': 'CHAIN' } }
    const { records } = readFinal(otlpTraces, [tracesOf(silent, first, last)])
    expect(records).toMatchObject([
      { prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] } },
    ])
  })

  it('does not give a call twice that another call wraps', () => {
    const inner = { ...last, id: 'l3', parent: 'l2' }
    const { content } = readRows(otlpTraces, [tracesOf(last, inner)])
    expect(content.map(({ responses }) => responses[0]?.externalId)).toEqual(['l3'])
  })

  it('survives spans that claim to be their own ancestors', () => {
    const one = { ...first, id: 'x1', parent: 'x2' }
    const other = { ...last, id: 'x2', parent: 'x1' }
    expect(() => readRows(otlpTraces, [tracesOf(one, other)])).not.toThrow()
  })

  it('gives what the row holds where nothing else is known', () => {
    const context = {
      hash: (value: string) => value,
      find: () => undefined,
      list: () => [],
      rate: 'steps' as const,
    }
    expect(otlpTraces.read(tracesOf(first, last), context).records).toHaveLength(2)
  })
})

it('Anything in the envelope is read or refused, never thrown', () => {
  readAnything(otlpTraces, ['resourceSpans'], tracesOf({ id: 'b1', attributes: current }))
})
