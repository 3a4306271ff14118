/** Responses worth imitating: what raters wrote as ideal, or else the best response of each prompt. */
import { countedJudgments } from '../contests.ts'
import type { ExportedJudgment, JudgedPrompt, JudgedTask } from '../judged-task.ts'
import {
  completionOf,
  type MadeRow,
  type MakeRows,
  nothingMade,
  type RecipeContext,
  ratersShown,
  rowIdOf,
} from '../made-row.ts'
import { meanScores } from '../response-scores.ts'
import { isModelWanted } from './preference-rows.ts'

export const makeDemonstrationRows: MakeRows = (prompt, context) => {
  const { policy } = context
  const ideal = idealRows(prompt, context)
  if (ideal.length > 0) return { rows: ideal, undecided: [], drops: [] }
  const judged = prompt.tasks.some((task) => countedJudgments(task, policy).length > 0)
  if (!judged) return nothingMade('no-judgment')
  const found = meanScores(prompt, policy)
  if (found.length === 0) return nothingMade('too-few-raters')
  const wanted = found.filter(({ response }) => isModelWanted(response.model.label, policy))
  if (wanted.length === 0) return nothingMade('other-model')
  const best = wanted.find(({ mean }) => mean > policy.goodFrom)
  if (!best) return nothingMade('no-good-response')
  const row: MadeRow = {
    row: {
      recipe: 'demonstration',
      origin: best.originOf(context, ['best', best.response.id]),
      prompt: prompt.messages,
      completion: completionOf(best.response),
      isIdeal: false,
      score: best.mean,
    },
    lineage: {
      tasks: best.tasks,
      raters: best.raters,
      verdict: `best ${best.response.id}`,
      betterFirst: null,
    },
  }
  return { rows: [row], undecided: [], drops: [] }
}

function idealRows(prompt: JudgedPrompt, context: RecipeContext): MadeRow[] {
  const texts = new Map<string, MadeRow>()
  for (const { task, judgment, text } of idealTexts(prompt, context)) {
    texts.set(text, {
      row: {
        recipe: 'demonstration',
        origin: {
          id: rowIdOf(prompt, context, ['ideal', text]),
          promptId: prompt.id,
          campaign: task.campaign.name,
          tags: prompt.tags,
          raters: 1,
          raterNames: ratersShown([judgment.rater], context),
          agreement: 1,
          posterior: null,
        },
        prompt: prompt.messages,
        completion: {
          id: `ideal-${context.hash(text).slice(0, 12)}`,
          model: 'a person',
          messages: [{ role: 'assistant', content: text }],
        },
        isIdeal: true,
        score: null,
      },
      lineage: { tasks: [task.id], raters: [judgment.rater], verdict: 'ideal', betterFirst: null },
    })
  }
  return [...texts.values()]
}

interface Ideal {
  task: JudgedTask
  judgment: ExportedJudgment
  text: string
}

/** What raters wrote as the ideal response, by their names. */
export function idealTexts({ tasks }: JudgedPrompt, { policy }: RecipeContext): Ideal[] {
  return tasks.flatMap((task) =>
    countedJudgments(task, policy).flatMap((judgment) =>
      judgment.latest.scores.flatMap(({ answer }) =>
        answer.kind === 'ideal' && answer.text.trim() !== ''
          ? [{ task, judgment, text: answer.text }]
          : [],
      ),
    ),
  )
}
