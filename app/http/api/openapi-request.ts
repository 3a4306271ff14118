/** In: an operation. Out: its parameters and its body, as OpenAPI describes them. */
import { z } from 'zod'
import { type Components, inputOf, referenceTo } from './openapi-schemas.ts'
import type { Described } from './operation.ts'
import type { JsonSchema } from './snake-keys.ts'

interface Parameter extends JsonSchema {
  name: string
  in: 'path' | 'query' | 'header'
}

/** What a request may say in its address and its headers. */
export function parametersOf(operation: Described): Parameter[] {
  const path = inputOf(
    z
      .object({ project: z.string().describe('The project, as its address names it.') })
      .extend(operation.params.shape),
  )
  const query = inputOf(operation.query)
  const headers = operation.method === 'GET' ? ifNoneMatch : operation.isNamed ? idempotencyKey : []
  return [
    ...fieldsOf(path).map((field) => ({ ...field, in: 'path' as const, required: true })),
    ...fieldsOf(query).map((field) => ({ ...field, in: 'query' as const })),
    ...headers,
  ]
}

const ifNoneMatch: Parameter[] = [
  {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of what is known already.',
    schema: { type: 'string' },
  },
]
const idempotencyKey: Parameter[] = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A name for the request: sent again under it, it happens once and is answered alike.',
    schema: { type: 'string' },
  },
]

/** The fields of an object's schema, as parameters begin. */
function fieldsOf(schema: JsonSchema): { name: string; [rest: string]: unknown }[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  const required = (schema.required ?? []) as string[]
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }))
}

/** What a request brings. */
export function requestBodyOf(
  body: NonNullable<Described['body']>,
  schemas: Components,
): JsonSchema {
  if (body.kind === 'json') {
    const schema = referenceTo(body.schema, 'input', schemas)
    const { example } = body
    return { required: true, content: { 'application/json': { schema, example } } }
  }
  return {
    required: true,
    description: body.description,
    content: Object.fromEntries(body.types.map((type) => [type, {}])),
  }
}
