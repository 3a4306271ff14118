import { describe, expect, it } from 'vitest'
import { langSmith } from '#app/import/readers/langsmith.ts'
import { readFinal } from '#tests/support/read-final.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const json = JSON.stringify
const message = (name: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain_core', 'messages', name],
  kwargs,
})
const metadata = { ls_model_name: 'm-1', ls_temperature: 0.5 }
const model = {
  id: 'r2',
  name: 'ChatModel',
  run_type: 'llm',
  trace_id: 'r1',
  parent_run_id: 'r1',
  start_time: '2025-03-01T10:00:02.000001',
  end_time: '2025-03-01T10:00:03.500001',
  inputs: {
    messages: [
      [
        message('SystemMessage', { content: 'Be brief.' }),
        message('HumanMessage', { content: 'Is it raining?' }),
      ],
    ],
  },
  outputs: {
    generations: [
      [
        { text: 'No.', message: message('AIMessage', { content: 'No.' }) },
        { text: 'Not now.', message: message('AIMessage', { content: 'Not now.' }) },
      ],
    ],
    llm_output: { model_name: 'm-1-2025', token_usage: { total_tokens: 12 } },
  },
  extra: {
    metadata: { ...metadata, lc_hub_repo: 'weather', lc_hub_commit_hash: 'abc123' },
    invocation_params: { max_tokens: 50 },
  },
  tags: ['demo'],
  feedback_stats: { helpful: { n: 1, avg: 1 } },
}
const retriever = {
  id: 'r3',
  name: 'Search',
  run_type: 'retriever',
  trace_id: 'r1',
  parent_run_id: 'r1',
  start_time: '2025-03-01T10:00:01',
  end_time: '2025-03-01T10:00:02',
  inputs: { query: 'rain' },
  outputs: { documents: [{ page_content: 'Lyon: dry.', metadata: {} }] },
}
const program = {
  id: 'r1',
  name: 'Program',
  run_type: 'chain',
  trace_id: 'r1',
  start_time: '2025-03-01T10:00:00',
  end_time: '2025-03-01T10:00:04',
  inputs: { question: 'Rain?' },
  outputs: { answer: 'No.' },
  reference_example_id: 'ex-1',
}
const ask = {
  model: 'm-1',
  temperature: 0.5,
  messages: [{ role: 'user', content: 'Is it raining?' }],
}
const answer = {
  id: 'chat-1',
  object: 'chat.completion',
  model: 'm-1-2025',
  choices: [{ index: 0, message: { role: 'assistant', content: 'No.' }, finish_reason: 'stop' }],
}
const order = '20250301T100000000001Z7b0c9f1e-1111-4222-8333-444455556666'
const begun = {
  id: '7b0c9f1e-1111-4222-8333-444455556666',
  name: 'ChatOpenAI',
  run_type: 'llm',
  start_time: Date.parse('2025-03-01T10:00:00Z'),
  inputs: ask,
  trace_id: '7b0c9f1e-1111-4222-8333-444455556666',
  dotted_order: order,
  extra: { metadata: { ls_model_name: 'm-1', prompt_name: 'weather', prompt_version: '4' } },
}
const ended = {
  end_time: Date.parse('2025-03-01T10:00:02Z'),
  outputs: answer,
  trace_id: begun.trace_id,
  dotted_order: order,
}

describe('Runs of LangSmith', () => {
  it('give LangChain’s calls, one response for each generation', () => {
    expect(langSmith.mark(model)).not.toBeNull()
    const { content, problems, judgments } = readRows(langSmith, [retriever, model])
    expect([problems, judgments]).toEqual([[], []])
    expect(content).toMatchObject([
      {
        prompt: {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'Is it raining?' },
          ],
          tags: ['demo'],
        },
        responses: [
          {
            externalId: 'r2#0',
            model: {
              name: 'm-1',
              version: 'm-1-2025',
              promptVersion: 'weather@abc123',
              parameters: { temperature: 0.5, max_tokens: 50 },
            },
            messages: [{ role: 'assistant', content: 'No.' }],
            context: [{ text: 'Lyon: dry.' }],
            answeredAt: Date.parse('2025-03-01T10:00:03.500Z'),
            usage: { total_tokens: 12 },
          },
          { externalId: 'r2#1', messages: [{ content: 'Not now.' }] },
        ],
      },
    ])
  })

  it('put together the halves that a tracer sends', () => {
    const row = { post: [begun], patch: [ended] }
    expect(langSmith.mark(row)).not.toBeNull()
    for (const rows of [[row], [{ post: [begun] }, { patch: [ended] }], [begun, ended]]) {
      const { content, problems } = readRows(langSmith, rows)
      expect(problems).toEqual([])
      expect(content).toMatchObject([
        {
          prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
          responses: [
            {
              externalId: begun.id,
              model: { name: 'm-1', version: 'm-1-2025', promptVersion: 'weather@4' },
              messages: [{ role: 'assistant', content: 'No.' }],
              finishReason: 'stop',
              latencyMs: 2_000,
            },
          ],
        },
      ])
    }
  })

  it('read what is nested in a run, and what an export wrote as JSON', () => {
    const whole = { ...program, child_runs: [retriever, model] }
    expect(readRows(langSmith, [whole]).content).toHaveLength(1)
    const exported = {
      ...model,
      inputs: json(model.inputs),
      outputs: json(model.outputs),
      extra: json(model.extra),
      tags: '["demo"]',
    }
    expect(readRows(langSmith, [exported]).content).toEqual(readRows(langSmith, [model]).content)
  })

  it('know the same example of a dataset under another program', () => {
    const steps = readRows(langSmith, [{ ...program, child_runs: [model] }]).content
    expect(steps[0]?.prompt?.inputKey).toBe('langsmith-example:ex-1')
    const { records } = readFinal(langSmith, [model, program, retriever])
    expect(records).toMatchObject([
      {
        prompt: {
          inputKey: 'langsmith-example:ex-1',
          messages: [{ role: 'user', content: 'Rain?' }],
        },
        responses: [{ context: [{ text: 'Lyon: dry.' }] }, {}],
      },
    ])
  })

  it('give a call for each of several prompts of one run', () => {
    const run = {
      ...model,
      inputs: { prompts: ['Rain?', 'Snow?'] },
      outputs: { generations: [[{ text: 'No.' }], [{ text: 'Never.' }]] },
    }
    expect(readRows(langSmith, [run]).content).toMatchObject([
      { prompt: { messages: [{ content: 'Rain?' }] }, responses: [{ externalId: 'r2#0' }] },
      { prompt: { messages: [{ content: 'Snow?' }] }, responses: [{ externalId: 'r2#1' }] },
    ])
  })

  it('are refused where the call failed or no model was called', () => {
    const failed = { ...model, outputs: null, error: 'RateLimitError' }
    expect(readRows(langSmith, [failed]).problems).toEqual([
      { field: 'output', reason: 'the call failed: RateLimitError' },
    ])
    expect(readRows(langSmith, [program]).problems).toEqual([
      { field: '', reason: 'no model call in it' },
    ])
  })

  it('are read or refused whatever they hold', () => {
    readAnything(langSmith, [...Object.keys(model), 'post', 'patch', 'child_runs'], model)
  })
})
