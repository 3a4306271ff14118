import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import type { Queries, Tx } from '#db/schema.ts'

export interface RaterRow {
  id: string
  pseudonym: string
  kind: 'member' | 'imported' | 'judge'
  person_id: string | null
}

const columns = ['id', 'pseudonym', 'kind', 'person_id'] as const

export const listRaters = (db: Queries, projectId: string): Promise<RaterRow[]> =>
  db
    .selectFrom('rater')
    .select(columns)
    .where('project_id', '=', projectId)
    .orderBy('pseudonym')
    .execute()

/** The rater that a person is in a project, made with the next free pseudonym when there is none. */
export async function ensureMemberRater(
  trx: Tx,
  { projectId, personId, now }: { projectId: string; personId: string; now: number },
): Promise<string> {
  const find = () =>
    trx
      .selectFrom('rater')
      .select('id')
      .where('project_id', '=', projectId)
      .where('person_id', '=', personId)
      .executeTakeFirst()
  const known = await find()
  if (known) return known.id
  const made = await insertRater(trx, {
    projectId,
    kind: 'member',
    personId,
    externalName: null,
    isSimulated: false,
    now,
  })
  return made ?? must(await find(), 'the rater just made').id
}

/**
 * The rater of a name found in a file: one who already goes by this pseudonym, else one imported
 * under it. A name that is an e-mail address is kept out of sight behind a made pseudonym.
 */
export async function ensureNamedRater(
  trx: Tx,
  options: {
    projectId: string
    name: string
    kind: 'imported' | 'judge'
    isSimulated?: boolean
    now: number
  },
): Promise<string> {
  const { projectId, name, kind, isSimulated = false, now } = options
  const find = () =>
    trx
      .selectFrom('rater')
      .select('id')
      .where('project_id', '=', projectId)
      .where((eb) =>
        eb.or([
          eb('pseudonym', '=', name),
          eb.and([eb('kind', '=', kind), eb('external_name', '=', name)]),
        ]),
      )
      .orderBy('id')
      .executeTakeFirst()
  const known = await find()
  if (known) return known.id
  const made = await insertRater(trx, {
    projectId,
    kind,
    personId: null,
    externalName: name,
    pseudonym: name.includes('@') ? undefined : name,
    isSimulated,
    now,
  })
  return made ?? must(await find(), 'the rater just made').id
}

interface NewRater {
  projectId: string
  kind: RaterRow['kind']
  personId: string | null
  externalName: string | null
  pseudonym?: string
  isSimulated: boolean
  now: number
}

/** Inserts a rater; undefined when another process made the same one meanwhile. */
async function insertRater(trx: Tx, rater: NewRater): Promise<string | undefined> {
  const { count } = await trx
    .selectFrom('rater')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', rater.projectId)
    .executeTakeFirstOrThrow()
  for (let number = count + 1; ; number++) {
    const pseudonym = rater.pseudonym ?? `rater-${String(number).padStart(2, '0')}`
    const made = await trx
      .insertInto('rater')
      .values({
        project_id: rater.projectId,
        id: newId(),
        kind: rater.kind,
        person_id: rater.personId,
        external_name: rater.externalName,
        pseudonym,
        is_simulated: rater.isSimulated ? 1 : 0,
        groups: '[]',
        languages: '[]',
        created_at: rater.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made || rater.pseudonym !== undefined) return made?.id
    if (rater.personId !== null && (await hasRater(trx, rater.projectId, rater.personId))) return
  }
}

const hasRater = async (trx: Tx, projectId: string, personId: string): Promise<boolean> =>
  (await trx
    .selectFrom('rater')
    .select('id')
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .executeTakeFirst()) !== undefined

/** The rater that a person is and the groups a lead put the rater into; no id before the first task. */
export async function findOwnRater(
  db: Queries,
  { projectId, personId }: { projectId: string; personId: string },
): Promise<{ id: string | undefined; groups: string[] }> {
  const row = await db
    .selectFrom('rater')
    .select(['id', 'groups'])
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return { id: row?.id, groups: z.array(z.string()).parse(JSON.parse(row?.groups ?? '[]')) }
}

/** The rater that a person is in a project, or undefined before the first task. */
export async function findMemberRater(
  db: Queries,
  { projectId, personId }: { projectId: string; personId: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('rater')
    .select('id')
    .where('project_id', '=', projectId)
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return row?.id
}

export interface RaterProfile {
  raterId: string
  personId: string
  groups: string[]
  languages: string[]
}

const names = (text: string): string[] => JSON.parse(text) as string[]

/** The groups and languages of a project's own raters; who never rated and was never put anywhere has no row. */
export async function listRaterProfiles(db: Queries, projectId: string): Promise<RaterProfile[]> {
  const rows = await db
    .selectFrom('rater')
    .select(['id', 'person_id', 'groups', 'languages'])
    .where('project_id', '=', projectId)
    .where('kind', '=', 'member')
    .execute()
  return rows.flatMap(({ id, person_id, groups, languages }) =>
    person_id === null
      ? []
      : [
          {
            raterId: id,
            personId: person_id,
            groups: names(groups),
            languages: names(languages),
          },
        ],
  )
}

/** Sets the groups and languages of a member as rater; the rater is made where there was none. */
export async function changeRaterProfile(
  trx: Tx,
  options: {
    projectId: string
    personId: string
    groups: readonly string[]
    languages: readonly string[]
    now: number
  },
): Promise<string> {
  const { projectId, groups, languages } = options
  const raterId = await ensureMemberRater(trx, options)
  await trx
    .updateTable('rater')
    .set({ groups: printJson(groups), languages: printJson(languages) })
    .where('project_id', '=', projectId)
    .where('id', '=', raterId)
    .execute()
  return raterId
}
