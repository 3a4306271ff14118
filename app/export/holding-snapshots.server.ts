/** In: a prompt. Out: the snapshots that hold rows of it, and which withdrawn judgments those count. */
import { sha256 } from '#app/base/hash.server.ts'
import type { Queries } from '#db/schema.ts'
import { indexedFolder, type Stored } from './indexed-folder.server.ts'
import type { Manifest } from './manifest.ts'
import { entriesFrom } from './snapshot-rows.server.ts'

export interface HoldingSnapshot {
  datasetId: string
  dataset: string
  snapshotId: string
  number: number
  rows: number
  isDeprecated: boolean
  /** Raters whose withdrawn judgment a row of it counts. */
  withdrawnRaters: string[]
}

/** The newest are looked into; older ones can be found by their own pages. */
const mostSnapshots = 200

export async function findHoldingSnapshots(
  db: Queries,
  { projectId, promptId, ...stored }: Stored & { projectId: string; promptId: string },
): Promise<HoldingSnapshot[]> {
  const prompt = await db
    .selectFrom('prompt')
    .select('fingerprint')
    .where('project_id', '=', projectId)
    .where('id', '=', promptId)
    .executeTakeFirst()
  if (!prompt) return []
  const snapshots = await readySnapshots(db, projectId)
  const withdrawn = await withdrawnRaters(db, projectId, promptId)
  const found: HoldingSnapshot[] = []
  for (const snapshot of snapshots) {
    const folder = await indexedFolder(stored, { projectId, snapshotId: snapshot.id })
    const entries = await entriesFrom(folder, prompt.fingerprint.slice(0, 16))
    if (entries.length === 0) continue
    const named = new Set(entries.flatMap(({ raters }) => raters))
    const policy = await policyOf(db, projectId, snapshot.id)
    const shownAs = (rater: string) =>
      policy.raters === 'renamed' ? sha256(`${policy.splits.seed}|${rater}`).slice(0, 10) : rater
    found.push({
      datasetId: snapshot.dataset_id,
      dataset: snapshot.name,
      snapshotId: snapshot.id,
      number: snapshot.number,
      rows: entries.length,
      isDeprecated: snapshot.deprecated_at !== null,
      withdrawnRaters: withdrawn
        .filter(({ since }) => since > snapshot.created_at)
        .map(({ rater }) => rater)
        .filter((rater) => policy.raters === 'left out' || named.has(shownAs(rater))),
    })
  }
  return found
}

/** Manifests may be long: only those of snapshots that hold the prompt are read. */
async function policyOf(db: Queries, projectId: string, id: string): Promise<Manifest['policy']> {
  const { manifest } = await db
    .selectFrom('snapshot')
    .select('manifest')
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return (JSON.parse(manifest ?? '{}') as Manifest).policy
}

const readySnapshots = (db: Queries, projectId: string) =>
  db
    .selectFrom('snapshot')
    .innerJoin('dataset', (join) =>
      join
        .onRef('dataset.project_id', '=', 'snapshot.project_id')
        .onRef('dataset.id', '=', 'snapshot.dataset_id'),
    )
    .select([
      'snapshot.id',
      'snapshot.number',
      'snapshot.dataset_id',
      'snapshot.deprecated_at',
      'snapshot.created_at',
      'dataset.name',
    ])
    .where('snapshot.project_id', '=', projectId)
    .where('snapshot.status', '=', 'ready')
    .orderBy('snapshot.id', 'desc')
    .limit(mostSnapshots)
    .execute()

async function withdrawnRaters(
  db: Queries,
  projectId: string,
  promptId: string,
): Promise<{ rater: string; since: number }[]> {
  const rows = await db
    .selectFrom('task')
    .innerJoin('judgment', (join) =>
      join
        .onRef('judgment.project_id', '=', 'task.project_id')
        .onRef('judgment.task_id', '=', 'task.id'),
    )
    .innerJoin('rater', (join) =>
      join
        .onRef('rater.project_id', '=', 'judgment.project_id')
        .onRef('rater.id', '=', 'judgment.rater_id'),
    )
    .select(['rater.pseudonym', 'judgment.withdrawn_at'])
    .where('task.project_id', '=', projectId)
    .where('task.prompt_id', '=', promptId)
    .where('judgment.withdrawn_at', 'is not', null)
    .orderBy('rater.pseudonym')
    .execute()
  return rows.map((row) => ({ rater: row.pseudonym, since: row.withdrawn_at ?? 0 }))
}
