/**
 * The OTLP/HTTP receiver: an OpenTelemetry SDK that is pointed here, with a project's token, sends its
 * model calls as they happen. JSON or protobuf, gzip or plain.
 */
import express, { type Request, type RequestHandler, type Response } from 'express'
import { findTokenOwner, markTokenUsed } from '#app/access/api-tokens.server.ts'
import { mayDo } from '#app/access/roles.ts'
import { parseExactJson } from '#app/base/exact-json.ts'
import { keepLiveRows } from '#app/import/live-records.server.ts'
import { askForPreparation } from '#app/import/preparation.server.ts'
import type { Row } from '#app/import/reader.ts'
import { otlpTraces } from '#app/import/readers/otlp-traces.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import type { AppContext } from './context.ts'
import {
  decodeTraceRequest,
  encodeStatus,
  encodeTraceResponse,
  type PartialSuccess,
} from './otlp-messages.ts'

type Shared = Pick<AppContext, 'db' | 'now'>

const mostBytes = 16 * 1024 * 1024
const protobufType = 'application/x-protobuf'
const tokenUseMs = 60_000
/** What the reader says of a trace without model calls, which is taken and passed over. */
const nothingToRate = 'no model call in it'

/** Reads the body, unpacked, whatever its type. */
export const otlpBody: RequestHandler = express.raw({ type: () => true, limit: mostBytes })

/** Takes the spans of one export. */
export const receiveTraces =
  (shared: Shared): RequestHandler =>
  (request, response, next) => {
    receive(shared, request, response).catch(next)
  }

async function receive(shared: Shared, request: Request, response: Response): Promise<void> {
  const isProtobuf = (request.headers['content-type'] ?? '').startsWith(protobufType)
  const answer = answerer(response, isProtobuf)
  const owner = await ownerOf(shared, request)
  if (!owner) {
    answer.refuse(401, 'Send a token of a project: "Authorization: Bearer rbr_…".')
    return
  }
  if (!mayDo({ roles: [owner.role], isAdmin: false }, 'import')) {
    answer.refuse(403, 'This needs a token of an engineer or a lead.')
    return
  }
  const decoded = decode(request.body, isProtobuf)
  if (typeof decoded === 'string') {
    answer.refuse(400, decoded)
    return
  }
  const { resourceSpans } = decoded
  const rows: Row[] = Array.isArray(resourceSpans)
    ? resourceSpans.map((one: unknown) => ({ resourceSpans: [one] }))
    : []
  const now = shared.now()
  const { refusals } = await keepLiveRows(shared.db, recordJudgments, {
    projectId: owner.project_id,
    source: 'otlp',
    reader: otlpTraces,
    rows,
    actor: `token ${owner.id}`,
    now,
  })
  await askForPreparation(shared.db, owner.project_id, now)
  const rejected = refusals.filter(({ reason }) => reason !== nothingToRate)
  answer.take(
    rejected.length === 0
      ? undefined
      : {
          rejectedSpans: rejected.length,
          errorMessage: [...new Set(rejected.map(({ reason }) => reason))].slice(0, 5).join('; '),
        },
  )
}

async function ownerOf({ db, now }: Shared, request: Request) {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const owner = token === undefined ? undefined : await findTokenOwner(db.read, token)
  if (!owner) return undefined
  if ((owner.last_used_at ?? 0) < now() - tokenUseMs) {
    await markTokenUsed(db.write, { projectId: owner.project_id, id: owner.id, now: now() })
  }
  return owner
}

function decode(body: unknown, isProtobuf: boolean): Record<string, unknown> | string {
  if (!Buffer.isBuffer(body)) return 'The body is empty.'
  if (isProtobuf) {
    try {
      return decodeTraceRequest(body)
    } catch {
      return 'The body is not an ExportTraceServiceRequest in protobuf.'
    }
  }
  const parsed = parseExactJson(body.toString('utf8'))
  if (!parsed.ok) return `The body is not OTLP in JSON: ${parsed.reason}.`
  const { value } = parsed
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : 'The body is not one JSON object.'
}

/** Answers in the encoding of the request, as the protocol asks. */
const answerer = (response: Response, isProtobuf: boolean) => ({
  take: (partial: PartialSuccess | undefined) => {
    if (isProtobuf) {
      response
        .status(200)
        .type(protobufType)
        .send(Buffer.from(encodeTraceResponse(partial)))
      return
    }
    const told = partial && { ...partial, rejectedSpans: String(partial.rejectedSpans) }
    response.status(200).json(told ? { partialSuccess: told } : {})
  },
  refuse: (status: number, message: string) => {
    if (isProtobuf) {
      response
        .status(status)
        .type(protobufType)
        .send(Buffer.from(encodeStatus(message)))
      return
    }
    response.status(status).json({ code: 3, message })
  },
})
