import { z } from 'zod'
import { importCountsSchema } from '#app/import/import-options.ts'
import { keepLiveRows } from '#app/import/live-records.server.ts'
import { findRepeat, rememberAnswer } from '#app/import/named-requests.server.ts'
import { mostPosted, parsePosted } from '#app/import/posted-records.ts'
import { askForPreparation } from '#app/import/preparation.server.ts'
import { findReader } from '#app/import/readers.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { apiProblem } from '../problems.ts'
import { type Given, receiving } from './define.server.ts'
import type { Operation } from './operation.ts'
import { textWithin } from './request-body.server.ts'
import { keyUsedTwice, requestKey } from './request-key.ts'

const mostBytes = 16 * 1024 * 1024

const query = z.object({
  format: z.string().default('rubrica').describe('The name of the format of the records.'),
  source: z.string().default('default').describe('Ids of records are unique within a source.'),
})

const kept = importCountsSchema
  .extend({
    refusals: z.array(
      z.object({
        index: z.number().int().describe('The place of the record in the body, from 0.'),
        field: z.string(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'KeptRecords' })

type Kept = z.output<typeof kept>

async function receive({
  query: { format, source },
  projectId,
  caller,
  context,
  request,
}: Given<z.ZodObject, typeof query> & { request: Request }): Promise<Kept> {
  const reader = findReader(format)
  if (!reader) throw apiProblem(400, 'Unknown format', `No format is called "${format}".`)
  const body = await textWithin(request, mostBytes)
  if (body === null) {
    throw apiProblem(413, 'Too large', 'Send at most 16 MB at once, or a file to …/imports.')
  }
  const key = requestKey(request)
  const named = key === null ? undefined : { projectId, key, body }
  const repeat = named ? await findRepeat(context.db.read, named) : { kind: 'new' as const }
  if (repeat.kind === 'same') return repeat.answer as Kept
  if (repeat.kind === 'other') throw keyUsedTwice(key ?? '', 'other records')
  const posted = parsePosted(body)
  if (!posted.ok) throw apiProblem(400, 'Not readable', posted.reason)
  const now = context.now()
  const live = { projectId, source, reader, rows: posted.rows, actor: caller.actor, now }
  const { counts, refusals } = await keepLiveRows(context.db, recordJudgments, live)
  await askForPreparation(context.db, projectId, now)
  const answer = { ...counts, refusals }
  if (named) await rememberAnswer(context.db, { ...named, answer, now })
  return answer
}

export const recordOperations: readonly Operation[] = [
  receiving({
    id: 'createRecords',
    resource: 'Records',
    path: '/projects/:project/records',
    summary: 'Send prompts, responses and judgments as they come',
    description: `One JSON object, a list of them, or one a line; ${mostPosted} at most. What is not valid is refused by itself and named by its place. See docs/formats.md for the fields.`,
    permission: 'import',
    params: z.object({}),
    query,
    body: {
      types: ['application/json', 'application/x-ndjson'],
      description: 'The records.',
      example:
        '{"prompt": "Where is my parcel?", "responses": [{"model": "aurora", "content": "On its way."}]}',
    },
    response: { status: 200, description: 'What became of the records.', schema: kept },
    problems: {
      413: 'More than 16 MB at once.',
      422: 'The Idempotency-Key was used for other records.',
    },
    receive,
  }),
]
