/** In: assignments in a rater's hands. Out: what the rater's browser may know of them. */
import { z } from 'zod'
import type { Claimed } from '#app/assign/assignments.server.ts'
import { type ShownOrder, shownOrderSchema } from '#app/assign/shown-order.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { conversationSchema, type Message } from '#app/import/message.ts'
import { findingKindsIn, redactMessages } from '#app/import/prepare/redact.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries } from '#db/schema.ts'
import { shownWinner } from './judgment.ts'
import { scoresOf } from './judgments.server.ts'
import {
  type EarlierAnswer,
  mostLeftCounted,
  type ShownMessage,
  type TaskView,
} from './task-view.ts'

const messagesSchema = z.union([conversationSchema, z.array(z.never())])
const readMessages = (text: string): Message[] => messagesSchema.parse(JSON.parse(text))

/**
 * Only what is read by people passes: role, words, and what tools were called with. Names, ids and
 * whatever else a log put into a message stay here.
 */
function toShown(message: Message): ShownMessage {
  const calls = (message.tool_calls ?? []).flatMap((call) =>
    call.function === undefined
      ? []
      : [
          {
            name: call.function.name,
            arguments:
              typeof call.function.arguments === 'string'
                ? call.function.arguments
                : printJson(call.function.arguments ?? {}),
          },
        ],
  )
  const { role, content } = message
  return calls.length > 0 ? { role, content, toolCalls: calls } : { role, content }
}

/**
 * A system message is shown where every response answered under the same one. Where the templates
 * differ, it would tell a rater which is which, and is left out.
 */
function withoutForeignSystem(
  prompt: ShownMessage[],
  rows: readonly { rendered: string | null }[],
  show: (text: string) => ShownMessage[],
): ShownMessage[] {
  const systemOf = (messages: readonly ShownMessage[]) =>
    printJson(messages.filter(({ role }) => role === 'system' || role === 'developer'))
  const own = systemOf(prompt)
  const isShared = rows.every(
    ({ rendered }) => rendered === null || systemOf(show(rendered)) === own,
  )
  return isShared ? prompt : prompt.filter(({ role }) => role !== 'system' && role !== 'developer')
}

interface ShownText {
  prompt: ShownMessage[]
  responses: { messages: ShownMessage[] }[]
}

async function shownText(
  db: Queries,
  projectId: string,
  { taskId, shownOrder }: { taskId: string; shownOrder: ShownOrder },
): Promise<ShownText> {
  const rows = await db
    .selectFrom('task')
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .innerJoin('task_response', (join) =>
      join
        .onRef('task_response.project_id', '=', 'task.project_id')
        .onRef('task_response.task_id', '=', 'task.id'),
    )
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select([
      'prompt.messages as prompt',
      'response.messages as response',
      'response.rendered',
      'task_response.position',
    ])
    .where('task.project_id', '=', projectId)
    .where('task.id', '=', taskId)
    .execute()
  const kinds = findingKindsIn((await findRedaction(db, projectId)).kinds)
  const show = (text: string) => redactMessages(readMessages(text), kinds).messages.map(toShown)
  const responses = shownOrder.map((position) => {
    const row = rows.find((candidate) => candidate.position === position)
    return { messages: row ? show(row.response) : [] }
  })
  return { prompt: withoutForeignSystem(show(rows[0]?.prompt ?? '[]'), rows, show), responses }
}

/** The hash of exactly the text that was shown, in the order it was shown. */
export const shownHashOf = async (
  db: Queries,
  projectId: string,
  task: { taskId: string; shownOrder: ShownOrder },
): Promise<string> => sha256(printJson(await shownText(db, projectId, task)))

/** Tasks in hand as the browser gets them. */
export function viewTasks(
  db: Queries,
  projectId: string,
  claimed: readonly Claimed[],
): Promise<TaskView[]> {
  return Promise.all(
    claimed.map(async (task) => ({
      assignmentId: task.assignmentId,
      heldUntil: task.heldUntil,
      ...(await shownText(db, projectId, task)),
    })),
  )
}

/** The rater's last judgments in a campaign, the newest first, each with its task: for undo. */
export async function viewJudged(
  db: Queries,
  rater: { projectId: string; campaignId: string; raterId: string; limit: number },
): Promise<TaskView[]> {
  const rows = await db
    .selectFrom('judgment')
    .innerJoin('assignment', (join) =>
      join
        .onRef('assignment.project_id', '=', 'judgment.project_id')
        .onRef('assignment.id', '=', 'judgment.assignment_id'),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.revision',
      'judgment.comment',
      'judgment.reasons',
      'judgment.shown_order',
      'assignment.id as assignment_id',
    ])
    .where('judgment.project_id', '=', rater.projectId)
    .where('judgment.campaign_id', '=', rater.campaignId)
    .where('judgment.rater_id', '=', rater.raterId)
    .orderBy('judgment.id', 'desc')
    .limit(rater.limit)
    .execute()
  return Promise.all(
    rows.map(async (row) => {
      const shownOrder = shownOrderSchema.parse(JSON.parse(row.shown_order ?? '[]'))
      const scores = await scoresOf(db, rater.projectId, row.id)
      const earlier: EarlierAnswer = {
        revision: row.revision,
        answers: scores.flatMap(({ criterionId, answer }): EarlierAnswer['answers'] => {
          if (answer.kind === 'scale') return [{ kind: 'scale', criterionId, score: answer.score }]
          if (answer.kind !== 'preference') return []
          const winner = shownWinner(answer.winner, shownOrder)
          return [{ kind: 'preference', criterionId, winner, strength: answer.strength }]
        }),
        comment: row.comment,
        reasons: z.array(z.string()).parse(JSON.parse(row.reasons)),
      }
      const text = await shownText(db, rater.projectId, { taskId: row.task_id, shownOrder })
      return { assignmentId: row.assignment_id, heldUntil: 0, ...text, earlier }
    }),
  )
}

export interface RaterProgress {
  judged: number
  /** Open slots the rater could take, counted up to a hundred. */
  left: number
}

/** How much a rater did in a campaign and how much there is to do. */
export async function raterProgress(
  db: Queries,
  rater: { projectId: string; campaignId: string; raterId: string },
): Promise<RaterProgress> {
  const { judged } = await db
    .selectFrom('judgment')
    .select((eb) => eb.fn.countAll<number>().as('judged'))
    .where('project_id', '=', rater.projectId)
    .where('campaign_id', '=', rater.campaignId)
    .where('rater_id', '=', rater.raterId)
    .executeTakeFirstOrThrow()
  const open = await db
    .selectFrom('assignment')
    .select('assignment.task_id')
    .distinct()
    .where('assignment.project_id', '=', rater.projectId)
    .where('assignment.campaign_id', '=', rater.campaignId)
    .where('assignment.status', '=', 'open')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('assignment as mine')
            .select('mine.id')
            .whereRef('mine.project_id', '=', 'assignment.project_id')
            .whereRef('mine.task_id', '=', 'assignment.task_id')
            .where('mine.rater_id', '=', rater.raterId)
            .where('mine.status', 'in', ['held', 'submitted', 'skipped']),
        ),
      ),
    )
    .limit(mostLeftCounted)
    .execute()
  const { held } = await db
    .selectFrom('assignment')
    .select((eb) => eb.fn.countAll<number>().as('held'))
    .where('project_id', '=', rater.projectId)
    .where('campaign_id', '=', rater.campaignId)
    .where('rater_id', '=', rater.raterId)
    .where('status', '=', 'held')
    .executeTakeFirstOrThrow()
  return { judged, left: open.length + held }
}
