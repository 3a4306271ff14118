/** How far a job is: what progress bars ask. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { findJob } from '#app/jobs/jobs.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'see-data')
  const job = await findJob(args.context.db.read, project.id, args.params.job ?? '')
  if (!job) throw notFound('job')
  return { job }
}
