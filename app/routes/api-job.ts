import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireApiRole } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { findJob } from '#app/jobs/jobs.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireApiRole(args, 'see-data')
  const job = await findJob(args.context.db.read, project.id, args.params.job ?? '')
  if (!job) return apiProblem(404, 'No such job', 'It is not a job of this project.')
  return Response.json({
    ...job,
    result: job.result === null ? null : (JSON.parse(job.result) as unknown),
  })
}
