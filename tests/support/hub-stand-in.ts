/** A server that speaks as much of the Hugging Face Hub as a push needs, and keeps what it was sent. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

interface Repository {
  isPrivate: boolean
  files: Map<string, Buffer>
  commits: string[]
}

export interface StandInHub {
  endpoint: string
  /** By `owner/name`. */
  repositories: Map<string, Repository>
  close: () => Promise<void>
}

export const hubToken = 'hf_stand-in'

interface CommitLine {
  key: string
  value: { summary?: string; path?: string; content?: string; encoding?: 'base64'; oid?: string }
}

export async function startStandInHub(): Promise<StandInHub> {
  const repositories = new Map<string, Repository>()
  const large = new Map<string, Buffer>()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    endpoint,
    repositories,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', endpoint)
    const body = await buffer(request)
    const upload = /^\/lfs\/(\w+)$/.exec(pathname)?.[1]
    if (request.method === 'PUT' && upload !== undefined) {
      large.set(upload, body)
      response.writeHead(200).end()
      return
    }
    if (request.headers.authorization !== `Bearer ${hubToken}`) {
      return json(response, { error: 'Invalid credentials' }, 401)
    }
    if (pathname === '/api/repos/create') return json(response, created(JSON.parse(String(body))))
    const [, name = '', rest = ''] =
      /^(?:\/api)?\/datasets\/([^/]+\/[^/.]+)(?:\.git)?\/(.+)$/.exec(pathname) ?? []
    const repository = repositories.get(name)
    if (!repository) return json(response, { error: 'Repository not found' }, 404)
    if (rest === 'revision/HEAD') {
      return json(response, { _id: '1', id: name, private: repository.isPrivate })
    }
    if (rest === 'preupload/main') return json(response, modesOf(JSON.parse(String(body))))
    if (rest === 'info/lfs/objects/batch')
      return json(response, uploadsOf(endpoint, JSON.parse(String(body))))
    if (rest !== 'commit/main') return json(response, { error: `No ${rest}` }, 404)
    for (const line of String(body).split('\n')) keep(repository, JSON.parse(line) as CommitLine)
    const oid = String(repository.commits.length)
    json(response, { commitOid: oid, commitUrl: `${endpoint}/datasets/${name}/commit/${oid}` })
  }

  function created(asked: {
    type: string
    organization: string
    name: string
    visibility?: string
  }) {
    const name = `${asked.organization}/${asked.name}`
    if (asked.type !== 'dataset') throw new Error(`${name} is no dataset`)
    const isPrivate = asked.visibility === 'private'
    repositories.set(name, { isPrivate, files: new Map(), commits: [] })
    return { url: `${endpoint}/datasets/${name}`, id: name }
  }

  function keep(repository: Repository, { key, value }: CommitLine): void {
    if (key === 'header') repository.commits.push(value.summary ?? '')
    const { path = '', content = '', oid = '' } = value
    if (key === 'file') repository.files.set(path, Buffer.from(content, value.encoding))
    if (key !== 'lfsFile') return
    const sent = large.get(oid)
    if (!sent) throw new Error(`${path} was not sent`)
    repository.files.set(path, sent)
  }
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(value))
}

const modesOf = ({ files }: { files: { path: string }[] }) => ({
  files: files.map(({ path }) => ({
    path,
    uploadMode: path.endsWith('.parquet') ? 'lfs' : 'regular',
  })),
})

const uploadsOf = (
  endpoint: string,
  { objects }: { objects: { oid: string; size: number }[] },
) => ({
  transfer: 'basic',
  objects: objects.map(({ oid, size }) => ({
    oid,
    size,
    actions: { upload: { href: `${endpoint}/lfs/${oid}` } },
  })),
})
