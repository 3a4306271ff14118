/** In: prompts and responses. Out: the import, the file and the line that each came from. */
import { z } from 'zod'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { receivedFileSchema } from './import-options.ts'

export interface ImportName {
  id: string
  name: string
  source: string
  at: number
}

const namesOf = (files: string): string[] =>
  z
    .array(receivedFileSchema)
    .parse(JSON.parse(files))
    .map((file) => file.name)

const mostListed = 300

/** The newest imports of a project by the names of their files. */
export async function listImportNames(db: Queries, projectId: string): Promise<ImportName[]> {
  const rows = await db
    .selectFrom('import_batch')
    .select(['id', 'files', 'source', 'created_at'])
    .where('project_id', '=', projectId)
    .where('status', '!=', 'cancelled')
    .orderBy('id', 'desc')
    .limit(mostListed)
    .execute()
  return rows.map(({ id, files, source, created_at }) => ({
    id,
    name: namesOf(files).join(', ') || 'without a file',
    source,
    at: created_at,
  }))
}

/** Where something lies, as its row says. */
export interface Origin {
  batch_id: string | null
  source_ordinal: number | null
  source_line: number | null
}

export interface Lineage {
  batchId: string
  source: string
  importedAt: number
  /** The plain file, within its archive where it came in one. */
  file: string | null
  line: number | null
}

/** Looks up where some rows came from, in their order; null for what no import brought. */
export async function lineagesOf(
  db: Queries,
  projectId: string,
  origins: readonly Origin[],
): Promise<(Lineage | null)[]> {
  const ids = [...new Set(origins.flatMap(({ batch_id }) => batch_id ?? []))]
  const rows = await db
    .selectFrom('import_batch')
    .select(['id', 'files', 'sources', 'source', 'created_at'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', ids))
    .execute()
  const batches = new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        files: namesOf(row.files),
        sources: z.array(z.string()).parse(JSON.parse(row.sources)),
      },
    ]),
  )
  return origins.map(({ batch_id, source_ordinal, source_line }) => {
    const batch = batches.get(batch_id ?? '')
    if (!batch) return null
    const named = source_ordinal === null ? undefined : batch.sources[source_ordinal]
    const only = batch.files.length === 1 ? batch.files[0] : undefined
    return {
      batchId: batch.id,
      source: batch.source,
      importedAt: batch.created_at,
      file: named ?? only ?? null,
      line: source_line,
    }
  })
}

export interface ExternalName {
  source: string
  id: string
}

/** What other systems call some prompts or responses. */
export async function externalNames(
  db: Queries,
  projectId: string,
  targetIds: readonly string[],
): Promise<Map<string, ExternalName[]>> {
  const rows = await db
    .selectFrom('external_id')
    .select(['target_id', 'source', 'external_id'])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'target_id', targetIds))
    .orderBy('source')
    .orderBy('external_id')
    .limit(1_000)
    .execute()
  const names = new Map<string, ExternalName[]>()
  for (const { target_id, source, external_id } of rows) {
    names.set(target_id, [...(names.get(target_id) ?? []), { source, id: external_id }])
  }
  return names
}

const mostDuplicates = 50

/** The other prompts of a cluster of near-duplicates. */
export async function nearDuplicatesOf(
  db: Queries,
  projectId: string,
  { id, clusterId }: { id: string; clusterId: string | null },
): Promise<{ id: string; preview: string; prepared_at: number | null }[]> {
  if (clusterId === null) return []
  return db
    .selectFrom('prompt')
    .select(['id', 'preview', 'prepared_at'])
    .where('project_id', '=', projectId)
    .where('cluster_id', '=', clusterId)
    .where('id', '!=', id)
    .orderBy('id')
    .limit(mostDuplicates)
    .execute()
}
