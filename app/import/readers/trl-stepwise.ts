/** TRL stepwise supervision: an answer in steps, each labelled right or wrong. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader } from '../reader.ts'
import { customaryMetadata, flagOf } from '../shapes/cells.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { listOf } from '../shapes/loose-value.ts'
import { hasAll, markOf, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'
import { toPrompt } from '../shapes/turns.ts'

const rowSchema = z.looseObject({
  prompt: requiredText,
  completions: z.array(requiredText, { error: 'is no list of texts' }).min(1, 'holds no step'),
})

const columns = ['prompt', 'completions', 'labels']

export const trlStepwise: Reader = {
  format: 'trl-stepwise',
  title: 'TRL stepwise supervision',
  certainty: 0.99,
  mark: (row) =>
    hasAll(row, columns) && typeof listOf(row.completions)[0] === 'string' ? markOf(columns) : null,
  read: reads(rowSchema, (row, context) => {
    const labels = listOf(row.labels).map(flagOf)
    const isComplete =
      labels.length === row.completions.length && labels.every((label) => label !== undefined)
    const records = fromItem(
      {
        prompt: {
          messages: toPrompt(row.prompt) ?? [],
          metadata: scalarsOf(row, customaryMetadata),
        },
        responses: [
          {
            key: 'steps',
            messages: fromAssistant(row.completions.join('\n')),
            metadata: { steps: row.completions, ...(isComplete ? { labels } : {}) },
          },
        ],
        verdicts: [],
      },
      context,
    )
    const reason = 'is no list of one true or false for each step; the steps were kept without'
    return { records, problems: isComplete ? [] : [{ field: 'labels', reason }] }
  }),
}
