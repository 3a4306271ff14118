import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { insertDataset } from '#app/export/datasets.server.ts'
import { localStore } from '#app/export/files/local-store.server.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { runSnapshot } from '#app/export/run-snapshot.server.ts'
import { askForSnapshot, snapshotFolder } from '#app/export/snapshots.server.ts'
import { claimJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { insertWebhook } from '#app/notify/webhooks.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

describeEachDialect('A snapshot that is asked for', (makeDatabase) => {
  it('is made by its job, and other systems hear that it is ready', async () => {
    const test = await makeDatabase()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const events = ['snapshot.ready' as const]
    await inTransaction(db, (trx) =>
      insertWebhook(trx, { projectId, url: 'https://example.org/', events, now: 1 }),
    )
    const lines = [0, 1, 2].flatMap((place) => [
      {
        id: `p${place}`,
        prompt: `Q${place}?`,
        responses: ['x', 'y'].map((model) => ({ model, content: `${model} ${place}` })),
      },
      {
        prompt_id: `p${place}`,
        model_a: 'x',
        model_b: 'y',
        winner: 'a',
        rater: 'w',
        campaign: 'c',
      },
    ])
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    await importFiles(test, projectId, { 'a.jsonl': `${text}\n` })
    const campaign = await db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const snapshotId = await inTransaction(db, async (trx) => {
      const dataset = newDatasetSchema.parse({
        name: 'Pairs',
        campaignIds: [campaign.id],
        target: 'trl-preference',
        policy: {},
      })
      const by = { createdBy: 'test', now: Date.now() }
      const made = must(await insertDataset(trx, { projectId, dataset, ...by }), 'the dataset')
      return askForSnapshot(trx, { projectId, datasetId: made, ...by })
    })
    const job = must(
      await inTransaction(db, (trx) => claimJob(trx, { holder: 'test', now: Date.now() })),
      'the job',
    )
    const run = () =>
      runJob(job, {
        db,
        dataDir: test.folder,
        handlers: { snapshot: runSnapshot(localStore(test.folder)) },
        holder: 'test',
        signal: new AbortController().signal,
        onError: (error) => {
          throw error
        },
      })
    await run()
    const { status, sha256 } = await db.read
      .selectFrom('snapshot')
      .select(['status', 'sha256'])
      .executeTakeFirstOrThrow()
    expect(status).toBe('ready')
    const { body } = await db.read
      .selectFrom('webhook_delivery')
      .select('body')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(body)).toMatchObject({
      type: 'snapshot.ready',
      data: { snapshot: snapshotId, dataset: 'Pairs', number: 1, sha256, rows: 3 },
    })
    const rows = path.join(
      snapshotFolder(test.folder, projectId, snapshotId),
      'preference/train.jsonl',
    )
    const frozen = await readFile(rows)
    await db.write
      .updateTable('judgment')
      .set({ withdrawn_at: Date.now() })
      .where('project_id', '=', projectId)
      .execute()
    // As after a process that died once all was frozen, before its job was marked as done.
    await db.write
      .updateTable('job')
      .set({ status: 'running', leased_by: 'test', lease_until: Date.now() + 60_000 })
      .where('id', '=', job.id)
      .execute()
    await run()
    const again = await db.read
      .selectFrom('job')
      .select(['status', 'result'])
      .where('id', '=', job.id)
      .executeTakeFirstOrThrow()
    expect(again).toEqual({ status: 'done', result: JSON.stringify({ rows: 3 }) })
    expect((await readFile(rows)).equals(frozen)).toBe(true)
  })
})
