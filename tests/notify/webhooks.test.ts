import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { deliverWaiting } from '#app/notify/deliver-webhooks.server.ts'
import { isPublicAddress, lookupPublic } from '#app/notify/public-address.server.ts'
import { nextAttemptAt } from '#app/notify/webhook-events.ts'
import { signedHeaders } from '#app/notify/webhook-signature.server.ts'
import {
  announce,
  insertWebhook,
  listDeliveries,
  listWebhooks,
  newWebhookSchema,
  queueAgain,
  queueTest,
  removeWebhook,
  setWebhookStatus,
} from '#app/notify/webhooks.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { makeProject } from '#tests/support/project.ts'

interface Taken {
  headers: IncomingHttpHeaders
  body: string
  path: string
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** Somebody's own server, that keeps what it is told. */
async function receiver(answer: (response: ServerResponse, count: number) => void) {
  const taken: Taken[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      taken.push({ headers: request.headers, body, path: request.url ?? '' })
      answer(response, taken.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/hook?key=1`, taken }
}

const taking = (response: ServerResponse) => response.writeHead(204).end()

describe('A signature', () => {
  it('is the one of the published example of Standard Webhooks', () => {
    const headers = signedHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: 1_614_265_330_000 },
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    )
    expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
    expect(headers['webhook-timestamp']).toBe('1614265330')
  })
})

describe('An address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    'fd00::1',
    'fe80::1',
    '64:ff9b::a00:1',
    'not an address',
  ])('%s is none of the public internet', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  it.each(['93.184.216.34', '8.8.8.8', '172.32.0.1', '2606:4700::1111'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })

  it('is refused where a name leads inside, by the very answer that would be connected to', async () => {
    const error = await new Promise<Error | null>((resolve) =>
      lookupPublic('localhost', {}, (problem) => resolve(problem)),
    )
    expect(error?.message).toContain('an address of this machine or its network')
  })

  it('is one of the web, without a password in it', () => {
    const events = ['drift.alarm']
    const isTaken = (url: string) => newWebhookSchema.safeParse({ url, events }).success
    expect(isTaken('https://example.org/hook')).toBe(true)
    for (const url of [
      'ftp://example.org',
      'example.org',
      'https://a:b@example.org',
      'file:///etc',
    ]) {
      expect(isTaken(url), url).toBe(false)
    }
    expect(newWebhookSchema.safeParse({ url: 'https://example.org', events: [] }).success).toBe(
      false,
    )
  })
})

describe('A delivery that fails', () => {
  it('is tried again ever later, for about a day', () => {
    let [at, tries] = [0, 0]
    for (let next = nextAttemptAt(1, 0); next !== null; next = nextAttemptAt(tries + 1, at)) {
      at = next
      tries += 1
    }
    expect(tries).toBe(7)
    expect(at / 3_600_000).toBeGreaterThan(20)
    expect(at / 3_600_000).toBeLessThan(36)
  })
})

describeEachDialect('Webhooks of a project', (makeDatabase) => {
  async function made(url: string, events: ('drift.alarm' | 'gate.changed')[] = ['drift.alarm']) {
    const { db } = await makeDatabase()
    const project = await makeProject(db)
    const projectId = project.id
    const hook = await inTransaction(db, (trx) =>
      insertWebhook(trx, { projectId, url, events, now: 1 }),
    )
    const tell = (about: string, now = 1_000) =>
      inTransaction(db, (trx) =>
        announce(trx, {
          projectId,
          event: 'drift.alarm',
          about,
          data: { summary: 'It fell – “far”.' },
          now,
        }),
      )
    const deliver = (now: number, allowsPrivate = true) =>
      deliverWaiting({ db, allowsPrivate, now: () => now })
    const last = async () => must((await listDeliveries(db.read, { projectId, most: 5 }))[0], 'one')
    return { db, projectId, project, hook, tell, deliver, last }
  }

  it('are told what they want to hear, once of each thing, signed', async () => {
    const { url, taken } = await receiver(taking)
    const { hook, tell, deliver, last, project } = await made(url)
    await tell('one')
    await tell('one')
    expect(await deliver(2_000)).toBe(1)
    expect(await deliver(2_001)).toBe(0)
    const [{ headers, body, path }] = taken as [Taken]
    expect(path).toBe('/hook?key=1')
    expect(JSON.parse(body)).toEqual({
      type: 'drift.alarm',
      timestamp: '1970-01-01T00:00:01.000Z',
      project: { id: project.id, name: project.name, slug: project.slug },
      data: { summary: 'It fell – “far”.' },
    })
    const key = Buffer.from(hook.secret.replace('whsec_', ''), 'base64')
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const signature = createHmac('sha256', key).update(signed).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${signature}`)
    expect(await last()).toMatchObject({ status: 204, deliveredAt: 2_000, nextAttemptAt: null })
    await tell('another')
    expect(await deliver(3_000)).toBe(1)
    expect(new Set(taken.map((one) => one.headers['webhook-id'])).size).toBe(2)
  })

  it('are not told what they did not ask for, nor while they are paused', async () => {
    const { url, taken } = await receiver(taking)
    const { db, projectId, hook, tell, deliver } = await made(url, ['gate.changed'])
    await tell('one')
    expect(await deliver(2_000)).toBe(0)
    const status = (to: 'active' | 'paused') =>
      inTransaction(db, (trx) => setWebhookStatus(trx, { projectId, id: hook.id, status: to }))
    await inTransaction(db, (trx) => queueTest(trx, { projectId, id: hook.id, now: 3_000 }))
    await status('paused')
    expect(await deliver(4_000)).toBe(0)
    await status('active')
    expect(await deliver(5_000)).toBe(1)
    expect(JSON.parse(taken[0]?.body ?? '').type).toBe('test')
  })

  it('are told again where they did not take it, with the same id, and given up in the end', async () => {
    const { url, taken } = await receiver((response) => response.writeHead(500).end('no'))
    const { tell, deliver, last, db, projectId } = await made(url)
    await tell('one', 0)
    let now = 0
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await deliver(now - 1)).toBe(0)
      expect(await deliver(now)).toBe(1)
      const { attempts, status, nextAttemptAt } = await last()
      expect({ attempts, status }).toEqual({ attempts: attempt, status: 500 })
      now = nextAttemptAt ?? Number.MAX_SAFE_INTEGER
    }
    expect(await last()).toMatchObject({ deliveredAt: null, nextAttemptAt: null })
    expect(new Set(taken.map((one) => one.headers['webhook-id'])).size).toBe(1)
    const { id } = await last()
    await inTransaction(db, (trx) => queueAgain(trx, { projectId, id, now: 9 }))
    expect(await deliver(10)).toBe(1)
  })

  it('may say that they are gone', async () => {
    const { url } = await receiver((response) => response.writeHead(410).end())
    const { tell, deliver, last, db, projectId } = await made(url)
    await tell('one')
    await deliver(2_000)
    expect(await last()).toMatchObject({ status: 410, nextAttemptAt: null })
    expect((await listWebhooks(db.read, projectId))[0]?.isActive).toBe(false)
  })

  it('are not followed elsewhere, and private addresses are not told unless allowed', async () => {
    const inside = await receiver(taking)
    const { url } = await receiver((response) =>
      response.writeHead(302, { Location: inside.url }).end(),
    )
    const { tell, deliver, last } = await made(url)
    await tell('one', 0)
    await deliver(0, false)
    const refused = await last()
    expect(refused.error).toContain('127.0.0.1 is an address of this machine')
    expect(refused.status).toBeNull()
    await deliver(refused.nextAttemptAt ?? 0, true)
    expect(await last()).toMatchObject({ status: 302, deliveredAt: null })
    expect(inside.taken).toEqual([])
  })

  it('say why where nobody answers, and are sent again where the sender died', async () => {
    const { tell, deliver, last, db, projectId, hook } = await made('http://127.0.0.1:9/')
    await tell('one', 0)
    await deliver(0)
    expect((await last()).error).toContain('ECONNREFUSED')
    await db.write
      .updateTable('webhook_delivery')
      .set({ next_attempt_at: 60_000 })
      .where('project_id', '=', projectId)
      .execute()
    expect(await deliver(59_999)).toBe(0)
    expect(await deliver(60_000)).toBe(1)
    await inTransaction(db, (trx) => removeWebhook(trx, { projectId, id: hook.id }))
    expect(await listDeliveries(db.read, { projectId, most: 5 })).toEqual([])
  })
})
