/** WebGPT comparisons: two answers with quotations from the web, each with a preference score. */
import { z } from 'zod'
import { fromAssistant, fromUser } from '../message.ts'
import type { Reader } from '../reader.ts'
import { optionalName, optionalNumber } from '../shapes/cells.ts'
import { type Candidate, fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { hasAll, markOf, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  question: z.looseObject(
    { dataset: optionalName, id: optionalName, full_text: requiredText },
    { error: 'is no object with "full_text"' },
  ),
  answer_0: requiredText,
  answer_1: requiredText,
  score_0: optionalNumber,
  score_1: optionalNumber,
})
type WebgptRow = z.infer<typeof rowSchema>

const columns = ['question', 'answer_0', 'answer_1', 'score_0']

export const webgpt: Reader = {
  format: 'webgpt',
  title: 'WebGPT comparisons',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const { dataset, id, full_text } = row.question
    const verdict = verdictOf(row)
    const records = fromItem(
      {
        prompt: {
          ...(id === undefined ? {} : { id: dataset === undefined ? id : `${dataset}/${id}` }),
          messages: fromUser(full_text),
          tags: dataset === undefined ? [] : [dataset],
          metadata: scalarsOf(row, ['split']),
        },
        responses: [answerOf(row, 0), answerOf(row, 1)],
        verdicts: verdict ? [verdict] : [],
      },
      context,
    )
    const reason = 'there is no score for each answer, so nobody knows which one was preferred'
    return { records, problems: verdict ? [] : [{ field: 'score_0', reason }] }
  }),
}

/** An answer cites its quotations by number, so they are kept with it. */
function answerOf(row: WebgptRow, number: 0 | 1): Candidate {
  const quotes = row[`quotes_${number}`]
  return {
    key: String(number),
    messages: fromAssistant(row[`answer_${number}`]),
    metadata: quotes === undefined || quotes === null ? {} : { quotes },
  }
}

function verdictOf({ score_0, score_1 }: WebgptRow): Verdict | undefined {
  if (score_0 === undefined || score_1 === undefined) return undefined
  const shared = {
    kind: 'pairwise' as const,
    a: '0',
    b: '1',
    rater: 'WebGPT comparisons annotators',
  }
  if (score_0 === score_1) return { ...shared, winner: 'tie' }
  const strength = strengthOf(Math.abs(score_0 - score_1) / 2)
  return { ...shared, winner: score_0 > score_1 ? 'a' : 'b', strength }
}

/** Scores run from -1 to 1 and sum to nothing: a third is slight, the whole scale is much. */
function strengthOf(distance: number): number {
  if (distance < 0.4) return 1
  return distance < 0.9 ? 2 : 3
}
