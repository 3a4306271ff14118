/** How far a job is, which progress bars ask, and what people ask of it: to pause, to go on, to end. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { askOfJob, findJob, type JobRequest, jobRequests } from '#app/jobs/jobs.server.ts'
import { inTransaction } from '#db/open.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'see-data')
  const job = await findJob(args.context.db.read, project.id, args.params.job ?? '')
  if (!job) throw notFound('job')
  return Response.json({ job })
}

export async function action(args: ActionFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const { db, now } = args.context
  const found = await findJob(db.read, project.id, args.params.job ?? '')
  if (!found) throw notFound('job')
  const { request, from } = await readFields(args.request)
  if (!isRequest(request)) {
    const known = Object.keys(jobRequests).join(', ')
    return data({ error: `A job can be asked to: ${known}.` }, { status: 400 })
  }
  const job = { projectId: project.id, id: found.id }
  await inTransaction(db, (trx) => askOfJob(trx, job, { request, now: now() }))
  // A form that was sent without scripts says which page to show again.
  if (from?.startsWith(`/p/${project.slug}/`)) return redirect(from)
  return { job: await findJob(db.write, project.id, found.id) }
}

const isRequest = (word: string | undefined): word is JobRequest =>
  word !== undefined && Object.hasOwn(jobRequests, word)
