/** What every loader and action is given beside the request. */
import type { SnapshotStore } from '#app/export/files/snapshot-store.ts'
import type { Db } from '#db/open.ts'
import type { RateLimit } from './api/rate-limit.server.ts'
import type { SlowReads } from './slow-reads.server.ts'

export interface AppContext {
  db: Db
  /** Reads that may take long, off the event loop. */
  slowReads: SlowReads
  now: () => number
  random: () => number
  dataDir: string
  /** Where the files of snapshots are. */
  snapshots: SnapshotStore
  /** Signs links that work without a sign-in. */
  siteKey: string
  mostUploadBytes: number
  /** How often each caller of the REST API may ask. */
  apiLimit: RateLimit
  /** For the content security policy. */
  nonce: string
  /** Aborted when the client is gone; `request.signal` is not to be trusted. */
  signal: AbortSignal
  /** Whether the page came over TLS, so that the cookie may say so. */
  isSecure: boolean
  /** Who is calling, as far as the network tells. */
  address: string
}

declare module '@remix-run/server-runtime' {
  interface AppLoadContext extends AppContext {}
}
