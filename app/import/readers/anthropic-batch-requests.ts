/** In: the requests of an Anthropic message batch. Out: prompts, which the batch's results will join. */
import { z } from 'zod'
import { problemOf } from '../import-record.ts'
import type { Reader, Reading, Row } from '../reader.ts'
import { readBatchPrompt } from '../shapes/batch-prompt.ts'
import { noteOfRequest } from '../shapes/batch-request.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'

const requestSchema = z.looseObject({
  custom_id: z.string().min(1),
  params: z.record(z.string(), z.unknown()),
})

/** The body that creates a batch lists all requests; a file of lines has one in each. */
const requestsOf = (row: Row): unknown[] => (Array.isArray(row.requests) ? row.requests : [row])

const isRequest = (value: unknown): boolean => {
  const request = recordOf(value)
  return request !== undefined && 'custom_id' in request && recordOf(request.params) !== undefined
}

/** Requests of Anthropic's Message Batches API: `custom_id` and `params`, alone or in `requests`. */
export const anthropicBatchRequests: Reader = {
  format: 'anthropic-batch-requests',
  title: 'Anthropic batch requests',
  certainty: 0.99,
  mark: (row) => {
    if (isRequest(row)) return 'has "custom_id" and "params"'
    return isRequest(listOf(row.requests)[0])
      ? 'has "requests" with "custom_id" and "params"'
      : null
  },
  gather: (row) =>
    requestsOf(row).flatMap((value) => {
      const request = requestSchema.safeParse(value)
      return request.success ? [noteOfRequest(request.data.custom_id, request.data.params)] : []
    }),
  read: (row) => {
    const reading: Reading = { records: [], problems: [] }
    for (const value of requestsOf(row)) {
      const { records, problems } = readRequest(value)
      reading.records.push(...records)
      reading.problems.push(...problems)
    }
    return reading
  },
}

function readRequest(value: unknown): Reading {
  const request = requestSchema.safeParse(value)
  if (!request.success) return { records: [], problems: [problemOf(request.error)] }
  return readBatchPrompt(request.data.custom_id, request.data.params, 'params')
}
