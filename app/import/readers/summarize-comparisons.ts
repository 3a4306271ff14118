/** Comparisons of two summaries of the same post. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader, Reading } from '../reader.ts'
import {
  objectOf,
  optionalName,
  optionalNumber,
  optionalText,
  requiredNumber,
} from '../shapes/cells.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { hasAll, markOf, reads, requiredText } from '../shapes/row-values.ts'
import { postPrompt, postSchema } from '../shapes/summarized-post.ts'

const summarySchema = objectOf({
  text: requiredText,
  policy: optionalName,
  note: optionalText,
})

const rowSchema = z.looseObject({
  info: postSchema,
  summaries: z.tuple([summarySchema, summarySchema], { error: 'is no list of two summaries' }),
  choice: requiredNumber,
  worker: optionalName,
  extra: objectOf({ confidence: optionalNumber }).optional().catch(undefined),
})
type ComparisonRow = z.infer<typeof rowSchema>

const columns = ['info', 'summaries', 'choice']

export const summarizeComparisons: Reader = {
  format: 'summarize-comparisons',
  title: 'Summary comparisons',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) && Array.isArray(row.summaries) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context): Reading => {
    const verdict = verdictOf(row)
    const records = fromItem(
      {
        prompt: postPrompt(row.info, row),
        responses: row.summaries.map(({ text, policy }, place) => ({
          key: String(place),
          messages: fromAssistant(text),
          ...(policy === undefined ? {} : { model: policy }),
        })),
        verdicts: verdict ? [verdict] : [],
      },
      context,
    )
    const reason = 'is neither 0 (the first summary) nor 1 (the second)'
    return { records, problems: verdict ? [] : [{ field: 'choice', reason }] }
  }),
}

function verdictOf(row: ComparisonRow): Verdict | undefined {
  if (row.choice !== 0 && row.choice !== 1) return undefined
  return {
    kind: 'pairwise',
    a: '0',
    b: '1',
    winner: row.choice === 0 ? 'a' : 'b',
    rater: row.worker ?? 'Summary comparisons annotators',
    comment: notesOf(row.summaries),
    strength: strengthOf(row.extra?.confidence),
  }
}

/** The worker's note on each summary, named by its side. */
const notesOf = (summaries: ComparisonRow['summaries']): string =>
  summaries
    .flatMap(({ note }, place) => (note === undefined ? [] : [`${'AB'[place]}: ${note}`]))
    .join('\n')

/** Workers said from 1 to 9 how sure they were: in thirds, slightly, clearly and much better. */
function strengthOf(confidence: number | undefined): number | undefined {
  if (confidence === undefined || confidence < 1 || confidence > 9) return undefined
  return Math.ceil(confidence / 3)
}
