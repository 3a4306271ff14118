import { describe, expect, it } from 'vitest'
import { labelStudio } from '#app/import/readers/label-studio.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
  scoresIn,
} from './reading.ts'

const result = (type: string, value: object, from_name: string, to_name: string) => ({
  id: 'r',
  type,
  value,
  from_name,
  to_name,
})
const annotation = (completed_by: unknown, ...results: object[]) => ({
  completed_by,
  result: results,
  created_at: '2025-10-28T05:34:18.522508Z',
})
const left = result('pairwise', { selected: 'left' }, 'better', 'better')

const pair = { prompt: 'Name a sea.', answer1: 'Aral.', answer2: 'Alps.', topic: 'seas' }
const good = { id: 4, data: pair, annotations: [annotation(1, left)] }
const single = { question: 'Name a sea.', answer: 'Aral.' }
const rated = (...results: object[]) => ({
  id: 5,
  data: single,
  annotations: [annotation({ id: 2, email: 'ana@example.com' }, ...results)],
})

describe('Label Studio', () => {
  it('is known by tasks with annotations or predictions', () => {
    expect(labelStudio.mark(good)).toBe('has "data" and "annotations"')
    expect(labelStudio.mark({ data: pair, predictions: [] })).toBe('has "data" and "predictions"')
    expect(labelStudio.mark({ data: [] })).toBeNull()
  })

  it('keeps comparisons of left and right as they were shown', () => {
    const read = readAll(labelStudio, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Name a sea.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Aral.'],
      ['unknown', 'Alps.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([['Label Studio user 1', 'a', undefined]])
    expect(read.judgments[0]?.line).toMatchObject({
      criterion: 'better',
      source: 'human',
      created_at: Date.parse('2025-10-28T05:34:18.522Z'),
      response_a: read.contents[0]?.responses[0]?.externalId,
    })
    expect(read.contents[0]?.prompt?.metadata).toEqual({ topic: 'seas', task: 4 })
    expectKnownIds(read)
  })

  it('finds left and right by their names, whatever their order', () => {
    const data = { right: 'Alps.', left: 'Aral.', prompt: 'Name a sea.' }
    const read = readAll(labelStudio, { ...good, data })
    expect(answersIn(read.contents[0])[0]).toEqual(['unknown', 'Aral.'])
  })

  it('compares the texts that the result names', () => {
    const named = result('pairwise', { selected: 'left' }, 'pw', 'answer2,answer1')
    const read = readAll(labelStudio, { ...good, annotations: [annotation(1, named)] })
    expect(read.judgments[0]?.line).toMatchObject({
      response_a: read.contents[0]?.responses[1]?.externalId,
    })
  })

  it('keeps ratings, choices and texts by who completed them', () => {
    const read = readAll(
      labelStudio,
      rated(
        result('rating', { rating: 4 }, 'quality', 'answer'),
        result('choices', { choices: ['safe', 'short'] }, 'kind', 'answer'),
        result('textarea', { text: ['Well', 'said'] }, 'why', 'answer'),
      ),
    )
    expect(scoresIn(read.judgments)[0]).toEqual(['quality', 4, 'ana@example.com'])
    expect(read.judgments.map(({ line }) => line)).toMatchObject([
      { score: 4 },
      { criterion: 'kind', choice: 'safe, short' },
      { criterion: 'why', text: 'Well\nsaid' },
    ])
    expect(new Set(read.judgments.map(({ line }) => line.campaign))).toEqual(
      new Set(['Label Studio ratings']),
    )
    expectKnownIds(read)
  })

  it('keeps predictions as verdicts of a judge', () => {
    const predictions = [{ model_version: 'rater-2', result: [left] }]
    const { judgments } = readAll(labelStudio, { data: pair, predictions })
    expect(judgments[0]?.line).toMatchObject({ rater: 'rater-2', source: 'judge' })
  })

  it('leaves out cancelled annotations', () => {
    const annotations = [{ ...annotation(1, left), was_cancelled: true }]
    const read = readAll(labelStudio, { ...good, annotations })
    expect(read.judgments).toEqual([])
    expect(read.problems).toEqual([])
  })

  it('says which results speak of no response, and keeps the others', () => {
    const read = readAll(labelStudio, {
      ...good,
      annotations: [
        annotation(1, left, result('rating', { rating: 4 }, 'clarity', 'prompt')),
        annotation(2, result('polygonlabels', { points: [] }, 'shape', 'image')),
      ],
    })
    expect(read.judgments).toHaveLength(1)
    expect(read.problems).toEqual([
      {
        field: 'annotations.0',
        reason: '"clarity" is about "prompt", which is none of the responses',
      },
      {
        field: 'annotations.1',
        reason: 'a result of the type "polygonlabels" is no comparison, rating, choice or text',
      },
    ])
  })

  it('refuses a task about something other than text', () => {
    const read = readAll(labelStudio, { ...good, data: { image: '/data/1.png' } })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^no field reads as a prompt.*\(fields: image\)$/)
  })

  it('keeps a chat that was held in the task as a conversation', () => {
    const chat = (role: string, content: string) =>
      result(
        'chatmessage',
        { chatmessage: { role, content, createdAt: 1, tool_calls: null } },
        'chat',
        'chat',
      )
    const read = readAll(labelStudio, {
      id: 6,
      data: { scenario: 'A shop.', input_chat: [] },
      annotations: [
        annotation(
          1,
          chat('user', 'Hi'),
          chat('assistant', 'Hello'),
          chat('user', 'A pear?'),
          chat('assistant', 'One euro.'),
          result('rating', { rating: 5 }, 'quality', 'chat'),
        ),
      ],
    })
    expect(saidIn(read.contents[0])).toEqual(['user: Hi', 'assistant: Hello', 'user: A pear?'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'One euro.']])
    expect(scoresIn(read.judgments)).toEqual([['quality', 5, 'Label Studio user 1']])
    expect(read.contents[0]?.prompt?.metadata).toEqual({ scenario: 'A shop.', task: 6 })
    expect(read.problems).toEqual([])
  })

  it('never throws', () => expectNeverThrows(labelStudio, { ...good, predictions: [] }))
})
