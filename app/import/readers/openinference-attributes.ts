/** Reads bare attribute maps of model calls, one a row: OpenInference's and OpenTelemetry's names. */

import { type Reader, refused } from '../reader.ts'
import { kindOf, spanInAttributes } from '../shapes/attribute-span.ts'
import { fromCall } from '../shapes/logged-call.ts'
import { textAt } from '../shapes/span-attributes.ts'

export const openInferenceAttributes: Reader = {
  format: 'openinference-attributes',
  title: 'OpenInference attributes',
  certainty: 0.9,
  mark: (row) => {
    const name = Object.keys(row).find((key) => /^(llm\.|gen_ai\.|openinference\.)/.test(key))
    return name === undefined ? null : `has the attribute "${name}"`
  },
  read: (row) => {
    if (kindOf(row) !== 'llm') return refused('', 'no model call in it')
    const { call, responseId } = spanInAttributes(row)
    if (!call || call.messages.length === 0) {
      return refused('', 'the attributes do not tell what was asked')
    }
    if (call.outputs.length === 0) return refused('', 'the call has no answer')
    const id = textAt(row, 'span_id', 'context.span_id') ?? responseId
    return { records: [fromCall({ ...call, ...(id ? { id } : {}) })], problems: [] }
  },
}
