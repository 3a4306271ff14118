/** In: a request under `/api/v1`. Out: its answer in JSON, or a problem document; never a page. */
import type { AppLoadContext } from '@remix-run/node'
import { type ApiCaller, requireApiRole } from '../guards.server.ts'
import { apiProblem } from '../problems.ts'
import { jsonAnswer } from './answer.server.ts'
import { matchOperation } from './match.ts'
import { openApiDocument } from './openapi.ts'
import { apiRoot, type Operation } from './operation.ts'
import { operations } from './operations.server.ts'
import { type RateTaken, sayLimit } from './rate-limit.server.ts'
import { throwRestAway } from './request-body.server.ts'

interface Asked {
  request: Request
  context: AppLoadContext
}

let document: ReturnType<typeof openApiDocument> | undefined

/** Where the description of the API stands; it is open to everybody. */
const documentPath = '/openapi.json'

/** Answers a request; whatever is wrong is answered as a problem. */
export async function serveApi(asked: Asked): Promise<Response> {
  const response = await answeredAnyhow(asked)
  if (response.status >= 400) await throwRestAway(asked.request, response)
  return response
}

/** What fails unexpectedly is logged and answered as a problem as well. */
async function answeredAnyhow({ request, context }: Asked): Promise<Response> {
  try {
    return await answered({ request, context })
  } catch (error) {
    if (error instanceof Response) return error
    if (!context.signal.aborted) {
      console.error(`${request.method} ${new URL(request.url).pathname} failed:`, error)
    }
    return apiProblem(500, 'Something went wrong on our side', 'It was noted in the log.')
  }
}

async function answered({ request, context }: Asked): Promise<Response> {
  const path = new URL(request.url).pathname.slice(apiRoot.length)
  if (path === documentPath) return answerDocument(request)
  const match = matchOperation(operations, { method: request.method, path })
  if (match.kind === 'nothing') {
    throw apiProblem(404, 'No such address', `See ${apiRoot}${documentPath} for all there are.`)
  }
  if (match.kind === 'method') throw wrongMethod(match.allowed)
  return answerCall({ request, context }, match)
}

function answerDocument(request: Request): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw wrongMethod(['GET'])
  document ??= openApiDocument(operations)
  return jsonAnswer(request, document, { caching: 'no-cache' })
}

function wrongMethod(allowed: readonly string[]): Response {
  const detail = `This address takes ${allowed.join(' and ')}.`
  const problem = apiProblem(405, 'Not possible', detail)
  problem.headers.set(
    'Allow',
    allowed.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : one)).join(', '),
  )
  return problem
}

/** Counts the call, then has it answered; whatever comes out says how many calls are left. */
async function answerCall(
  { request, context }: Asked,
  { operation, params }: { operation: Operation; params: Record<string, string> },
): Promise<Response> {
  const caller = await callerOf({ request, context }, { operation, params })
  const isRefused = caller instanceof Response
  const counted = isRefused ? `address ${context.address}` : caller.actor
  const taken = await context.apiLimit.take(counted)
  const response = taken.isOver
    ? tooMany(taken)
    : isRefused
      ? caller
      : await run({ request, context }, { operation, params, caller })
  sayLimit(response.headers, taken)
  return response
}

const tooMany = ({ limit, reset }: RateTaken): Response =>
  apiProblem(429, 'Too many requests', `${limit} a minute are taken; try again in ${reset} s.`)

/** Who asks, or the problem that is the answer. */
async function callerOf(
  asked: Asked,
  { operation, params }: { operation: Operation; params: Record<string, string> },
): Promise<ApiCaller | Response> {
  try {
    return await requireApiRole({ ...asked, params }, operation.permission)
  } catch (error) {
    if (error instanceof Response) return error
    throw error
  }
}

async function run(
  { request, context }: Asked,
  {
    operation,
    params,
    caller,
  }: { operation: Operation; params: Record<string, string>; caller: ApiCaller },
): Promise<Response> {
  const { project: _, ...own } = params
  try {
    const call = { caller, context, request, url: new URL(request.url), params: own }
    const { status } = operation.response
    return jsonAnswer(request, await operation.run(call), { status })
  } catch (error) {
    if (error instanceof Response) return error
    throw error
  }
}
