/** In: what languages prompts are in and raters judge in. Out: which slots are for whom. */
import { z } from 'zod'
import { groupsOf } from '#db/pages.ts'
import type { Queries } from '#db/schema.ts'

const codesSchema = z.array(z.string())

/** The languages that a rater judges in. */
export async function raterLanguages(
  db: Queries,
  { projectId, raterId }: { projectId: string; raterId: string },
): Promise<string[]> {
  const row = await db
    .selectFrom('rater')
    .select('languages')
    .where('project_id', '=', projectId)
    .where('id', '=', raterId)
    .executeTakeFirst()
  return readCodes(row?.languages ?? '[]')
}

/** Languages or groups as a rater's row holds them. */
export const readCodes = (text: string): string[] =>
  text === '[]' ? [] : codesSchema.parse(JSON.parse(text))

/** The languages of some prompts, where they are known. */
export async function promptLanguages(
  db: Queries,
  projectId: string,
  promptIds: readonly string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const some of groupsOf([...new Set(promptIds)], 1_000)) {
    const rows = await db
      .selectFrom('prompt')
      .select(['id', 'language'])
      .where('project_id', '=', projectId)
      .where('id', 'in', some)
      .where('language', 'is not', null)
      .execute()
    for (const { id, language } of rows) found.set(id, language ?? '')
  }
  return found
}

/**
 * The rank of some prompts: the place of the first of their tags in the order that a lead gave;
 * after all of these where they have none.
 */
export async function promptRanks(
  db: Queries,
  projectId: string,
  { promptIds, tags }: { promptIds: readonly string[]; tags: readonly string[] },
): Promise<Map<string, number>> {
  const ranks = new Map<string, number>()
  for (const some of groupsOf([...new Set(promptIds)], 1_000)) {
    const rows = await db
      .selectFrom('prompt_tag')
      .select(['prompt_id', 'tag'])
      .where('project_id', '=', projectId)
      .where('prompt_id', 'in', some)
      .where('tag', 'in', tags)
      .execute()
    for (const { prompt_id, tag } of rows) {
      const rank = tags.indexOf(tag)
      ranks.set(prompt_id, Math.min(rank, ranks.get(prompt_id) ?? rank))
    }
  }
  return ranks
}
