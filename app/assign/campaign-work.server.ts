/** In: a campaign. Out: the job that a lead waits for while its tasks are made. */
import { findNewestJobFor } from '#app/jobs/jobs.server.ts'
import type { Queries } from '#db/schema.ts'
import { chooseTasksKind, fitTasksKind, makeTasksKind } from './campaign-jobs.ts'

const what: Record<string, string> = {
  [makeTasksKind]: 'Making tasks',
  [fitTasksKind]: 'Fitting tasks to the change',
  [chooseTasksKind]: 'Choosing the next tasks',
}
const isOpen = ({ status }: { status: string }) => status === 'queued' || status === 'running'

/**
 * The newest job that made, fitted or chose tasks of a campaign, one that is under way before one
 * that has ended, and what it does in words; null where there was none.
 */
export async function findCampaignWork(
  db: Queries,
  { projectId, campaignId }: { projectId: string; campaignId: string },
) {
  const found = await Promise.all(
    Object.keys(what).map((kind) => findNewestJobFor(db, projectId, kind, campaignId)),
  )
  const jobs = found.filter((job) => job !== undefined)
  const newest = jobs.sort(
    (a, b) => Number(isOpen(b)) - Number(isOpen(a)) || (a.id < b.id ? 1 : -1),
  )
  const [job] = newest
  return job ? { job, what: what[job.kind] ?? '' } : null
}
