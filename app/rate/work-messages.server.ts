/** In: messages of adjudicated tasks. Out: what a rater is told, with the task as he or she saw it. */
import type { Criterion } from '#app/assign/campaign.ts'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { type ShownOrder, shownOrderSchema } from '#app/assign/shown-order.ts'
import {
  findMessage,
  listMessages,
  type Message,
  type Reader,
} from '#app/notify/messages.server.ts'
import type { Queries } from '#db/schema.ts'
import {
  type AdjudicatedMessage,
  adjudicatedKind,
  adjudicatedSchema,
} from './adjudicated-message.ts'
import { toShownAnswer } from './check-answers.ts'
import { scoresOf } from './judgments.server.ts'
import type { OpenedMessage, WorkMessage } from './my-work.ts'
import { shownText } from './task-view.server.ts'

const messagesListed = 20

interface Meant {
  message: Message
  content: AdjudicatedMessage
}

/** What adjudicators decided otherwise than a person did, unread first. */
export async function listWorkMessages(db: Queries, reader: Reader): Promise<WorkMessage[]> {
  const messages = await listMessages(db, {
    ...reader,
    kind: adjudicatedKind,
    limit: messagesListed,
  })
  const criteria = new Map<string, Criterion[]>()
  const listed: WorkMessage[] = []
  for (const message of messages) {
    const content = adjudicatedSchema.safeParse(message.content)
    if (!content.success) continue
    const { campaignId } = content.data
    const asked = criteria.get(campaignId) ?? (await listCriteria(db, reader.projectId, campaignId))
    criteria.set(campaignId, asked)
    const shown = await toWork(db, reader, { message, content: content.data, criteria: asked })
    if (shown) listed.push(shown.view)
  }
  return listed
}

/** One message with the task as its rater saw it; undefined where it is not this person's. */
export async function viewWorkMessage(
  db: Queries,
  { id, ...reader }: Reader & { id: string },
): Promise<OpenedMessage | undefined> {
  const message = await findMessage(db, { ...reader, id })
  const content = adjudicatedSchema.safeParse(message?.content)
  if (!message || message.kind !== adjudicatedKind || !content.success) return undefined
  const { projectId } = reader
  const criteria = await listCriteria(db, projectId, content.data.campaignId)
  const found = await toWork(db, reader, { message, content: content.data, criteria })
  if (!found) return undefined
  const { taskId, shownOrder } = found
  return { ...found.view, ...(await shownText(db, projectId, { taskId, shownOrder })) }
}

interface Found {
  view: WorkMessage
  taskId: string
  shownOrder: ShownOrder
}

/** The message beside the person's own judgment; undefined where that judgment is not theirs. */
async function toWork(
  db: Queries,
  { projectId, personId }: Reader,
  { message, content, criteria }: Meant & { criteria: Criterion[] },
): Promise<Found | undefined> {
  const row = await db
    .selectFrom('judgment')
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .innerJoin('task', (join) =>
      join
        .onRef('task.project_id', '=', 'judgment.project_id')
        .onRef('task.id', '=', 'judgment.task_id'),
    )
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .innerJoin('campaign', (join) =>
      join
        .onRef('campaign.project_id', '=', 'judgment.project_id')
        .onRef('campaign.id', '=', 'judgment.campaign_id'),
    )
    .select([
      'judgment.id',
      'judgment.task_id',
      'judgment.shown_order',
      'prompt.preview',
      'campaign.name',
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.assignment_id', '=', content.assignmentId)
    .where('rater.person_id', '=', personId)
    .executeTakeFirst()
  if (!row) return undefined
  const shownOrder = shownOrderSchema.parse(JSON.parse(row.shown_order ?? '[]'))
  const scores = await scoresOf(db, projectId, row.id)
  const view: WorkMessage = {
    id: message.id,
    isRead: message.readAt !== null,
    at: message.createdAt,
    campaign: row.name,
    preview: row.preview,
    reason: content.reason,
    places: content.places,
    criteria,
    given: scores.map(({ criterionId, answer }) => toShownAnswer(criterionId, answer, shownOrder)),
    expected: content.expected,
  }
  return { view, taskId: row.task_id, shownOrder }
}
