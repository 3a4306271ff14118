/** In: the operations. Out: the OpenAPI 3.1 document that describes them. */
import { z } from 'zod'
import { permissions } from '#app/access/roles.ts'
import { parametersOf, requestBodyOf } from './openapi-request.ts'
import { type Components, referenceTo } from './openapi-schemas.ts'
import { apiRoot, type Described } from './operation.ts'
import type { JsonSchema } from './snake-keys.ts'

/** A problem document (RFC 9457). */
const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z
      .array(z.object({ field: z.string(), reason: z.string() }))
      .optional()
      .describe('Every field at fault, where fields are.'),
  })
  .meta({ id: 'Problem' })

/** Problems that any operation may answer with. */
const usualProblems: Readonly<Record<number, string>> = {
  401: 'No token, or one that is not of this project.',
  404: 'There is nothing at this address.',
  403: 'The role of the token does not allow it.',
  429: 'Too many requests; `Retry-After` says when to try again.',
  500: 'Something went wrong on our side.',
}

export interface OpenApiDocument {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  security: JsonSchema[]
  tags: { name: string }[]
  paths: Record<string, Record<string, JsonSchema>>
  components: JsonSchema & { schemas: Components }
}

/** Describes operations. Throws for a schema that JSON Schema has no words for. */
export function openApiDocument(operations: readonly Described[]): OpenApiDocument {
  const schemas: Components = {}
  referenceTo(problemSchema, 'output', schemas)
  const paths: OpenApiDocument['paths'] = {}
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    const method = operation.method.toLowerCase()
    paths[path] = { ...paths[path], [method]: described(operation, schemas) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rubrica',
      version: '1',
      description:
        'Imports logged prompts and responses, has people judge them, and measures the outcome. Fields are in snake_case, moments in ISO 8601 UTC where nothing else is said.',
    },
    servers: [{ url: apiRoot }],
    security: [{ token: [] }],
    tags: [...new Set(operations.map(({ resource }) => resource))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of the project, made under Settings → API tokens.',
        },
      },
      headers: commonHeaders,
      schemas,
    },
  }
}

const text = { type: 'string' }
const commonHeaders = {
  'RateLimit-Policy': { description: 'The requests of a minute.', schema: text },
  RateLimit: { description: 'The requests that are left, and for how long.', schema: text },
  ETag: {
    description: 'Send it as `If-None-Match` to get 304 while nothing changed.',
    schema: text,
  },
  Link: { description: 'The next page of a list, as `rel="next"`.', schema: text },
}

function described(operation: Described, schemas: Components): JsonSchema {
  const { id, resource, summary, description, permission, response } = operation
  const roles = permissions[permission].join(', ')
  const isRead = operation.method === 'GET'
  const names = ['RateLimit-Policy', 'RateLimit', ...(isRead ? ['ETag', 'Link'] : [])]
  return {
    operationId: id,
    tags: [resource],
    summary,
    description: [description, `For the roles: ${roles}.`].filter(Boolean).join(' '),
    parameters: parametersOf(operation),
    ...(operation.body ? { requestBody: requestBodyOf(operation.body, schemas) } : {}),
    responses: {
      [response.status]: {
        description: response.description,
        headers: Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
        ),
        content: {
          'application/json': { schema: referenceTo(response.schema, 'output', schemas) },
        },
      },
      ...(isRead ? { 304: { description: 'Nothing changed since the ETag that was sent.' } } : {}),
      ...problemsOf(operation),
    },
  }
}

function problemsOf(operation: Described): JsonSchema {
  const own: Record<number, string> = {
    400: 'Something in the request is not valid; `errors` names the fields.',
    ...usualProblems,
  }
  if (operation.isNamed) own[422] = 'The Idempotency-Key was used for another request.'
  if (operation.body?.kind === 'json') own[413] = 'More than 1 MB of JSON.'
  return Object.fromEntries(
    Object.entries({ ...own, ...operation.problems }).map(([status, description]) => [
      status,
      {
        description,
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  )
}
