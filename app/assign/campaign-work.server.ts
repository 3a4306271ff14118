/** In: a campaign. Out: the job that a lead waits for while its tasks are made. */
import { findNewestJobFor } from '#app/jobs/jobs.server.ts'
import type { Queries } from '#db/schema.ts'
import { chooseTasksKind, fitTasksKind, makeTasksKind } from './campaign-jobs.ts'

const kinds = [makeTasksKind, fitTasksKind, chooseTasksKind] as const
const isOpen = ({ status }: { status: string }) => status === 'queued' || status === 'running'

/**
 * The newest job that made, fitted or chose tasks of a campaign, one that is under way before one
 * that has ended, and what it does; null where there was none.
 */
export async function findCampaignWork(
  db: Queries,
  { projectId, campaignId }: { projectId: string; campaignId: string },
) {
  const found = await Promise.all(
    kinds.map(async (does) => {
      const job = await findNewestJobFor(db, projectId, does, campaignId)
      return job ? [{ job, does }] : []
    }),
  )
  const newest = found
    .flat()
    .sort(
      ({ job: a }, { job: b }) => Number(isOpen(b)) - Number(isOpen(a)) || (a.id < b.id ? 1 : -1),
    )
  return newest[0] ?? null
}
