/** Prompts alone, with a reference where a person wrote an ideal response or chose a good one. */
import { textOf } from '#app/import/message.ts'
import type { MakeRows } from '../made-row.ts'
import { rowIdOf } from '../made-row.ts'
import { meanScores } from '../response-scores.ts'
import { idealTexts } from './demonstration-rows.ts'

export const makePromptRows: MakeRows = (prompt, context) => {
  const [ideal] = idealTexts(prompt, context)
  const [best] = meanScores(prompt, context.policy)
  const isGood = best !== undefined && best.mean > context.policy.goodFrom
  const good = isGood ? best.response : undefined
  const raters = ideal ? [ideal.judgment.rater] : isGood ? best.raters : []
  return {
    rows: [
      {
        row: {
          recipe: 'prompt',
          origin: {
            id: rowIdOf(prompt, context, ['prompt']),
            promptId: prompt.id,
            campaign: [...new Set(prompt.tasks.map(({ campaign }) => campaign.name))]
              .sort()
              .join(', '),
            tags: prompt.tags,
            raters: raters.length,
            raterNames: null,
            agreement: isGood ? best.mean : 1,
            posterior: null,
          },
          prompt: prompt.messages,
          reference: ideal?.text ?? (good ? textOf(good.messages) : null),
        },
        lineage: {
          tasks: prompt.tasks.map(({ id }) => id),
          raters,
          verdict: ideal ? 'ideal' : good ? `best ${good.id}` : 'no reference',
          betterFirst: null,
        },
      },
    ],
    undecided: [],
    drops: [],
  }
}
