import { printJson } from '#app/base/canonical-json.ts'
import { locked } from '#db/dialects/portable.ts'
import type { Queries, Tx } from '#db/schema.ts'
import {
  mostViews,
  type ProjectSettings,
  projectSettingsSchema,
  type RedactionPolicy,
  readProjectSettings,
  type SavedView,
  withView,
} from './project-settings.ts'

const settingsRow = (db: Queries, projectId: string) =>
  db.selectFrom('project').select('settings').where('id', '=', projectId)

/** The settings of a project; a project that never changed any has the defaults. */
export async function findSettings(db: Queries, projectId: string): Promise<ProjectSettings> {
  const row = await settingsRow(db, projectId).executeTakeFirst()
  return readProjectSettings(row?.settings)
}

/** What is removed from the texts of a project wherever they are shown or given away. */
export const findRedaction = async (db: Queries, projectId: string): Promise<RedactionPolicy> =>
  (await findSettings(db, projectId)).redaction

/** The same for whoever is about to change it: nobody else can until the transaction ends. */
export const findRedactionToChange = async (trx: Tx, projectId: string): Promise<RedactionPolicy> =>
  (await lockedSettings(trx, projectId)).redaction

/** Changes what is removed. The caller writes the audit log: it is never done silently. */
export async function saveRedaction(
  trx: Tx,
  projectId: string,
  redaction: RedactionPolicy,
): Promise<void> {
  await changeSettings(trx, projectId, () => ({ redaction }))
}

/** Keeps a named search; false where the project has as many as it may. */
export async function saveView(trx: Tx, projectId: string, view: SavedView): Promise<boolean> {
  let isKept = true
  await changeSettings(trx, projectId, ({ views }) => {
    const next = withView(views, view)
    isKept = next.length <= mostViews
    return isKept ? { views: next } : {}
  })
  return isKept
}

/** Forgets a named search. */
export const deleteView = (trx: Tx, projectId: string, name: string): Promise<void> =>
  changeSettings(trx, projectId, ({ views }) => ({
    views: views.filter((view) => view.name !== name),
  }))

/** Changes some settings and leaves the others as they are. */
async function changeSettings(
  trx: Tx,
  projectId: string,
  change: (before: ProjectSettings) => Partial<ProjectSettings>,
): Promise<void> {
  const before = await lockedSettings(trx, projectId)
  await trx
    .updateTable('project')
    .set({ settings: printJson({ ...before, ...change(before) }) })
    .where('id', '=', projectId)
    .execute()
}

async function lockedSettings(trx: Tx, projectId: string): Promise<ProjectSettings> {
  const row = await locked(trx, settingsRow(trx, projectId)).executeTakeFirstOrThrow()
  return projectSettingsSchema.parse(JSON.parse(row.settings))
}
