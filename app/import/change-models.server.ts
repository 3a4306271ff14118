/**
 * In: a merge, split, rename or undo that a person asks for. Out: the models changed at once, and
 * their responses moved: few in the same transaction, many by a job that takes a few hundred at a
 * time and goes on where it was when it is killed.
 */
import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { counted } from '#app/base/text.ts'
import { enqueueJob, findNewestJob } from '#app/jobs/jobs.server.ts'
import { type JobContext, JobProblem } from '#app/jobs/run-jobs.server.ts'
import {
  type ModelNames,
  ModelProblem,
  mergedDetail,
  type SplitBy,
  splitDetail,
  undoneDetail,
} from '#app/projects/model-change.ts'
import {
  findChange,
  type ModelChange,
  markOfChange,
  noteMoved,
  putAsideSplit,
  recordMerge,
  recordSplit,
  recordUndo,
  type WantedSplit,
} from '#app/projects/model-changes.server.ts'
import { renameModel } from '#app/projects/rename-model.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { listMoves, loggedModels } from './logged-models.server.ts'
import { moveResponses } from './move-responses.server.ts'
import { describeSplit } from './split-choices.server.ts'

/** As many responses are moved while the person waits; more are left to a job. */
const mostAtOnce = 2_000
const responsesATransaction = 300

export const changeModelsKind = 'change-models'
export const measureModelsKind = 'measure-models'

export type WantedChange =
  | { kind: 'rename'; modelId: string; names: ModelNames }
  | { kind: 'merge'; fromIds: readonly string[]; intoId: string }
  | ({ kind: 'split' } & WantedSplit)
  | { kind: 'undo'; changeId: string }

export interface AskedChange {
  projectId: string
  actor: string
  now: number
  change: WantedChange
}

export type ChangeOutcome =
  | { ok: true; done: string; jobId: string | null }
  | { ok: false; reason: string; field: string }

/** Changes models, with all that belongs to it: the record, the audit log, the figures' renewal. */
export async function changeModels(db: Db, asked: AskedChange): Promise<ChangeOutcome> {
  try {
    return await inTransaction(db, (trx) => changeWithin(trx, asked), { looksUpFirst: true })
  } catch (error) {
    if (!(error instanceof ModelProblem)) throw error
    return { ok: false, reason: error.message, field: error.field }
  }
}

async function changeWithin(trx: Tx, asked: AskedChange): Promise<ChangeOutcome> {
  const { change } = asked
  if (change.kind === 'rename') return rename(trx, asked, change)
  await refuseWhileMoving(trx, asked.projectId)
  const changeIds = await recordChanges(trx, asked, change)
  const plans = await plansOf(trx, asked.projectId, changeIds)
  await auditMoves(trx, asked, plans)
  const total = await countToMove(trx, asked.projectId, plans)
  if (total > mostAtOnce) {
    const jobId = await enqueueJob(trx, {
      projectId: asked.projectId,
      kind: changeModelsKind,
      input: { changeIds, total },
      now: asked.now,
    })
    return { ok: true, done: 'The responses are being moved.', jobId: jobId ?? null }
  }
  let moved = 0
  for (const plan of plans) {
    for (let cursor: Cursor | null = start; cursor; ) {
      const page: Page = await nextPage(trx, plan, cursor)
      moved += await movePage(trx, plan, page)
      cursor = page.next
    }
    await finishPlan(trx, plan)
  }
  if (moved === 0 && change.kind === 'split') {
    throw new ModelProblem('No response of this model fits; choose another part to split off.')
  }
  await askToMeasure(trx, asked, plans)
  return { ok: true, done: `${counted(moved, 'response')} moved.`, jobId: null }
}

async function rename(
  trx: Tx,
  asked: AskedChange,
  { modelId, names }: { modelId: string; names: ModelNames },
): Promise<ChangeOutcome> {
  const before = await renameModel(trx, { ...asked, modelId, names })
  if (!before) return { ok: true, done: 'Nothing was changed.', jobId: null }
  const detail = { before, after: names }
  await insertAudit(trx, { ...asked, action: 'model renamed', subject: modelId, detail })
  await askToMeasure(trx, asked, [{ from: modelId, to: modelId }])
  return { ok: true, done: `The model is called “${names.label}” now.`, jobId: null }
}

async function refuseWhileMoving(trx: Tx, projectId: string): Promise<void> {
  const job = await findNewestJob(trx, projectId, changeModelsKind)
  if (!job || job.status === 'done') return
  throw new ModelProblem(
    'Responses are still being moved by an earlier change; wait until it is done.',
  )
}

async function recordChanges(
  trx: Tx,
  asked: AskedChange,
  change: Exclude<WantedChange, { kind: 'rename' }>,
): Promise<string[]> {
  if (change.kind === 'split') {
    const described = await describeSplit(trx, asked.projectId, change.by)
    return [await recordSplit(trx, asked, { ...change, ...described })]
  }
  if (change.kind === 'undo') return [await recordUndo(trx, asked, change.changeId)]
  const fromIds = [...new Set(change.fromIds)].filter((id) => id !== change.intoId)
  if (fromIds.length === 0) throw new ModelProblem('Choose at least two models to merge.')
  const ids: string[] = []
  for (const fromId of fromIds) {
    ids.push(await recordMerge(trx, asked, { fromId, intoId: change.intoId }))
  }
  return ids
}

const actions = {
  merged: 'models merged',
  split: 'model split',
  undone: 'model change undone',
} as const

async function auditMoves(trx: Tx, asked: AskedChange, plans: readonly Plan[]): Promise<void> {
  for (const { change } of plans) {
    await insertAudit(trx, {
      ...asked,
      action: actions[change.kind],
      subject: change.model_id,
      detail: { change: change.id, ...change.detail },
    })
  }
}

/** Figures hold labels and counts by model, so those of both are to be computed anew. */
const askToMeasure = (
  trx: Tx,
  { projectId, now }: { projectId: string; now: number },
  plans: readonly { from: string; to: string }[],
) => {
  const modelIds = [...new Set(plans.flatMap((plan) => [plan.from, plan.to]))]
  return enqueueJob(trx, { projectId, kind: measureModelsKind, input: { modelIds }, now })
}

// ---- Which responses --------------------------------------------------------------------------

type MoveKind = 'merged' | 'split' | 'undone'

/** What a recorded change moves. */
interface Plan {
  projectId: string
  change: { id: string; kind: MoveKind; model_id: string; detail: object }
  from: string
  to: string
  mark: string
  /** Only some of a model's responses. */
  by?: SplitBy
  /** Only what this change moved, which goes back. */
  undoes?: ModelChange
}

async function plansOf(
  db: Queries,
  projectId: string,
  changeIds: readonly string[],
): Promise<Plan[]> {
  const plans: Plan[] = []
  for (const id of changeIds) {
    const change = await findChange(db, projectId, id)
    const plan = change && (await planOf(db, projectId, change))
    if (!plan) throw new JobProblem('The change of models is gone.')
    plans.push(plan)
  }
  return plans
}

async function planOf(
  db: Queries,
  projectId: string,
  change: ModelChange,
): Promise<Plan | undefined> {
  const { id, model_id, other_model_id: other } = change
  const written: unknown = JSON.parse(change.detail)
  if (other === null) return undefined
  if (change.kind === 'merged') {
    const detail = mergedDetail.parse(written)
    const about = { id, kind: change.kind, model_id, detail }
    return { projectId, change: about, from: model_id, to: other, mark: detail.mark }
  }
  if (change.kind === 'split') {
    const detail = splitDetail.parse(written)
    const about = { id, kind: change.kind, model_id, detail }
    return { projectId, change: about, from: model_id, to: other, mark: detail.mark, by: detail.by }
  }
  if (change.kind !== 'undone') return undefined
  const undoes = await findChange(db, projectId, other)
  if (!undoes?.other_model_id) return undefined
  const detail = undoneDetail.parse(written)
  const about = { id, kind: change.kind, model_id, detail }
  const from = undoes.other_model_id
  return { projectId, change: about, from, to: model_id, mark: detail.mark, undoes }
}

/** How many responses will be looked at. */
async function countToMove(db: Queries, projectId: string, plans: readonly Plan[]) {
  let total = 0
  for (const { from, undoes } of plans) {
    const { count } = undoes
      ? await db
          .selectFrom('model_change_response')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('project_id', '=', projectId)
          .where('change_id', '=', undoes.id)
          .executeTakeFirstOrThrow()
      : await db
          .selectFrom('response')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('project_id', '=', projectId)
          .where('model_id', '=', from)
          .executeTakeFirstOrThrow()
    total += count
  }
  return total
}

const cursorSchema = z.object({ prompt: z.string(), response: z.string() })
type Cursor = z.infer<typeof cursorSchema>
const start: Cursor = { prompt: '', response: '' }

interface Page {
  ids: string[]
  /** How many were looked at. */
  seen: number
  /** Where to look on; null at the end. */
  next: Cursor | null
}

const nextPage = (db: Queries, plan: Plan, cursor: Cursor): Promise<Page> =>
  plan.undoes ? nextMovedBefore(db, plan, plan.undoes, cursor) : nextOfModel(db, plan, cursor)

async function nextMovedBefore(
  db: Queries,
  { projectId }: Plan,
  undoes: ModelChange,
  cursor: Cursor,
): Promise<Page> {
  const rows = await db
    .selectFrom('model_change_response')
    .select('response_id')
    .where('project_id', '=', projectId)
    .where('change_id', '=', undoes.id)
    .where('response_id', '>', cursor.response)
    .orderBy('response_id')
    .limit(responsesATransaction)
    .execute()
  const last = rows.at(-1)
  return {
    ids: rows.map((row) => row.response_id),
    seen: rows.length,
    next: last ? nextIfFull(rows, last.response_id) : null,
  }
}

const nextIfFull = (rows: readonly unknown[], response: string, prompt = ''): Cursor | null =>
  rows.length < responsesATransaction ? null : { prompt, response }

async function nextOfModel(db: Queries, plan: Plan, cursor: Cursor): Promise<Page> {
  const { projectId, by } = plan
  const rows = await db
    .selectFrom('response')
    .select(['id', 'prompt_id', 'batch_id', 'metadata'])
    .where('project_id', '=', projectId)
    .where('model_id', '=', plan.from)
    .where('prompt_id', '>=', cursor.prompt)
    .where((eb) => eb.or([eb('prompt_id', '>', cursor.prompt), eb('id', '>', cursor.response)]))
    .orderBy('prompt_id')
    .orderBy('id')
    .limit(responsesATransaction)
    .execute()
  const last = rows.at(-1)
  const logged =
    by?.kind === 'logged-as'
      ? await loggedModels(db, projectId, {
          responseIds: rows.map((row) => row.id),
          moves: await listMoves(db, projectId),
        })
      : new Map<string, string>()
  const chosen = by
    ? rows.filter((row) => fits(by, { ...row, loggedAs: logged.get(row.id) ?? plan.from }))
    : rows
  return {
    ids: chosen.map((row) => row.id),
    seen: rows.length,
    next: last ? nextIfFull(rows, last.id, last.prompt_id) : null,
  }
}

function fits(
  by: SplitBy,
  response: { batch_id: string | null; metadata: string; loggedAs: string },
): boolean {
  if (by.kind === 'import') return response.batch_id === by.batchId
  if (by.kind === 'logged-as') return response.loggedAs === by.modelId
  const metadata = JSON.parse(response.metadata) as Record<string, unknown>
  return Object.hasOwn(metadata, by.key) && printJson(metadata[by.key]) === printJson(by.value)
}

// ---- Moving -----------------------------------------------------------------------------------

async function movePage(trx: Tx, plan: Plan, page: Page): Promise<number> {
  if (page.ids.length === 0) return 0
  const { projectId, change, from, to, mark, undoes } = plan
  const unmark = undoes && markOfChange(undoes)
  const ids = await moveResponses(trx, { projectId, ids: page.ids, from, to, mark, unmark })
  await noteMoved(trx, { projectId, changeId: change.id, ids })
  return ids.length
}

/** What remains to do when all responses of a change are where they belong. */
async function finishPlan(trx: Tx, { projectId, undoes, from, to }: Plan): Promise<void> {
  if (undoes?.kind !== 'split') return
  await putAsideSplit(trx, projectId, { splitId: from, fromId: to })
}

const inputSchema = z.object({ changeIds: z.array(z.string()), total: z.number() })
const jobCursorSchema = z.object({
  change: z.number(),
  at: cursorSchema,
  moved: z.number(),
  seen: z.number(),
})

/** The job: moves the responses of recorded changes, a few hundred in each transaction. */
export async function runChangeModels(
  context: JobContext,
): Promise<{ moved: number; modelIds: string[] }> {
  const { db, job } = context
  const { changeIds, total } = inputSchema.parse(JSON.parse(job.input))
  const plans = await plansOf(db.read, job.project_id, changeIds)
  let reached =
    job.cursor === null
      ? { change: 0, at: start, moved: 0, seen: 0 }
      : jobCursorSchema.parse(JSON.parse(job.cursor))
  for (let plan = plans[reached.change]; plan; plan = plans[reached.change]) {
    if (context.signal.aborted) throw context.signal.reason
    const { at } = reached
    const page = await nextPage(db.read, plan, at)
    const from = reached
    const current = plan
    reached = await inTransaction(
      db,
      async (trx) => {
        const moved = from.moved + (await movePage(trx, current, page))
        const seen = from.seen + page.seen
        if (!page.next) await finishPlan(trx, current)
        const next = page.next
          ? { change: from.change, at: page.next, moved, seen }
          : { change: from.change + 1, at: start, moved, seen }
        const note = `${counted(moved, 'response')} moved`
        await context.reportWithin(trx, { cursor: next, done: Math.min(seen, total), total, note })
        return next
      },
      { looksUpFirst: true },
    )
  }
  const modelIds = [...new Set(plans.flatMap((plan) => [plan.from, plan.to]))]
  return { moved: reached.moved, modelIds }
}
