/** In: questions for the gate that a project keeps. Out: their answers, and news where one changed. */
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { announce } from '#app/notify/webhooks.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type GateAnswer, type GateReply, replyOfGate } from './gate.server.ts'
import { type GateVerdict, gateVerdicts } from './gate.ts'
import { type GateQuestion, gateQuestionSchema } from './gate-question.ts'

export const askGatesKind = 'ask-gates'
/** Each is asked anew after every measurement. */
export const mostWatchedGates = 50

/** An answer with the verdict before it and when that ended; kept on until the verdict changes again. */
export interface KeptAnswer extends GateAnswer {
  changed?: { was: GateVerdict; at: number }
}

export interface WatchedGate {
  id: string
  /** As it was asked, models by their ids. */
  question: GateQuestion
  answer: KeptAnswer | null
  error: string | null
  answeredAt: number | null
}

const verdictSchema = z.enum(gateVerdicts).nullable()

/** The gates that a project watches, the newest first. */
export async function listWatchedGates(db: Queries, projectId: string): Promise<WatchedGate[]> {
  const rows = await db
    .selectFrom('watched_gate')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    question: gateQuestionSchema.parse(JSON.parse(row.question)),
    answer: readAnswer(row.answer),
    error: row.error,
    answeredAt: row.answered_at,
  }))
}

const readAnswer = (text: string | null): KeptAnswer | null =>
  text === null ? null : (JSON.parse(text) as KeptAnswer)

/**
 * Watches a gate from now on, with the answer that it has just given. `question` is as a query string
 * has it. Gives false where the project watches as many as it may.
 */
export async function watchGate(
  trx: Tx,
  watched: {
    projectId: string
    question: Record<string, string>
    answer: GateAnswer
    createdBy: string
    now: number
  },
): Promise<boolean> {
  const { projectId, question, answer, createdBy, now } = watched
  const rows = await trx
    .selectFrom('watched_gate')
    .select('id')
    .where('project_id', '=', projectId)
    .execute()
  if (rows.length >= mostWatchedGates) return false
  await trx
    .insertInto('watched_gate')
    .values({
      project_id: projectId,
      id: newId(),
      question: printJson(question),
      verdict: answer.verdict,
      answer: printJson(answer),
      error: null,
      answered_at: now,
      created_by: createdBy,
      created_at: now,
    })
    .execute()
  return true
}

/** Watches a gate no longer. */
export const unwatchGate = (trx: Tx, { projectId, id }: { projectId: string; id: string }) =>
  trx.deleteFrom('watched_gate').where('project_id', '=', projectId).where('id', '=', id).execute()

/** Queues the asking of a project's gates, if it watches any. */
export async function askForGates(
  trx: Tx,
  { projectId, now }: { projectId: string; now: number },
): Promise<void> {
  const some = await trx
    .selectFrom('watched_gate')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst()
  if (!some) return
  await enqueueJob(trx, { projectId, kind: askGatesKind, input: {}, dedupeKey: 'all', now })
}

/** The job: asks each watched gate again, and tells of those that give another answer. */
export async function runAskGates({ db, job }: JobContext): Promise<{ changed: number }> {
  const projectId = job.project_id
  let changed = 0
  for (const gate of await listWatchedGates(db.read, projectId)) {
    const reply = await replyOfGate(db.read, { projectId, ...gate.question })
    const now = Date.now()
    const isChanged = await inTransaction(db, (trx) =>
      keepAnswer(trx, { projectId, id: gate.id, reply, now }),
    )
    if (isChanged) changed += 1
  }
  return { changed }
}

/** Keeps an answer; announces it where the verdict is another than before. */
async function keepAnswer(
  trx: Tx,
  { projectId, id, reply, now }: { projectId: string; id: string; reply: GateReply; now: number },
): Promise<boolean> {
  const before = await trx
    .selectFrom('watched_gate')
    .select(['verdict', 'answer'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!before) return false
  const was = verdictSchema.parse(before.verdict)
  const isChanged = 'answer' in reply && reply.answer.verdict !== was
  const changed = isChanged && was ? { was, at: now } : readAnswer(before.answer)?.changed
  const kept =
    'answer' in reply
      ? {
          verdict: reply.answer.verdict,
          answer: printJson({ ...reply.answer, ...(changed ? { changed } : {}) }),
          error: null,
        }
      : { error: reply.problem }
  await trx
    .updateTable('watched_gate')
    .set({ ...kept, answered_at: now })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()
  if (!('answer' in reply) || !isChanged) return false
  const { answer } = reply
  await announce(trx, {
    projectId,
    event: 'gate.changed',
    about: `${id} ${now}`,
    data: { gate: id, was, ...answer },
    now,
  })
  return true
}
