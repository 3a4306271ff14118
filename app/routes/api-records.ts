/** Scripts send single records as they come; a named request is done once however often it is sent. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { requireApiRole } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { findRepeat, keepLiveRows, rememberAnswer } from '#app/import/live-records.server.ts'
import { parsePosted } from '#app/import/posted-records.ts'
import { askForPreparation } from '#app/import/preparation.server.ts'
import { findReader } from '#app/import/readers.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'

const mostBytes = 16 * 1024 * 1024

export const loader = () => {
  throw apiProblem(405, 'Not possible', 'Send the records with POST.')
}

export async function action(args: ActionFunctionArgs) {
  const { project, actor } = await requireApiRole(args, 'import')
  const { context, request } = args
  if (request.method !== 'POST') throw loader()
  const asked = new URL(request.url).searchParams
  const format = asked.get('format') ?? 'rubrica'
  const reader = findReader(format)
  if (!reader) return apiProblem(400, 'Unknown format', `No format is called "${format}".`)
  const body = await textWithin(request, mostBytes)
  if (body === null) {
    return apiProblem(413, 'Too large', 'Send at most 16 MB at once, or a file to …/imports.')
  }
  const key = request.headers.get('Idempotency-Key')
  const now = context.now()
  const named = key === null ? undefined : { projectId: project.id, key, body }
  const repeat = named ? await findRepeat(context.db.read, named) : { kind: 'new' as const }
  if (repeat.kind === 'same') return Response.json(repeat.answer)
  if (repeat.kind === 'other') {
    const detail = `The Idempotency-Key "${key}" was used for other records; give each request its own.`
    return apiProblem(422, 'Key used twice', detail)
  }
  const posted = parsePosted(body)
  if (!posted.ok) return apiProblem(400, 'Not readable', posted.reason)
  const source = asked.get('source') ?? 'default'
  const live = { projectId: project.id, source, reader, rows: posted.rows, actor, now }
  const { counts, refusals } = await keepLiveRows(context.db, recordJudgments, live)
  await askForPreparation(context.db, project.id, now)
  const answer = { ...counts, refusals }
  if (named) await rememberAnswer(context.db, { ...named, answer, now })
  return Response.json(answer)
}

/** The body as text, or null where it is longer than that. */
async function textWithin(request: Request, most: number): Promise<string | null> {
  if (Number(request.headers.get('Content-Length') ?? 0) > most) return null
  const parts: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > most) {
      await reader.cancel()
      return null
    }
    parts.push(value)
  }
  return Buffer.concat(parts).toString('utf8')
}
