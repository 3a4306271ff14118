/** In: mappings that people named. Out: those that fit a file's header, to be used again. */
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'
import type { Queries, Tx } from '#db/schema.ts'
import { type FieldMapping, fieldMappingSchema } from './field-mapping.ts'

/** The same for the same column names, in whatever order, case and with whatever blanks around. */
export const headerHash = (columns: readonly string[]): string =>
  sha256(printJson([...new Set(columns.map((name) => name.trim().toLowerCase()))].sort()))

export interface NamedMapping {
  projectId: string
  name: string
  columns: readonly string[]
  mapping: FieldMapping
  now: number
}

/** Keeps a mapping under a name; one kept before under that name gives way. */
export async function saveMapping(trx: Tx, named: NamedMapping): Promise<void> {
  const kept = {
    header_hash: headerHash(named.columns),
    mapping: printJson(named.mapping),
    created_at: named.now,
  }
  await trx
    .insertInto('field_mapping')
    .values({ project_id: named.projectId, id: newId(), name: named.name, ...kept })
    .onConflict((conflict) => conflict.columns(['project_id', 'name']).doUpdateSet(kept))
    .execute()
}

export interface SavedMapping {
  id: string
  name: string
}

/** The mappings kept for a header, the newest first. */
export const listMappingsFor = (
  db: Queries,
  projectId: string,
  columns: readonly string[],
): Promise<SavedMapping[]> =>
  db
    .selectFrom('field_mapping')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .where('header_hash', '=', headerHash(columns))
    .orderBy('created_at', 'desc')
    .orderBy('name')
    .execute()

/**
 * A kept mapping for a file's columns: names of columns are written as the file writes them.
 * Undefined where there is none of that id, or it was kept for another header.
 */
export async function findMappingFor(
  db: Queries,
  { projectId, id, columns }: { projectId: string; id: string; columns: readonly string[] },
): Promise<{ name: string; mapping: FieldMapping } | undefined> {
  const row = await db
    .selectFrom('field_mapping')
    .select(['name', 'mapping', 'header_hash'])
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (row?.header_hash !== headerHash(columns)) return undefined
  const mapping = fieldMappingSchema.parse(JSON.parse(row.mapping))
  return { name: row.name, mapping: { ...mapping, columns: asWritten(mapping.columns, columns) } }
}

function asWritten(
  mapped: Record<string, string>,
  columns: readonly string[],
): Record<string, string> {
  const written = new Map(columns.map((name) => [name.trim().toLowerCase(), name]))
  return Object.fromEntries(
    Object.entries(mapped).map(([field, column]) => [
      field,
      columns.includes(column) ? column : (written.get(column.trim().toLowerCase()) ?? column),
    ]),
  )
}
