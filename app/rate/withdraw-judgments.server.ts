/**
 * In: a rater whose judgments in a campaign are not to count, or are to count again. Out: judgments
 * that are kept and marked, tasks that ask for another rater, a few in each transaction.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import { giveUpWork, takeWorkBack } from '#app/assign/withdrawn-work.server.ts'
import { newId } from '#app/base/ids.ts'
import { counted } from '#app/base/text.ts'
import { enqueueJob, findNewestJobFor } from '#app/jobs/jobs.server.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { askToWeigh } from './weigh-doubts.server.ts'

export const withdrawKind = 'withdraw-judgments'

const judgmentsATransaction = 25
/** Raters' own answers wait for the same writer. */
const pauseMs = 5

export interface RaterInCampaign {
  projectId: string
  campaignId: string
  raterId: string
}

const selectOf = (db: Queries, { projectId, campaignId, raterId }: RaterInCampaign) =>
  db
    .selectFrom('judgment')
    .where('project_id', '=', projectId)
    .where('rater_id', '=', raterId)
    .where('campaign_id', '=', campaignId)
    .where('source', '=', 'human')

/** Those that stand and were given at or after a time, or all of them. */
const standing = (db: Queries, scope: RaterInCampaign, since: number | null) =>
  selectOf(db, scope)
    .where('withdrawn_at', 'is', null)
    .$if(since !== null, (query) =>
      query.where((eb) => eb(eb.fn.coalesce('judged_at', 'created_at'), '>=', since ?? 0)),
    )

export interface Withdrawable {
  judgments: number
  tasks: number
}

/** How many judgments a withdrawal would concern, on how many tasks. */
export const countWithdrawable = (
  db: Queries,
  scope: RaterInCampaign,
  since: number | null,
): Promise<Withdrawable> =>
  standing(db, scope, since)
    .select((eb) => [
      eb.fn.countAll<number>().as('judgments'),
      eb.fn.count<number>('task_id').distinct().as('tasks'),
    ])
    .executeTakeFirstOrThrow()

/** One withdrawal: what was taken out of the figures at one time, for one reason. */
export interface Withdrawal extends Withdrawable {
  at: number
  reason: string
}

const withdrawalsShown = 20

/** A rater's judgments that do not count, by withdrawal, the newest first. */
export async function listWithdrawals(db: Queries, scope: RaterInCampaign): Promise<Withdrawal[]> {
  const rows = await selectOf(db, scope)
    .where('withdrawn_at', 'is not', null)
    .select((eb) => [
      'withdrawn_at',
      'withdrawn_reason',
      eb.fn.countAll<number>().as('judgments'),
      eb.fn.count<number>('task_id').distinct().as('tasks'),
    ])
    .groupBy(['withdrawn_at', 'withdrawn_reason'])
    .orderBy('withdrawn_at', 'desc')
    .limit(withdrawalsShown)
    .execute()
  return rows.map(({ withdrawn_at, withdrawn_reason, judgments, tasks }) => ({
    at: withdrawn_at ?? 0,
    reason: withdrawn_reason ?? '',
    judgments,
    tasks,
  }))
}

const inputSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('withdraw'),
    campaignId: z.string(),
    raterId: z.string(),
    since: z.number().nullable(),
    reason: z.string(),
    /** When it was asked for: the mark of this withdrawal, and the newest judgment it takes. */
    at: z.number(),
    judgments: z.number(),
  }),
  z.object({
    act: z.literal('restore'),
    campaignId: z.string(),
    raterId: z.string(),
    /** The withdrawal that is undone. */
    withdrawnAt: z.number(),
    withdrawnReason: z.string(),
    judgments: z.number(),
  }),
])
type Input = z.infer<typeof inputSchema>

export type AskedWithdrawal = { ok: true; judgments: number } | { ok: false; reason: string }

/** The newest withdrawal or return of a rater's judgments, as a job. */
export const findWithdrawJob = (db: Queries, { projectId, campaignId, raterId }: RaterInCampaign) =>
  findNewestJobFor(db, projectId, withdrawKind, keyOf(campaignId, raterId))

const keyOf = (campaignId: string, raterId: string) => `${campaignId}|${raterId}`

interface Asking extends RaterInCampaign {
  /** Why, for the audit log; of a withdrawal also what the judgments are marked with. */
  reason: string
  /** How many judgments the person was told of; another number refuses. */
  confirmed: number
  actor: string
  now: number
}

/** Asks for a rater's judgments to be taken out of all figures: all, or those since a time. */
export async function askToWithdraw(
  trx: Tx,
  asking: Asking & { since: number | null },
): Promise<AskedWithdrawal> {
  const { campaignId, raterId, since, reason, now } = asking
  const { judgments } = await countWithdrawable(trx, asking, since)
  const input = { act: 'withdraw', campaignId, raterId, since, reason, at: now, judgments } as const
  return ask(trx, asking, { input, action: 'judgments withdrawn', detail: { since } })
}

/** Asks for a withdrawal to be undone. */
export async function askToRestore(
  trx: Tx,
  asking: Asking & { withdrawal: { at: number; reason: string } },
): Promise<AskedWithdrawal> {
  const { campaignId, raterId, withdrawal } = asking
  const { judgments } = await selectOf(trx, asking)
    .where('withdrawn_at', '=', withdrawal.at)
    .where('withdrawn_reason', '=', withdrawal.reason)
    .select((eb) => eb.fn.countAll<number>().as('judgments'))
    .executeTakeFirstOrThrow()
  const input = {
    act: 'restore',
    campaignId,
    raterId,
    withdrawnAt: withdrawal.at,
    withdrawnReason: withdrawal.reason,
    judgments,
  } as const
  return ask(trx, asking, { input, action: 'judgments restored', detail: { withdrawal } })
}

async function ask(
  trx: Tx,
  asking: Asking,
  { input, action, detail }: { input: Input; action: string; detail: object },
): Promise<AskedWithdrawal> {
  const { projectId, campaignId, raterId, reason, confirmed, actor, now } = asking
  if (input.judgments === 0) return { ok: false, reason: 'There is no such judgment any more.' }
  if (input.judgments !== confirmed) {
    return {
      ok: false,
      reason: `It would concern ${counted(input.judgments, 'judgment')} now, not ${confirmed}. Look again and confirm.`,
    }
  }
  const before = await findWithdrawJob(trx, { projectId, campaignId, raterId })
  if (before && ['queued', 'running', 'paused'].includes(before.status)) {
    return { ok: false, reason: 'Judgments of this rater are being changed already.' }
  }
  const dedupeKey = keyOf(campaignId, raterId)
  await enqueueJob(trx, { projectId, kind: withdrawKind, input, dedupeKey, now })
  await insertAudit(trx, {
    projectId,
    actor,
    action,
    subject: campaignId,
    detail: { raterId, judgments: input.judgments, reason, ...detail },
    now,
  })
  return { ok: true, judgments: input.judgments }
}

const cursorSchema = z.object({ after: z.string(), done: z.number(), extra: z.number() })
type Cursor = z.infer<typeof cursorSchema>

/** The job: withdraws or restores, resumable after each few judgments. */
export async function runWithdrawJudgments(
  context: JobContext,
): Promise<{ judgments: number; extra: number }> {
  const { db, job } = context
  const input = inputSchema.parse(JSON.parse(job.input))
  const projectId = job.project_id
  let cursor: Cursor =
    job.cursor === null
      ? { after: '', done: 0, extra: 0 }
      : cursorSchema.parse(JSON.parse(job.cursor))
  for (;;) {
    if (context.signal.aborted) throw context.signal.reason
    const from = cursor
    const next = await inTransaction(db, async (trx) => {
      const reached = await changeSome(trx, { projectId, input, from, now: Date.now() })
      if (!reached) {
        await askToWeigh(trx, { projectId, campaignId: input.campaignId, now: Date.now() })
        return undefined
      }
      await context.reportWithin(trx, {
        cursor: reached,
        done: reached.done,
        total: input.judgments,
        note: 'judgments',
      })
      return reached
    })
    if (!next) return { judgments: cursor.done, extra: cursor.extra }
    cursor = next
    await sleep(pauseMs)
  }
}

interface Step {
  projectId: string
  input: Input
  from: Cursor
  now: number
}

/** The next few judgments, changed; undefined when there is none left. */
async function changeSome(trx: Tx, step: Step): Promise<Cursor | undefined> {
  const { projectId, input, from, now } = step
  const scope = { projectId, campaignId: input.campaignId, raterId: input.raterId }
  const rows = await (input.act === 'withdraw'
    ? standing(trx, scope, input.since).where('created_at', '<=', input.at)
    : selectOf(trx, scope)
        .where('withdrawn_at', '=', input.withdrawnAt)
        .where('withdrawn_reason', '=', input.withdrawnReason)
  )
    .select(['id', 'task_id', 'assignment_id'])
    .where('id', '>', from.after)
    .orderBy('id')
    .limit(judgmentsATransaction)
    .execute()
  const last = rows.at(-1)
  if (!last) return undefined
  let extra = 0
  if (input.act === 'withdraw') {
    const takesWork = await campaignTakesWork(trx, scope)
    for (const row of rows) await withdrawOne(trx, { projectId, row, input, takesWork, now })
  } else {
    for (const row of rows) extra += await restoreOne(trx, { projectId, row })
  }
  const kind = input.act === 'withdraw' ? 'withdrawn' : 'revised'
  await trx
    .insertInto('judgment_change')
    .values(
      rows.map(({ id }) => ({
        project_id: projectId,
        id: newId(),
        campaign_id: input.campaignId,
        judgment_id: id,
        kind,
        created_at: now,
      })),
    )
    .execute()
  return { after: last.id, done: from.done + rows.length, extra: from.extra + extra }
}

interface Row {
  id: string
  task_id: string
  assignment_id: string | null
}

async function withdrawOne(
  trx: Tx,
  options: {
    projectId: string
    row: Row
    input: { reason: string; at: number }
    takesWork: boolean
    now: number
  },
): Promise<void> {
  const { projectId, row, input, takesWork, now } = options
  await trx
    .updateTable('judgment')
    .set({ withdrawn_at: input.at, withdrawn_reason: input.reason })
    .where('project_id', '=', projectId)
    .where('id', '=', row.id)
    .execute()
  if (row.assignment_id === null) return
  const work = { projectId, taskId: row.task_id, assignmentId: row.assignment_id }
  await giveUpWork(trx, { ...work, takesWork, now })
}

/** Gives 1 where the judgment came back as extra. */
async function restoreOne(
  trx: Tx,
  { projectId, row }: { projectId: string; row: Row },
): Promise<number> {
  const work = row.assignment_id !== null && {
    projectId,
    taskId: row.task_id,
    assignmentId: row.assignment_id,
  }
  const taken = work ? await takeWorkBack(trx, work) : undefined
  await trx
    .updateTable('judgment')
    .set({
      withdrawn_at: null,
      withdrawn_reason: null,
      is_extra: taken === undefined ? undefined : taken.isExtra ? 1 : 0,
    })
    .where('project_id', '=', projectId)
    .where('id', '=', row.id)
    .execute()
  return taken?.isExtra ? 1 : 0
}

const campaignTakesWork = async (
  trx: Tx,
  { projectId, campaignId }: RaterInCampaign,
): Promise<boolean> => {
  const { status } = await trx
    .selectFrom('campaign')
    .select('status')
    .where('project_id', '=', projectId)
    .where('id', '=', campaignId)
    .executeTakeFirstOrThrow()
  return status === 'open' || status === 'paused'
}
