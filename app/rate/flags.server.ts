/** Tasks that raters flagged: something is wrong with them that a lead should see. */
import { insertAudit } from '#app/access/audit.server.ts'
import { withdrawTask } from '#app/assign/task-slots.server.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { visiblePreviews } from '#app/import/prompt-previews.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries, Tx } from '#db/schema.ts'

export interface OpenFlag {
  id: string
  reason: string
  pseudonym: string
  taskId: string
  promptId: string
  /** The start of the prompt. */
  preview: string
  created_at: number
}

interface FlagsOf {
  projectId: string
  campaignId: string
}

const mostListed = 50

/** The flags of a campaign that nobody resolved yet, the oldest first, up to fifty. */
export async function listOpenFlags(
  db: Queries,
  { projectId, campaignId }: FlagsOf,
): Promise<OpenFlag[]> {
  const flags = await selectOpenFlags(db, { projectId, campaignId })
  const { kinds } = await findRedaction(db, projectId)
  const visibility = { kinds: findingKindsIn(kinds), isOriginal: false }
  const rows = flags.map(({ promptId, preview }) => ({ id: promptId, preview }))
  const visible = await visiblePreviews(db, projectId, { rows, visibility })
  return flags.map((flag, place) => ({ ...flag, preview: visible[place]?.preview ?? '' }))
}

const selectOpenFlags = (db: Queries, { projectId, campaignId }: FlagsOf) =>
  db
    .selectFrom('flag')
    .innerJoin('task', (join) =>
      join.onRef('task.project_id', '=', 'flag.project_id').onRef('task.id', '=', 'flag.task_id'),
    )
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'flag.project_id')
        .onRef('rater.id', '=', 'flag.rater_id'),
    )
    .select([
      'flag.id',
      'flag.reason',
      'flag.created_at',
      'rater.pseudonym',
      'task.id as taskId',
      'prompt.id as promptId',
      'prompt.preview',
    ])
    .where('flag.project_id', '=', projectId)
    .where('flag.campaign_id', '=', campaignId)
    .where('flag.resolved_at', 'is', null)
    .orderBy('flag.id')
    .limit(mostListed)
    .execute()

/** How many flags of a campaign wait. */
export async function countOpenFlags(
  db: Queries,
  { projectId, campaignId }: FlagsOf,
): Promise<number> {
  const { count } = await db
    .selectFrom('flag')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Marks a flag as dealt with, and notes by whom and why; with `takesTaskOut` nobody gets its task any
 * more. False when the flag was dealt with already, or is not there.
 */
export async function resolveFlag(
  trx: Tx,
  options: FlagsOf & {
    flagId: string
    reason: string
    takesTaskOut: boolean
    actor: string
    now: number
  },
): Promise<boolean> {
  const { projectId, campaignId, flagId, reason, takesTaskOut, actor, now } = options
  const resolved = await trx
    .updateTable('flag')
    .set({ resolved_at: now, resolved_by: actor })
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', flagId)
    .where('resolved_at', 'is', null)
    .returning('task_id')
    .executeTakeFirst()
  if (!resolved) return false
  const { task_id: taskId } = resolved
  const because = reason === '' ? 'flagged' : reason
  if (takesTaskOut) await withdrawTask(trx, { projectId, taskId, reason: because, now })
  await insertAudit(trx, {
    projectId,
    actor,
    action: takesTaskOut ? 'flagged task withdrawn' : 'flag resolved',
    subject: flagId,
    detail: { campaignId, taskId, reason },
    now,
  })
  return true
}
