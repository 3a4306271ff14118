/** Makes operations: each of these reads the request by the schemas, then has it answered. */
import type { AppLoadContext } from '@remix-run/node'
import type { z } from 'zod'
import { storable } from '#app/base/text.ts'
import { doOnce } from '#app/import/named-requests.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'
import type { ApiCaller } from '../guards.server.ts'
import { apiProblem } from '../problems.ts'
import type { ApiCall, Described, Operation } from './operation.ts'
import { parsed } from './parse.ts'
import { textWithin } from './request-body.server.ts'
import { keyUsedTwice, requestKey } from './request-key.ts'

interface Typed<Params extends z.ZodObject, Query extends z.ZodType, Answer extends z.ZodType>
  extends Omit<Described, 'method' | 'body' | 'isNamed'> {
  params: Params
  query: Query
  response: Described['response'] & { schema: Answer }
}

/** What an operation is given: all of it checked. */
export interface Given<Params extends z.ZodObject, Query extends z.ZodType> {
  params: z.output<Params>
  query: z.output<Query>
  projectId: string
  caller: ApiCaller
  context: AppLoadContext
  /** The address that was asked. */
  url: URL
}

function givenOf<Params extends z.ZodObject, Query extends z.ZodType>(
  { params, query }: { params: Params; query: Query },
  call: ApiCall,
): Given<Params, Query> {
  return {
    params: parsed(params, call.params, 'part of the address'),
    query: parsed(query, Object.fromEntries(call.url.searchParams), 'parameter'),
    projectId: call.caller.project.id,
    caller: call.caller,
    context: call.context,
    url: call.url,
  }
}

/** An operation that reads. */
export const reading = <
  Params extends z.ZodObject,
  Query extends z.ZodType,
  Answer extends z.ZodType,
>({
  answer,
  ...spec
}: Typed<Params, Query, Answer> & {
  answer: (given: Given<Params, Query>) => Promise<z.input<Answer>>
}): Operation => ({
  ...spec,
  method: 'GET',
  run: async (call) => answer(givenOf(spec, call)),
})

const mostJsonBytes = 1024 * 1024

/**
 * An operation that changes something, in one transaction: it happens whole or not at all. With an
 * `Idempotency-Key` it happens once.
 */
export const changing = <
  Params extends z.ZodObject,
  Query extends z.ZodType,
  Answer extends z.ZodType,
  Body extends z.ZodType = z.ZodUndefined,
>({
  change,
  body,
  ...spec
}: Typed<Params, Query, Answer> & {
  body?: { schema: Body; example: z.input<Body> }
  change: (
    trx: Tx,
    given: Given<Params, Query> & { body: z.output<Body> },
  ) => Promise<z.input<Answer>>
}): Operation => ({
  ...spec,
  method: 'POST',
  isNamed: true,
  ...(body ? { body: { kind: 'json', ...body } } : {}),
  run: async (call) => {
    const { request, context, url } = call
    const given = givenOf(spec, call)
    const text = await bodyOf(request)
    const asked = {
      ...given,
      body: (body ? parsed(body.schema, jsonOf(text), 'field') : undefined) as z.output<Body>,
    }
    const key = requestKey(request)
    if (key === null) return inTransaction(context.db, (trx) => change(trx, asked))
    const named = {
      projectId: given.projectId,
      key,
      body: `${request.method} ${url.pathname}${url.search}\n${text}`,
      now: context.now(),
    }
    const done = await doOnce(context.db, named, (trx) => change(trx, asked))
    if (done.kind === 'other') throw keyUsedTwice(key, 'another request')
    return done.answer
  },
})

/** An operation that reads its body itself, as it comes. */
export const receiving = <
  Params extends z.ZodObject,
  Query extends z.ZodType,
  Answer extends z.ZodType,
>({
  receive,
  body,
  ...spec
}: Typed<Params, Query, Answer> & {
  /** The example is what `curl` is told to send. */
  body: { types: readonly string[]; description: string; example: string }
  receive: (given: Given<Params, Query> & { request: Request }) => Promise<z.input<Answer>>
}): Operation => ({
  ...spec,
  method: 'POST',
  isNamed: true,
  body: { kind: 'raw', ...body },
  run: async (call) => receive({ ...givenOf(spec, call), request: call.request }),
})

async function bodyOf(request: Request): Promise<string> {
  const text = await textWithin(request, mostJsonBytes)
  if (text === null) throw apiProblem(413, 'Too large', 'Send at most 1 MB of JSON.')
  return text
}

/** JSON with texts that every store accepts. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) =>
      typeof value === 'string' ? storable(value) : value,
    )
  } catch {
    throw apiProblem(400, 'Not readable', 'The body is not JSON.')
  }
}
