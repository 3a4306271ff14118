import type { LoaderFunctionArgs } from '@remix-run/node'
import { requireApiRole } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { problemOf } from '#app/import/import-record.ts'
import { askGate, GateProblem } from '#app/measure/gate.server.ts'
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
  try {
    const answer = await askGate(args.context.db.read, { projectId: project.id, ...asked.data })
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  } catch (error) {
    if (error instanceof GateProblem) return apiProblem(404, 'Not found', error.message)
    throw error
  }
}
