/** In: requests as Helicone exports them. Out: prompts with responses, and their users' ratings. */

import { type Reader, type Reading, type Row, refused } from '../reader.ts'
import { type Feedback, withFeedback } from '../shapes/call-feedback.ts'
import {
  firstString,
  memberOf,
  numberOf,
  parseNested,
  recordOf,
  stringOf,
} from '../shapes/loose-value.ts'
import { providerCall } from '../shapes/provider-call.ts'
import { callMetadata, nameAtVersion, promptReference } from '../shapes/provider-request.ts'
import { isTrue, momentOf, scalarsOf } from '../shapes/row-values.ts'

const bodies = ['request_body', 'response_body', 'signed_body_url']
const beside = ['request_created_at', 'request_path', 'response_status', 'provider']

/** Requests of Helicone, with the bodies of their providers. */
export const helicone: Reader = {
  format: 'helicone',
  title: 'Helicone',
  certainty: 0.99,
  mark: (row) => {
    const body = bodies.find((name) => name in row)
    const other = beside.find((name) => name in row)
    return 'request_id' in row && body !== undefined && other !== undefined
      ? `has "request_id", "${body}" and "${other}"`
      : null
  },
  read: (row) => {
    const id = stringOf(row.request_id)
    if (id === undefined) return refused('request_id', 'is missing')
    const request = parseNested(row.request_body)
    if (isEmpty(request) && stringOf(row.signed_body_url) !== undefined) {
      const reason =
        'the bodies are only named by an address that expires; export again with the bodies included'
      return refused('signed_body_url', reason)
    }
    const status = numberOf(row.response_status) ?? 200
    if (status < 200 || status >= 300) return failedCall(row, status)
    return readRequest(row, id, request)
  },
}

const isEmpty = (body: unknown): boolean => {
  const fields = recordOf(body)
  if (fields) return Object.keys(fields).length === 0
  return body === undefined || body === null || body === ''
}

function failedCall(row: Row, status: number): Reading {
  const body = parseNested(row.response_body)
  const said = firstString(memberOf(body, 'error', 'message'), memberOf(body, 'error'))
  return refused(
    'response_status',
    `the call failed with ${status}: ${said ?? 'no reason is given'}`,
  )
}

function readRequest(row: Row, id: string, request: unknown): Reading {
  const reading = providerCall(request, row.response_body, {
    requestField: 'request_body',
    responseField: 'response_body',
  })
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { call } = reading
  const asked = momentOf(row.request_created_at)
  const answered = momentOf(row.response_created_at)
  const properties = recordOf(parseNested(row.request_properties))
  const found = withFeedback(
    {
      ...call,
      id,
      requestModel: call.requestModel ?? firstString(row.request_model, modelInPath(row)),
      responseModel: call.responseModel ?? firstString(row.response_model),
      promptVersion: call.promptVersion ?? promptVersionOf(row, properties),
      answeredAt: answered ?? call.answeredAt,
      latencyMs: numberOf(row.delay_ms) ?? between(asked, answered),
      cost: numberOf(row.cost ?? row.costUSD),
      metadata: { ...scalarsOf(row, ['provider']), ...callMetadata(properties), ...call.metadata },
    },
    ratingOf(row),
    'feedback_rating',
  )
  return withScores(found, row)
}

const between = (start: number | undefined, end: number | undefined): number | undefined =>
  start === undefined || end === undefined || end < start ? undefined : end - start

/** Gemini's requests name their model in the address alone. */
const modelInPath = (row: Row): string | undefined =>
  stringOf(row.request_path)?.match(/\/models\/([^/:?]+)/)?.[1]

function promptVersionOf(row: Row, properties: Row | undefined): string | undefined {
  const name = firstString(properties?.['Helicone-Prompt-Id'], row.prompt_id)
  const version = firstString(properties?.['Helicone-Prompt-Version'], row.prompt_version)
  return name === undefined ? promptReference(properties) : nameAtVersion(name, version)
}

/** What the application's user said of the answer: good or not. */
function ratingOf(row: Row): Feedback[] {
  const { feedback_rating: rating } = row
  if (rating === undefined || rating === null || rating === '') return []
  const choice = isTrue(rating) ? 'yes' : 'no'
  return [{ criterion: 'rating', answer: { choice }, rater: 'Helicone feedback' }]
}

/** Scores do not tell who gave them, so they are kept beside the answer and judge nothing. */
function withScores(reading: Reading, row: Row): Reading {
  const scores = recordOf(parseNested(row.scores)) ?? {}
  const values = Object.entries(scores).flatMap(([name, score]): [string, number][] => {
    const value = numberOf(memberOf(score, 'value') ?? score)
    return value === undefined ? [] : [[name, value]]
  })
  if (values.length === 0) return reading
  const records = reading.records.map((record) =>
    record.kind !== 'content'
      ? record
      : {
          ...record,
          responses: record.responses.map((response) => ({
            ...response,
            metadata: { ...response.metadata, scores: Object.fromEntries(values) },
          })),
        },
  )
  return { ...reading, records }
}
