/** In: responses. Out: what a log said of each beside its words, as the fields of a Rubrica line. */
import { sha256 } from '#app/base/hash.server.ts'
import { responseKeyOf } from '#app/import/fingerprint.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import type { ResponseFacts } from './judged-task.ts'

const selectResponses = (db: Queries, projectId: string, ids: readonly string[]) =>
  db
    .selectFrom('response')
    .select([
      'id',
      'fingerprint',
      'messages',
      'sample',
      'rendered',
      'context',
      'tools',
      'finish_reason',
      'usage',
      'latency_ms',
      'cost',
      'trace',
      'metadata',
      'answered_at',
    ])
    .where('project_id', '=', projectId)
    .where(oneOf(db, 'id', ids))
    .execute()

type Row = Awaited<ReturnType<typeof selectResponses>>[number]

/** The facts of some responses by id. */
export async function responseFacts(
  db: Queries,
  projectId: string,
  ids: readonly string[],
): Promise<Map<string, ResponseFacts>> {
  if (ids.length === 0) return new Map()
  const rows = await selectResponses(db, projectId, ids)
  return new Map(rows.map((row) => [row.id, factsOf(row)]))
}

function factsOf(row: Row): ResponseFacts {
  const wordsOf = (sample: number | null) =>
    sha256(responseKeyOf(row.messages, { sample, repeatOf: null }))
  const isWithoutSample = row.fingerprint === wordsOf(null)
  const isNumbered = !isWithoutSample && row.fingerprint === wordsOf(row.sample)
  const fields = {
    sample: isNumbered || row.sample > 0 ? row.sample : null,
    rendered: parsed(row.rendered),
    context: parsed(row.context),
    tools: parsed(row.tools),
    finish_reason: row.finish_reason,
    usage: parsed(row.usage),
    latency_ms: row.latency_ms,
    cost: row.cost,
    trace: parsed(row.trace),
    metadata: row.metadata === '{}' ? null : parsed(row.metadata),
    created_at: row.answered_at === null ? null : new Date(row.answered_at).toISOString(),
  }
  const known = Object.entries(fields).filter(([, value]) => value !== null)
  return {
    fields: Object.fromEntries(known),
    // Imports tell two answers of the same words apart by which came first.
    saysTheSame: !isWithoutSample && !isNumbered,
  }
}

// What the database holds was parsed when it came in.
const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text))
