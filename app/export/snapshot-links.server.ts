/** Links to files of a snapshot that work without a sign-in, until they expire. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { insertAudit } from '#app/access/audit.server.ts'
import type { Project } from '#app/projects/projects.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { archivePath } from './snapshot-link.ts'

export interface LinkedFile {
  projectId: string
  snapshotId: string
  /** Within the snapshot; `archivePath` for all files as one archive. */
  path: string
}

/** The signature of a link: the HMAC-SHA256 over what it leads to and when it ends, in base64url. */
export const signLink = (
  key: string,
  { projectId, snapshotId, path }: LinkedFile,
  expires: string,
): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['snapshot link', projectId, snapshotId, path, expires]))
    .digest('base64url')

/** Whether a link may be followed. Only a link that was ours is told to be expired. */
export function checkLink(
  key: string,
  file: LinkedFile,
  { expires, signature, now }: { expires: string; signature: string; now: number },
): 'good' | 'expired' | 'wrong' {
  const given = Buffer.from(signature)
  const right = Buffer.from(signLink(key, file, expires))
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong'
  return Number(expires) * 1_000 > now ? 'good' : 'expired'
}

export interface NewLink {
  key: string
  project: Pick<Project, 'id' | 'slug'>
  snapshotId: string
  path: string
  minutes: number
  actor: string
  now: number
}

/** Makes a link and notes who did. Gives its address on this site, and when it ends in ms. */
export async function makeLink(
  db: Db,
  { key, project, snapshotId, path, minutes, actor, now }: NewLink,
): Promise<{ address: string; expiresAt: number }> {
  const expires = Math.floor(now / 1_000) + minutes * 60
  const file = { projectId: project.id, snapshotId, path }
  const query = `expires=${expires}&signature=${signLink(key, file, String(expires))}`
  const expiresAt = expires * 1_000
  await inTransaction(db, (trx) =>
    insertAudit(trx, {
      projectId: project.id,
      actor,
      action: 'snapshot link made',
      subject: snapshotId,
      detail: { path, expires_at: expiresAt },
      now,
    }),
  )
  return { address: `${addressOf(project.slug, snapshotId, path)}?${query}`, expiresAt }
}

function addressOf(slug: string, snapshotId: string, path: string): string {
  const base = `/files/${encodeURIComponent(slug)}/snapshots/${encodeURIComponent(snapshotId)}`
  if (path === archivePath) return base + archivePath
  return `${base}/${path.split('/').map(encodeURIComponent).join('/')}`
}
