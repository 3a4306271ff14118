/** In: a prompt's judgments. Out: what each of its responses is worth, from 0 to 1, and who said so. */
import type { RowOrigin } from './canonical-row.ts'
import { contestsOf, countedJudgments, criterionOf } from './contests.ts'
import type { ExportedResponse, JudgedPrompt, JudgedTask } from './judged-task.ts'
import { type RecipeContext, ratersShown, rowIdOf } from './made-row.ts'
import type { Policy } from './policy.ts'

export interface ScoredResponse {
  response: ExportedResponse
  mean: number
  tasks: string[]
  raters: string[]
  campaigns: string[]
  originOf: (context: RecipeContext, about: unknown) => RowOrigin
}

interface Points {
  response: ExportedResponse
  sum: number
  weight: number
  tasks: Set<string>
  raters: Set<string>
  campaigns: Set<string>
}

/**
 * Each response's mean score. A grade counts by its place on its scale; of a pair a win is 1, a tie one
 * half, a loss and both bad 0. Responses with fewer raters than the policy asks for are left out.
 *
 * @returns the best first; equal ones by their ids
 */
export function meanScores(
  prompt: JudgedPrompt,
  policy: Policy,
  { gradesAlone = false }: { gradesAlone?: boolean } = {},
): ScoredResponse[] {
  const points = new Map<string, Points>()
  for (const task of prompt.tasks) addGrades(points, task, policy)
  if (!gradesAlone) addPairs(points, prompt, policy)
  return [...points.values()]
    .filter(({ raters }) => raters.size >= policy.minimumRaters)
    .map((own) => scored(prompt, own))
    .sort((one, other) => other.mean - one.mean || (one.response.id < other.response.id ? -1 : 1))
}

interface Given {
  response: ExportedResponse | undefined
  value: number
  weight: number
  rater: string
  tasks: readonly string[]
  campaigns: readonly string[]
}

function add(points: Map<string, Points>, given: Given): void {
  const { response, value, weight, rater } = given
  if (!response) return
  const own = points.get(response.id) ?? {
    response,
    sum: 0,
    weight: 0,
    tasks: new Set<string>(),
    raters: new Set<string>(),
    campaigns: new Set<string>(),
  }
  points.set(response.id, own)
  own.sum += value * weight
  own.weight += weight
  own.raters.add(rater)
  for (const task of given.tasks) own.tasks.add(task)
  for (const campaign of given.campaigns) own.campaigns.add(campaign)
}

function addGrades(points: Map<string, Points>, task: JudgedTask, policy: Policy): void {
  const criterion = criterionOf(task, policy, ['scale'])
  const [low, high] = task.campaign.scales.get(criterion ?? '') ?? [0, 0]
  if (high <= low) return
  for (const { rater, source, latest } of countedJudgments(task, policy)) {
    for (const { score, position, criterion: asked } of latest.scores) {
      if (score === null || asked !== criterion) continue
      add(points, {
        response: task.responses[Math.max(0, position)],
        value: (score - low) / (high - low),
        weight: source === 'judge' ? policy.judgeWeight : 1,
        rater,
        tasks: [task.id],
        campaigns: [task.campaign.name],
      })
    }
  }
}

function addPairs(points: Map<string, Points>, prompt: JudgedPrompt, policy: Policy): void {
  const compared = { ...prompt, tasks: prompt.tasks.filter((task) => !isGraded(task, policy)) }
  for (const { a, b, votes, tasks, campaigns } of contestsOf(compared, policy)) {
    for (const { winner, weight, rater } of votes) {
      if (winner === 'cant_judge') continue
      const of = { weight, rater, tasks, campaigns }
      add(points, { ...of, response: a, value: pointsOf[winner][0] })
      add(points, { ...of, response: b, value: pointsOf[winner][1] })
    }
  }
}

const isGraded = (task: JudgedTask, policy: Policy): boolean =>
  task.responses.length === 1 && criterionOf(task, policy, ['scale']) !== undefined

const pointsOf = { a: [1, 0], b: [0, 1], tie: [0.5, 0.5], both_bad: [0, 0] } as const

function scored(prompt: JudgedPrompt, own: Points): ScoredResponse {
  const [tasks, raters, campaigns] = [own.tasks, own.raters, own.campaigns].map((set) =>
    [...set].sort(),
  ) as [string[], string[], string[]]
  const mean = own.sum / own.weight
  return {
    response: own.response,
    mean,
    tasks,
    raters,
    campaigns,
    originOf: (context, about) => ({
      id: rowIdOf(prompt, context, about),
      promptId: prompt.id,
      campaign: campaigns.join(', '),
      tags: prompt.tags,
      raters: raters.length,
      raterNames: ratersShown(raters, context),
      agreement: mean,
      posterior: null,
    }),
  }
}
