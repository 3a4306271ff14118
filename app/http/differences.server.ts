/** In: two snapshots, wherever they are stored. Out: what changed from the one to the other. */
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import type { Differences, DifferencesAsked } from '#app/export/snapshot-differences.server.ts'
import type { AppContext } from './context.ts'

/** Fetches what is not here, then has a reader thread compare. */
export async function findDifferences(
  context: Pick<AppContext, 'dataDir' | 'snapshots' | 'slowReads'>,
  asked: Omit<DifferencesAsked, 'dataDir'>,
): Promise<Differences> {
  const { projectId, before, after } = asked
  for (const snapshotId of new Set([before, after])) {
    await indexedFolder(context, { projectId, snapshotId })
  }
  return context.slowReads.snapshotDifferences({ ...asked, dataDir: context.dataDir })
}
