/** In: assignments in a rater's hands. Out: what the rater's browser may know of them. */
import { z } from 'zod'
import { type Claimed, heldBy } from '#app/assign/assignments.server.ts'
import type { RaterPlace } from '#app/assign/campaign-rater.server.ts'
import { readCursors } from '#app/assign/cursors.ts'
import { isHeldForGood } from '#app/assign/holds.server.ts'
import { raterLanguages } from '#app/assign/lanes.server.ts'
import { countOpenFor } from '#app/assign/open-slots.server.ts'
import { readSettings } from '#app/assign/read-settings.ts'
import { readOrder, type ShownOrder } from '#app/assign/shown-order.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { conversationSchema, type Message } from '#app/import/message.ts'
import { findingKindsIn, redactJson, redactMessages } from '#app/import/prepare/redact.ts'
import { readProjectSettings } from '#app/projects/project-settings.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Purpose, Queries } from '#db/schema.ts'
import { toShownAnswer } from './check-answers.ts'
import { scoresOf } from './judgments.server.ts'
import { shownDocuments } from './shown-context.ts'
import {
  type EarlierAnswer,
  type KeptDraft,
  mostLeftCounted,
  type ShownDocument,
  type ShownMessage,
  type ShownPhase,
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
  const { content } = message
  const role = roles[message.role.toLowerCase()] ?? 'other'
  return calls.length > 0 ? { role, content, toolCalls: calls } : { role, content }
}

/** Who speaks, in one word for each: some logs put the name of the model there. */
const roles: Partial<Record<string, string>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  human: 'user',
  prompter: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  bot: 'assistant',
  gpt: 'assistant',
  tool: 'tool',
  function: 'tool',
  ipython: 'tool',
}

/** In a response, whoever else speaks is the model. */
const asAnswer = (message: ShownMessage): ShownMessage =>
  message.role === 'other' ? { ...message, role: 'assistant' } : message

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

export type ShownText = Pick<TaskView, 'prompt' | 'responses' | 'context'>

const textRows = keptQuery((db, at: { projectId: string; taskId: string }) =>
  db
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
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.project_id', '=', 'task.project_id')
        .onRef('campaign.id', '=', 'task.campaign_id'),
    )
    .innerJoin('project', 'project.id', 'task.project_id')
    .select([
      'prompt.messages as prompt',
      'response.messages as response',
      'response.rendered',
      'response.context',
      'task_response.position',
      'campaign.settings',
      'project.settings as project_settings',
    ])
    .where('task.project_id', '=', at.projectId)
    .where('task.id', '=', at.taskId),
)

/** The texts of a task in the order shown, redacted as the project wants. */
export async function shownText(
  db: Queries,
  projectId: string,
  { taskId, shownOrder }: { taskId: string; shownOrder: ShownOrder },
): Promise<ShownText> {
  const rows = await textRows(db, { projectId, taskId })
  const { redaction } = readProjectSettings(rows[0]?.project_settings)
  const kinds = findingKindsIn(redaction.kinds)
  const show = (text: string) => redactMessages(readMessages(text), kinds).messages.map(toShown)
  const hasContext = rows.some(({ settings }) => readSettings(settings).showContext)
  const responses = shownOrder.map((position) => {
    const row = rows.find((candidate) => candidate.position === position)
    return {
      messages: row ? show(row.response).map(asAnswer) : [],
      context: hasContext ? showContext(row?.context ?? null, kinds) : [],
    }
  })
  const prompt = withoutForeignSystem(show(rows[0]?.prompt ?? '[]'), rows, show)
  return { prompt, ...withSharedContext(responses) }
}

/** What was retrieved for a response, redacted as its text is. */
const showContext = (
  context: string | null,
  kinds: ReturnType<typeof findingKindsIn>,
): ShownDocument[] =>
  context === null
    ? []
    : shownDocuments(JSON.parse(context)).map(({ title, text }) => ({
        title: redactJson(title, kinds).text,
        text: redactJson(text, kinds).text,
      }))

/** What was retrieved stands once where it is the same for all responses, else with each. */
function withSharedContext(
  responses: readonly { messages: ShownMessage[]; context: ShownDocument[] }[],
): Pick<ShownText, 'responses' | 'context'> {
  const [first] = responses
  const isShared = responses.every(
    ({ context }) => printJson(context) === printJson(first?.context ?? []),
  )
  const texts = responses.map(({ messages }) => ({ messages }))
  if (!first || (isShared && first.context.length === 0)) return { responses: texts }
  if (isShared) return { responses: texts, context: first.context }
  return {
    responses: responses.map(({ messages, context }) =>
      context.length > 0 ? { messages, context } : { messages },
    ),
  }
}

/** The hash of exactly the text that was shown, in the order it was shown. */
export const shownTextHash = (text: ShownText): string => sha256(printJson(text))

const shownHashes = new Map<string, string>()
const mostHashes = 5_000

/**
 * The hash of what was shown of an assignment, where this process showed it lately: what the rater
 * saw, whatever was redacted since.
 */
export const knownShownHash = (projectId: string, assignmentId: string): string | undefined =>
  shownHashes.get(`${projectId}:${assignmentId}`)

function rememberShown(projectId: string, assignmentId: string, text: ShownText): void {
  const key = `${projectId}:${assignmentId}`
  shownHashes.delete(key)
  shownHashes.set(key, shownTextHash(text))
  const oldest = shownHashes.keys().next().value
  if (shownHashes.size > mostHashes && oldest !== undefined) shownHashes.delete(oldest)
}

/** What a rater may know of why a task is there: gold and repeats look like work. */
const shownPhases: Record<Purpose, ShownPhase> = {
  work: 'working',
  gold: 'working',
  repeat: 'working',
  training: 'training',
  qualification: 'qualifying',
}

/** Tasks in hand as the browser gets them, each with the draft that is kept of its first answer. */
export async function viewTasks(
  db: Queries,
  projectId: string,
  claimed: readonly Claimed[],
): Promise<TaskView[]> {
  if (claimed.length === 0) return []
  const drafts = await draftsOf(
    db,
    projectId,
    claimed.map(({ assignmentId }) => assignmentId),
  )
  return Promise.all(
    claimed.map(async (task) => {
      const text = await shownText(db, projectId, task)
      rememberShown(projectId, task.assignmentId, text)
      const draft = drafts.get(task.assignmentId)
      return {
        assignmentId: task.assignmentId,
        heldUntil: task.heldUntil,
        phase: shownPhases[task.purpose],
        ...text,
        ...(draft?.baseRevision === 0 ? { draft } : {}),
      }
    }),
  )
}

const draftRows = keptQuery((db, at: { projectId: string; assignmentId: string }) =>
  db
    .selectFrom('draft')
    .select(['assignment_id', 'version', 'base_revision', 'content'])
    .where('project_id', '=', at.projectId)
    .where('assignment_id', '=', at.assignmentId),
)

async function draftsOf(
  db: Queries,
  projectId: string,
  assignmentIds: readonly string[],
): Promise<Map<string, KeptDraft>> {
  const rows = await Promise.all(
    assignmentIds.map((assignmentId) => draftRows(db, { projectId, assignmentId })),
  )
  return new Map(
    rows
      .flat()
      .map(({ assignment_id, version, base_revision, content }) => [
        assignment_id,
        { version, baseRevision: base_revision, content: JSON.parse(content) as unknown },
      ]),
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
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.revision',
      'judgment.comment',
      'judgment.reasons',
      'judgment.shown_order',
      'assignment.id as assignment_id',
      'task.purpose',
    ])
    .where('judgment.project_id', '=', rater.projectId)
    .where('judgment.campaign_id', '=', rater.campaignId)
    .where('judgment.rater_id', '=', rater.raterId)
    .orderBy('judgment.id', 'desc')
    .limit(rater.limit)
    .execute()
  if (rows.length === 0) return []
  const drafts = await draftsOf(
    db,
    rater.projectId,
    rows.map((row) => row.assignment_id),
  )
  return Promise.all(
    rows.map(async (row) => {
      const shownOrder = readOrder(row.shown_order)
      const scores = await scoresOf(db, rater.projectId, row.id)
      const earlier: EarlierAnswer = {
        revision: row.revision,
        answers: scores.map(({ criterionId, answer }) =>
          toShownAnswer(criterionId, answer, shownOrder),
        ),
        comment: row.comment,
        reasons: z.array(z.string()).parse(JSON.parse(row.reasons)),
      }
      const text = await shownText(db, rater.projectId, { taskId: row.task_id, shownOrder })
      const draft = drafts.get(row.assignment_id)
      return {
        assignmentId: row.assignment_id,
        heldUntil: 0,
        phase: shownPhases[row.purpose],
        ...text,
        earlier,
        ...(draft?.baseRevision === row.revision ? { draft } : {}),
      }
    }),
  )
}

export interface RaterProgress {
  judged: number
  /** Open slots the rater could take, counted up to a hundred. */
  left: number
}

/** How much of what looks like work a rater judged in a campaign, and how much there is to do. */
export async function raterProgress(db: Queries, place: RaterPlace): Promise<RaterProgress> {
  const { projectId, campaignId, raterId } = place
  const campaign = await db
    .selectFrom('campaign')
    .leftJoin('campaign_rater', (join) =>
      join
        .onRef('campaign_rater.project_id', '=', 'campaign.project_id')
        .onRef('campaign_rater.campaign_id', '=', 'campaign.id')
        .on('campaign_rater.rater_id', '=', raterId),
    )
    .select(['settings', 'has_authored', 'judged', 'cursors'])
    .where('campaign.project_id', '=', projectId)
    .where('campaign.id', '=', campaignId)
    .executeTakeFirst()
  if (!campaign) return { judged: 0, left: 0 }
  const held = await heldBy(db, place)
  const { matchLanguages } = readSettings(campaign.settings)
  const open = await countOpenFor(
    db,
    {
      ...place,
      lanes: ['', ...(matchLanguages ? await raterLanguages(db, place) : [])],
      cursors: readCursors(campaign.cursors ?? '{}'),
      hasAuthored: campaign.has_authored === 1,
      now: 0,
    },
    mostLeftCounted,
  )
  // Gold and repeats are counted like work: a number that stood still would tell them apart.
  const inHand = held.filter(({ purpose }) => !isHeldForGood(purpose)).length
  return { judged: campaign.judged ?? 0, left: open + inHand }
}
