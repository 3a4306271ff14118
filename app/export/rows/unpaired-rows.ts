/** Single responses with a label: the better of each pair is good, the worse is bad. */
import type { UnpairedRow } from '../canonical-row.ts'
import type { JudgedPrompt } from '../judged-task.ts'
import {
  completionOf,
  type MadeRow,
  type MakeRows,
  type RecipeContext,
  rowIdOf,
} from '../made-row.ts'
import { meanScores, type ScoredResponse } from '../response-scores.ts'
import { makePreferenceRows } from './preference-rows.ts'

/**
 * A response is labelled once: by its grades on a scale, where it has any; else by its pairs, the most
 * of them deciding. A tie says nothing of either. Both bad labels both bad, where
 * the policy says so.
 */
export const makeUnpairedRows: MakeRows = (prompt, context) => {
  const { policy } = context
  const pairs = makePreferenceRows(prompt, {
    ...context,
    policy: {
      ...policy,
      margin: 'none',
      bothBad: policy.bothBad === 'labels' ? 'own file' : policy.bothBad,
    },
  })
  const said = new Map<string, Said>()
  for (const { row, lineage } of pairs.rows) {
    if (row.recipe !== 'preference') continue
    note(said, { completion: row.chosen, isGood: true, row, lineage })
    note(said, { completion: row.rejected, isGood: false, row, lineage })
  }
  for (const { a, b, verdict, origin, lineage } of pairs.undecided) {
    if (verdict !== 'both_bad' || policy.bothBad !== 'labels') continue
    for (const completion of [a, b]) {
      note(said, { completion, isGood: false, row: { origin }, lineage })
    }
  }
  const graded = meanScores(prompt, policy, { gradesAlone: true })
  for (const { response } of graded) said.delete(response.id)
  const rows = [...graded.map(byGrade(prompt, context)), ...byPairs(prompt, said, context)]
  const undecided =
    policy.bothBad === 'labels'
      ? pairs.undecided.filter(({ verdict }) => verdict !== 'both_bad')
      : pairs.undecided
  return { rows, undecided, drops: pairs.drops }
}

interface Said {
  completion: UnpairedRow['completion']
  good: number
  bad: number
  told: Pick<Word, 'row' | 'lineage'>[]
}

interface Word {
  completion: UnpairedRow['completion']
  isGood: boolean
  row: Pick<UnpairedRow, 'origin'>
  lineage: MadeRow['lineage']
}

function note(said: Map<string, Said>, { completion, isGood, row, lineage }: Word): void {
  const before = said.get(completion.id) ?? { completion, good: 0, bad: 0, told: [] }
  said.set(completion.id, {
    ...before,
    good: before.good + (isGood ? 1 : 0),
    bad: before.bad + (isGood ? 0 : 1),
    told: [...before.told, { row, lineage }],
  })
}

function byPairs(
  prompt: JudgedPrompt,
  said: ReadonlyMap<string, Said>,
  context: RecipeContext,
): MadeRow<UnpairedRow>[] {
  return [...said.values()]
    .filter(({ good, bad }) => good !== bad)
    .map(({ completion, good, bad, told }) => {
      const [first] = told
      const isGood = good > bad
      const names = new Set(told.flatMap(({ row }) => row.origin.raterNames ?? []))
      const raters = new Set(told.flatMap(({ lineage }) => lineage.raters))
      return {
        row: {
          recipe: 'unpaired',
          origin: {
            id: rowIdOf(prompt, context, ['label', completion.id]),
            promptId: prompt.id,
            campaign: first?.row.origin.campaign ?? '',
            tags: prompt.tags,
            raters: raters.size,
            raterNames: context.policy.raters === 'left out' ? null : [...names].sort(),
            agreement: Math.max(good, bad) / (good + bad),
            posterior: null,
          },
          prompt: prompt.messages,
          completion,
          isGood,
        },
        lineage: {
          tasks: [...new Set(told.flatMap(({ lineage }) => lineage.tasks))],
          raters: [...raters].sort(),
          verdict: isGood ? 'good' : 'bad',
          betterFirst: null,
        },
      } satisfies MadeRow<UnpairedRow>
    })
}

const byGrade =
  (prompt: JudgedPrompt, context: RecipeContext) =>
  (scored: ScoredResponse): MadeRow<UnpairedRow> => ({
    row: {
      recipe: 'unpaired',
      origin: scored.originOf(context, ['label', scored.response.id]),
      prompt: prompt.messages,
      completion: completionOf(scored.response),
      isGood: scored.mean >= context.policy.goodFrom,
    },
    lineage: {
      tasks: scored.tasks,
      raters: scored.raters,
      verdict: scored.mean >= context.policy.goodFrom ? 'good' : 'bad',
      betterFirst: null,
    },
  })
