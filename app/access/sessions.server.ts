/** A session is a row: signing out, disabling a person and changing roles act at once. */
import { newToken, sha256 } from '#app/base/hash.server.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Queries, Role, Tx } from '#db/schema.ts'
import type { Person } from './people.server.ts'

export const sessionDays = 30
const sessionMs = sessionDays * 24 * 60 * 60_000
const seenAgainMs = 5 * 60_000

/** Opens a session and gives the token for the cookie; only its hash is kept. */
export async function insertSession(
  trx: Tx,
  { personId, now }: { personId: string; now: number },
): Promise<string> {
  const token = newToken()
  await trx
    .insertInto('session')
    .values({
      id: sha256(token),
      person_id: personId,
      created_at: now,
      last_seen_at: now,
      expires_at: now + sessionMs,
      revoked_at: null,
    })
    .execute()
  return token
}

export interface SignedIn extends Person {
  sessionId: string
  /** Whether the session should be marked as seen: rarely, so that reading stays reading. */
  isDueToBeSeen: boolean
}

const sessionById = keptQuery((db, { id, now }: { id: string; now: number }) =>
  db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.person_id')
    .select([
      'session.id as session_id',
      'session.last_seen_at',
      'person.id',
      'person.email',
      'person.name',
      'person.is_admin',
    ])
    .where('session.id', '=', id)
    .where('session.expires_at', '>', now)
    .where('session.revoked_at', 'is', null)
    .where('person.status', '=', 'active'),
)

/** The person of a session that is neither over nor revoked. */
export async function findSession(
  db: Queries,
  { token, now }: { token: string; now: number },
): Promise<SignedIn | undefined> {
  const [row] = await sessionById(db, { id: sha256(token), now })
  return (
    row && {
      id: row.id,
      email: row.email,
      name: row.name,
      isAdmin: row.is_admin === 1,
      sessionId: row.session_id,
      isDueToBeSeen: row.last_seen_at < now - seenAgainMs,
    }
  )
}

export const markSeen = (db: Queries, { sessionId, now }: { sessionId: string; now: number }) =>
  db
    .updateTable('session')
    .set({ last_seen_at: now, expires_at: now + sessionMs })
    .where('id', '=', sessionId)
    .execute()

export const revokeSession = (db: Queries, { token, now }: { token: string; now: number }) =>
  db
    .updateTable('session')
    .set({ revoked_at: now })
    .where('id', '=', sha256(token))
    .where('revoked_at', 'is', null)
    .execute()

/** The roles that a person holds in a project. */
export async function rolesIn(
  db: Queries,
  { projectId, personId }: { projectId: string; personId: string },
): Promise<Role[]> {
  const rows = await db
    .selectFrom('member')
    .select('role')
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .orderBy('role')
    .execute()
  return rows.map((row) => row.role)
}
