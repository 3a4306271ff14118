/** In: the results of an Anthropic message batch. Out: responses to the prompts of its requests. */
import { z } from 'zod'
import { problemOf } from '../import-record.ts'
import { type Reader, refused } from '../reader.ts'
import { readBatchAnswer } from '../shapes/batch-answer.ts'
import { firstString, memberOf, recordOf, stringOf } from '../shapes/loose-value.ts'

const resultSchema = z.looseObject({
  custom_id: z.string().min(1),
  result: z.looseObject({ type: z.string(), message: z.unknown().optional() }),
})

const noAnswer: Record<string, string> = {
  canceled: 'was canceled before it was answered',
  expired: 'expired before it was answered',
}

/** The results of Anthropic's Message Batches API: `custom_id` and `result`. */
export const anthropicBatchResults: Reader = {
  format: 'anthropic-batch-results',
  title: 'Anthropic batch results',
  certainty: 0.99,
  order: 1,
  mark: (row) =>
    'custom_id' in row && stringOf(recordOf(row.result)?.type) !== undefined
      ? 'has "custom_id" and "result" with its "type"'
      : null,
  read: (row, context) => {
    const parsed = resultSchema.safeParse(row)
    if (!parsed.success) return { records: [], problems: [problemOf(parsed.error)] }
    const { custom_id: customId, result } = parsed.data
    if (result.type === 'succeeded') {
      return readBatchAnswer({ customId, body: result.message, field: 'result.message' }, context)
    }
    const said = firstString(
      memberOf(result, 'error', 'error', 'message'),
      memberOf(result, 'error', 'message'),
    )
    const why = noAnswer[result.type] ?? `failed: ${said ?? result.type}`
    return refused('result', `request "${customId}" ${why}`)
  },
}
