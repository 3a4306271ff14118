/** In: a project. Out: what its prompts can be filtered by, with how many have each. */
import type { Queries } from '#db/schema.ts'
import { countFindings, countUnprepared } from './preparation.server.ts'
import { listTags } from './prompts.server.ts'

export interface PromptFacets {
  tags: { tag: string; prompts: number }[]
  findings: { kind: string; prompts: number; times: number }[]
  /** How many prompts nobody has looked through yet. */
  unprepared: number
}

/** Reads through indexes of a whole project: for a reader thread, not for the event loop. */
export async function findPromptFacets(db: Queries, projectId: string): Promise<PromptFacets> {
  const findings = await countFindings(db, projectId)
  return {
    tags: await listTags(db, projectId),
    findings: findings.map(({ kind, prompts, times }) => ({ kind, prompts, times: Number(times) })),
    unprepared: await countUnprepared(db, projectId),
  }
}

/** The languages of a project's prompts. No index holds them: every prompt is looked at. */
export async function listLanguages(db: Queries, projectId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('prompt')
    .select('language')
    .distinct()
    .where('project_id', '=', projectId)
    .where('language', 'is not', null)
    .execute()
  return rows.flatMap(({ language }) => language ?? []).sort()
}
