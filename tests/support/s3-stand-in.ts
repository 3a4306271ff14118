/** A server that speaks as much of S3 as snapshots need, and keeps its objects in memory. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface StandInStore {
  endpoint: string
  /** By bucket and key. */
  objects: Map<string, Buffer>
  /** What was asked, as `PUT bucket/key`. */
  asked: string[]
  /** Requests that are refused from now on; undefined for none. */
  refuses: ((request: string) => boolean) | undefined
  close: () => Promise<void>
}

/** So few, so that lists come in several pages. */
const keysAPage = 3

export async function startStandInStore(): Promise<StandInStore> {
  const uploads = new Map<string, Map<number, Buffer>>()
  const objects = new Map<string, Buffer>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const store: StandInStore = {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    asked,
    refuses: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return store

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', store.endpoint)
    const key = decodeURIComponent(url.pathname.slice(1))
    const query = url.searchParams
    const body = await buffer(request)
    const told = `${request.method} ${key}`
    asked.push(told)
    if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=stand-in/')) {
      return refuse(response, 'AccessDenied')
    }
    if (store.refuses?.(told)) return refuse(response, 'AccessDenied')
    if (request.method === 'GET' && query.get('list-type') === '2') {
      return list(response, key.replace(/\/$/, ''), query)
    }
    if (request.method === 'POST' && query.has('uploads')) {
      const id = `upload-${uploads.size + 1}`
      uploads.set(id, new Map())
      return xml(response, 'InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`)
    }
    const parts = uploads.get(query.get('uploadId') ?? '')
    if (request.method === 'PUT' && parts) {
      parts.set(Number(query.get('partNumber')), body)
      response.writeHead(200, { ETag: tagOf(body) }).end()
      return
    }
    if (request.method === 'POST' && parts) {
      const inOrder = [...parts].sort(([one], [other]) => one - other)
      objects.set(key, Buffer.concat(inOrder.map(([, part]) => part)))
      return xml(response, 'CompleteMultipartUploadResult', '<ETag>"parts"</ETag>')
    }
    if (request.method === 'PUT') {
      objects.set(key, body)
      response.writeHead(200, { ETag: tagOf(body) }).end()
      return
    }
    if (request.method === 'DELETE') {
      objects.delete(key)
      response.writeHead(204).end()
      return
    }
    send(request, response, objects.get(key))
  }

  function list(response: ServerResponse, bucket: string, query: URLSearchParams): void {
    const prefix = query.get('prefix') ?? ''
    const from = query.get('continuation-token') ?? ''
    const keys = [...objects.keys()]
      .filter((key) => key.startsWith(`${bucket}/${prefix}`))
      .map((key) => key.slice(bucket.length + 1))
      .filter((key) => key > from)
      .sort()
    const page = keys.slice(0, keysAPage)
    const isCut = keys.length > page.length
    const items = page.map((key) => {
      const size = objects.get(`${bucket}/${key}`)?.length
      return `<Contents><Key>${key}</Key><Size>${size}</Size></Contents>`
    })
    const next = isCut ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    xml(response, 'ListBucketResult', `<IsTruncated>${isCut}</IsTruncated>${next}${items.join('')}`)
  }
}

const tagOf = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`

function xml(response: ServerResponse, name: string, inner: string): void {
  response.writeHead(200, { 'Content-Type': 'application/xml' })
  response.end(`<?xml version="1.0"?><${name}>${inner}</${name}>`)
}

function refuse(response: ServerResponse, code: string): void {
  response.writeHead(403, { 'Content-Type': 'application/xml' })
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>No.</Message></Error>`)
}

/** Answers GET and HEAD, with a range where one is asked for. */
function send(request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
  if (!body) {
    response.writeHead(404, { 'Content-Type': 'application/xml' })
    const words = '<Error><Code>NoSuchKey</Code><Message>None.</Message></Error>'
    response.end(request.method === 'HEAD' ? undefined : words)
    return
  }
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  const part = start === undefined ? body : body.subarray(Number(start), Number(end) + 1)
  response.writeHead(start === undefined ? 200 : 206, {
    'Content-Length': part.length,
    ETag: tagOf(body),
    ...(start === undefined ? {} : { 'Content-Range': `bytes ${start}-${end}/${body.length}` }),
  })
  response.end(request.method === 'HEAD' ? undefined : part)
}
