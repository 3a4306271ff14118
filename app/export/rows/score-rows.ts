/** Each graded response with its scores: by criterion the mean, and what every rater gave. */
import { countedJudgments } from '../contests.ts'
import type { ExportedResponse } from '../judged-task.ts'
import {
  completionOf,
  type MadeRow,
  type MakeRows,
  nothingMade,
  ratersShown,
  rowIdOf,
} from '../made-row.ts'
import { isModelWanted } from './preference-rows.ts'

interface Graded {
  response: ExportedResponse
  /** Criterion, then rater, then the grade. */
  grades: Map<string, Map<string, number>>
  raters: Set<string>
  tasks: Set<string>
  campaigns: Set<string>
}

export const makeScoreRows: MakeRows = (prompt, context) => {
  const { policy } = context
  const found = new Map<string, Graded>()
  for (const task of prompt.tasks) {
    for (const { rater, latest } of countedJudgments(task, policy)) {
      for (const { criterion, position, score } of latest.scores) {
        const response = task.responses[Math.max(0, position)]
        if (score === null || !response) continue
        const own = found.get(response.id) ?? {
          response,
          grades: new Map(),
          raters: new Set(),
          tasks: new Set(),
          campaigns: new Set(),
        }
        found.set(response.id, own)
        own.grades.set(criterion, (own.grades.get(criterion) ?? new Map()).set(rater, score))
        own.raters.add(rater)
        own.tasks.add(task.id)
        own.campaigns.add(task.campaign.name)
      }
    }
  }
  if (found.size === 0) return nothingMade('no-score')
  const sorted = [...found.values()].sort((one, other) =>
    one.response.id < other.response.id ? -1 : 1,
  )
  const wanted = sorted.filter(({ response }) => isModelWanted(response.model.label, policy))
  const enough = wanted.filter(({ raters }) => raters.size >= policy.minimumRaters)
  const rows = enough.map(
    ({ response, grades, raters, tasks, campaigns }): MadeRow => ({
      row: {
        recipe: 'scores',
        origin: {
          id: rowIdOf(prompt, context, ['scores', response.id]),
          promptId: prompt.id,
          campaign: [...campaigns].sort().join(', '),
          tags: prompt.tags,
          raters: raters.size,
          raterNames: ratersShown([...raters], context),
          agreement: evenness(grades),
          posterior: null,
        },
        prompt: prompt.messages,
        completion: completionOf(response),
        scores: Object.fromEntries(
          [...grades].sort().map(([criterion, given]) => [criterion, summed(given)]),
        ),
      },
      lineage: {
        tasks: [...tasks].sort(),
        raters: [...raters].sort(),
        verdict: [...grades]
          .sort()
          .map(([criterion, given]) => `${criterion} ${summed(given).mean}`)
          .join(', '),
        betterFirst: null,
      },
    }),
  )
  return {
    rows,
    undecided: [],
    drops: [
      ...sorted.filter((one) => !wanted.includes(one)).map(() => 'other-model' as const),
      ...wanted.filter((one) => !enough.includes(one)).map(() => 'too-few-raters' as const),
    ],
  }
}

function summed(given: ReadonlyMap<string, number>) {
  const byRater = [...given].sort().map(([, score]) => score)
  return { mean: byRater.reduce((sum, score) => sum + score, 0) / byRater.length, byRater }
}

/** The share of grades that are the most frequent one of their criterion. */
function evenness(grades: ReadonlyMap<string, ReadonlyMap<string, number>>): number {
  let [most, all] = [0, 0]
  for (const given of grades.values()) {
    const counts = Object.values(Object.groupBy(given.values(), String))
    most += Math.max(...counts.map((same) => same?.length ?? 0))
    all += given.size
  }
  return most / all
}
