/** In: the operations and the document of them. Out: the same as people read it on one page. */
import type { OpenApiDocument } from './openapi.ts'
import { apiRoot, type OperationBody } from './operation.ts'
import type { JsonSchema } from './snake-keys.ts'

/** One field of what is sent or answered. */
export interface FieldRow {
  name: string
  type: string
  /** Where it stands: in the path, the query or a header; null for a field of JSON. */
  place: string | null
  isRequired: boolean
  about: string
}

export interface OperationShown {
  id: string
  method: string
  path: string
  summary: string
  description: string
  status: string
  parameters: FieldRow[]
  body: FieldRow[]
  response: FieldRow[]
  curl: string
}

export interface ResourceShown {
  name: string
  operations: OperationShown[]
}

interface Parameter {
  name: string
  in: string
  required: boolean
  description?: string
  schema: JsonSchema
}

interface Described {
  operationId: string
  tags: string[]
  summary: string
  description: string
  parameters: Parameter[]
  requestBody?: { content: Record<string, { schema?: JsonSchema }> }
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>
}

/** Groups a document by resource, with a table and a command for each operation. */
export function readerOf(
  document: OpenApiDocument,
  { origin, bodies }: { origin: string; bodies: ReadonlyMap<string, OperationBody> },
): ResourceShown[] {
  const { schemas } = document.components
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, found]) => {
      const operation = found as unknown as Described
      const body = bodies.get(operation.operationId)
      const [status = '', answer] = firstOf(operation.responses)
      const sent = operation.requestBody?.content['application/json']?.schema
      return {
        resource: operation.tags[0],
        id: operation.operationId,
        method: method.toUpperCase(),
        path: apiRoot + path,
        summary: operation.summary,
        description: operation.description,
        status,
        parameters: operation.parameters.map(parameterRow),
        body: sent ? fieldRows(sent, schemas) : rawRows(body),
        response: fieldRows(answer?.content?.['application/json']?.schema ?? {}, schemas),
        curl: curlOf(origin + apiRoot + path, operation.parameters, body),
      }
    }),
  )
  return document.tags.map(({ name }) => ({
    name,
    operations: all
      .filter(({ resource }) => resource === name)
      .map(({ resource: _, ...operation }) => operation),
  }))
}

const firstOf = (responses: Described['responses']) => Object.entries(responses)[0] ?? []

const parameterRow = ({ name, in: place, required, description, schema }: Parameter): FieldRow => ({
  name,
  place,
  type: typeWords(schema),
  isRequired: required,
  about: [description ?? '', defaultWords(schema)].filter(Boolean).join(' '),
})

const rawRows = (body: OperationBody | undefined): FieldRow[] =>
  body?.kind === 'raw'
    ? [
        {
          name: 'the body itself',
          place: null,
          type: body.types.join(' or '),
          isRequired: true,
          about: body.description,
        },
      ]
    : []

type Schemas = Record<string, JsonSchema>

const deepest = 3

/** The fields of an object, and those of the objects within it, as far as people read on. */
function fieldRows(given: JsonSchema, schemas: Schemas, prefix = '', depth = 1): FieldRow[] {
  const schema = resolved(given, schemas)
  const properties = (schema.properties ?? {}) as Schemas
  const required = (schema.required ?? []) as string[]
  return Object.entries(properties).flatMap(([name, of]) => {
    const row = {
      name: prefix + name,
      place: null,
      type: typeWords(of),
      isRequired: required.includes(name),
      about: [of.description ?? '', defaultWords(of)].filter(Boolean).join(' '),
    }
    if (depth >= deepest) return [row]
    const inner = insideOf(resolved(of, schemas))
    return [row, ...fieldRows(inner.schema, schemas, row.name + inner.sign, depth + 1)]
  })
}

/** What stands within a schema: the items of a list, or what may be null. */
function insideOf(schema: JsonSchema): { schema: JsonSchema; sign: string } {
  if (schema.type === 'array') return { schema: schema.items as JsonSchema, sign: '[].' }
  const forms = Array.isArray(schema.anyOf) ? (schema.anyOf as JsonSchema[]) : []
  const [only, ...others] = forms.filter(({ type }) => type !== 'null')
  return { schema: only && others.length === 0 ? only : schema, sign: '.' }
}

const nameIn = (reference: unknown): string => String(reference).split('/').at(-1) ?? ''

const resolved = (schema: JsonSchema, schemas: Schemas): JsonSchema =>
  schema.$ref === undefined ? schema : (schemas[nameIn(schema.$ref)] ?? {})

const defaultWords = ({ default: usual }: JsonSchema): string =>
  usual === undefined || typeof usual === 'object' || usual === ''
    ? ''
    : `${JSON.stringify(usual)} where it is not said.`

/** What a schema takes, in words. */
function typeWords(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return nameIn(schema.$ref)
  if (Array.isArray(schema.enum)) return schema.enum.join(' | ')
  if (schema.const !== undefined) return String(schema.const)
  const among = schema.anyOf ?? schema.oneOf
  if (Array.isArray(among)) {
    return [...new Set(among.map((one: JsonSchema) => kindWords(one)))].join(' | ')
  }
  if (schema.type === 'array') return `list of ${typeWords(schema.items as JsonSchema)}`
  return typeof schema.type === 'string' ? schema.type : 'anything'
}

/** One of several forms: those that are told apart by their kind go by it. */
function kindWords(schema: JsonSchema): string {
  const kind = (schema.properties as Schemas | undefined)?.kind?.const
  return kind === undefined ? typeWords(schema) : String(kind)
}

function curlOf(
  address: string,
  parameters: readonly Parameter[],
  body: OperationBody | undefined,
): string {
  const filled = address.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())
  const asked = parameters.filter((one) => one.in === 'query' && one.required)
  const query = asked.map(({ name }) => `${name}=${name.toUpperCase()}`).join('&')
  const lines = [`curl "${filled}${query ? `?${query}` : ''}"`, '-H "Authorization: Bearer rbr_…"']
  const isPost = parameters.some(({ name }) => name === 'Idempotency-Key')
  if (isPost) lines.push(`-H "Idempotency-Key: $(uuidgen)"`)
  if (body?.kind === 'raw') lines.push(`--data-binary '${body.example}'`)
  else if (body) lines.push(`--json '${JSON.stringify(body.example)}'`)
  else if (isPost) lines.push('-X POST')
  return lines.join(' \\\n  ')
}
