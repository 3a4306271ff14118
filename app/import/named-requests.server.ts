/** In: a request that its caller gave a name. Out: its answer, the same however often it is sent. */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'

export interface NamedRequest {
  projectId: string
  /** What the caller calls it. */
  key: string
  /** What makes it this request and no other. */
  body: string
}

export type Repeated =
  | { kind: 'new' }
  | { kind: 'same'; answer: unknown }
  /** The key was used for another body. */
  | { kind: 'other' }

/** Whether a request of this name was answered before. */
export async function findRepeat(
  db: Queries,
  { projectId, key, body }: NamedRequest,
): Promise<Repeated> {
  const row = await db
    .selectFrom('received_request')
    .select(['body_hash', 'answer'])
    .where('project_id', '=', projectId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!row) return { kind: 'new' }
  if (row.body_hash !== sha256(body)) return { kind: 'other' }
  return { kind: 'same', answer: JSON.parse(row.answer) }
}

type Answered = NamedRequest & { answer: unknown; now: number }

const insertAnswer = (trx: Tx, { projectId, key, body, answer, now }: Answered) =>
  trx
    .insertInto('received_request')
    .values({
      project_id: projectId,
      key,
      body_hash: sha256(body),
      answer: printJson(answer),
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()

/** Remembers what a named request was answered. Keys are kept for good: they are small. */
export async function rememberAnswer(db: Db, request: Answered): Promise<void> {
  await inTransaction(db, (trx) => insertAnswer(trx, request))
}

export type OnceDone<Answer> =
  | { kind: 'new'; answer: Answer }
  | { kind: 'same'; answer: unknown }
  | { kind: 'other' }

/**
 * Does what a named request asks, once: two that come together wait for each other, and what fails
 * leaves the name free.
 */
export const doOnce = <Answer>(
  db: Db,
  request: NamedRequest & { now: number },
  run: (trx: Tx) => Promise<Answer>,
): Promise<OnceDone<Answer>> =>
  inTransaction(db, async (trx) => {
    const { projectId, key } = request
    const taken = await insertAnswer(trx, { ...request, answer: null })
    if (!taken) {
      const repeat = await findRepeat(trx, request)
      return repeat.kind === 'new' ? { kind: 'other' } : repeat
    }
    const answer = await run(trx)
    await trx
      .updateTable('received_request')
      .set({ answer: printJson(answer) })
      .where('project_id', '=', projectId)
      .where('key', '=', key)
      .execute()
    return { kind: 'new', answer }
  })
