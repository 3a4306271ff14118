/** In: one answered request of a batch. Out: its record, joined to its prompt. */

import { type ReadContext, type Reading, refused } from '../reader.ts'
import { requestFor } from './batch-request.ts'
import { fromCall } from './logged-call.ts'
import { recordOf, stringOf } from './loose-value.ts'
import { providerAnswer } from './provider-answer.ts'
import { providerCall } from './provider-call.ts'

export interface BatchAnswer {
  customId: string
  body: unknown
  /** Where the body stands in the row. */
  field: string
}

/**
 * The record of an answer: with its prompt where the batch's requests are in the same import, else
 * as an answer to the prompt that was imported under its `custom_id` before.
 */
export function readBatchAnswer(
  { customId, body, field }: BatchAnswer,
  context: ReadContext,
): Reading {
  const request = requestFor(customId, stringOf(recordOf(body)?.model), context)
  if (request.kind === 'unclear') {
    const reason = `several requests have the custom_id "${customId}" and ask different things; import each batch on its own`
    return refused('custom_id', reason)
  }
  if (request.kind === 'missing') return answerAlone({ customId, body, field })
  const reading = providerCall(request.body, body, { responseField: field })
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { call } = reading
  return { records: [fromCall({ ...call, promptId: customId })], problems: [] }
}

function answerAlone({ customId, body, field }: BatchAnswer): Reading {
  const reading = providerAnswer(body, field)
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { model: responseModel, ...answer } = reading.answer
  const call = { ...answer, responseModel, promptId: customId, messages: [] }
  return { records: [fromCall(call)], problems: [] }
}
