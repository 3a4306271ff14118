/** What the REST API can be asked: one operation is one method at one address, with its schemas. */
import type { AppLoadContext } from '@remix-run/node'
import type { z } from 'zod'
import type { Permission } from '#app/access/roles.ts'
import type { ApiCaller } from '../guards.server.ts'

/** Where all of it begins. */
export const apiRoot = '/api/v1'

export type OperationBody =
  | { kind: 'json'; schema: z.ZodType; example: unknown }
  /** Taken as it comes, in one of these types. */
  | { kind: 'raw'; types: readonly string[]; description: string; example: string }

/** What is said of an operation: the document and the reader page are made of this. */
export interface Described {
  /** Unique among all operations; the document's `operationId`. */
  id: string
  method: 'GET' | 'POST'
  /** As `/projects/:project/campaigns/:campaign`, without the root. */
  path: string
  /** The heading that it stands under. */
  resource: string
  summary: string
  description?: string
  permission: Permission
  /** Of the parts of the path, the project left out: every path has that one. */
  params: z.ZodObject
  query: z.ZodType
  body?: OperationBody
  /** Whether an `Idempotency-Key` makes it happen once however often it is sent. */
  isNamed?: boolean
  response: { status: 200 | 201 | 202; description: string; schema: z.ZodType }
  /** When it answers with a problem, by status, beside the problems that every operation has. */
  problems?: Readonly<Record<number, string>>
}

/** One request that may be answered: who asks is known and allowed. */
export interface ApiCall {
  caller: ApiCaller
  context: AppLoadContext
  request: Request
  url: URL
  params: Readonly<Record<string, string>>
}

export interface Operation extends Described {
  /** Answers with the body of the response; refusals are thrown as problem responses. */
  run: (call: ApiCall) => Promise<unknown>
}
