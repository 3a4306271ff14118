import { newToken, sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import type { Queries, Role, Tx } from '#db/schema.ts'

const prefix = 'rbr_'

/** Makes a token for scripts. It is shown once; only its hash is kept. */
export async function insertApiToken(
  trx: Tx,
  options: { projectId: string; name: string; role: Role; createdBy: string; now: number },
): Promise<string> {
  const token = prefix + newToken()
  await trx
    .insertInto('api_token')
    .values({
      project_id: options.projectId,
      id: newId(),
      name: options.name,
      token_hash: sha256(token),
      role: options.role,
      created_by: options.createdBy,
      created_at: options.now,
      last_used_at: null,
      revoked_at: null,
    })
    .execute()
  return token
}

/** The role of a token in a project, or undefined. */
export const findApiToken = (
  db: Queries,
  { projectId, token }: { projectId: string; token: string },
) =>
  db
    .selectFrom('api_token')
    .select(['id', 'role', 'last_used_at'])
    .where('project_id', '=', projectId)
    .where('token_hash', '=', sha256(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()

/** The project and the role of a token that comes without naming its project. */
export const findTokenOwner = (db: Queries, token: string) =>
  db
    .selectFrom('api_token')
    .select(['project_id', 'id', 'role', 'last_used_at'])
    .where('token_hash', '=', sha256(token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()

export const markTokenUsed = (
  db: Queries,
  { projectId, id, now }: { projectId: string; id: string; now: number },
) =>
  db
    .updateTable('api_token')
    .set({ last_used_at: now })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .execute()

export const listApiTokens = (db: Queries, projectId: string) =>
  db
    .selectFrom('api_token')
    .select(['id', 'name', 'role', 'created_at', 'last_used_at'])
    .where('project_id', '=', projectId)
    .where('revoked_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()

export const revokeApiToken = (
  trx: Tx,
  { projectId, id, now }: { projectId: string; id: string; now: number },
) =>
  trx
    .updateTable('api_token')
    .set({ revoked_at: now })
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
