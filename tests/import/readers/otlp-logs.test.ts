import { describe, expect, it } from 'vitest'
import { otlpLogs } from '#app/import/readers/otlp-logs.ts'
import { otlpTraces } from '#app/import/readers/otlp-traces.ts'
import { logsOf, tracesOf } from '#tests/support/otlp.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const asked = [
  { name: 'gen_ai.system.message', span: 'b1', at: 0, body: { content: 'Be brief.' } },
  { name: 'gen_ai.user.message', span: 'b1', at: 1, body: { content: 'Is it raining?' } },
]
const answered = {
  name: 'gen_ai.choice',
  span: 'b1',
  at: 2,
  body: { index: 0, finish_reason: 'stop', message: { content: 'No.' } },
}
const said = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Is it raining?' },
]

describe('Logged events of model calls', () => {
  it('make one call of the events of one span', () => {
    const row = logsOf(...asked, answered, { ...answered, span: undefined, name: 'other' })
    expect(otlpLogs.mark(row)).not.toBeNull()
    const { content, problems } = readRows(otlpLogs, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: { messages: said },
        responses: [
          {
            externalId: 'b1',
            messages: [{ role: 'assistant', content: 'No.' }],
            finishReason: 'stop',
          },
        ],
      },
    ])
  })

  it('are gathered from several rows, once', () => {
    const rows = [...asked, answered].map((event) => logsOf(event))
    const { content, problems } = readRows(otlpLogs, rows)
    expect(problems).toEqual([])
    expect(content).toMatchObject([{ prompt: { messages: said }, responses: [{}] }])
  })

  it('complete a span that does not tell its texts', () => {
    const spans = tracesOf({
      id: 'b1',
      attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm-1' },
    })
    const beside = { reader: otlpTraces, rows: [spans] }
    const logs = logsOf(...asked, answered)
    const { content, problems } = readRows(otlpLogs, [logs], [beside])
    expect(problems).toEqual([])
    expect(content).toMatchObject([{ responses: [{ model: { name: 'm-1' } }] }])
    const other = readRows(otlpTraces, [spans], [{ reader: otlpLogs, rows: [logs] }])
    expect([other.records, other.problems]).toEqual([[], []])
  })

  it('read the event that holds a whole call', () => {
    const attributes = {
      'gen_ai.request.model': 'm-1',
      'gen_ai.input.messages': [
        { role: 'user', parts: [{ type: 'text', content: 'Is it raining?' }] },
      ],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: 'No.' }], finish_reason: 'stop' },
      ],
    }
    const name = 'gen_ai.client.inference.operation.details'
    const { content } = readRows(otlpLogs, [logsOf({ name, span: 'b1', attributes })])
    expect(content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
        responses: [{ model: { name: 'm-1' }, messages: [{ content: 'No.' }] }],
      },
    ])
  })

  it('bring evaluations to the answer they judge, by span or by the provider’s id', () => {
    const evaluation = (more: object) => ({
      name: 'gen_ai.evaluation.result',
      attributes: {
        'gen_ai.evaluation.name': 'Tone',
        'gen_ai.evaluation.score.label': 'kind',
        ...more,
      },
    })
    const identified = { ...answered, attributes: { 'gen_ai.response.id': 'chat-9' } }
    const { judgments, problems } = readRows(otlpLogs, [
      logsOf(...asked, identified),
      logsOf({ ...evaluation({}), span: 'b1', at: 5 }),
      logsOf(evaluation({ 'gen_ai.response.id': 'chat-9', 'gen_ai.evaluation.name': 'Length' })),
    ])
    expect(problems).toEqual([])
    expect(judgments.map(({ line }) => line)).toMatchObject([
      { criterion: 'Tone', choice: 'kind', response: 'b1' },
      { criterion: 'Length', choice: 'kind', response: 'b1' },
    ])
  })

  it('are refused where they tell no call', () => {
    const lost = logsOf({ ...answered, span: undefined })
    const reasons = readRows(otlpLogs, [lost, logsOf({ name: 'gc', span: 'b2' })]).problems
    expect(reasons.map(({ reason }) => reason)).toContain(
      'the event "gen_ai.choice" does not tell which call it belongs to',
    )
    expect(reasons.map(({ reason }) => reason)).toContain('no model call in it')
  })

  it('are read or refused whatever they hold', () => {
    readAnything(otlpLogs, ['resourceLogs'], logsOf(...asked, answered))
  })
})
