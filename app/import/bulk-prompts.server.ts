/** In: prompts and what to do to them. Out: the same prompts tagged or archived, and who did it. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { insertAudit } from '#app/access/audit.server.ts'
import { oneOf } from '#db/dialects/portable.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { groupsOf } from '#db/pages.ts'
import type { Tx } from '#db/schema.ts'
import { mostChanged, type PromptChange } from './prompt-change.ts'
import type { PromptPage } from './prompt-pages.server.ts'
import type { PromptSearch } from './prompt-search.ts'

const promptsATransaction = 200
const promptsARead = 500

interface ChangePrompts {
  projectId: string
  ids: readonly string[]
  change: PromptChange
  actor: string
  now: number
}

/**
 * Changes prompts, a group a transaction, each with its own entry in the audit log, so that what is
 * noted is what was done wherever it ends. Gives how many were changed: the rest were so already.
 */
export async function changePrompts(
  db: Db,
  { projectId, ids, change, actor, now }: ChangePrompts,
): Promise<number> {
  let changed = 0
  for (const group of groupsOf([...new Set(ids)].sort(), promptsATransaction)) {
    changed += await inTransaction(db, async (trx) => {
      const prompts = await apply[change.intent](trx, { projectId, ids: group, change, now })
      if (prompts.length === 0) return 0
      await insertAudit(trx, {
        projectId,
        actor,
        action: actions[change.intent],
        subject: prompts.length === 1 ? (prompts[0] ?? '') : 'prompts',
        detail: { ...('tag' in change ? { tag: change.tag } : {}), prompts },
        now,
      })
      return prompts.length
    })
    await nextTurn()
  }
  return changed
}

const actions: Record<PromptChange['intent'], string> = {
  'add-tag': 'prompts tagged',
  'remove-tag': 'prompts untagged',
  archive: 'prompts archived',
  unarchive: 'prompts unarchived',
}

interface Group {
  projectId: string
  ids: readonly string[]
  change: PromptChange
  now: number
}

/** Each gives the prompts that were not so before. */
const apply: Record<PromptChange['intent'], (trx: Tx, group: Group) => Promise<string[]>> = {
  'add-tag': addTag,
  'remove-tag': removeTag,
  archive: (trx, group) => setArchived(trx, group, group.now),
  unarchive: (trx, group) => setArchived(trx, group, null),
}

const tagOf = (change: PromptChange): string => ('tag' in change ? change.tag : '')

async function addTag(trx: Tx, { projectId, ids, change }: Group): Promise<string[]> {
  const known = await trx
    .selectFrom('prompt')
    .select('id')
    .where('project_id', '=', projectId)
    .where(oneOf(trx, 'id', ids))
    .orderBy('id')
    .execute()
  if (known.length === 0) return []
  const rows = await trx
    .insertInto('prompt_tag')
    .values(known.map(({ id }) => ({ project_id: projectId, prompt_id: id, tag: tagOf(change) })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('prompt_id')
    .execute()
  return rows.map(({ prompt_id }) => prompt_id)
}

async function removeTag(trx: Tx, { projectId, ids, change }: Group): Promise<string[]> {
  const rows = await trx
    .deleteFrom('prompt_tag')
    .where('project_id', '=', projectId)
    .where('tag', '=', tagOf(change))
    .where(oneOf(trx, 'prompt_id', ids))
    .returning('prompt_id')
    .execute()
  return rows.map(({ prompt_id }) => prompt_id)
}

async function setArchived(
  trx: Tx,
  { projectId, ids }: Group,
  archivedAt: number | null,
): Promise<string[]> {
  const rows = await trx
    .updateTable('prompt')
    .set({ archived_at: archivedAt })
    .where('project_id', '=', projectId)
    .where(oneOf(trx, 'id', ids))
    .where('archived_at', archivedAt === null ? 'is not' : 'is', null)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The prompts that a search finds, up to as many as can be changed at once. */
export async function idsThatMatch(
  promptPage: (asked: { search: PromptSearch; limit: number }) => Promise<PromptPage>,
  search: PromptSearch,
): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  for (;;) {
    const limit = Math.min(promptsARead, mostChanged - ids.length)
    const page = await promptPage({ search: { ...search, after }, limit })
    ids.push(...page.rows.map((row) => row.id))
    if (page.next === null || ids.length >= mostChanged) return ids
    after = page.next
  }
}
