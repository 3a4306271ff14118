import { printJson } from '#app/base/canonical-json.ts'
import { newId } from '#app/base/ids.ts'
import type { Tx } from '#db/schema.ts'

export interface AuditEntry {
  /** Null for what concerns the whole site. */
  projectId: string | null
  /** A person's id, `system` or `command line`. */
  actor: string
  action: string
  subject: string
  detail?: unknown
  now: number
}

/** Notes who did what, in the transaction that does it. */
export async function insertAudit(trx: Tx, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      project_id: entry.projectId ?? '',
      id: newId(),
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      detail: printJson(entry.detail ?? {}),
      created_at: entry.now,
    })
    .execute()
}
