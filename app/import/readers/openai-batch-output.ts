/** In: the answers and errors of an OpenAI batch. Out: responses to the prompts of its input. */
import { z } from 'zod'
import { problemOf } from '../import-record.ts'
import { type Reader, refused } from '../reader.ts'
import { readBatchAnswer } from '../shapes/batch-answer.ts'
import { firstString, memberOf } from '../shapes/loose-value.ts'

const outputSchema = z.looseObject({
  id: z.string().optional(),
  custom_id: z.string().min(1),
  response: z
    .looseObject({ status_code: z.number().nullish(), body: z.unknown().optional() })
    .nullish(),
  error: z.looseObject({}).nullish(),
})

/** The output and the error file of OpenAI's Batch API: `custom_id`, `response` and `error`. */
export const openaiBatchOutput: Reader = {
  format: 'openai-batch-output',
  title: 'OpenAI batch answers',
  certainty: 0.99,
  order: 1,
  mark: (row) =>
    'custom_id' in row && 'response' in row && !('body' in row)
      ? 'has "custom_id" and "response"'
      : null,
  read: (row, context) => {
    const output = outputSchema.safeParse(row)
    if (!output.success) return { records: [], problems: [problemOf(output.error)] }
    const { custom_id: customId, response, error } = output.data
    const body = response?.body
    const status = response?.status_code ?? 200
    if (error || status >= 400) {
      const said = firstString(error?.message, memberOf(body, 'error', 'message'), error?.code)
      return refused('error', `request "${customId}" failed: ${said ?? `status ${status}`}`)
    }
    return readBatchAnswer({ customId, body, field: 'response.body' }, context)
  },
}
