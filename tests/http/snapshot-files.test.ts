/** The files of a snapshot as scripts and browsers fetch them. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { type ApiProject, openApiProject } from '#tests/support/api-project.ts'
import { freezeDataset, makeDataset, sendJudged } from '#tests/support/api-snapshots.ts'
import { makeMember, signIn } from '#tests/support/server.ts'
import { zippedNames } from '#tests/support/zipped-names.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('The files of a snapshot', () => {
  let opened: ApiProject
  let base = ''
  let file = { path: '', bytes: 0, sha256: '' }

  beforeAll(async () => {
    opened = await openApiProject('sqlite')
    const campaign = await sendJudged(opened, 9)
    const dataset = await makeDataset(opened, {
      name: 'Pairs',
      campaigns: [campaign],
      target: 'trl-preference',
      container: 'jsonl',
    })
    const { snapshot, path } = await freezeDataset(opened, dataset)
    base = `${opened.server.url}/files/support/snapshots/${snapshot}`
    const { body } = await opened.api.ask(path)
    const { files } = body.manifest as { files: (typeof file)[] }
    file = must(files[0], 'a file')
  })
  afterAll(() => opened.remove())

  const get = async (address: string, headers: Record<string, string> = {}, method = 'GET') => {
    const token = { Authorization: `Bearer ${opened.tokens.engineer}` }
    const response = await fetch(base + address, { method, headers: { ...token, ...headers } })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, bytes }
  }

  it('are given to a token, with the hash of the manifest as their tag', async () => {
    const { status, headers, bytes } = await get(`/${file.path}`, { 'Accept-Encoding': 'gzip' })
    expect(status).toBe(200)
    expect(hashOf(bytes)).toBe(file.sha256)
    expect(headers.get('etag')).toBe(`"${file.sha256}"`)
    expect(headers.get('content-length')).toBe(String(file.bytes))
    expect(headers.get('content-encoding')).toBeNull()
    const head = await get(`/${file.path}`, {}, 'HEAD')
    expect([head.headers.get('content-length'), head.bytes.length]).toEqual([String(file.bytes), 0])
  })

  it('are not sent again to who has them', async () => {
    const known = { 'If-None-Match': `"other", "${file.sha256}"` }
    const { status, bytes, headers } = await get(`/${file.path}`, known)
    expect([status, bytes.length]).toEqual([304, 0])
    expect(headers.get('etag')).toBe(`"${file.sha256}"`)
    expect((await get(`/${file.path}`, { 'If-None-Match': '"other"' })).status).toBe(200)
    const card = await get('/README.md')
    const tag = card.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\//)
    expect((await get('/README.md', { 'If-None-Match': tag })).status).toBe(304)
  })

  it('are given in parts', async () => {
    const { bytes: whole } = await get(`/${file.path}`)
    const part = await get(`/${file.path}`, { Range: 'bytes=10-19' })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 10-19/${file.bytes}`)
    expect(part.bytes.equals(whole.subarray(10, 20))).toBe(true)
    const end = await get(`/${file.path}`, { Range: 'bytes=-7', 'If-Range': `"${file.sha256}"` })
    expect(end.status).toBe(206)
    expect(end.bytes.equals(whole.subarray(-7))).toBe(true)
    const changed = await get(`/${file.path}`, { Range: 'bytes=0-1', 'If-Range': '"other"' })
    expect([changed.status, changed.bytes.length]).toEqual([200, file.bytes])
    const beyond = await get(`/${file.path}`, { Range: `bytes=${file.bytes}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${file.bytes}`)
  })

  it('come as one archive as well', async () => {
    const { status, bytes } = await get('.zip')
    expect(status).toBe(200)
    const names = await zippedNames(bytes)
    expect(names).toContain(file.path)
    expect(names).toContain('.meta/rows.jsonl')
  })

  it('are given to members, and to no token or person of elsewhere', async () => {
    const member = { projectId: opened.project.id, email: 'kim@example.org' }
    await makeMember(opened.db, { ...member, roles: ['engineer'] })
    const cookie = await signIn(opened.server.url, member.email)
    for (const address of [`/${file.path}`, '.zip']) {
      const statusWith = async (headers: Record<string, string>) => {
        const response = await fetch(base + address, { headers })
        await response.arrayBuffer()
        return response.status
      }
      const bearing = (token: string) => statusWith({ Authorization: `Bearer ${token}` })
      expect(await statusWith({ Cookie: cookie })).toBe(200)
      expect(await statusWith({})).toBe(401)
      expect(await bearing('rbr_wrong')).toBe(401)
      expect(await bearing(opened.tokens.foreign)).toBe(401)
      expect(await bearing(opened.tokens.annotator)).toBe(403)
      expect(await bearing(opened.tokens.lead)).toBe(200)
    }
  })

  it('never lead out of the snapshot', async () => {
    for (const path of [
      '/..%2F..%2Frubrica.db',
      '/%2e%2e/%2e%2e/%2e%2e/rubrica.db',
      '/.meta/..%2f..%2f..%2f..%2frubrica.db',
      '/preference',
      '/nowhere.jsonl',
      '/README.md%00',
    ]) {
      expect((await get(path)).status, path).toBe(404)
    }
  })
})
