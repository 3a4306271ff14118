import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertApiToken } from '#app/access/api-tokens.server.ts'
import { permissions } from '#app/access/roles.ts'
import { apiRoot } from '#app/http/api/operation.ts'
import { operations } from '#app/http/api/operations.server.ts'
import { type Endpoint, endpoints, type Who } from '#app/http/endpoints.ts'
import routes from '#app/routes.ts'
import type { Db } from '#db/open.ts'
import { inTransaction } from '#db/open.ts'
import type { Role } from '#db/schema.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '#tests/support/project.ts'
import {
  admin,
  databaseOf,
  makeMember,
  removeServer,
  signIn,
  startServer,
  type TestServer,
} from '#tests/support/server.ts'

interface RouteEntry {
  path?: string
  index?: boolean
  file: string
  children?: RouteEntry[]
}

/** Every address of the site map. */
function addresses(entries: readonly RouteEntry[], parent = ''): string[] {
  return entries.flatMap((entry) => {
    const own = entry.path === undefined ? parent : `${parent}/${entry.path}`
    return [...(entry.children ? [] : [own || '/']), ...addresses(entry.children ?? [], own)]
  })
}

describe('The table of endpoints', () => {
  it('knows every page, and no page that is not there', () => {
    const known = endpoints.filter((one) => one.server === 'remix').map((one) => one.path)
    expect([...known].sort()).toEqual([...new Set(addresses(routes as RouteEntry[]))].sort())
  })

  it('knows everything that Express answers', () => {
    const server = readFileSync(path.resolve(import.meta.dirname, '../../app/server.ts'), 'utf8')
    const mounted = [...server.matchAll(/mount\(app, '([^']+)'/g)].map(([, address]) => address)
    const known = endpoints.filter((one) => one.server === 'express').map((one) => one.path)
    expect([...mounted].sort()).toEqual([...known].sort())
    const others = [...server.matchAll(/app\.(get|post|put|delete|patch)\(/g)]
    expect(others).toEqual([])
  })
})

/** What stands behind the API's one address, each as an endpoint of its own. */
const ofApi = operations.map(({ method, path, permission }): Endpoint => {
  const who = { inProject: permission }
  const address = apiRoot + path
  return { path: address, server: 'remix', ...(method === 'GET' ? { get: who } : { post: who }) }
})

const callers = ['nobody', 'annotator', 'engineer', 'lead', 'admin', 'foreigner'] as const
type Caller = (typeof callers)[number]

function isAllowed(who: Who, caller: Caller): boolean {
  if (who === 'anyone') return true
  if (who === 'first-visitor') return false
  if (who === 'signed-in') return caller !== 'nobody'
  if (who === 'admin') return caller === 'admin'
  if (who === 'token') return false
  const allowed: readonly Role[] = permissions[who.inProject]
  if (caller === 'admin') return who.inProject !== 'rate'
  return caller !== 'nobody' && caller !== 'foreigner' && allowed.includes(caller)
}

describe('Every endpoint', () => {
  let server: TestServer
  let db: Db
  const cookies = new Map<Caller, string>()
  const values: Record<string, string> = {}
  let token = ''

  beforeAll(async () => {
    server = await startServer({ runsWorker: false })
    db = databaseOf(server)
    const project = await makeProject(db, 'Walled')
    const foreign = await makeProject(db, 'Foreign')
    const test = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
    const { batchId } = await importFiles(test, project.id, {
      'a.jsonl': promptLines(2, ['a', 'b']),
    })
    const campaign = await openCampaign(db, project.id, { overlap: 1 })
    const prompt = await db.read.selectFrom('prompt').select('id').executeTakeFirstOrThrow()
    const task = await db.read.selectFrom('task').select('id').executeTakeFirstOrThrow()
    const job = await db.read.selectFrom('job').select('id').executeTakeFirstOrThrow()
    const made = { project_id: project.id, created_by: 'test', created_at: 0 }
    await db.write
      .insertInto('dataset')
      .values({
        ...made,
        id: 'd1',
        name: 'D',
        description: '',
        target: 'raw',
        container: '',
        campaign_id: campaign,
        policy: '{}',
      })
      .execute()
    await db.write
      .insertInto('dataset_campaign')
      .values({ project_id: project.id, dataset_id: 'd1', campaign_id: campaign })
      .execute()
    for (const role of ['annotator', 'engineer', 'lead'] as const) {
      const email = `${role}@example.org`
      await makeMember(db, { projectId: project.id, email, roles: [role] })
      cookies.set(role, await signIn(server.url, email))
    }
    const foreigner = { projectId: foreign.id, email: 'foreigner@example.org' }
    await makeMember(db, { ...foreigner, roles: ['lead', 'engineer', 'annotator'] })
    cookies.set('foreigner', await signIn(server.url, foreigner.email))
    cookies.set('admin', await signIn(server.url, admin.email, admin.password))
    token = await inTransaction(db, async (trx) => {
      const person = await trx.selectFrom('person').select('id').executeTakeFirstOrThrow()
      const owner = { projectId: foreign.id, createdBy: person.id, now: Date.now() }
      return insertApiToken(trx, { ...owner, name: 'foreign', role: 'lead' })
    })
    Object.assign(values, {
      project: project.slug,
      batch: batchId,
      import: batchId,
      campaign,
      prompt: prompt.id,
      task: task.id,
      job: job.id,
      dataset: 'd1',
      snapshot: 's1',
      token: 'none',
      '*': 'nowhere',
    })
  })
  afterAll(async () => {
    await db.close()
    await removeServer(server)
  })

  const urlOf = (endpoint: Endpoint) =>
    server.url +
    endpoint.path.replaceAll(
      /:(\w+)|\*/g,
      (whole, name: string | undefined) => values[name ?? whole] ?? 'x',
    )

  async function call(endpoint: Endpoint, method: 'GET' | 'POST', caller: Caller) {
    // Signing out would end the session that the other calls of this walk need.
    const cookie = endpoint.path === '/sign-out' ? undefined : cookies.get(caller)
    const stop = new AbortController()
    const response = await fetch(urlOf(endpoint), {
      method,
      redirect: 'manual',
      signal: stop.signal,
      headers: { Origin: server.url, ...(cookie === undefined ? {} : { Cookie: cookie }) },
      ...(method === 'POST' ? { body: new URLSearchParams({ intent: 'nothing' }) } : {}),
    })
    const isStream = response.headers.get('content-type')?.includes('event-stream')
    const body = isStream ? '' : await response.text()
    stop.abort()
    return { status: response.status, location: response.headers.get('location') ?? '', body }
  }

  const isDenied = ({ status, location }: { status: number; location: string }) =>
    status === 401 || status === 403 || location.startsWith('/sign-in')

  const pairs = [...endpoints, ...ofApi].flatMap((endpoint) =>
    (['get', 'post'] as const).flatMap((method) => {
      const who = endpoint[method]
      return who === undefined
        ? []
        : [{ endpoint, method, who, name: `${method} ${endpoint.path}` }]
    }),
  )

  it.each(pairs)(
    '$name opens to whom it should and to nobody else',
    async ({ endpoint, method, who }) => {
      if (who === 'first-visitor') {
        const answer = await call(endpoint, method === 'get' ? 'GET' : 'POST', 'nobody')
        expect(answer.location).toBe('/sign-in')
        return
      }
      for (const caller of callers) {
        const answer = await call(endpoint, method === 'get' ? 'GET' : 'POST', caller)
        const isWalled = caller === 'foreigner' && endpoint.path.includes(':project')
        const told = `${caller} got ${answer.status} ${answer.location}`
        expect(answer.status, told).toBeLessThan(500)
        expect(answer.body, told).not.toMatch(/\n\s+at .+:\d+:\d+/)
        if (isAllowed(who, caller)) {
          const isOut = answer.location.startsWith('/sign-in') && endpoint.path !== '/sign-out'
          expect([401, 403].includes(answer.status) || isOut, told).toBe(false)
        } else if (isWalled) expect(answer.status, told).toBe(404)
        else expect(isDenied(answer), told).toBe(true)
      }
    },
  )

  it('answers an API call without a token, or with one of another project, as a problem in JSON', async () => {
    for (const endpoint of ofApi) {
      const method = endpoint.get ? 'GET' : 'POST'
      const attempts: Record<string, string>[] = [{}, { Authorization: `Bearer ${token}` }]
      for (const headers of attempts) {
        const response = await fetch(urlOf(endpoint), { method, headers })
        expect(response.status, endpoint.path).toBe(401)
        expect(response.headers.get('content-type')).toContain('application/problem+json')
      }
    }
  })

  it('lets no other site change anything with a visitor’s cookie', async () => {
    const response = await fetch(`${server.url}/p/${values.project}/settings`, {
      method: 'POST',
      headers: {
        Cookie: cookies.get('lead') ?? '',
        Origin: 'https://evil.example',
        'Sec-Fetch-Site': 'cross-site',
      },
      body: new URLSearchParams({ name: 'stolen', role: 'lead' }),
    })
    expect(response.status).toBe(403)
  })

  it('shows a helpful page with the right status for what is not there, and no stack trace', async () => {
    const cookie = { Cookie: cookies.get('lead') ?? '' }
    const places = [
      '/nowhere',
      '/p/nobody',
      `/p/${values.project}/prompts/unknown`,
      `/p/${values.project}/measure/unknown`,
      `/p/${values.project}/export/unknown`,
      `/p/${values.project}/import/unknown`,
      `/p/${values.project}/assign/unknown`,
      `/invitation/${values.project}/unknown`,
    ]
    for (const place of places) {
      const response = await fetch(server.url + place, { headers: cookie })
      const body = await response.text()
      expect(response.status, place).toBe(404)
      expect(body, place).toContain('There is no such')
      expect(body, place).not.toMatch(/\n\s+at .+:\d+:\d+/)
    }
    const denied = await fetch(`${server.url}/p/${values.project}/measure`, {
      headers: { Cookie: cookies.get('annotator') ?? '' },
    })
    expect(denied.status).toBe(403)
    expect(await denied.text()).toContain('This is not open to you')
  })

  it('ends a session at once when it is revoked', async () => {
    const email = 'leaver@example.org'
    await makeMember(db, { projectId: null, email, roles: [] })
    const cookie = await signIn(server.url, email)
    const visit = () =>
      fetch(`${server.url}/projects`, { headers: { Cookie: cookie }, redirect: 'manual' })
    expect((await visit()).status).toBe(200)
    await fetch(`${server.url}/sign-out`, {
      method: 'POST',
      redirect: 'manual',
      headers: { Cookie: cookie, Origin: server.url },
    })
    expect((await visit()).headers.get('location')).toContain('/sign-in')
  })
})

describe('A loader that fails', () => {
  it('gives a page with status 500 and words, and the log the reason', async () => {
    const server = await startServer({ runsWorker: false })
    const db = databaseOf(server)
    const project = await makeProject(db, 'Broken')
    await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
    const cookie = await signIn(server.url, 'lead@example.org')
    await db.write
      .insertInto('import_batch')
      .values({
        project_id: project.id,
        id: 'b1',
        source: 'default',
        format: 'auto',
        options: 'not json',
        files: '[]',
        sources: '[]',
        status: 'received',
        counts: '{}',
        job_id: null,
        created_by: 'test',
        created_at: 0,
        finished_at: null,
      })
      .execute()
    const response = await fetch(`${server.url}/p/${project.slug}/import`, {
      headers: { Cookie: cookie },
    })
    const body = await response.text()
    expect(response.status).toBe(500)
    expect(body).toContain('Something went wrong on our side')
    expect(body).not.toContain('not valid JSON')
    expect(body).not.toMatch(/\n\s+at .+:\d+:\d+/)
    expect(server.complaints()).toContain('JSON')
    await db.close()
    await removeServer(server)
  })
})
