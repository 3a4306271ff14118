/** The page, the command line and the API make the same snapshot. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { insertApiToken } from '#app/access/api-tokens.server.ts'
import { fieldsOfDataset } from '#app/export/dataset-form.ts'
import type { Manifest } from '#app/export/manifest.ts'
import { recipeSchema } from '#app/export/recipe.ts'
import { inTransaction } from '#db/open.ts'
import { jsonLines } from '#tests/support/exporting.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'
import { databaseOf, makeMember, removeServer, signIn, startServer } from '#tests/support/server.ts'

const lines = Array.from({ length: 40 }, (_, place) => [
  {
    id: `p${place}`,
    prompt: `Question ${place}?`,
    tags: [place % 2 ? 'odd' : 'even'],
    responses: ['x', 'y'].map((model) => ({ model, content: `${model} answers ${place}` })),
  },
  ...['w1', 'w2', 'w3'].map((rater, at) => ({
    prompt_id: `p${place}`,
    model_a: 'x',
    model_b: 'y',
    winner: (place + at) % 4 ? 'a' : 'tie',
    strength: 1 + at,
    rater,
    campaign: 'Pairs',
  })),
]).flat()

const policy = {
  minimumRaters: 2,
  margin: 'required',
  ties: 'own file',
  splits: { test: 0.25, validation: 0.1, seed: 'once' },
}

it('has one hash, whoever asks for it', async () => {
  const server = await startServer({ runsWorker: true })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Same')
  const test = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'a.jsonl': jsonLines(...lines) })
  const campaign = await db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const recipe = {
    campaignIds: [campaign.id],
    target: 'trl-preference',
    container: 'parquet',
    policy,
  }

  const byPage = await (async () => {
    await makeMember(db, { projectId: project.id, email: 'e@example.org', roles: ['engineer'] })
    const cookie = await signIn(server.url, 'e@example.org')
    const fields = fieldsOfDataset({
      ...recipeSchema.parse(recipe),
      name: 'By page',
      description: '',
      schedule: null,
    })
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(fields)) {
      for (const one of value.split('\n')) body.append(name, one)
    }
    const reply = await fetch(`${server.url}/p/same/export/new`, {
      method: 'POST',
      body,
      headers: { cookie, origin: server.url },
      redirect: 'manual',
    })
    expect(reply.status).toBe(302)
    return madeOf('By page')
  })()

  const byCommand = (() => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rubrica-same-'))
    const out = path.join(folder, 'out')
    const { status, stderr } = spawnSync(
      process.execPath,
      ['scripts/rubrica.mjs', 'export', '--project', 'Same', '--dataset', 'By page', '--out', out],
      { env: { ...process.env, RUBRICA_DATA: server.dataDir }, encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    expect(status).toBe(0)
    return JSON.parse(readFileSync(path.join(out, '.meta', 'manifest.json'), 'utf8')) as Manifest
  })()

  const byApi = await (async () => {
    const token = await inTransaction(db, async (trx) => {
      const person = await trx.selectFrom('person').select('id').executeTakeFirstOrThrow()
      const owner = { projectId: project.id, createdBy: person.id, now: Date.now() }
      return insertApiToken(trx, { ...owner, name: 'script', role: 'engineer' })
    })
    const call = async (place: string, body: object) => {
      const reply = await fetch(`${server.url}/api/v1/projects/same/${place}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(reply.ok).toBe(true)
      return (await reply.json()) as { id: string }
    }
    const asked = {
      name: 'By API',
      campaigns: [campaign.id],
      target: 'trl-preference',
      container: 'parquet',
      policy,
    }
    const { id } = await call('datasets', asked)
    await call(`datasets/${id}/snapshots`, {})
    return madeOf('By API')
  })()

  /** The manifest of a dataset's snapshot, once it is ready. */
  async function madeOf(name: string): Promise<Manifest> {
    for (let wait = 0; wait < 200; wait++) {
      const made = await db.read
        .selectFrom('snapshot')
        .innerJoin('dataset', 'dataset.id', 'snapshot.dataset_id')
        .select(['snapshot.status', 'snapshot.manifest'])
        .where('dataset.name', '=', name)
        .executeTakeFirst()
      if (made?.status === 'ready') return JSON.parse(made.manifest ?? '') as Manifest
      await sleep(100)
    }
    throw new Error(`${name} was not made.`)
  }

  expect(byPage.rows.length).toBeGreaterThan(2)
  expect(byCommand.sha256).toBe(byPage.sha256)
  expect(byApi.sha256).toBe(byPage.sha256)
  expect(byCommand.files).toEqual(byPage.files)
  expect(byApi.files).toEqual(byPage.files)
  await db.close()
  await removeServer(server)
}, 120_000)
