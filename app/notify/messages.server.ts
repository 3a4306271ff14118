/** In: something that a person of a project should know. Out: messages, kept until they are read. */
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { groupsOf, rowsAStatement } from '#db/pages.ts'
import type { MessageTable, Queries, Tx } from '#db/schema.ts'

export interface NewMessage {
  personId: string
  /** Whoever writes messages of a kind knows what their content says. */
  kind: string
  content: unknown
}

/** Leaves messages for people of a project. */
export async function insertMessages(
  trx: Tx,
  { projectId, messages, now }: { projectId: string; messages: readonly NewMessage[]; now: number },
): Promise<void> {
  const rows = messages.map(
    ({ personId, kind, content }): MessageTable => ({
      project_id: projectId,
      id: newId(),
      person_id: personId,
      kind,
      content: printJson(content),
      read_at: null,
      created_at: now,
    }),
  )
  for (const some of groupsOf(rows, rowsAStatement(7))) {
    await trx.insertInto('message').values(some).execute()
  }
}

export interface Reader {
  projectId: string
  personId: string
}

export interface Message {
  id: string
  kind: string
  content: unknown
  readAt: number | null
  createdAt: number
}

const columns = ['id', 'kind', 'content', 'read_at', 'created_at'] as const

const selectMessages = (db: Queries, { projectId, personId }: Reader) =>
  db
    .selectFrom('message')
    .select(columns)
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)

const toMessage = (row: Pick<MessageTable, (typeof columns)[number]>): Message => ({
  id: row.id,
  kind: row.kind,
  content: JSON.parse(row.content),
  readAt: row.read_at,
  createdAt: row.created_at,
})

/** A person's messages of a kind: those unread first, then the read ones, each the newest first. */
export async function listMessages(
  db: Queries,
  { limit, kind, ...reader }: Reader & { kind: string; limit: number },
): Promise<Message[]> {
  const ofKind = () =>
    selectMessages(db, reader).where('kind', '=', kind).orderBy('id', 'desc').limit(limit)
  const unread = await ofKind().where('read_at', 'is', null).execute()
  const read = await ofKind().where('read_at', 'is not', null).execute()
  return [...unread, ...read].slice(0, limit).map(toMessage)
}

/** A message to this person, or undefined: nobody reads another's. */
export async function findMessage(
  db: Queries,
  { id, ...reader }: Reader & { id: string },
): Promise<Message | undefined> {
  const row = await selectMessages(db, reader).where('id', '=', id).executeTakeFirst()
  return row && toMessage(row)
}

/** More unread messages than this tell nobody anything. */
export const mostUnreadCounted = 99

/** How many messages a person has not read, counted up to `mostUnreadCounted`. */
export async function countUnread(db: Queries, { projectId, personId }: Reader): Promise<number> {
  const rows = await db
    .selectFrom('message')
    .select('id')
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .where('read_at', 'is', null)
    .limit(mostUnreadCounted)
    .execute()
  return rows.length
}

/** Marks a person's messages as read: one, or all where no id is given. */
export async function markRead(
  trx: Tx,
  { projectId, personId, id, now }: Reader & { id?: string; now: number },
): Promise<void> {
  await trx
    .updateTable('message')
    .set({ read_at: now })
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .where('read_at', 'is', null)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .execute()
}

/** Takes back messages that nobody has read yet and that no longer hold. */
export async function takeBackUnread(
  trx: Tx,
  options: {
    projectId: string
    personIds: readonly string[]
    kind: string
    isMeant: (content: unknown) => boolean
  },
): Promise<void> {
  const { projectId, personIds, kind, isMeant } = options
  if (personIds.length === 0) return
  const rows = await trx
    .selectFrom('message')
    .select(['id', 'content'])
    .where('project_id', '=', projectId)
    .where('person_id', 'in', personIds)
    .where('read_at', 'is', null)
    .where('kind', '=', kind)
    .execute()
  const ids = rows.filter((row) => isMeant(JSON.parse(row.content))).map((row) => row.id)
  for (const some of groupsOf(ids, 500)) {
    await trx
      .deleteFrom('message')
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .execute()
  }
}
