import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireApiRole } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { problemOf } from '#app/import/import-record.ts'
import { gateQuestionSchema } from '#app/measure/gate-question.ts'

/** Whether a model may take another's place, for pipelines that ship models and prompts. */
export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireApiRole(args, 'measure')
  const asked = gateQuestionSchema.safeParse(
    Object.fromEntries(new URL(args.request.url).searchParams),
  )
  if (!asked.success) {
    const { field, reason } = problemOf(asked.error)
    return apiProblem(400, 'Not understood', `${field}: ${reason}`)
  }
  const reply = await args.context.slowReads.gate({ projectId: project.id, ...asked.data })
  if ('problem' in reply) return apiProblem(404, 'Not found', reply.problem)
  return Response.json(reply.answer, { headers: { 'Cache-Control': 'no-store' } })
}
