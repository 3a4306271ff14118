/** In: what a project shall remove from its texts. Out: that policy, and who changed it from what. */
import { insertAudit } from '#app/access/audit.server.ts'
import { findRedactionToChange, saveRedaction } from '#app/projects/project-settings.server.ts'
import type { Tx } from '#db/schema.ts'
import { findingKindsIn } from './prepare/redact.ts'

interface ChangeRedaction {
  projectId: string
  /** All kinds that shall be removed from now on. */
  kinds: readonly string[]
  person: { id: string; isAdmin: boolean }
  now: number
}

export type RedactionChanged = 'changed' | 'unchanged' | 'not allowed'

/**
 * Changes what is removed from texts. Anybody who may import may remove more; only a site
 * administrator may bring back what was removed.
 */
export async function changeRedaction(
  trx: Tx,
  { projectId, kinds, person, now }: ChangeRedaction,
): Promise<RedactionChanged> {
  const after = [...findingKindsIn(kinds)]
  const { kinds: before } = await findRedactionToChange(trx, projectId)
  const isBroughtBack = before.some((kind) => !(after as string[]).includes(kind))
  if (isBroughtBack && !person.isAdmin) return 'not allowed'
  if (!isBroughtBack && before.length === after.length) return 'unchanged'
  await saveRedaction(trx, projectId, { kinds: after })
  await insertAudit(trx, {
    projectId,
    actor: person.id,
    action: 'redaction changed',
    subject: projectId,
    detail: { before, after },
    now,
  })
  return 'changed'
}
