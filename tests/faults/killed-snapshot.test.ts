/** A snapshot whose worker is killed without warning, again and again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { insertDataset } from '#app/export/datasets.server.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { askForSnapshot, snapshotFolder } from '#app/export/snapshots.server.ts'
import { inTransaction } from '#db/open.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { exportedFolder, judgedProject } from '#tests/support/exporting.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

const startWorker = (dataDir: string): ChildProcess =>
  spawn(process.execPath, ['scripts/worker.mjs'], {
    cwd: root,
    env: { ...process.env, RUBRICA_DATA: dataDir, DATABASE_URL: path.join(dataDir, 'rubrica.db') },
    stdio: 'ignore',
  })

const gone = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))

const lines = Array.from({ length: 3_000 }, (_, place) => [
  {
    id: `p${place}`,
    prompt: `Question ${place}?`,
    responses: ['x', 'y'].map((model) => ({ model, content: `${model} answers ${place}` })),
  },
  { prompt_id: `p${place}`, model_a: 'x', model_b: 'y', winner: 'a', rater: 'w', campaign: 'c' },
]).flat()

it('is whole or absent, and the same in the end', async () => {
  const test = await openTestDatabase('sqlite')
  const { db, folder: dataDir } = test
  const scope = await judgedProject(test, lines)
  const { projectId } = scope
  const policy = { splits: { test: 0.2 } }
  const wanted = { target: 'trl-preference', container: 'parquet', policy } as const
  const undisturbed = await exportedFolder(test, scope, wanted)
  const snapshotId = await inTransaction(db, async (trx) => {
    const by = { projectId, createdBy: 'test', now: Date.now() }
    const dataset = newDatasetSchema.parse({ name: 'Set', ...wanted, ...scope })
    const datasetId = await insertDataset(trx, { ...by, dataset })
    return askForSnapshot(trx, { ...by, datasetId: datasetId ?? '' })
  })
  const folder = snapshotFolder(dataDir, projectId, snapshotId)
  const find = () =>
    db.read
      .selectFrom('snapshot')
      .innerJoin('job', 'job.id', 'snapshot.job_id')
      .select(['snapshot.status', 'snapshot.sha256', 'job.leased_by', 'job.status as job'])
      .where('snapshot.id', '=', snapshotId)
      .executeTakeFirstOrThrow()
  let worker = startWorker(dataDir)
  let kills = 0
  for (;;) {
    await sleep(5)
    const { status, leased_by, job } = await find()
    // What people may take is whole: the folder is there under its name only when it is finished.
    if (existsSync(folder)) {
      expect(readdirSync(folder).sort()).toEqual(['.meta', 'README.md', 'REPORT.md', 'preference'])
    }
    if (status === 'ready') expect(existsSync(folder)).toBe(true)
    if (job === 'done' || job === 'failed') break
    if (kills >= 6 || !leased_by?.endsWith(`:${worker.pid}`)) continue
    await sleep(Math.random() * 400)
    worker.kill('SIGKILL')
    await gone(worker)
    kills += 1
    worker = startWorker(dataDir)
  }
  worker.kill('SIGTERM')
  await gone(worker)
  expect(kills).toBeGreaterThanOrEqual(3)
  expect(await find()).toMatchObject({
    status: 'ready',
    sha256: undisturbed.manifest.sha256,
    job: 'done',
  })
  await test.remove()
}, 180_000)
