/** Ratings of single summaries along several axes. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader, ReadProblem } from '../reader.ts'
import { objectOf, optionalName, optionalText } from '../shapes/cells.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { memberOf, numberOf, recordOf } from '../shapes/loose-value.ts'
import { reads, requiredText } from '../shapes/row-values.ts'
import { postPrompt, postSchema } from '../shapes/summarized-post.ts'

const rowSchema = z.looseObject({
  info: postSchema,
  summary: objectOf({
    text: requiredText,
    policy: optionalName,
    note: optionalText,
    axes: z.record(z.string(), z.unknown(), { error: 'is no object of axes' }),
  }),
  worker: optionalName,
})

export const summarizeAxis: Reader = {
  format: 'summarize-axis',
  title: 'Summary ratings',
  certainty: 0.99,
  mark: (row) =>
    row.info !== undefined && recordOf(memberOf(row, 'summary', 'axes'))
      ? 'has "info" and a "summary" with "axes"'
      : null,
  read: reads(rowSchema, (row, context) => {
    const { text, policy, note, axes } = row.summary
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const [criterion, value] of Object.entries(axes)) {
      if (value === null) continue
      const score = numberOf(value)
      if (score === undefined) {
        problems.push({ field: `summary.axes.${criterion}`, reason: 'is not a number' })
        continue
      }
      verdicts.push({
        kind: 'rubric',
        response: 'summary',
        criterion,
        answer: { score },
        rater: row.worker ?? 'Summary ratings annotators',
        comment: note ?? '',
      })
    }
    const records = fromItem(
      {
        prompt: postPrompt(row.info, row),
        responses: [
          {
            key: 'summary',
            messages: fromAssistant(text),
            ...(policy === undefined ? {} : { model: policy }),
          },
        ],
        verdicts,
      },
      context,
    )
    return { records, problems }
  }),
}
