import { describe, expect, it } from 'vitest'
import { langfuseTrace } from '#app/import/readers/langfuse-trace.ts'
import { readFinal } from '#tests/support/read-final.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const json = JSON.stringify
const generation = {
  id: 'o2',
  traceId: 't1',
  type: 'GENERATION',
  name: 'answer',
  parentObservationId: 'o1',
  startTime: '2025-03-01T10:00:02.000Z',
  endTime: '2025-03-01T10:00:03.500Z',
  model: 'm-1',
  modelParameters: { temperature: '0.5', maxTokens: 50, seed: null },
  input: json([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Is it raining?' },
  ]),
  output: json({ role: 'assistant', content: 'No.' }),
  promptName: 'weather',
  promptVersion: 3,
  usageDetails: { input: 10, output: 2 },
  totalCost: 0.001,
}
const observations = [
  {
    id: 'o1',
    traceId: 't1',
    type: 'SPAN',
    name: 'program',
    parentObservationId: null,
    startTime: '2025-03-01T10:00:00.000Z',
    input: null,
  },
  {
    id: 'o3',
    traceId: 't1',
    type: 'RETRIEVER',
    name: 'search',
    parentObservationId: 'o1',
    startTime: '2025-03-01T10:00:00.500Z',
    endTime: '2025-03-01T10:00:01.000Z',
    output: json([{ page_content: 'Lyon: dry.', metadata: { source: 'almanac' } }]),
  },
  generation,
]
const score = (more: object) => ({
  id: 'sc',
  traceId: 't1',
  observationId: 'o2',
  timestamp: '2025-03-02T00:00:00.000Z',
  ...more,
})
const scores = [
  score({ name: 'helpful', source: 'ANNOTATION', dataType: 'NUMERIC', value: 4, comment: 'Good.' }),
  score({ name: 'tone', source: 'EVAL', dataType: 'CATEGORICAL', value: 2, stringValue: 'kind' }),
  score({ name: 'thumb', source: 'API', dataType: 'BOOLEAN', value: 1, stringValue: 'True' }),
]
const trace = {
  id: 't1',
  name: 'weather',
  timestamp: '2025-03-01T10:00:00.000Z',
  input: json(json({ messages: [{ role: 'user', content: 'Rain?' }] })),
  output: json('No.'),
  tags: ['demo'],
  sessionId: 's-1',
  environment: 'production',
  scores: [],
}

describe('A downloaded trace of Langfuse', () => {
  it('gives each generation', () => {
    const row = { trace, observations }
    expect(langfuseTrace.mark(row)).not.toBeNull()
    const { content, problems } = readRows(langfuseTrace, [row])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: {
          messages: [
            { role: 'system', content: 'Be brief.' },
            { role: 'user', content: 'Is it raining?' },
          ],
          tags: ['demo'],
          metadata: { session: 's-1', environment: 'production' },
        },
        responses: [
          {
            externalId: 'o2',
            model: {
              name: 'm-1',
              promptVersion: 'weather@3',
              parameters: { temperature: 0.5, max_tokens: 50 },
            },
            messages: [{ role: 'assistant', content: 'No.' }],
            context: [{ text: 'Lyon: dry.', title: 'almanac' }],
            latencyMs: 1_500,
            cost: 0.001,
            usage: { input: 10, output: 2 },
          },
        ],
      },
    ])
  })

  it('gives the final answer to what the trace was asked', () => {
    expect(readFinal(langfuseTrace, [{ trace, observations }]).records).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Rain?' }] },
        responses: [{ externalId: 'o2', trace: [{ name: 'program' }, { name: 'search' }, {}] }],
      },
    ])
  })

  it('keeps scores with who gave them', () => {
    const row = { observations, scores }
    expect(langfuseTrace.mark(row)).not.toBeNull()
    const { judgments, content } = readRows(langfuseTrace, [row])
    expect(judgments.map(({ line }) => line)).toMatchObject([
      {
        criterion: 'helpful',
        score: 4,
        comment: 'Good.',
        source: 'human',
        rater: 'Langfuse annotators',
        response: 'o2',
        prompt_id: content[0]?.prompt?.externalId,
      },
      { criterion: 'tone', choice: 'kind', source: 'judge' },
      { criterion: 'thumb', score: 1, source: 'human', rater: 'Langfuse API' },
    ])
  })

  it('takes a score of the whole trace for one of its final answer', () => {
    const whole = [score({ name: 'helpful', source: 'API', value: 1, observationId: null })]
    const { judgments } = readRows(langfuseTrace, [
      { trace: { ...trace, scores: whole }, observations },
    ])
    expect(judgments).toMatchObject([{ line: { response: 'o2', score: 1 } }])
  })

  it('makes a correction a second response that wins', () => {
    const corrections = [
      score({
        name: 'output',
        source: 'ANNOTATION',
        dataType: 'CORRECTION',
        value: null,
        longStringValue: 'No, it is dry.',
        authorUserId: 'ada',
      }),
    ]
    const { content, judgments } = readRows(langfuseTrace, [{ observations, scores: corrections }])
    expect(content[0]?.responses).toMatchObject([
      { model: { name: 'm-1' } },
      { model: { name: 'correction' }, messages: [{ content: 'No, it is dry.' }] },
    ])
    expect(judgments).toMatchObject([
      {
        kind: 'pairwise',
        line: {
          rater: 'ada',
          winner: 'b',
          response_a: 'o2',
          response_b: content[0]?.responses[1]?.externalId,
          campaign: 'Langfuse corrections',
        },
      },
    ])
  })

  it('tells which scores have nothing to judge', () => {
    const lost = [score({ name: 'found', source: 'API', value: 1, observationId: 'o3' })]
    expect(readRows(langfuseTrace, [{ observations, scores: lost }]).problems).toEqual([
      { field: 'found', reason: 'it judges the step "search", which has no answer to rate' },
    ])
  })

  it('reads a text that names its speakers, and any other text as the user’s', () => {
    const inputs = ['system: Be brief.\nuser: Rain?', 'Rain?']
    const roles = inputs.map((input) =>
      readRows(langfuseTrace, [
        { trace, observations: [{ ...generation, input, output: 'No.' }] },
      ]).content[0]?.prompt?.messages.map((message) => message.role),
    )
    expect(roles).toEqual([['system', 'user'], ['user']])
  })

  it('is refused where no model was called', () => {
    const [program] = observations
    expect(readRows(langfuseTrace, [{ trace, observations: [program] }]).problems).toEqual([
      { field: '', reason: 'no model call in it' },
    ])
  })

  it('is read or refused whatever it holds', () => {
    readAnything(langfuseTrace, ['trace', 'observations', 'scores'], {
      trace,
      observations: [generation],
      scores,
    })
  })
})
