/** In: prompts or responses with names made from their content. Out: the names that people know, where they may be told. */

import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { redact } from '#app/import/prepare/redact.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'

/**
 * The ids that people know, where they are unique in the project and hold nothing that is removed;
 * else the names that each has of its own.
 */
export async function withExternalNames(
  db: Queries,
  { projectId, redacted }: { projectId: string; redacted: ReadonlySet<FindingKind> },
  kind: 'prompt' | 'response',
  own: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const named = new Map(own)
  if (own.size === 0) return named
  const rows = await db
    .selectFrom('external_id')
    .select(['external_id', 'target_id'])
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .where(oneOf(db, 'target_id', [...own.keys()]))
    .orderBy('external_id', 'desc')
    .execute()
  const names = rows.map((row) => row.external_id)
  const shared = names.length === 0 ? new Set() : await sharedNames(db, projectId, kind, names)
  for (const row of rows) {
    const isTold = redacted.size > 0 && redact(row.external_id, redacted).count > 0
    if (!isTold && !shared.has(row.external_id)) named.set(row.target_id, row.external_id)
  }
  return named
}

/** External ids that several sources use for different things. */
async function sharedNames(
  db: Queries,
  projectId: string,
  kind: 'prompt' | 'response',
  names: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('external_id')
    .select('external_id')
    .where('project_id', '=', projectId)
    .where('kind', '=', kind)
    .where(oneOf(db, 'external_id', names))
    .groupBy('external_id')
    .having((eb) => eb.fn.count('target_id').distinct(), '>', 1)
    .execute()
  return new Set(rows.map((row) => row.external_id))
}
