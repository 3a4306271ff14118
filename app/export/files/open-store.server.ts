/** In: what the configuration says of snapshots. Out: the store that they are kept in. */
import { localStore } from './local-store.server.ts'
import type { SnapshotStore } from './snapshot-store.ts'

/** Opens the store of a site; the SDK of S3 is loaded only where it is needed. */
export async function openStore({
  dataDir,
  snapshotBucket,
}: {
  dataDir: string
  snapshotBucket: { bucket: string; prefix: string; endpoint: string | null } | null
}): Promise<SnapshotStore> {
  if (snapshotBucket === null) return localStore(dataDir)
  const { s3Store } = await import('./s3-store.server.ts')
  return s3Store(snapshotBucket)
}
