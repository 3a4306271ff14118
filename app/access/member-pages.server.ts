import type { Queries, Role } from '#db/schema.ts'
import type { Member } from './members.server.ts'

/** The members of a project in the order of their ids, after one of them. */
export async function listMembersAfter(
  db: Queries,
  projectId: string,
  { after = '', limit }: { after?: string; limit: number },
): Promise<Member[]> {
  const people = await db
    .selectFrom('member')
    .select('person_id')
    .distinct()
    .where('project_id', '=', projectId)
    .where('person_id', '>', after)
    .orderBy('person_id')
    .limit(limit)
    .execute()
  const last = people.at(-1)
  if (!last) return []
  const rows = await db
    .selectFrom('member')
    .innerJoin('person', 'person.id', 'member.person_id')
    .select(['person.id', 'person.name', 'person.email', 'member.role'])
    .where('member.project_id', '=', projectId)
    .where('member.person_id', '>', after)
    .where('member.person_id', '<=', last.person_id)
    .orderBy('member.person_id')
    .orderBy('member.role')
    .execute()
  const members = new Map<string, Member>()
  for (const { role, ...person } of rows) {
    const roles: Role[] = members.get(person.id)?.roles ?? []
    members.set(person.id, { ...person, roles: [...roles, role] })
  }
  return [...members.values()]
}
