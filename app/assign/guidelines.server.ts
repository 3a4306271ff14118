/** The guidelines of a campaign: every version stays, for judgments note the one they were given under. */
import { locked } from '#db/dialects/portable.ts'
import type { Queries, Tx } from '#db/schema.ts'

export interface GuidelinesVersion {
  version: number
  text: string
  /** Who wrote it; null for what no person of the site made. */
  author: string | null
  created_at: number
}

const mostVersions = 100

/** The versions of a campaign's guidelines, the newest first. */
export const listGuidelines = (
  db: Queries,
  projectId: string,
  campaignId: string,
): Promise<GuidelinesVersion[]> =>
  db
    .selectFrom('guidelines')
    .leftJoin('person', 'person.id', 'guidelines.created_by')
    .select([
      'guidelines.version',
      'guidelines.text',
      'guidelines.created_at',
      'person.name as author',
    ])
    .where('guidelines.project_id', '=', projectId)
    .where('guidelines.campaign_id', '=', campaignId)
    .orderBy('guidelines.version', 'desc')
    .limit(mostVersions)
    .execute()

export type NewGuidelines =
  | { ok: true; version: number }
  /** Somebody wrote a newer version meanwhile, or nothing was changed. */
  | { ok: false; reason: string }

/** Writes the next version. The one it was written upon must still be the newest. */
export async function insertGuidelines(
  trx: Tx,
  options: {
    projectId: string
    campaignId: string
    text: string
    baseVersion: number
    createdBy: string
    now: number
  },
): Promise<NewGuidelines> {
  const { projectId, campaignId, text, baseVersion, createdBy, now } = options
  const campaign = await locked(
    trx,
    trx
      .selectFrom('campaign')
      .select('id')
      .where('project_id', '=', projectId)
      .where('id', '=', campaignId),
  ).executeTakeFirst()
  if (!campaign) return { ok: false, reason: 'There is no such campaign.' }
  const [newest] = await listGuidelines(trx, projectId, campaignId)
  const version = newest?.version ?? 0
  if (version !== baseVersion) {
    const reason = `Version ${version} was saved meanwhile. Yours is below; compare them, then save again.`
    return { ok: false, reason }
  }
  if (newest && newest.text === text) return { ok: false, reason: 'Nothing was changed.' }
  await trx
    .insertInto('guidelines')
    .values({
      project_id: projectId,
      campaign_id: campaignId,
      version: version + 1,
      text,
      created_by: createdBy,
      created_at: now,
    })
    .execute()
  return { ok: true, version: version + 1 }
}
