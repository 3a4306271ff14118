/** In: one request of a batch. Out: its prompt, under its `custom_id`. */

import type { Reading } from '../reader.ts'
import { fromCall } from './logged-call.ts'
import { providerRequest } from './provider-request.ts'

/** The prompt of a batch's request, without an answer. */
export function readBatchPrompt(customId: string, body: unknown, field: string): Reading {
  const reading = providerRequest(body, { field })
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { messages, inputKey, metadata } = reading.request
  const record = fromCall({ promptId: customId, inputKey, messages, metadata, outputs: [] })
  return { records: [record], problems: [] }
}
