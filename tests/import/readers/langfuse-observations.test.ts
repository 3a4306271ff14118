import { describe, expect, it } from 'vitest'
import { langfuseObservations } from '#app/import/readers/langfuse-observations.ts'
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
  providedModelName: 'm-1',
  modelParameters: '{"temperature":0.5}',
  input: json(json([{ role: 'user', content: 'Is it raining?' }])),
  output: json(json({ choices: [{ message: { role: 'assistant', content: 'No.' } }] })),
}
const program = {
  id: 'o1',
  traceId: 't1',
  type: 'SPAN',
  name: 'program',
  parentObservationId: '',
  startTime: '2025-03-01T10:00:00.000Z',
  endTime: '2025-03-01T10:00:04.000Z',
  input: '"Rain?"',
}

describe('Observations of Langfuse', () => {
  it('give their calls, also where their texts were encoded twice', () => {
    expect(langfuseObservations.mark(generation)).not.toBeNull()
    const { content, problems } = readRows(langfuseObservations, [program, generation])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Is it raining?' }] },
        responses: [
          {
            externalId: 'o2',
            model: { name: 'm-1', parameters: { temperature: 0.5 } },
            messages: [{ role: 'assistant', content: 'No.' }],
          },
        ],
      },
    ])
  })

  it('are read from the pages of the interface and from the cells of a table', () => {
    const page = { data: [program, generation], meta: { cursor: null } }
    expect(langfuseObservations.mark(page)).not.toBeNull()
    expect(readRows(langfuseObservations, [page]).content).toHaveLength(1)
    const cells = {
      ...generation,
      model: 'm-1',
      latency: '1.5',
      traceTags: '["demo"]',
      helpful: '[4]',
      usageDetails: '{"input":10}',
      totalCost: '0.001',
    }
    expect(readRows(langfuseObservations, [cells]).content).toMatchObject([
      {
        prompt: { tags: ['demo'], metadata: { helpful: 4 } },
        responses: [{ cost: 0.001, usage: { input: 10 } }],
      },
    ])
  })

  it('give the final answer where that alone is rated, from the row that holds it', () => {
    const { records, problems } = readFinal(langfuseObservations, [generation, program])
    expect(problems).toEqual([])
    expect(records).toMatchObject([
      {
        prompt: { messages: [{ role: 'user', content: 'Rain?' }] },
        responses: [{ externalId: 'o2' }],
      },
    ])
  })

  it('are refused where their trace called no model', () => {
    expect(readRows(langfuseObservations, [program]).problems).toEqual([
      { field: '', reason: 'no model call in it' },
    ])
  })

  it('are read or refused whatever they hold', () => {
    readAnything(langfuseObservations, [...Object.keys(generation), 'data'], generation)
  })
})
