/**
 * In: one message of OpenAssistant with the turns before it and the replies to it. Out: a prompt
 * with its answers, their ranking and their labels.
 */
import { z } from 'zod'
import type { ImportRecord } from '../import-record.ts'
import { fromAssistant, fromUser, type Message } from '../message.ts'
import type { ReadContext } from '../reader.ts'
import { type Candidate, fromItem, type Verdict } from './labelled-item.ts'
import { listOf, numberOf, parseNested, recordOf } from './loose-value.ts'
import {
  isTrue,
  momentOf,
  nameOf,
  requiredName,
  requiredText,
  scalarsOf,
  tagsOf,
} from './row-values.ts'

export const oasstMessageSchema = z.looseObject({
  message_id: requiredName,
  text: requiredText,
  role: z.enum(['prompter', 'assistant'], { error: 'is neither "prompter" nor "assistant"' }),
})

export type OasstMessage = z.infer<typeof oasstMessageSchema>

/** The state of a tree whose answers and rankings are all there. */
const finished = 'ready_for_export'

/** Why a tree is not to be read, in words; undefined where it is, or tells no state. */
export function unfinishedTree(state: unknown): string | undefined {
  if (state === undefined || state === null || state === finished) return undefined
  return `is "${nameOf(state) ?? ''}", not "${finished}": the tree may lack answers and rankings`
}

/** Whether the message was taken back; its text and what follows on it are not used. */
export const isDeleted = (message: OasstMessage): boolean => isTrue(message.deleted)

/** A turn as a message of ours. */
export const turnOf = ({ role, text }: OasstMessage): Message[] =>
  role === 'prompter' ? fromUser(text) : fromAssistant(text)

const rater = 'OASST annotators'

const told = ['synthetic', 'review_count', 'review_result']

/**
 * The records of one prompt: what the user said after the `earlier` turns, the answers, the ranking
 * of those that have a rank, and the labels of each answer as scores.
 */
export function recordsOfPrompt(
  earlier: readonly Message[],
  prompt: OasstMessage,
  answers: readonly OasstMessage[],
  context: Pick<ReadContext, 'hash'>,
): ImportRecord[] {
  return fromItem(
    {
      prompt: {
        messages: [...earlier, ...turnOf(prompt)],
        id: prompt.message_id,
        tags: tagsOf(prompt, ['lang']),
        metadata: scalarsOf(prompt, ['message_tree_id', ...told]),
      },
      responses: answers.map(candidateOf),
      verdicts: [...rankingOf(answers), ...answers.flatMap(labelsOf)],
    },
    context,
  )
}

/** Who wrote an answer is told only where a model did. */
function candidateOf(answer: OasstMessage): Candidate {
  const model = nameOf(answer.model_name)
  return {
    key: answer.message_id,
    id: answer.message_id,
    ...(model === undefined ? {} : { model }),
    messages: fromAssistant(answer.text),
    answeredAt: momentOf(answer.created_date),
    metadata: scalarsOf(answer, told),
  }
}

/** One ranking of all answers that have a rank, 0 being the best; those of one rank are tied. */
function rankingOf(answers: readonly OasstMessage[]): Verdict[] {
  const ranks = new Map<number, string[]>()
  for (const answer of answers) {
    const rank = numberOf(answer.rank)
    if (rank === undefined) continue
    ranks.set(rank, [...(ranks.get(rank) ?? []), answer.message_id])
  }
  const order = [...ranks].sort(([one], [other]) => one - other).map(([, keys]) => keys)
  if (order.flat().length < 2) return []
  return [{ kind: 'ranking', order, rater }]
}

function labelsOf(answer: OasstMessage): Verdict[] {
  const given = { rater, campaign: 'OASST labels', response: answer.message_id }
  return namedValues(parseNested(answer.labels)).flatMap(([criterion, value]): Verdict[] => {
    const score = numberOf(value)
    return score === undefined ? [] : [{ kind: 'rubric', criterion, answer: { score }, ...given }]
  })
}

/** Labels come as members with a value each, or as a list of names beside one of values. */
function namedValues(labels: unknown): (readonly [string, unknown])[] {
  const members = recordOf(labels) ?? {}
  if (Array.isArray(members.name)) {
    const values = listOf(members.value)
    return members.name.flatMap((name, place) =>
      typeof name === 'string' ? [[name, values[place]] as const] : [],
    )
  }
  return Object.entries(members).map(([name, value]) => [name, recordOf(value)?.value] as const)
}
