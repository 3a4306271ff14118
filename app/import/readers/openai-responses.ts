/** In: responses of OpenAI's Responses API with their input. Out: prompts with responses. */

import type { Message } from '../message.ts'
import { type ReadContext, type Reader, type Reading, type Row, refused } from '../reader.ts'
import { toMessages, toUserMessages } from '../shapes/conversation.ts'
import { withoutDefaults } from '../shapes/echoed-settings.ts'
import { fromCall } from '../shapes/logged-call.ts'
import { jsonText, listOf, parseNested, recordOf, stringOf } from '../shapes/loose-value.ts'
import { providerCall } from '../shapes/provider-call.ts'

const isResponse = (value: unknown): boolean => {
  const fields = recordOf(value)
  return fields?.object === 'response' && (Array.isArray(fields.output) || 'error' in fields)
}

const responsesIn = (row: Row): Row[] =>
  (Array.isArray(row.data) ? row.data : [row]).map((value) => recordOf(value) ?? {})

/** What was asked: logs keep it as `input`, or as the list of input items that the API gives. */
const inputOf = (response: Row): unknown => {
  const items = parseNested(response.input_items)
  return parseNested(response.input) ?? recordOf(items)?.data ?? items
}

const keyOf = (id: string) => `openai-response ${id}`

/**
 * Responses of the Responses API with their `input` beside the `output`. One that continues another
 * takes that one's turns, where it is in the same import.
 */
export const openaiResponses: Reader = {
  format: 'openai-responses',
  title: 'OpenAI responses',
  certainty: 0.95,
  mark: (row) => {
    const isList = row.object === 'list' && isResponse(listOf(row.data)[0])
    return isList || isResponse(row) ? 'has "object": "response" and "output"' : null
  },
  gather: (row) =>
    responsesIn(row).flatMap((response): [string, string][] => {
      const id = stringOf(response.id)
      const { previous_response_id, output } = response
      const turns = { previous_response_id, input: inputOf(response), output }
      return id === undefined ? [] : [[keyOf(id), jsonText(turns)]]
    }),
  read: (row, context) => {
    const reading: Reading = { records: [], problems: [] }
    for (const response of responsesIn(row)) {
      const { records, problems } = readResponse(response, context)
      reading.records.push(...records)
      reading.problems.push(...problems)
    }
    return reading
  },
}

function readResponse(response: Row, context: ReadContext): Reading {
  const input = inputOf(response)
  if (input === undefined || input === null) {
    return refused('input', 'the response does not hold what was asked; log its "input" beside it')
  }
  const previous = stringOf(response.previous_response_id)
  const earlier = previous === undefined ? undefined : turnsUpTo(previous, context, 0)
  const { output: _output, output_text: _text, ...asked } = withoutDefaults(response)
  const call = providerCall({ ...asked, input }, response, {
    requestField: '',
    responseField: 'output',
    earlier,
  })
  return call.ok
    ? { records: [fromCall(call.call)], problems: [] }
    : { records: [], problems: [call.problem] }
}

/** How many responses may follow each other. */
const longestChain = 200

/** All turns up to and with a response, undefined where one of them is not in the import. */
function turnsUpTo(id: string, context: ReadContext, length: number): Message[] | undefined {
  const noted = context.find(keyOf(id))
  if (noted === undefined || length > longestChain) return undefined
  const { previous_response_id, input, output } = recordOf(parseNested(noted)) ?? {}
  const previous = stringOf(previous_response_id)
  const before = previous === undefined ? [] : turnsUpTo(previous, context, length + 1)
  const asked = toUserMessages(input)
  const answered = toMessages(output)
  return before && asked && answered ? [...before, ...asked, ...answered] : undefined
}
