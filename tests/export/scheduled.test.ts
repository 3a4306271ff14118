import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { changeDataset, findDataset, insertDataset } from '#app/export/datasets.server.ts'
import { localStore } from '#app/export/files/local-store.server.ts'
import { findHoldingSnapshots } from '#app/export/holding-snapshots.server.ts'
import { previewFunnel } from '#app/export/preview-funnel.server.ts'
import { newDatasetSchema, recipeSchema } from '#app/export/recipe.ts'
import { runSnapshot } from '#app/export/run-snapshot.server.ts'
import { askForDue } from '#app/export/scheduled-snapshots.server.ts'
import { findSnapshot, listSnapshots } from '#app/export/snapshots.server.ts'
import { claimJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { judgedProject } from '#tests/support/exporting.ts'

const day = 24 * 60 * 60_000

const lines = Array.from({ length: 12 }, (_, place) => [
  {
    id: `p${place}`,
    prompt: `Question ${place}?`,
    responses: ['x', 'y'].map((model) => ({ model, content: `${model} answers ${place}` })),
  },
  ...['w1', 'w2'].map((rater) => ({
    prompt_id: `p${place}`,
    model_a: 'x',
    model_b: 'y',
    winner: place < 3 ? 'tie' : 'a',
    rater,
    campaign: 'c',
  })),
]).flat()

const newDataset = (campaignIds: string[], change: object = {}) =>
  newDatasetSchema.parse({
    name: 'Set',
    campaignIds,
    target: 'trl-preference',
    policy: {},
    ...change,
  })

async function runNext({ db, folder }: TestDatabase): Promise<void> {
  const job = must(
    await inTransaction(db, (trx) => claimJob(trx, { holder: 'test', now: Date.now() })),
    'a job',
  )
  await runJob(job, {
    db,
    dataDir: folder,
    handlers: { snapshot: runSnapshot(localStore(folder)) },
    holder: 'test',
    signal: new AbortController().signal,
    onError: (error) => {
      throw error
    },
  })
}

describeEachDialect('A dataset', (open) => {
  it('is frozen by itself every day, once however many workers look', async () => {
    const test = await open()
    const { projectId, campaignIds } = await judgedProject(test, lines)
    const dataset = newDataset(campaignIds, { schedule: 'daily' })
    const id = must(
      await inTransaction(test.db, (trx) =>
        insertDataset(trx, { projectId, dataset, createdBy: 'test', now: 0 }),
      ),
      'the dataset',
    )
    expect(await askForDue(test.db, day - 1)).toEqual([])
    const asked = await Promise.all([askForDue(test.db, day), askForDue(test.db, day)])
    expect(asked.flat()).toHaveLength(1)
    expect(await askForDue(test.db, day + 1)).toEqual([])
    expect((await findDataset(test.db.read, projectId, id))?.dueAt).toBe(2 * day)
    await runNext(test)
    expect(await listSnapshots(test.db.read, projectId, id)).toMatchObject([
      { number: 1, status: 'ready', rows: 9 },
    ])
  })

  it('keeps a snapshot as it was asked for, though its recipe is changed meanwhile', async () => {
    const test = await open()
    const { projectId, campaignIds } = await judgedProject(test, lines)
    const made = { projectId, createdBy: 'test', now: 0 }
    const scheduled = newDataset(campaignIds, { schedule: 'daily' })
    const id = must(
      await inTransaction(test.db, (trx) => insertDataset(trx, { ...made, dataset: scheduled })),
      'the dataset',
    )
    const [snapshotId = ''] = await askForDue(test.db, day)
    const dataset = newDataset(campaignIds, { policy: { minimumRaters: 5 } })
    await inTransaction(test.db, (trx) => changeDataset(trx, { ...made, datasetId: id, dataset }))
    await runNext(test)
    const snapshot = await findSnapshot(test.db.read, projectId, snapshotId)
    expect(snapshot).toMatchObject({ status: 'ready', rows: 9 })
    expect(snapshot?.manifest?.policy.minimumRaters).toBe(1)
  })

  it('tells of a prompt which snapshots hold it, and what they count that was withdrawn since', async () => {
    const test = await open()
    const { projectId, campaignIds } = await judgedProject(test, lines)
    const dataset = newDataset(campaignIds, { schedule: 'daily' })
    await inTransaction(test.db, (trx) =>
      insertDataset(trx, { projectId, dataset, createdBy: 'test', now: 0 }),
    )
    await askForDue(test.db, day)
    await runNext(test)
    const promptOf = async (text: string) =>
      must(
        await test.db.read
          .selectFrom('prompt')
          .select('id')
          .where('messages', 'like', `%Question ${text}?%`)
          .executeTakeFirst(),
        'the prompt',
      ).id
    const snapshots = localStore(test.folder)
    const asked = { dataDir: test.folder, snapshots, projectId }
    const held = { ...asked, promptId: await promptOf('5') }
    expect(await findHoldingSnapshots(test.db.read, held)).toMatchObject([
      { dataset: 'Set', number: 1, rows: 1, withdrawnRaters: [] },
    ])
    const tied = { ...asked, promptId: await promptOf('1') }
    expect(await findHoldingSnapshots(test.db.read, tied)).toEqual([])
    const rater = await test.db.read
      .selectFrom('rater')
      .select('id')
      .where('pseudonym', '=', 'w2')
      .executeTakeFirstOrThrow()
    await test.db.write
      .updateTable('judgment')
      .set({ withdrawn_at: 2 * day, withdrawn_reason: 'a mistake' })
      .where('rater_id', '=', rater.id)
      .execute()
    expect(await findHoldingSnapshots(test.db.read, held)).toMatchObject([
      { withdrawnRaters: ['w2'] },
    ])
  })

  it('shows what its rules keep, of all prompts or of a sample that says how large it is', async () => {
    const test = await open()
    const { projectId, campaignIds } = await judgedProject(
      test,
      Array.from({ length: 50 }, (_, block) =>
        lines.map((line) => {
          const own = line as { id?: string; prompt_id?: string; prompt?: string }
          return own.id === undefined
            ? { ...line, prompt_id: `${block} ${own.prompt_id}` }
            : { ...line, id: `${block} ${own.id}`, prompt: `${block} ${own.prompt}` }
        }),
      ).flat(),
    )
    const recipe = recipeSchema.parse({ campaignIds, target: 'trl-preference', policy: {} })
    const all = await previewFunnel(test.db.read, { projectId, recipe, patienceMs: 60_000 })
    expect(all).toMatchObject({ share: 1, considered: 600, rows: 450, dropped: { tie: 150 } })
    const some = await previewFunnel(test.db.read, { projectId, recipe, patienceMs: 0 })
    expect(some.share).toBeLessThan(1)
    expect(some.prompts).toBeLessThan(600)
    expect(Math.abs(some.prompts / some.share / 600 - 1)).toBeLessThan(0.5)
  })
})
