/**
 * Rows for Hugging Face TRL, conversational: `prompt`, `chosen` and `rejected` are lists of messages,
 * and chosen and rejected hold the continuation only.
 * Source: TRL documentation, "Dataset formats and types".
 */
import type { Message } from '#app/import/message.ts'
import { textOf } from '#app/import/message.ts'
import {
  countedJudgments,
  type ExportedCampaign,
  type ExportedResponse,
  type JudgedTask,
} from './judged-task.ts'
import { type DropRule, majorityOf, type Policy, pointsForA } from './policy.ts'

export type Row = Record<string, unknown>
export type RowOrDrop = { row: Row } | { dropped: DropRule }

/** Messages as trainers read them: role and content, nothing else. */
const plain = (messages: readonly Message[]) =>
  messages.map(({ role, content }) => ({ role, content }))

const normal = (messages: readonly Message[]) => textOf(messages).normalize('NFC').trim()

function promptProblem(task: JudgedTask): DropRule | undefined {
  if (task.isPromptMissing) return 'text-missing'
  const last = task.prompt.at(-1)
  if (last?.role !== 'user' && last?.role !== 'tool') return 'prompt-end'
  if (task.prompt.some((message) => message.tool_calls !== undefined)) return 'tool-calls'
  return undefined
}

function responseProblem(response: ExportedResponse): DropRule | undefined {
  if (response.isTextMissing) return 'text-missing'
  if (response.messages.some((message) => message.tool_calls !== undefined)) return 'tool-calls'
  return normal(response.messages) === '' ? 'empty' : undefined
}

/** The preference row of a task: what the majority chose stands in `chosen`, wherever it was shown. */
export function toPreferenceRow(task: JudgedTask, policy: Policy): RowOrDrop {
  const winners = countedJudgments(task, policy.sources).flatMap((judgment) =>
    judgment.latest.scores.flatMap((score) => (score.winner === null ? [] : [score.winner])),
  )
  const verdict = majorityOf(winners, policy)
  if (verdict.kind === 'dropped') return { dropped: verdict.rule }
  const [a, b] = task.responses
  if (!a || !b) return { dropped: 'text-missing' }
  const [chosen, rejected] = verdict.side === 'a' ? [a, b] : [b, a]
  const problem = promptProblem(task) ?? responseProblem(chosen) ?? responseProblem(rejected)
  if (problem) return { dropped: problem }
  if (normal(chosen.messages) === normal(rejected.messages)) return { dropped: 'identical' }
  return {
    row: {
      prompt: plain(task.prompt),
      chosen: plain(chosen.messages),
      rejected: plain(rejected.messages),
      id: task.id,
      prompt_id: task.promptId,
      chosen_model: chosen.model.label,
      rejected_model: rejected.model.label,
      raters: verdict.raters,
      agreement: verdict.agreement,
    },
  }
}

/** Good enough to be imitated: more than half the points, over the raters who could judge. */
const goodEnough = 0.5

/**
 * The best response to a prompt, from all its tasks: mean points over raters, both bad counting as a
 * loss; scores of a rubric as their place between the scale's ends.
 */
export function toSftRow(
  tasks: readonly JudgedTask[],
  campaign: ExportedCampaign,
  policy: Policy,
): RowOrDrop {
  const [first] = tasks
  if (!first) return { dropped: 'no-judgment' }
  const points = new Map<string, { response: ExportedResponse; sum: number; count: number }>()
  const raters = new Map<string, Set<string>>()
  const add = (response: ExportedResponse | undefined, value: number, rater: string) => {
    if (!response) return
    const before = points.get(response.id) ?? { response, sum: 0, count: 0 }
    points.set(response.id, { response, sum: before.sum + value, count: before.count + 1 })
    raters.set(response.id, (raters.get(response.id) ?? new Set()).add(rater))
  }
  for (const task of tasks) {
    for (const { rater, latest } of countedJudgments(task, policy.sources)) {
      for (const { winner, score, criterion, position } of latest.scores) {
        if (winner !== null && winner !== 'cant_judge') {
          add(task.responses[0], pointsForA[winner], rater)
          add(task.responses[1], winner === 'both_bad' ? 0 : 1 - pointsForA[winner], rater)
        } else if (score !== null) {
          const [low, high] = campaign.scales.get(criterion) ?? [0, 0]
          if (high > low) add(task.responses[position], (score - low) / (high - low), rater)
        }
      }
    }
  }
  if (points.size === 0) return { dropped: 'no-judgment' }
  const enough = [...points.values()].filter(
    ({ response }) => (raters.get(response.id)?.size ?? 0) >= policy.minimumRaters,
  )
  if (enough.length === 0) return { dropped: 'too-few-raters' }
  const ranked = enough
    .map(({ response, sum, count }) => ({ response, score: sum / count }))
    .filter(({ score }) => score > goodEnough)
    .sort((one, other) => other.score - one.score || (one.response.id < other.response.id ? -1 : 1))
  const [best] = ranked
  if (!best) return { dropped: 'no-good-response' }
  const problem = promptProblem(first) ?? responseProblem(best.response)
  if (problem) return { dropped: problem }
  return {
    row: {
      messages: [...plain(first.prompt), ...plain(best.response.messages)],
      id: best.response.id,
      prompt_id: first.promptId,
      response_model: best.response.model.label,
      score: best.score,
      raters: raters.get(best.response.id)?.size ?? 0,
    },
  }
}
