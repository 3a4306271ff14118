/** In: chat completions that OpenAI stored. Out: responses, to prompts that come in their own file. */

import type { ContentRecord } from '../import-record.ts'
import { type Reader, type Reading, type Row, refused } from '../reader.ts'
import { withoutDefaults } from '../shapes/echoed-settings.ts'
import { fromCall } from '../shapes/logged-call.ts'
import { listOf, recordOf, stringOf } from '../shapes/loose-value.ts'
import { providerAnswer } from '../shapes/provider-answer.ts'
import { providerCall } from '../shapes/provider-call.ts'
import { callMetadata, promptReference } from '../shapes/provider-request.ts'

const isCompletion = (value: unknown): boolean => {
  const fields = recordOf(value)
  return fields?.object === 'chat.completion' && Array.isArray(fields.choices)
}

const askedBeside = ['messages', 'request', 'req', 'input', 'kwargs']

/**
 * Chat completions as OpenAI lists or gives them. They lack what was asked: unless `messages` stand
 * beside one, its prompt is what was imported under its id from the list of its messages.
 */
export const openaiStoredCompletions: Reader = {
  format: 'openai-stored-completions',
  title: 'OpenAI stored completions',
  certainty: 0.95,
  order: 1,
  mark: (row) => {
    if (row.object === 'list' && isCompletion(listOf(row.data)[0])) {
      return 'is a list of chat completions'
    }
    return isCompletion(row) && askedBeside.every((name) => row[name] === undefined)
      ? 'has "object": "chat.completion" and "choices"'
      : null
  },
  read: (row) => {
    const completions = Array.isArray(row.data) ? row.data : [row]
    const reading: Reading = { records: [], problems: [] }
    completions.forEach((value, place) => {
      const field = Array.isArray(row.data) ? `data.${place}` : ''
      const { records, problems } = readCompletion(recordOf(value) ?? {}, field)
      reading.records.push(...records)
      reading.problems.push(
        ...problems.map((problem) => (field === '' ? problem : { ...problem, raw: value })),
      )
    })
    return reading
  },
}

function readCompletion(completion: Row, field: string): Reading {
  const id = stringOf(completion.id)
  if (Array.isArray(completion.messages)) return readWhole(completion, field)
  if (id === undefined) {
    return refused(field, 'neither messages nor an id by which its messages could be found')
  }
  const reading = providerAnswer(completion, field)
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { model: responseModel, ...answer } = reading.answer
  const record = fromCall({
    ...answer,
    promptId: id,
    messages: [],
    responseModel,
    parameters: withoutDefaults(completion),
    promptVersion: promptReference(completion.metadata),
    tools: completion.tools ?? undefined,
  })
  return { records: [withNotes(record, callMetadata(completion.metadata))], problems: [] }
}

/** Without the prompt at hand, what the sender noted stays with the answer. */
const withNotes = (record: ContentRecord, notes: Row): ContentRecord => ({
  ...record,
  responses: record.responses.map((response) => ({ ...response, metadata: notes })),
})

function readWhole(completion: Row, field: string): Reading {
  const fields = { requestField: field, responseField: field }
  const reading = providerCall(withoutDefaults(completion), completion, fields)
  return reading.ok
    ? { records: [fromCall(reading.call)], problems: [] }
    : { records: [], problems: [reading.problem] }
}
