import { describe, expect, it } from 'vitest'
import { weave } from '#app/import/readers/weave.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const call = {
  id: 'call-1',
  op_name: 'weave:///team/project/op/openai.chat.completions.create:v3',
  trace_id: 'trace-1',
  parent_id: 'call-0',
  started_at: '2025-04-01T12:00:00Z',
  ended_at: '2025-04-01T12:00:03Z',
  attributes: { stage: 'trial' },
  inputs: {
    self: 'weave:///team/project/object/client:v0',
    model: 'gpt-4o',
    temperature: 0.6,
    messages: [{ role: 'user', content: 'Why is the sky blue?' }],
  },
  output: {
    id: 'chatcmpl-w',
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Scattering.' } }],
    usage: { total_tokens: 11 },
  },
  summary: {
    weave: {
      latency_ms: 2_900,
      costs: { 'gpt-4o': { prompt_tokens_total_cost: 0.25, completion_tokens_total_cost: 0.5 } },
    },
  },
}
const parent = {
  ...call,
  id: 'call-0',
  parent_id: null,
  op_name: 'weave:///team/project/op/answer:v1',
  inputs: { question: 'Why is the sky blue?' },
  output: 'Scattering.',
  summary: {},
}
const withFeedback = (...feedback: object[]) => ({ ...call, summary: { weave: { feedback } } })

describe('Calls of W&B Weave', () => {
  it('give the prompt and the answer of a call of a model', () => {
    expect(weave.mark(call)).not.toBeNull()
    const { content, problems } = readRows(weave, [call])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: {
          externalId: 'call-1',
          messages: [{ role: 'user', content: 'Why is the sky blue?' }],
          metadata: { op: 'openai.chat.completions.create', stage: 'trial' },
        },
        responses: [
          {
            externalId: 'call-1',
            model: {
              name: 'gpt-4o',
              version: 'gpt-4o-2024-08-06',
              parameters: { temperature: 0.6 },
            },
            messages: [{ role: 'assistant', content: 'Scattering.' }],
            latencyMs: 2_900,
            cost: 0.75,
            answeredAt: Date.parse(call.ended_at),
          },
        ],
      },
    ])
  })

  it('pass over the functions around a call, which repeat it', () => {
    const { content, problems } = readRows(weave, [parent, call])
    expect(content).toHaveLength(1)
    expect(problems).toEqual([])
  })

  it('say so where no call of a trace is one of a model', () => {
    const { problems } = readRows(weave, [parent])
    expect(problems).toMatchObject([{ field: 'op_name' }])
    expect(problems[0]?.reason).toContain('"answer"')
  })

  it('keep what people said of the answer, each under their name', () => {
    const { judgments, problems } = readRows(weave, [
      withFeedback(
        {
          feedback_type: 'wandb.reaction.1',
          payload: { emoji: '👍🏽', detoned: '👍' },
          creator: 'Ana',
          created_at: '2025-04-02T09:00:00Z',
        },
        { feedback_type: 'wandb.reaction.1', payload: { emoji: '🎉' }, creator: 'Rui' },
        { feedback_type: 'wandb.note.1', payload: { note: 'Too short.' }, wb_user_id: 'u-9' },
        { feedback_type: 'wandb.annotation.accuracy', payload: { value: 4 }, creator: 'Ana' },
        { feedback_type: 'wandb.annotation.safe', payload: { value: true }, creator: 'Ana' },
        { feedback_type: 'tone', payload: { value: 'warm' } },
      ),
    ])
    expect(problems).toEqual([])
    const said = judgments.map(({ line }) => line)
    expect(said).toMatchObject([
      {
        prompt_id: 'call-1',
        response: 'call-1',
        criterion: 'rating',
        choice: 'yes',
        rater: 'Ana',
        created_at: Date.parse('2025-04-02T09:00:00Z'),
      },
      { criterion: 'reaction', choice: '🎉', rater: 'Rui' },
      { criterion: 'note', text: 'Too short.', rater: 'u-9' },
      { criterion: 'accuracy', score: 4 },
      { criterion: 'safe', choice: 'yes' },
      { criterion: 'tone', choice: 'warm', rater: 'Weave feedback' },
    ])
    expect(said.every((line) => 'source' in line && line.source === 'human')).toBe(true)
  })

  it('take scorers for judges', () => {
    const { judgments } = readRows(weave, [
      withFeedback({
        feedback_type: 'wandb.runnable.relevance',
        payload: { output: { passed: false, score: 0.2 } },
        wb_user_id: 'u-9',
      }),
    ])
    expect(judgments.map(({ line }) => line)).toMatchObject([
      { criterion: 'relevance.passed', choice: 'no', rater: 'relevance', source: 'judge' },
      { criterion: 'relevance.score', score: 0.2, rater: 'relevance', source: 'judge' },
    ])
  })

  it('refuse feedback without a value, and keep the call', () => {
    const empty = { feedback_type: 'wandb.annotation.mood', payload: { value: null } }
    const { content, problems } = readRows(weave, [withFeedback(empty)])
    expect(content).toHaveLength(1)
    expect(problems).toMatchObject([{ field: 'summary.weave.feedback.0', raw: empty }])
  })

  it('are refused where they are only references, deleted or failed', () => {
    const { records, problems } = readRows(weave, [
      { ...call, inputs: { ...call.inputs, messages: 'weave:///team/project/object/chat:v1' } },
      { ...call, output: 'weave:///team/project/object/answer:v1' },
      { ...call, deleted_at: '2025-04-05T00:00:00Z' },
      { ...call, output: null, exception: 'RateLimitError' },
    ])
    expect(records).toEqual([])
    expect(problems.map(({ field }) => field)).toEqual([
      'inputs.messages',
      'output',
      'deleted_at',
      'exception',
    ])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(
      weave,
      ['op_name', 'inputs', 'output', 'trace_id', 'summary', 'id'],
      withFeedback({ feedback_type: 'tone', payload: { value: 1 } }),
    )
  })
})
