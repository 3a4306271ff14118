import { describe, expect, it } from 'vitest'
import { phoenix } from '#app/import/readers/phoenix.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const span = {
  id: 'U3Bhbjox',
  name: 'ChatCompletion',
  context: { trace_id: 't1', span_id: 's1' },
  span_kind: 'LLM',
  parent_id: null,
  start_time: '2025-03-01T10:00:00+00:00',
  end_time: '2025-03-01T10:00:02+00:00',
  status_code: 'OK',
  attributes: {
    'llm.model_name': 'm-1',
    'llm.input_messages.0.message.role': 'user',
    'llm.input_messages.0.message.content': 'Is it raining?',
    'llm.output_messages.0.message.role': 'assistant',
    'llm.output_messages.0.message.content': 'No.',
  },
  events: [],
}
const annotation = {
  name: 'helpful',
  annotator_kind: 'HUMAN',
  span_id: 's1',
  result: { label: 'yes', score: 1, explanation: 'It answers.' },
  identifier: 'ada',
  created_at: '2025-03-02T00:00:00+00:00',
}

describe('Spans of Phoenix', () => {
  it('give the call', () => {
    expect(phoenix.mark(span)).not.toBeNull()
    expect(readRows(phoenix, [span]).content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
        responses: [
          {
            externalId: 's1',
            model: { name: 'm-1' },
            messages: [{ role: 'assistant', content: 'No.' }],
            answeredAt: Date.parse('2025-03-01T10:00:02Z'),
            latencyMs: 2_000,
          },
        ],
      },
    ])
    expect(readRows(phoenix, [{ data: [span], next_cursor: null }]).content).toHaveLength(1)
  })

  it('are read from the columns of a table', () => {
    const table = {
      'context.span_id': 's1',
      'context.trace_id': 't1',
      name: 'ChatCompletion',
      span_kind: 'LLM',
      parent_id: '',
      start_time: '2025-03-01 10:00:00',
      'attributes.llm.model_name': 'm-1',
      'attributes.llm.input_messages': JSON.stringify([
        { 'message.role': 'user', 'message.content': 'Is it raining?' },
      ]),
      'attributes.llm.output_messages': [{ message: { role: 'assistant', content: 'No.' } }],
      'attributes.retrieval.documents': null,
    }
    expect(phoenix.mark(table)).not.toBeNull()
    expect(readRows(phoenix, [table]).content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
        responses: [{ model: { name: 'm-1' }, messages: [{ role: 'assistant', content: 'No.' }] }],
      },
    ])
  })

  it('bring annotations along, of people and of models', () => {
    const judged = { ...annotation, name: 'true', annotator_kind: 'LLM', identifier: 'judge-1' }
    const wanting = { ...annotation, result: { label: 'no' }, name: 'polite' }
    expect(phoenix.mark(annotation)).not.toBeNull()
    const { judgments, content, problems } = readRows(phoenix, [
      annotation,
      judged,
      { ...span, annotations: [wanting] },
    ])
    expect(problems).toEqual([])
    const promptId = content[0]?.prompt?.externalId
    expect(judgments.map(({ line }) => line)).toMatchObject([
      { criterion: 'polite', choice: 'no', rater: 'ada' },
      {
        criterion: 'helpful',
        score: 1,
        reasons: ['yes'],
        comment: 'It answers.',
        rater: 'ada',
        source: 'human',
        response: 's1',
        prompt_id: promptId,
      },
      { criterion: 'true', score: 1, rater: 'judge-1', source: 'judge' },
    ])
  })

  it('are missed where an annotation names one that is not there', () => {
    expect(readRows(phoenix, [annotation]).problems).toEqual([
      { field: 'span_id', reason: 'the span "s1" is not in the files of this import' },
    ])
  })

  it('are read or refused whatever they hold', () => {
    readAnything(phoenix, [...Object.keys(span), 'data'], span)
    readAnything(phoenix, Object.keys(annotation), annotation)
  })
})
