/** Nectar: up to seven answers to a prompt, ranked by GPT-4. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader } from '../reader.ts'
import { objectOf, optionalName, optionalNumber } from '../shapes/cells.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { rankedGroups } from '../shapes/ranked-groups.ts'
import { reads, requiredText, scalarsOf } from '../shapes/row-values.ts'
import { toPrompt } from '../shapes/turns.ts'

const rowSchema = z.looseObject({
  prompt: requiredText,
  answers: z.array(objectOf({ answer: requiredText, model: optionalName, rank: optionalNumber }), {
    error: 'is no list of answers',
  }),
})

export const nectar: Reader = {
  format: 'nectar',
  title: 'Nectar',
  certainty: 0.99,
  mark: (row) => {
    const first = recordOf(listOf(row.answers)[0])
    const isRanked = first?.answer !== undefined && first.rank !== undefined
    return isRanked && row.prompt !== undefined
      ? 'has "prompt" and "answers" with "answer" and "rank"'
      : null
  },
  read: reads(rowSchema, (row, context) => {
    const ranks = new Map(row.answers.map(({ rank }, place) => [String(place), rank]))
    const { order, problems } = rankedGroups(ranks, 'answers')
    const records = fromItem(
      {
        prompt: {
          messages: toPrompt(row.prompt) ?? [],
          tags: listOf(row.source).filter((source) => typeof source === 'string'),
          metadata: scalarsOf(row, ['turns', 'good_natured', 'source']),
        },
        responses: row.answers.map(({ answer, model }, place) => ({
          key: String(place),
          messages: fromAssistant(answer),
          ...(model === undefined ? {} : { model }),
        })),
        verdicts: order ? [{ kind: 'ranking', order, rater: 'GPT-4', source: 'judge' }] : [],
      },
      context,
    )
    return { records, problems }
  }),
}
