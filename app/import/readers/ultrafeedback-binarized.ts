/** UltraFeedback binarized: the better and the worse of two conversations, each with its score. */
import { z } from 'zod'
import { type Reader, refused } from '../reader.ts'
import { toMessages } from '../shapes/conversation.ts'
import { pairOf } from '../shapes/conversation-pair.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { numberOf, parseNested } from '../shapes/loose-value.ts'
import { hasAll, markOf, nameOf, reads, scalarsOf } from '../shapes/row-values.ts'

const columns = ['chosen', 'rejected', 'score_chosen', 'score_rejected']

const judge = { rater: 'GPT-4', source: 'judge' as const }

export const ultrafeedbackBinarized: Reader = {
  format: 'ultrafeedback-binarized',
  title: 'UltraFeedback binarized',
  certainty: 0.99,
  mark: (row) => {
    const areLists = [row.chosen, row.rejected].every((side) => Array.isArray(parseNested(side)))
    return areLists && hasAll(row, columns) ? markOf(columns) : null
  },
  read: reads(z.looseObject({}), (row, context) => {
    const [chosen, rejected] = [toMessages(row.chosen), toMessages(row.rejected)]
    if (!chosen) return refused('chosen', 'is no list of messages')
    if (!rejected) return refused('rejected', 'is no list of messages')
    const pair = pairOf(chosen, rejected)
    if ('reason' in pair) return refused('rejected', pair.reason)
    const id = nameOf(row.prompt_id)
    const records = fromItem(
      {
        prompt: {
          messages: pair.prompt,
          ...(id === undefined ? {} : { id }),
          metadata: scalarsOf(row, ['source']),
        },
        responses: [
          { key: 'chosen', messages: pair.a },
          { key: 'rejected', messages: pair.b },
        ],
        verdicts: verdictsOf(numberOf(row.score_chosen), numberOf(row.score_rejected)),
      },
      context,
    )
    return { records, problems: [] }
  }),
}

/** The order of the pair was made of its scores: where they are equal, neither side was better. */
function verdictsOf(better: number | undefined, worse: number | undefined): Verdict[] {
  const winner = better !== undefined && better === worse ? 'tie' : 'a'
  const scores = [
    { response: 'chosen', score: better },
    { response: 'rejected', score: worse },
  ]
  return [
    { kind: 'pairwise', a: 'chosen', b: 'rejected', winner, ...judge },
    ...scores.flatMap(({ response, score }): Verdict[] => {
      if (score === undefined) return []
      const campaign = 'UltraFeedback scores'
      const answer = { score }
      return [{ kind: 'rubric', response, criterion: 'score', answer, campaign, ...judge }]
    }),
  ]
}
