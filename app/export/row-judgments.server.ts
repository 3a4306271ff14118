/** In: a row of a snapshot. Out: the tasks behind it, with everything that was said on them. */
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries } from '#db/schema.ts'
import type { JudgedPrompt } from './judged-task.ts'
import { walkJudgedPrompts } from './judged-tasks.server.ts'
import type { IndexEntry } from './row-index.ts'

export interface RowJudgments {
  promptId: string
  prompt: JudgedPrompt
}

/** The prompt of a row with the tasks that the row was made of; undefined where it is gone. */
export async function findRowJudgments(
  db: Queries,
  projectId: string,
  { id, tasks }: Pick<IndexEntry, 'id' | 'tasks'>,
): Promise<RowJudgments | undefined> {
  const only = id.split('-')[0] ?? ''
  const found = await db
    .selectFrom('prompt')
    .select('id')
    .where('project_id', '=', projectId)
    .where('fingerprint', '>=', only)
    .where('fingerprint', '<', `${only}g`)
    .executeTakeFirst()
  if (!found) return undefined
  const campaigns = await listCampaigns(db, projectId)
  const walk = walkJudgedPrompts(db, {
    projectId,
    campaignIds: campaigns.map((campaign) => campaign.id),
    redacted: findingKindsIn((await findRedaction(db, projectId)).kinds),
    withHistory: true,
    only,
  })
  for await (const prompt of walk) {
    const own = prompt.tasks.filter((task) => tasks.includes(task.id))
    return { promptId: found.id, prompt: { ...prompt, tasks: own } }
  }
  return undefined
}
