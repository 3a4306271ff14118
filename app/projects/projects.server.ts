import { newId } from '#app/base/ids.ts'
import { slugOf } from '#app/base/text.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Queries, Role, Tx } from '#db/schema.ts'

export interface Project {
  id: string
  slug: string
  name: string
  is_simulated: 0 | 1
}

const columns = ['id', 'slug', 'name', 'is_simulated'] as const

/** The project of an address or a name, or undefined. */
export async function findProject(db: Queries, slugOrName: string): Promise<Project | undefined> {
  const bySlug = await db
    .selectFrom('project')
    .select(columns)
    .where('slug', '=', slugOrName)
    .executeTakeFirst()
  if (bySlug) return bySlug
  return db
    .selectFrom('project')
    .select(columns)
    .where('name', '=', slugOrName)
    .orderBy('id')
    .executeTakeFirst()
}

const projectBySlug = keptQuery((db, { slug }: { slug: string }) =>
  db.selectFrom('project').select(columns).where('slug', '=', slug),
)

/** The project of an address alone: what a URL names. */
export const findProjectBySlug = async (db: Queries, slug: string): Promise<Project | undefined> =>
  (await projectBySlug(db, { slug }))[0]

const projectWithRoles = keptQuery((db, at: { slug: string; personId: string }) =>
  db
    .selectFrom('project')
    .leftJoin('member', (join) =>
      join.onRef('member.project_id', '=', 'project.id').on('member.person_id', '=', at.personId),
    )
    .select(['project.id', 'slug', 'name', 'is_simulated', 'role'])
    .where('slug', '=', at.slug)
    .orderBy('role'),
)

/** The project of an address with the roles that a person holds in it, which may be none. */
export async function findProjectWithRoles(
  db: Queries,
  at: { slug: string; personId: string },
): Promise<{ project: Project; roles: Role[] } | undefined> {
  const rows = await projectWithRoles(db, at)
  const [first] = rows
  if (!first) return undefined
  const { role: _, ...project } = first
  return { project, roles: rows.flatMap(({ role }) => role ?? []) }
}

export const listProjects = (db: Queries): Promise<Project[]> =>
  db.selectFrom('project').select(columns).orderBy('name').orderBy('id').limit(500).execute()

/** Projects where a person holds a role. */
export const listProjectsOf = (db: Queries, personId: string): Promise<Project[]> =>
  db
    .selectFrom('project')
    .select(columns)
    .where('id', 'in', (eb) =>
      eb.selectFrom('member').select('member.project_id').where('person_id', '=', personId),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(500)
    .execute()

/** Makes a project under an address that is still free. */
export async function insertProject(
  trx: Tx,
  { name, isSimulated = false, now }: { name: string; isSimulated?: boolean; now: number },
): Promise<Project> {
  const wanted = slugOf(name)
  for (let attempt = 1; ; attempt++) {
    const slug = attempt === 1 ? wanted : `${wanted}-${attempt}`
    const made = await trx
      .insertInto('project')
      .values({
        id: newId(),
        slug,
        name,
        is_simulated: isSimulated ? 1 : 0,
        settings: '{}',
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning(columns)
      .executeTakeFirst()
    if (made) return made
  }
}
