import { describe, expect, it } from 'vitest'
import { langfuseObservations } from '#app/import/readers/langfuse-observations.ts'
import { langfuseTrace } from '#app/import/readers/langfuse-trace.ts'
import { langfuseTraces } from '#app/import/readers/langfuse-traces.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const row = {
  id: 't1',
  timestamp: '2025-03-01T10:00:00.000Z',
  name: 'weather',
  input: '{"question":"Is it raining?"}',
  output: '"No."',
  sessionId: null,
  release: 'v7',
  tags: ['demo'],
  bookmarked: false,
  latency: 1.25,
}

describe('Exported traces of Langfuse', () => {
  it('give what was asked and answered, of a model that they do not name', () => {
    expect(langfuseTraces.mark(row)).not.toBeNull()
    expect([langfuseTrace.mark(row), langfuseObservations.mark(row)]).toEqual([null, null])
    expect(readRows(langfuseTraces, [row]).content).toMatchObject([
      {
        prompt: {
          messages: [{ role: 'user', content: 'Is it raining?' }],
          tags: ['demo'],
          metadata: { release: 'v7' },
        },
        responses: [
          {
            externalId: 't1',
            model: { name: 'unknown' },
            messages: [{ role: 'assistant', content: 'No.' }],
            latencyMs: 1_250,
          },
        ],
      },
    ])
  })

  it('give the last answer of a program that gives back all its steps', () => {
    const output = {
      messages: [
        { type: 'human', content: 'Is it raining?' },
        { type: 'ai', content: '', tool_calls: [{ name: 'weather', args: {}, id: 'c1' }] },
        { type: 'tool', content: 'dry', tool_call_id: 'c1' },
        { type: 'ai', content: 'No.' },
      ],
    }
    expect(readRows(langfuseTraces, [{ ...row, output }]).content[0]?.responses).toMatchObject([
      { messages: [{ role: 'assistant', content: 'No.' }] },
    ])
  })

  it('keep scores', () => {
    const scores = [{ name: 'helpful', source: 'API', dataType: 'NUMERIC', value: 1 }]
    expect(readRows(langfuseTraces, [{ ...row, scores }]).judgments).toMatchObject([
      { line: { criterion: 'helpful', score: 1, response: 't1', rater: 'Langfuse API' } },
    ])
  })

  it('are refused where a half is missing', () => {
    const reasons = [
      { ...row, input: null },
      { ...row, output: null },
    ].map((half) => readRows(langfuseTraces, [half]).problems[0]?.reason)
    expect(reasons).toEqual(['the trace does not tell what was asked', 'the trace has no answer'])
  })

  it('are read or refused whatever they hold', () => {
    readAnything(langfuseTraces, [...Object.keys(row), 'data'], row)
  })
})
