/** What a person has set for himself or herself: a record in which each page keeps its own part. */
import { locked } from '#db/dialects/portable.ts'
import type { Queries, Tx } from '#db/schema.ts'

export type PersonalSettings = Readonly<Record<string, unknown>>

function readSettings(text: string | undefined): PersonalSettings {
  const kept: unknown = text === undefined ? {} : JSON.parse(text)
  return typeof kept === 'object' && kept !== null ? { ...kept } : {}
}

/** A person's settings; empty for somebody who never set anything. */
export async function findPersonalSettings(
  db: Queries,
  personId: string,
): Promise<PersonalSettings> {
  const row = await db
    .selectFrom('person')
    .select('settings')
    .where('id', '=', personId)
    .executeTakeFirst()
  return readSettings(row?.settings)
}

/** Changes one part of a person's settings; the others stay, whoever changes them meanwhile. */
export async function changePersonalSetting(
  trx: Tx,
  {
    personId,
    part,
    change,
  }: { personId: string; part: string; change: (before: unknown) => unknown },
): Promise<void> {
  const query = trx.selectFrom('person').select('settings').where('id', '=', personId)
  const row = await locked(trx, query).executeTakeFirst()
  if (!row) return
  const before = readSettings(row.settings)
  const settings = JSON.stringify({ ...before, [part]: change(before[part]) })
  await trx.updateTable('person').set({ settings }).where('id', '=', personId).execute()
}
