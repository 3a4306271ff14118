/** Snapshots of a site whose files are in a bucket: made by its worker, and read through its pages. */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { askOfJob } from '#app/jobs/jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import { readAll } from '#tests/support/api.ts'
import { type ApiProject, openApiProject, untilDone } from '#tests/support/api-project.ts'
import { freezeDataset, makeDataset, sendJudged } from '#tests/support/api-snapshots.ts'
import { type StandInStore, startStandInStore } from '#tests/support/s3-stand-in.ts'
import { makeMember, signIn } from '#tests/support/server.ts'
import { zippedNames } from '#tests/support/zipped-names.ts'

describe('Snapshots in a bucket', () => {
  let standIn: StandInStore
  let opened: ApiProject
  let dataset = ''

  beforeAll(async () => {
    standIn = await startStandInStore()
    opened = await openApiProject('sqlite', {
      RUBRICA_SNAPSHOT_STORE: 's3://sets/rubrica',
      RUBRICA_S3_ENDPOINT: standIn.endpoint,
      AWS_ACCESS_KEY_ID: 'stand-in',
      AWS_SECRET_ACCESS_KEY: 'secret',
    })
    const campaign = await sendJudged(opened, 9)
    const recipe = { name: 'Pairs', campaigns: [campaign], target: 'trl-preference' }
    dataset = await makeDataset(opened, { ...recipe, container: 'jsonl' })
  })
  afterAll(async () => {
    await opened.remove()
    await standIn.close()
  })

  const train = 'preference/train.jsonl'
  const folderOf = (snapshot: string) =>
    path.join(opened.server.dataDir, 'exports', opened.project.id, snapshot)
  const get = async (address: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${opened.server.url}/files/support/snapshots/${address}`, {
      headers: { Authorization: `Bearer ${opened.tokens.engineer}`, ...headers },
    })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, bytes }
  }

  it('are made there, and leave only their index here', async () => {
    const { snapshot } = await freezeDataset(opened, dataset)
    const key = `sets/rubrica/${opened.project.id}/${snapshot}/${train}`
    const kept = must(standIn.objects.get(key), 'the rows')
    await expect
      .poll(() => readdir(folderOf(snapshot), { recursive: true }))
      .toEqual(['.meta', '.meta/rows.jsonl'])
    const whole = await get(`${snapshot}/${train}`)
    expect(whole.bytes.equals(kept)).toBe(true)
    const hash = createHash('sha256').update(kept).digest('hex')
    expect(whole.headers.get('etag')).toBe(`"${hash}"`)
    const part = await get(`${snapshot}/${train}`, { Range: 'bytes=5-24' })
    expect(part.status).toBe(206)
    expect(part.bytes.equals(kept.subarray(5, 25))).toBe(true)
    expect((await get(`${snapshot}/nowhere`)).status).toBe(404)
    const { status, bytes } = await get(`${snapshot}.zip`)
    expect(status).toBe(200)
    const names = await zippedNames(bytes)
    expect(names).toContain(train)
    expect(names).toContain('.meta/manifest.json')
    expect(names).toHaveLength([...standIn.objects.keys()].length)
  })

  it('show rows and differences also where nothing of them is here', async () => {
    const one = await freezeDataset(opened, dataset)
    const two = await freezeDataset(opened, dataset)
    const forget = async () => {
      for (const { snapshot } of [one, two]) {
        await rm(folderOf(snapshot), { recursive: true, force: true })
      }
    }
    const member = { projectId: opened.project.id, email: 'kim@example.org' }
    await makeMember(opened.db, { ...member, roles: ['engineer'] })
    const cookie = await signIn(opened.server.url, member.email)
    const page = async (address: string) => {
      await forget()
      const response = await fetch(`${opened.server.url}/p/support/${address}`, {
        headers: { Cookie: cookie },
      })
      return { status: response.status, text: await response.text() }
    }
    await forget()
    const rows = await readAll<{ id: string }>(opened.api, `${one.path}/rows`, 4)
    expect(rows).toHaveLength(9)
    expect(existsSync(path.join(folderOf(one.snapshot), '.meta', 'rows.jsonl'))).toBe(true)
    await forget()
    const difference = await opened.api.ask(`${one.path}/diff/${two.snapshot}`)
    expect(difference.body).toMatchObject({ same: 9, first: [] })
    const row = must(rows[3], 'a row')
    const list = await page(`export/${dataset}/${one.snapshot}/rows`)
    expect(list.text).toContain(row.id)
    const shown = await page(`export/${dataset}/${one.snapshot}/rows/${row.id}`)
    expect([shown.status, shown.text.includes(row.id)]).toEqual([200, true])
    const all = await page(`export/${dataset}/diff.jsonl?from=${one.snapshot}&to=${two.snapshot}`)
    expect([all.status, all.text]).toEqual([200, ''])
    const prompt = await opened.db.read.selectFrom('prompt').select('id').executeTakeFirstOrThrow()
    const held = await page(`prompts/${prompt.id}`)
    expect(held.text).toContain(`export/${dataset}/${one.snapshot}`)
  })

  it('are not ready while the store fails, and are the same once it does not', async () => {
    const path = `/projects/support/datasets/${dataset}/snapshots`
    const before = await freezeDataset(opened, dataset)
    const { sha256 } = (await opened.api.ask(before.path)).body
    standIn.refuses = (asked) => asked.startsWith('PUT') && asked.endsWith('train.jsonl')
    const { body } = await opened.api.ask(path, { method: 'POST' })
    await expect(untilDone(opened, body.job)).rejects.toThrow('could not be stored')
    const failed = await opened.api.ask(`${path}/${body.snapshot}`)
    expect(failed.body).toMatchObject({ status: 'queued', sha256: null, manifest: null })
    expect((await get(`${body.snapshot}/README.md`)).status).toBe(404)
    expect((await get(`${body.snapshot}.zip`)).status).toBe(404)
    standIn.refuses = undefined
    const job = { projectId: opened.project.id, id: String(body.job) }
    await inTransaction(opened.db, (trx) =>
      askOfJob(trx, job, { request: 'retry', now: Date.now() }),
    )
    await untilDone(opened, body.job)
    const made = await opened.api.ask(`${path}/${body.snapshot}`)
    expect(made.body).toMatchObject({ status: 'ready', sha256 })
    const [one, other] = [before.snapshot, body.snapshot].map((snapshot) =>
      standIn.objects.get(`sets/rubrica/${opened.project.id}/${snapshot}/${train}`),
    )
    expect(must(one, 'the first').equals(must(other, 'the second'))).toBe(true)
  })
})
