/**
 * Records of other labelling tools. Sources: Argilla’s SDK (`to_json` of records); Label Studio’s JSON
 * format and its Pairwise tag.
 */
import { textOf } from '#app/import/message.ts'
import { anyConversation, target } from './target.ts'

export const argillaRecords = target({
  title: 'Argilla records',
  recipe: 'preference',
  containers: ['json'],
  demands: anyConversation,
  print: (row) => ({
    id: row.origin.id,
    fields: {
      prompt: textOf(row.prompt),
      chosen: textOf(row.chosen.messages),
      rejected: textOf(row.rejected.messages),
    },
    metadata: {
      prompt_id: row.origin.promptId,
      campaign: row.origin.campaign,
      chosen_model: row.chosen.model,
      rejected_model: row.rejected.model,
      n_raters: row.origin.raters,
      agreement: row.origin.agreement,
    },
    suggestions: {
      preference: { value: 'chosen', score: row.origin.agreement, agent: 'rubrica' },
    },
    responses: {},
    vectors: {},
  }),
})

export const labelStudioTasks = target({
  title: 'Label Studio tasks',
  recipe: 'preference',
  containers: ['json'],
  demands: anyConversation,
  print: (row) => ({
    data: {
      prompt: textOf(row.prompt),
      answer1: textOf(row.chosen.messages),
      answer2: textOf(row.rejected.messages),
      id: row.origin.id,
      prompt_id: row.origin.promptId,
    },
    annotations: [
      {
        result: [
          {
            from_name: 'preference',
            to_name: 'preference',
            type: 'pairwise',
            value: { selected: 'left' },
          },
        ],
      },
    ],
  }),
})
