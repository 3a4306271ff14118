import { describe, expect, it } from 'vitest'
import { mlflow } from '#app/import/readers/mlflow.ts'
import { readFinal } from '#tests/support/read-final.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const json = JSON.stringify
const request = { model: 'm-1', temperature: 0.5, messages: [{ role: 'user', content: 'Rain?' }] }
const response = {
  id: 'chat-1',
  model: 'm-1-2025',
  choices: [{ index: 0, message: { role: 'assistant', content: 'No.' }, finish_reason: 'stop' }],
}

const second = {
  info: { request_id: 'tr-1', experiment_id: '0', timestamp_ms: 1, tags: {} },
  data: {
    spans: [
      {
        name: 'chat',
        context: { span_id: '0x1', trace_id: '0xa' },
        parent_id: null,
        start_time: '1700000000000000000',
        end_time: '1700000002000000000',
        status_code: 'OK',
        attributes: {
          'mlflow.spanType': json('CHAT_MODEL'),
          'mlflow.spanInputs': json(request),
          'mlflow.spanOutputs': json(response),
        },
        events: [],
      },
    ],
  },
}

const third = {
  info: {
    trace_id: 'tr-2',
    request_time: '2025-06-01T00:00:00Z',
    tags: { 'mlflow.linkedPrompts': json([{ name: 'weather', version: '4' }]) },
    assessments: [
      {
        assessment_name: 'correct',
        source: { source_type: 'HUMAN', source_id: 'ada' },
        feedback: { value: true },
        rationale: 'It is dry.',
      },
      {
        assessment_name: 'tone',
        source: { source_type: 'LLM_JUDGE', source_id: 'judge-1' },
        feedback: { value: 'kind' },
        span_id: 's3',
      },
      {
        assessment_name: 'expected',
        source: { source_type: 'HUMAN' },
        expectation: { value: 'x' },
      },
    ],
  },
  data: {
    spans: [
      {
        trace_id: 'tr-2',
        span_id: 's1',
        parent_span_id: null,
        name: 'program',
        start_time_unix_nano: '1700000000000000000',
        end_time_unix_nano: '1700000009000000000',
        status: { code: 'STATUS_CODE_OK' },
        attributes: {
          'mlflow.spanType': 'CHAIN',
          'mlflow.spanInputs': { question: 'Does it rain?' },
        },
      },
      {
        span_id: 's2',
        parent_span_id: 's1',
        name: 'search',
        start_time_unix_nano: '1700000001000000000',
        end_time_unix_nano: '1700000002000000000',
        attributes: {
          'mlflow.spanType': 'RETRIEVER',
          'mlflow.spanOutputs': [{ page_content: 'Lyon: dry.', metadata: { doc_uri: 'd1' } }],
        },
      },
      {
        span_id: 's3',
        parent_span_id: 's1',
        name: 'chat',
        start_time_unix_nano: '1700000003000000000',
        end_time_unix_nano: '1700000005000000000',
        attributes: {
          'mlflow.spanType': 'CHAT_MODEL',
          'mlflow.spanInputs': request,
          'mlflow.spanOutputs': response,
        },
      },
    ],
  },
}

describe('Traces of MLflow', () => {
  it('give the call of the second schema', () => {
    expect(mlflow.mark(second)).not.toBeNull()
    expect(readRows(mlflow, [second]).content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Rain?' }] },
        responses: [
          {
            externalId: '0x1',
            model: { name: 'm-1', version: 'm-1-2025', parameters: { temperature: 0.5 } },
            messages: [{ role: 'assistant', content: 'No.' }],
            answeredAt: 1_700_000_002_000,
            latencyMs: 2_000,
            finishReason: 'stop',
          },
        ],
      },
    ])
  })

  it('give the call of the third schema, with its prompt, documents and assessments', () => {
    expect(mlflow.mark(third)).not.toBeNull()
    const { content, judgments, problems } = readRows(mlflow, [third])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        responses: [
          {
            externalId: 's3',
            model: { promptVersion: 'weather@4' },
            context: [{ text: 'Lyon: dry.', id: 'd1' }],
          },
        ],
      },
    ])
    expect(judgments.map(({ line }) => line)).toMatchObject([
      { criterion: 'correct', score: 1, rater: 'ada', source: 'human', comment: 'It is dry.' },
      { criterion: 'tone', choice: 'kind', rater: 'judge-1', source: 'judge' },
    ])
  })

  it('give the final answer to what the program was asked', () => {
    expect(readFinal(mlflow, [third]).records[0]).toMatchObject({
      prompt: { messages: [{ role: 'user', content: 'Does it rain?' }] },
      responses: [{ trace: [{ name: 'search' }, { name: 'chat' }] }],
    })
  })

  it('are refused without a model call', () => {
    const empty = { ...second, data: { spans: [] } }
    expect(readRows(mlflow, [empty]).problems).toEqual([
      { field: '', reason: 'no model call in it' },
    ])
  })

  it('are read or refused whatever they hold', () => {
    readAnything(mlflow, ['info', 'data'], third)
  })
})
