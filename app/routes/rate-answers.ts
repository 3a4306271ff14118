/** Where a rater's page sends answers and gets tasks. Claims happen here and never in a loader. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { mayDo } from '#app/access/roles.ts'
import { findPerson, membership } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { problemOf } from '#app/import/import-record.ts'
import { answerDesk, deskMessageSchema } from '#app/rate/rater-desk.server.ts'

export const loader = () => {
  throw apiProblem(405, 'Not possible', 'Answers are sent with POST.')
}

export async function action(args: ActionFunctionArgs) {
  const { context, params, request } = args
  const person = await findPerson(args)
  if (!person)
    return apiProblem(401, 'Signed out', 'Sign in again; your answers wait on this device.')
  const found = await membership(context, params.project ?? '', person)
  if (!found) return apiProblem(404, 'No such project', 'It is not there, or not yours.')
  if (!mayDo({ roles: found.roles, isAdmin: person.isAdmin }, 'rate')) {
    return apiProblem(403, 'Not allowed', 'Rating is for annotators.')
  }
  const message = deskMessageSchema.safeParse(await request.json().catch(() => null))
  if (!message.success) {
    const { field, reason } = problemOf(message.error)
    return apiProblem(400, 'Not understood', field ? `${field}: ${reason}` : reason)
  }
  const reply = await answerDesk(
    {
      db: context.db,
      projectId: found.project.id,
      campaignId: params.campaign ?? '',
      personId: person.id,
      now: context.now(),
      random: context.random,
    },
    message.data,
  )
  if (!reply) return apiProblem(404, 'No such campaign', 'It is not there, or not open to you.')
  return Response.json(reply, { headers: { 'Cache-Control': 'no-store' } })
}
