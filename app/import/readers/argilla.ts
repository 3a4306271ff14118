/** Argilla records: fields, what people answered to the questions about them, and suggestions. */
import { z } from 'zod'
import { type Reader, type ReadProblem, type Row, refused } from '../reader.ts'
import { argillaAnswers, isProse } from '../shapes/argilla-answer.ts'
import { verdictOf } from '../shapes/argilla-verdict.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { reads, scalarsOf } from '../shapes/row-values.ts'
import { taskFieldsOf } from '../shapes/task-fields.ts'

const rowSchema = z.looseObject({
  fields: z.record(z.string(), z.unknown(), { error: 'is no object of fields' }),
})

/** Under this key is noted that a question was answered in free text somewhere in the import. */
const proseKey = (question: string) => `argilla-prose|${question}`

export const argilla: Reader = {
  format: 'argilla',
  title: 'Argilla',
  certainty: 0.99,
  mark: (row) => {
    if (!recordOf(row.fields)) return null
    const isAnswered = isAnswers(row.responses)
    if (isAnswered) return 'has "fields" and "responses"'
    return isAnswers(row.suggestions) ? 'has "fields" and "suggestions"' : null
  },
  gather: (row) =>
    argillaAnswers(row)
      .filter(({ value }) => isProse(value))
      .map(({ question }) => [proseKey(question), 'yes'] as const),
  read: reads(rowSchema, (row, context) => {
    const task = taskFieldsOf(row.fields)
    if ('reason' in task) return refused('fields', task.reason)
    const problems: ReadProblem[] = []
    const verdicts = argillaAnswers(row).flatMap((answer) => {
      const asText = context.find(proseKey(answer.question)) !== undefined || isProse(answer.value)
      const verdict = verdictOf(answer, task, asText)
      if (!('reason' in verdict)) return [verdict]
      problems.push({ field: `${answer.field}.${answer.question}`, reason: verdict.reason })
      return []
    })
    const records = fromItem(
      {
        prompt: { messages: task.prompt, metadata: metadataOf(row, task.metadata) },
        responses: task.responses.map(({ name, messages, model }) => ({
          key: name,
          messages,
          ...(model === undefined ? {} : { model }),
        })),
        verdicts,
      },
      context,
    )
    return { records, problems }
  }),
}

const isAnswers = (value: unknown): boolean =>
  recordOf(value) !== undefined || listOf(value).some((one) => recordOf(one) !== undefined)

function metadataOf(row: Row, fields: Record<string, unknown>): Record<string, unknown> {
  const metadata = recordOf(row.metadata) ?? {}
  return { ...fields, ...scalarsOf(metadata, Object.keys(metadata)), ...scalarsOf(row, ['id']) }
}
