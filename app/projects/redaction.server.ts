import { printJson } from '#app/base/canonical-json.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { projectSettingsSchema, type RedactionPolicy } from './redaction.ts'

/** What is removed from the texts of a project wherever they are shown or given away. */
export async function findRedaction(db: Queries, projectId: string): Promise<RedactionPolicy> {
  const row = await db
    .selectFrom('project')
    .select('settings')
    .where('id', '=', projectId)
    .executeTakeFirst()
  return projectSettingsSchema.parse(JSON.parse(row?.settings ?? '{}')).redaction
}

/** Changes what is removed. The caller writes the audit log: it is never done silently. */
export async function saveRedaction(
  trx: Tx,
  projectId: string,
  redaction: RedactionPolicy,
): Promise<void> {
  const row = await trx
    .selectFrom('project')
    .select('settings')
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow()
  const settings = projectSettingsSchema.parse(JSON.parse(row.settings))
  await trx
    .updateTable('project')
    .set({ settings: printJson({ ...settings, redaction }) })
    .where('id', '=', projectId)
    .execute()
}
