/** NeMo-RL preferences: completions of a context, each with a rank. */
import { z } from 'zod'
import { type Reader, refused } from '../reader.ts'
import { customaryMetadata, customaryTags, objectOf, optionalNumber } from '../shapes/cells.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { rankedGroups } from '../shapes/ranked-groups.ts'
import { reads, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { toAnswer, toPrompt } from '../shapes/turns.ts'

const rowSchema = z.looseObject({
  completions: z.array(objectOf({ rank: optionalNumber, completion: z.unknown().optional() }), {
    error: 'is no list of completions',
  }),
})

const rater = 'NeMo-RL preferences annotators'

export const nemoRl: Reader = {
  format: 'nemo-rl',
  title: 'NeMo-RL preferences',
  certainty: 0.99,
  mark: (row) => {
    const first = recordOf(listOf(row.completions)[0])
    const isRanked = first?.rank !== undefined && first.completion !== undefined
    return isRanked && row.context !== undefined
      ? 'has "context" and "completions" with "rank"'
      : null
  },
  read: reads(rowSchema, (row, context) => {
    const messages = toPrompt(row.context)
    if (!messages) return refused('context', 'is neither a text nor messages')
    const answers = row.completions.map(({ completion }) => toAnswer(completion))
    const responses = answers.flatMap((answer, place) =>
      answer ? [{ key: String(place), messages: answer }] : [],
    )
    const unreadable = answers.flatMap((answer, place) =>
      answer ? [] : [{ field: `completions.${place}.completion`, reason: 'holds no answer' }],
    )
    const ranks = new Map(
      responses.map(({ key }) => [key, row.completions[Number(key)]?.rank] as const),
    )
    const { order, problems } = rankedGroups(ranks, 'completions')
    const records = fromItem(
      {
        prompt: {
          messages,
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, [...customaryMetadata, 'task_name']),
        },
        responses,
        verdicts: order ? [verdictOf(order)] : [],
      },
      context,
    )
    return { records, problems: [...unreadable, ...problems] }
  }),
}

/** Two completions are a pair; more are a ranking, which needs a campaign of its own. */
function verdictOf(order: string[][]): Verdict {
  const [first, second, ...more] = order.flat()
  if (first === undefined || second === undefined || more.length > 0) {
    return { kind: 'ranking', order, rater, campaign: 'NeMo-RL rankings' }
  }
  return {
    kind: 'pairwise',
    a: first,
    b: second,
    winner: order.length === 1 ? 'tie' : 'a',
    rater,
  }
}
