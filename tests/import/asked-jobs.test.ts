/** What a person may ask of an import that runs. */
import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { writePasted } from '#app/import/receive-file.server.ts'
import { runImport } from '#app/import/run-import.server.ts'
import { askOfJob, claimJob, type JobRequest } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { makeProject, promptLines } from '#tests/support/project.ts'

const prompts = 2_000

async function started(test: TestDatabase) {
  const project = await makeProject(test.db)
  const file = await writePasted(`${test.folder}/received`, promptLines(prompts, ['a', 'b']))
  await inTransaction(test.db, async (trx) => {
    const scope = { projectId: project.id, now: Date.now() }
    const options = importOptionsSchema.parse({})
    const batchId = await insertBatch(trx, {
      ...scope,
      source: 's',
      createdBy: 't',
      files: [file],
      options,
    })
    await startBatch(trx, { ...scope, batchId })
  })
  const find = () =>
    test.db.read
      .selectFrom('job')
      .select(['id', 'status', 'done', 'total', 'note'])
      .executeTakeFirstOrThrow()
  const ask = async (request: JobRequest) => {
    const { id } = await find()
    return inTransaction(test.db, (trx) =>
      askOfJob(trx, { projectId: project.id, id }, { request, now: Date.now() }),
    )
  }
  /** Works on the job as a worker does; asks something of it when it has got some way. */
  const work = async (request?: JobRequest) => {
    const claimed = await inTransaction(test.db, (trx) =>
      claimJob(trx, { holder: 'h', now: Date.now() }),
    )
    let isAsked = false
    await runJob(must(claimed, 'a job'), {
      db: test.db,
      dataDir: test.folder,
      holder: 'h',
      signal: new AbortController().signal,
      onError: (error) => {
        throw error
      },
      handlers: {
        import: (context) =>
          runImport(recordJudgments)({
            ...context,
            reportWithin: async (trx, progress) => {
              await context.reportWithin(trx, progress)
              if (isAsked || !request || (progress.done ?? 0) === 0) return
              isAsked = true
              setTimeout(() => ask(request), 0)
            },
          }),
      },
    })
  }
  const count = async () => {
    const { n } = await test.db.read
      .selectFrom('prompt')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('project_id', '=', project.id)
      .executeTakeFirstOrThrow()
    return n
  }
  return { find, ask, work, count }
}

describeEachDialect('An import that runs', (open) => {
  it('can be paused and resumed, and ends as if it had never been', async () => {
    const { find, ask, work, count } = await started(await open())
    await work('pause')
    const paused = await find()
    expect(paused.status).toBe('paused')
    expect(await count()).toBeLessThan(prompts)
    expect(paused.note).toMatch(/^[\d,]+ records: prompts and responses$/)
    expect(await ask('retry')).toBe(false)
    expect(await ask('resume')).toBe(true)
    await work()
    expect(await find()).toMatchObject({ status: 'done' })
    expect(await count()).toBe(prompts)
  })

  it('can be cancelled, which keeps what came in, and tried again', async () => {
    const { find, ask, work, count } = await started(await open())
    await work('cancel')
    expect((await find()).status).toBe('cancelled')
    const kept = await count()
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThan(prompts)
    expect(await ask('pause')).toBe(false)
    expect(await ask('retry')).toBe(true)
    await work()
    expect(await count()).toBe(prompts)
  })
})
