/** Twenty raters at work while a file is imported, on the same cores: how long a submit takes them. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#app/base/ids.ts'
import { insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { makeProject } from '#tests/support/project.ts'
import { databaseOf, removeServer, startServer } from '#tests/support/server.ts'
import { rateMeanwhile } from './bench-raters.ts'

interface Bench {
  file: string
  say: (words: string) => void
}

/** Measures submits at rest and during an import, and prints their 99th percentiles. */
export async function rateWhileImporting({ file, say }: Bench): Promise<void> {
  const server = await startServer({ runsWorker: true })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Imported')
  await rateMeanwhile(
    { server, db, say },
    {
      title: `${path.basename(file)} is imported`,
      work: () => importFile(db, project.id, file),
    },
  )
  await db.close()
  await removeServer(server)
}

async function importFile(db: Db, projectId: string, file: string): Promise<number> {
  const started = performance.now()
  const batchId = newId()
  await inTransaction(db, async (trx) => {
    const scope = { projectId, now: Date.now() }
    const files = [{ name: path.basename(file), path: file, bytes: statSync(file).size }]
    await insertBatch(trx, {
      ...scope,
      id: batchId,
      source: 'other',
      createdBy: 'bench',
      files,
      options: importOptionsSchema.parse({}),
    })
    await startBatch(trx, { ...scope, batchId })
  })
  for (;;) {
    await sleep(100)
    const batch = await db.read
      .selectFrom('import_batch')
      .select('status')
      .where('id', '=', batchId)
      .executeTakeFirstOrThrow()
    if (batch.status === 'done') return performance.now() - started
  }
}
