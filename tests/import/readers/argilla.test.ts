import { describe, expect, it } from 'vitest'
import { argilla } from '#app/import/readers/argilla.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
  scoresIn,
} from './reading.ts'

const by = (user_id: string, value: unknown, status?: string) => ({
  user_id,
  value,
  ...(status === undefined ? {} : { status }),
})
const good = {
  id: 'rec1',
  fields: { prompt: 'Name a sea.', response: 'Aral.' },
  metadata: { source: 'atlas' },
  suggestions: { quality: { value: 3, score: 0.9, agent: 'judge-1' } },
  responses: { quality: [by('u1', 5), by('u2', 4)] },
  vectors: {},
}
const pair = { prompt: 'Name a sea.', response_1: 'Aral.', response_2: 'Alps.' }
const withAnswers = (fields: object, responses: object) => ({
  ...good,
  fields,
  responses,
  suggestions: {},
})

describe('Argilla', () => {
  it('is known by fields with responses or suggestions', () => {
    expect(argilla.mark(good)).toBe('has "fields" and "responses"')
    expect(argilla.mark({ fields: {}, suggestions: {} })).toBe('has "fields" and "suggestions"')
    expect(argilla.mark({ fields: {} })).toBeNull()
  })

  it('keeps ratings by person, and suggestions as verdicts of a judge', () => {
    const read = readAll(argilla, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Name a sea.'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Aral.']])
    expect(scoresIn(read.judgments)).toEqual([
      ['quality', 5, 'u1'],
      ['quality', 4, 'u2'],
      ['quality', 3, 'judge-1'],
    ])
    expect(read.judgments.map(({ line }) => 'source' in line && line.source)).toEqual([
      'human',
      'human',
      'judge',
    ])
    expect(read.contents[0]?.prompt?.metadata).toEqual({ source: 'atlas', id: 'rec1' })
    expectKnownIds(read)
  })

  it('leaves out drafts and discarded responses', () => {
    const answers = [by('u1', 5, 'draft'), by('u2', 4, 'discarded'), by('u3', 2, 'submitted')]
    const { judgments } = readAll(argilla, withAnswers(good.fields, { quality: answers }))
    expect(scoresIn(judgments)).toEqual([['quality', 2, 'u3']])
  })

  it('reads the responses as the server holds them, by person', () => {
    const responses = [{ user_id: 'u1', status: 'submitted', values: { quality: { value: 5 } } }]
    const { judgments } = readAll(argilla, { ...good, responses, suggestions: [] })
    expect(scoresIn(judgments)).toEqual([['quality', 5, 'u1']])
  })

  it('keeps labels as choices, but as texts where any answer to the question is prose', () => {
    const label = withAnswers(good.fields, {
      tone: [by('u1', 'kind')],
      why: [by('u1', 'short')],
      kinds: [by('u1', ['safe', 'brief'])],
    })
    const prose = withAnswers(good.fields, {
      why: [by('u2', 'It names a lake that used to be a sea.')],
    })
    const lines = readAll(argilla, label, prose).judgments.map(({ line }) => line)
    expect(lines).toMatchObject([
      { criterion: 'tone', choice: 'kind' },
      { criterion: 'why', text: 'short' },
      { criterion: 'kinds', choice: 'safe, brief' },
      { criterion: 'why', text: 'It names a lake that used to be a sea.' },
    ])
  })

  it('keeps rankings of the response fields', () => {
    const order = [
      { value: 'response-2', rank: 1 },
      { value: 'response-1', rank: 2 },
    ]
    const read = readAll(argilla, withAnswers(pair, { best: [by('u1', order)] }))
    const [first, second] = read.contents[0]?.responses.map(({ externalId }) => externalId) ?? []
    expect(read.judgments.map(({ line }) => line)).toMatchObject([
      {
        campaign: 'Argilla rankings',
        ranking: [[{ response: second }], [{ response: first }]],
        rater: 'u1',
      },
    ])
    expect(read.problems).toEqual([])
  })

  it('keeps a label that names one of two responses as a preference', () => {
    const read = readAll(argilla, withAnswers(pair, { better: [by('u1', 'response_2')] }))
    expect(pairsIn(read.judgments)).toEqual([['u1', 'b', undefined]])
    expectKnownIds(read)
  })

  it('rates the response that the question names by its number', () => {
    const read = readAll(argilla, withAnswers(pair, { rating_2: [by('u1', 4)] }))
    const second = read.contents[0]?.responses[1]?.externalId
    expect(read.judgments[0]?.line).toMatchObject({ response: second, score: 4 })
  })

  it('says which answers tell no response, and keeps the texts', () => {
    const read = readAll(argilla, withAnswers(pair, { clarity: [by('u1', 4)] }))
    expect(read.contents).toHaveLength(1)
    expect(read.problems).toEqual([
      {
        field: 'responses.clarity',
        reason: 'does not tell which of the 2 responses it is about',
      },
    ])
  })

  it('keeps a chat field as the conversation, its last answer as the response', () => {
    const chat = [
      { role: 'user', content: 'Name a sea.' },
      { role: 'assistant', content: 'Aral.' },
    ]
    const read = readAll(argilla, withAnswers({ chat }, { quality: [by('u1', 4)] }))
    expect(saidIn(read.contents[0])).toEqual(['user: Name a sea.'])
    expect(scoresIn(read.judgments)).toEqual([['quality', 4, 'u1']])
  })

  it('never throws', () => expectNeverThrows(argilla, good))
})
