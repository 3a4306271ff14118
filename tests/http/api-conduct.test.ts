/** How the API behaves whatever it is asked: pages, repeats, what is known already, limits, refusals. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '#app/http/api/operations.server.ts'
import { readAll } from '#tests/support/api.ts'
import { type ApiProject, openApiProject } from '#tests/support/api-project.ts'
import { dialects } from '#tests/support/database.ts'
import { promptLines } from '#tests/support/project.ts'

const here = '/projects/support'
const line = (name: string) => JSON.stringify({ prompt: name, responses: [] })
const campaign = (name: string, more: object = {}) => ({
  name,
  kind: 'pairwise',
  overlap: 1,
  criteria: [{ title: 'Better?', definition: { kind: 'preference', points: 3 } }],
  ...more,
})

describe.each(dialects)('The API on %s', (dialect) => {
  let opened: ApiProject
  beforeAll(async () => {
    opened = await openApiProject(dialect)
    await ask('/records', { body: promptLines(23, ['a', 'b']) })
  })
  afterAll(() => opened.remove())

  const ask: ApiProject['api']['ask'] = (path, asking) => opened.api.ask(here + path, asking)

  describe('gives lists in pages', () => {
    it('that have every item once, while more come in', async () => {
      const seen: string[] = []
      let address = `${here}/prompts?limit=5`
      for (let page = 0; address !== ''; page++) {
        const { body, headers } = await opened.api.ask(address)
        seen.push(...(body.items as { id: string }[]).map(({ id }) => id))
        if (page < 4) await ask('/records', { body: line(`Came while reading ${page}?`) })
        const link = /^<\/api\/v1(.+)>; rel="next"$/.exec(headers.get('link') ?? '')
        expect(link !== null).toBe(body.next !== null)
        address = link?.[1] ?? ''
      }
      expect(seen).toHaveLength(27)
      expect(new Set(seen).size).toBe(27)
      const again = await readAll<{ id: string }>(opened.api, `${here}/prompts`, 500)
      expect(again.map(({ id }) => id)).toEqual(seen)
    })

    it('by words as well', async () => {
      const found: string[] = []
      let after = ''
      do {
        const { body } = await ask(`/prompts?q=question&tag=even&limit=4${after}`)
        found.push(...(body.items as { id: string }[]).map(({ id }) => id))
        after = body.next === null ? '' : `&after=${body.next}`
      } while (after !== '')
      expect(found).toHaveLength(12)
      expect(new Set(found).size).toBe(12)
    })

    it('within bounds, and says what is wrong with what it is asked', async () => {
      for (const [query, field] of [
        ['limit=0', 'limit'],
        ['limit=501', 'limit'],
        ['limit=many', 'limit'],
        ['after=%20', 'after'],
        ['tags=even', 'tags'],
        ['judged=perhaps', 'judged'],
      ]) {
        const { status, body } = await ask(`/prompts?${query}`)
        expect(status, query).toBe(400)
        expect(body.errors, query).toMatchObject([{ field }])
        expect(body.detail).toContain(field)
      }
      expect((await ask('/imports/none/refusals')).status).toBe(404)
      const [batch] = (await ask('/imports')).body.items as { id: string }[]
      expect((await ask(`/imports/${batch?.id}/refusals?after=eHg`)).status).toBe(400)
    })
  })

  describe('does once what is sent twice under one key', () => {
    const named = (key: string) => ({ 'Idempotency-Key': key })
    const names = async () =>
      (await readAll<{ name: string }>(opened.api, `${here}/campaigns`, 50)).map(({ name }) => name)

    it('also when it comes many times at once', async () => {
      const asking = { body: campaign('Once'), headers: named('once') }
      const answers = await Promise.all(Array.from({ length: 6 }, () => ask('/campaigns', asking)))
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201))
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
      expect((await names()).filter((name) => name === 'Once')).toHaveLength(1)
    })

    it('and refuses another request under the key', async () => {
      await ask('/campaigns', { body: campaign('First'), headers: named('taken') })
      const other = await ask('/campaigns', { body: campaign('Second'), headers: named('taken') })
      expect(other.status).toBe(422)
      const elsewhere = await ask('/campaigns?open=true', {
        body: campaign('First'),
        headers: named('taken'),
      })
      expect(elsewhere.status).toBe(422)
      expect(await names()).not.toContain('Second')
    })

    it('and leaves the key free where nothing was done', async () => {
      const refused = await ask('/campaigns', { body: campaign('Once'), headers: named('free') })
      expect(refused.status).toBe(409)
      const done = await ask('/campaigns', { body: campaign('Other'), headers: named('free') })
      expect(done.status).toBe(201)
    })

    it('for uploads, by their content', async () => {
      const send = (body: string) =>
        ask('/imports?name=named.jsonl', { body, headers: named('upload') })
      const first = await send(line('Uploaded once?'))
      const second = await send(line('Uploaded once?'))
      expect(second.body).toEqual(first.body)
      expect((await send(line('Uploaded otherwise?'))).status).toBe(422)
      const files = (await ask('/imports')).body.items as { files: { name: string }[] }[]
      expect(files.filter(({ files: [file] }) => file?.name === 'named.jsonl')).toHaveLength(1)
    })
  })

  it('sends nothing that the caller has already', async () => {
    const first = await ask('')
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^"[0-9a-f]{40}"$/)
    const known = await ask('', { headers: { 'If-None-Match': `"other", ${tag}` } })
    expect(known.status).toBe(304)
    expect(known.text).toBe('')
    expect(known.headers.get('etag')).toBe(tag)
    await ask('/records', { body: line('Something new?') })
    const changed = await ask('', { headers: { 'If-None-Match': tag } })
    expect(changed.status).toBe(200)
    expect(changed.headers.get('etag')).not.toBe(tag)
    const document = await fetch(`${opened.server.url}/api/v1/openapi.json`, { method: 'HEAD' })
    expect(document.headers.get('etag')).not.toBeNull()
  })

  it('opens every operation to the roles it is for and to no other', async () => {
    for (const { method, path } of operations) {
      const address = path.replace(':project', 'support').replaceAll(/:\w+/g, 'none')
      const call = (token: string) => opened.api.ask(address, { method, token })
      expect((await call('')).status, path).toBe(401)
      expect((await call('rbr_wrong')).status, path).toBe(401)
      expect((await call(opened.tokens.foreign)).status, path).toBe(401)
      expect((await call(opened.tokens.annotator)).status, path).toBe(403)
      const own = (await call(opened.tokens.lead)).status
      expect([401, 403, 500].includes(own), `${path}: ${own}`).toBe(false)
    }
  })

  it('answers whatever is wrong as a problem', async () => {
    const refused = async (path: string, asking?: Parameters<typeof ask>[1]) => {
      const { status, body, headers } = await opened.api.ask(path, asking)
      return { status, body, headers }
    }
    expect((await refused('/nowhere')).status).toBe(404)
    expect((await refused('/projects/support/%E0%A4%A')).status).toBe(400)
    expect((await refused(`${here}/campaigns/none`)).status).toBe(404)
    expect((await refused(`${here}/prompts/none`)).status).toBe(404)
    expect((await refused(`${here}/judgments/none`)).status).toBe(404)
    const deleted = await refused(`${here}/campaigns`, { method: 'DELETE' })
    expect([deleted.status, deleted.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    const { status, body } = await refused('/projects/support/campaigns', {
      method: 'POST',
      token: '',
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    })
    expect([status, body.detail]).toEqual([403, 'This request came from another site.'])
    const posted = await refused('/openapi.json', { method: 'POST' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    const got = await refused(`${here}/records`)
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
    expect((await refused(`${here}/campaigns`, { body: 'not json' })).status).toBe(400)
    const long = JSON.stringify(campaign('Long', { guidelines: 'x'.repeat(1024 * 1024) }))
    expect((await refused(`${here}/campaigns`, { body: long })).status).toBe(413)
    const records = 'x'.repeat(17 * 1024 * 1024)
    expect((await refused(`${here}/records`, { body: records })).status).toBe(413)
    expect((await refused(`${here}/records`, { body: records, token: 'rbr_wrong' })).status).toBe(
      401,
    )
  })

  it('stands whatever it is asked', async () => {
    const odd = fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.toWellFormed())
    const calls = operations.filter(({ id }) => id !== 'createImport')
    const asked = fc.record({
      call: fc.constantFrom(...calls.map(({ method, path }) => `${method} ${path}`)),
      part: odd.filter((text) => !['', '.', '..'].includes(text)),
      query: fc.dictionary(
        fc.constantFrom('limit', 'q', 'tag', 'candidate', 'baseline', 'open', 'format'),
        odd,
      ),
      after: fc.base64String({ maxLength: 24 }),
      body: fc.oneof(odd, fc.json()),
    })
    await fc.assert(
      fc.asyncProperty(asked, async ({ call, part, query, after, body }) => {
        const [method = '', pattern = ''] = call.split(' ')
        const path = pattern
          .replace(':project', 'support')
          .replaceAll(/:\w+/g, () => encodeURIComponent(part))
        const search = new URLSearchParams(query)
        if (after !== '') search.set('after', after.replaceAll(/[+/=]/g, '_'))
        const asking = method === 'POST' ? { body } : {}
        const { status, text } = await opened.api.ask(`${path}?${search}`, asking)
        expect(status, text).toBeLessThan(500)
      }),
      { numRuns: 400, seed: 7 },
    )
    const { body } = await ask('/campaigns', { body: campaign('Odd\u0000 name') })
    expect(body.name).toBe('Odd name')
  })

  it('names every field of a body that is not valid, as it was written', async () => {
    const { status, body } = await ask('/campaigns', {
      body: campaign('', {
        overlap: 0,
        colour: 'red',
        settings: { gold_rate: 3, goldrate: 1, deadline_at: 'soon' },
      }),
    })
    expect(status).toBe(400)
    const fields = (body.errors as { field: string }[]).map(({ field }) => field).sort()
    expect(fields).toEqual([
      'colour',
      'name',
      'overlap',
      'settings.deadline_at',
      'settings.gold_rate',
      'settings.goldrate',
    ])
    const criterion = { title: 'Better?', weight: 2, definition: { kind: 'preference', points: 3 } }
    const weighed = await ask('/campaigns', {
      body: campaign('Weighed', { criteria: [criterion] }),
    })
    expect(weighed.body.errors).toMatchObject([{ field: 'criteria.0.weight' }])
    const crossed = await ask('/campaigns', {
      body: campaign('Crossed', {
        overlap: 5,
        settings: { adaptive_overlap: { most: 2, confidence: 0.9 } },
      }),
    })
    expect(crossed.body.errors).toMatchObject([{ field: 'settings.adaptive_overlap' }])
    const late = campaign('Late', { settings: { deadline_at: '2020-01-01T00:00:00Z' } })
    expect((await ask('/campaigns?open=true', { body: late })).status).toBe(409)
    const names = await readAll<{ name: string }>(opened.api, `${here}/campaigns`, 50)
    expect(names.map(({ name }) => name)).not.toContain('Late')
  })
})

describe('The limit of requests', () => {
  it('is kept for each token, and says when there are more', async () => {
    const opened = await openApiProject('sqlite', { RUBRICA_API_REQUESTS_A_MINUTE: '5' })
    const ask = (token?: string) => opened.api.ask(here, token === undefined ? {} : { token })
    for (let left = 4; left >= 0; left--) {
      const { status, headers } = await ask()
      expect(status).toBe(200)
      expect(headers.get('ratelimit')).toMatch(new RegExp(`^"default";r=${left};t=\\d+$`))
      expect(headers.get('ratelimit-policy')).toBe('"default";q=5;w=60')
    }
    const over = await ask()
    expect(over.status).toBe(429)
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask(opened.tokens.lead)).status).toBe(200)
    for (let call = 0; call < 5; call++) expect((await ask('rbr_guess')).status).toBe(401)
    expect((await ask('rbr_guess')).status).toBe(429)
    await opened.remove()
  })
})

describe('The page of the API', () => {
  it('lists every operation, to everybody, with a command that is safe to read', async () => {
    const opened = await openApiProject('sqlite')
    const response = await fetch(`${opened.server.url}/api`)
    const page = await response.text()
    expect(response.status).toBe(200)
    for (const { id, summary } of operations) {
      expect(page).toContain(`id="${id}"`)
      expect(page).toContain(summary)
    }
    expect(page.match(/<script[^>]+src="(?!\/)/)).toBeNull()
    await opened.remove()
  })
})
