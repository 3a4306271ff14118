/** A caller of the REST API that holds every answer against the document that the server gives out. */
import Ajv2020, { type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import { must } from '#app/base/must.ts'

export interface Answer {
  status: number
  headers: Headers
  /** The body as JSON; null where there was none. */
  body: Record<string, unknown>
  text: string
}

export interface Asking {
  token?: string
  method?: string
  headers?: Record<string, string>
  /** Sent as it is where it is a text; as JSON otherwise. */
  body?: unknown
}

interface DocumentedOperation {
  operationId: string
  responses: Record<string, { content?: Record<string, unknown> }>
}

export interface ApiDocument {
  openapi: string
  paths: Record<string, Record<string, DocumentedOperation>>
  components: { schemas: Record<string, unknown> }
}

export interface Api {
  document: ApiDocument
  /** Ids of the operations that answered well. */
  exercised: ReadonlySet<string>
  /** Asks below `/api/v1`; throws where the answer is none that the document knows. */
  ask: (path: string, asking?: Asking) => Promise<Answer>
}

const documentId = 'document'
const pointerPart = (name: string) =>
  encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Reads the document of a server and asks by it, with a token where none is given. */
export async function openApi(url: string, usualToken: string): Promise<Api> {
  const root = `${url}/api/v1`
  const document = (await (await fetch(`${root}/openapi.json`)).json()) as ApiDocument
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema(document as unknown as AnySchema, documentId)
  const exercised = new Set<string>()

  const operationAt = (method: string, path: string) => {
    const [address = ''] = path.split('?')
    const found = Object.entries(document.paths).filter(([template]) =>
      new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(address),
    )
    for (const [template, methods] of found) {
      const operation = methods[method.toLowerCase()]
      if (operation) return { template, operation }
    }
    return undefined
  }

  const schemaOf = (pointer: string): ValidateFunction =>
    must(ajv.getSchema(`${documentId}#${pointer}`), `the schema at ${pointer}`)

  const check = (method: string, path: string, { status, headers, body, text }: Answer) => {
    const known = operationAt(method, path)
    const told = `${method} ${path}: ${status} ${text.slice(0, 600)}`
    const type = headers.get('content-type')?.split(';')[0] ?? ''
    const isProblem = status >= 400
    if (isProblem !== (type === 'application/problem+json')) {
      if (status !== 304) throw new Error(`${told}: answered as "${type}"`)
    }
    if (isProblem) {
      const validate = schemaOf('/components/schemas/Problem')
      if (!validate(body)) throw new Error(`${told}: ${ajv.errorsText(validate.errors)}`)
      if (body.status !== status) throw new Error(`${told}: the problem says another status`)
    }
    if (!known) return
    const { template, operation } = known
    if (!operation.responses[status]) throw new Error(`${told}: the document knows no such status`)
    if (isProblem || status === 304) return
    const place = [
      'paths',
      template,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      'application/json',
      'schema',
    ]
    const validate = schemaOf(`/${place.map(pointerPart).join('/')}`)
    if (!validate(body)) throw new Error(`${told}: ${ajv.errorsText(validate.errors)}`)
    exercised.add(operation.operationId)
  }

  return {
    document,
    exercised,
    ask: async (path, { token = usualToken, method, headers, body } = {}) => {
      const isJson = body !== undefined && typeof body !== 'string'
      const wanted = method ?? (body === undefined ? 'GET' : 'POST')
      const response = await fetch(root + path, {
        method: wanted,
        headers: {
          ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
          ...(isJson ? { 'Content-Type': 'application/json' } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string) }),
      })
      const text = await response.text()
      const answer: Answer = {
        status: response.status,
        headers: response.headers,
        text,
        body: text === '' ? null : JSON.parse(text),
      }
      check(wanted, path, answer)
      return answer
    },
  }
}

/** Every item of a list, read in pages of some size. */
export async function readAll<Item>(api: Api, path: string, limit: number): Promise<Item[]> {
  const items: Item[] = []
  let after: unknown = null
  do {
    const cursor = after === null ? '' : `&after=${after}`
    const { body } = await api.ask(`${path}?limit=${limit}${cursor}`)
    items.push(...(body.items as Item[]))
    after = body.next
  } while (after !== null)
  return items
}
