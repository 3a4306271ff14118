/** What a rater leaves beside judgments: drafts that another device can go on with, and flags. */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import type { Tx } from '#db/schema.ts'
import { mostDraftCharacters } from './desk-message.ts'

export interface OwnAssignment {
  projectId: string
  raterId: string
  assignmentId: string
  now: number
}

/** An assignment of a rater's own with the judgment and the draft that it has. */
const findOwn = (trx: Tx, { projectId, raterId, assignmentId }: OwnAssignment) =>
  trx
    .selectFrom('assignment')
    .leftJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'assignment.project_id')
        .onRef('judgment.task_id', '=', 'assignment.task_id')
        .onRef('judgment.rater_id', '=', 'assignment.rater_id'),
    )
    .leftJoin('draft', (join) =>
      join
        .onRef('draft.project_id', '=', 'assignment.project_id')
        .onRef('draft.assignment_id', '=', 'assignment.id'),
    )
    .select([
      'assignment.campaign_id',
      'assignment.task_id',
      'assignment.status',
      'judgment.revision',
      'draft.version',
      'draft.base_revision',
    ])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.id', '=', assignmentId)
    .where('assignment.rater_id', '=', raterId)
    .executeTakeFirst()

/**
 * Keeps a draft where it is newer than the one that is kept and was begun from the judgment as it
 * stands. Gives the version that is kept now; undefined where none is.
 */
export async function keepDraft(
  trx: Tx,
  draft: OwnAssignment & { version: number; baseRevision: number; content: unknown },
): Promise<number | undefined> {
  const own = await findOwn(trx, draft)
  if (!own) return undefined
  const kept = own.version ?? undefined
  const isStale = (own.revision ?? 0) !== draft.baseRevision || own.status === 'skipped'
  const isOlder =
    own.version !== null && own.base_revision === draft.baseRevision && own.version >= draft.version
  if (isStale || isOlder) return kept
  const content = printJson(draft.content)
  if (content.length > mostDraftCharacters) return kept
  const row = {
    version: draft.version,
    base_revision: draft.baseRevision,
    content,
    updated_at: draft.now,
  }
  const written = await trx
    .insertInto('draft')
    .values({
      project_id: draft.projectId,
      assignment_id: draft.assignmentId,
      rater_id: draft.raterId,
      ...row,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'assignment_id'])
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([
            eb('draft.base_revision', '<', draft.baseRevision),
            eb('draft.version', '<', draft.version),
          ]),
        ),
    )
    .returning('version')
    .executeTakeFirst()
  return written?.version ?? kept
}

/** Forgets a draft that became a judgment. */
export const dropDraft = (trx: Tx, projectId: string, assignmentId: string) =>
  trx
    .deleteFrom('draft')
    .where('project_id', '=', projectId)
    .where('assignment_id', '=', assignmentId)
    .execute()

/** Shows a task to a lead, for a reason; once by each rater, however often it is sent. */
export async function flagTask(trx: Tx, flag: OwnAssignment & { reason: string }): Promise<void> {
  const own = await findOwn(trx, flag)
  if (!own) return
  await trx
    .insertInto('flag')
    .values({
      project_id: flag.projectId,
      id: newId(),
      campaign_id: own.campaign_id,
      task_id: own.task_id,
      rater_id: flag.raterId,
      assignment_id: flag.assignmentId,
      reason: flag.reason,
      created_at: flag.now,
      resolved_at: null,
      resolved_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
