import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newToken, sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import type { Queries, Role, Tx } from '#db/schema.ts'
import { roles } from './roles.ts'

export const rolesSchema = z.array(z.enum(roles)).min(1, 'choose at least one role')

/** Gives a person roles in a project, besides those already held. */
export async function addRoles(
  trx: Tx,
  options: { projectId: string; personId: string; roles: readonly Role[]; now: number },
): Promise<void> {
  const { projectId, personId, now } = options
  await trx
    .insertInto('member')
    .values(
      options.roles.map((role) => ({
        project_id: projectId,
        person_id: personId,
        role,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Sets exactly these roles; none takes the person out of the project. */
export async function changeRoles(
  trx: Tx,
  options: { projectId: string; personId: string; roles: readonly Role[]; now: number },
): Promise<void> {
  const { projectId, personId } = options
  await trx
    .deleteFrom('member')
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .execute()
  if (options.roles.length > 0) await addRoles(trx, options)
}

export interface Member {
  id: string
  name: string
  email: string
  roles: Role[]
}

export async function listMembers(db: Queries, projectId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select(['person.id', 'person.name', 'person.email', 'member.role'])
    .where('member.project_id', '=', projectId)
    .orderBy('person.name')
    .orderBy('person.id')
    .orderBy('member.role')
    .limit(3_000)
    .execute()
  const members = new Map<string, Member>()
  for (const { role, ...person } of rows) {
    const member = members.get(person.id) ?? { ...person, roles: [] }
    member.roles.push(role)
    members.set(person.id, member)
  }
  return [...members.values()]
}

const invitationMs = 14 * 24 * 60 * 60_000

/** Makes a link that lets one person in. Only the token's hash is kept. */
export async function insertInvitation(
  trx: Tx,
  options: {
    projectId: string
    email: string | null
    roles: readonly Role[]
    createdBy: string
    now: number
  },
): Promise<string> {
  const token = newToken()
  await trx
    .insertInto('invitation')
    .values({
      project_id: options.projectId,
      id: newId(),
      token_hash: sha256(token),
      email: options.email,
      roles: printJson(options.roles),
      created_by: options.createdBy,
      created_at: options.now,
      expires_at: options.now + invitationMs,
      accepted_at: null,
      accepted_by: null,
    })
    .execute()
  return token
}

/** An invitation that can still be accepted. */
export async function findInvitation(
  db: Queries,
  { projectSlug, token, now }: { projectSlug: string; token: string; now: number },
) {
  const row = await db
    .selectFrom('invitation')
    .innerJoin('project', 'project.id', 'invitation.project_id')
    .select([
      'invitation.id',
      'invitation.project_id',
      'invitation.email',
      'invitation.roles',
      'project.name as project',
    ])
    .where('project.slug', '=', projectSlug)
    .where('invitation.token_hash', '=', sha256(token))
    .where('invitation.expires_at', '>', now)
    .where('invitation.accepted_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, roles: rolesSchema.parse(JSON.parse(row.roles)) }
}

/** Takes an invitation once. False when somebody was faster. */
export async function acceptInvitation(
  trx: Tx,
  options: {
    projectId: string
    invitationId: string
    personId: string
    roles: Role[]
    now: number
  },
): Promise<boolean> {
  const { projectId, invitationId, personId, now } = options
  const accepted = await trx
    .updateTable('invitation')
    .set({ accepted_at: now, accepted_by: personId })
    .where('project_id', '=', projectId)
    .where('id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!accepted) return false
  await addRoles(trx, { projectId, personId, roles: options.roles, now })
  return true
}

/** Invitations that wait, without their tokens: those were shown once. */
export async function listInvitations(db: Queries, projectId: string, now: number) {
  const rows = await db
    .selectFrom('invitation')
    .select(['id', 'email', 'roles', 'expires_at'])
    .where('project_id', '=', projectId)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('id', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({ ...row, roles: rolesSchema.parse(JSON.parse(row.roles)) }))
}

export const deleteInvitation = (trx: Tx, projectId: string, id: string) =>
  trx
    .deleteFrom('invitation')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .execute()
