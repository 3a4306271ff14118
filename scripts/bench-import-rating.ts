/** Twenty raters at work while a file is imported, on the same cores: how long a submit takes them. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#app/base/ids.ts'
import { insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { quantile } from '#app/stats/quantile.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '#tests/support/project.ts'
import { type RaterLine, sendToDesk, submissionOf } from '#tests/support/raters.ts'
import { databaseOf, makeMember, removeServer, signIn, startServer } from '#tests/support/server.ts'

const raters = 20
const restMs = 20_000
/** Faster than people judge: each rater saves about once a second. */
const thinkMs = 700

interface Bench {
  file: string
  say: (words: string) => void
}

/** Measures submits at rest and during an import, and prints their 99th percentiles. */
export async function rateWhileImporting({ file, say }: Bench): Promise<void> {
  const server = await startServer({ runsWorker: true })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Rating')
  const test = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'a.jsonl': promptLines(2_000, ['a', 'b']) })
  const campaign = await openCampaign(db, project.id, { overlap: 3 })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const lines: RaterLine[] = []
  for (let rater = 0; rater < raters; rater++) {
    const email = `r${rater}@example.org`
    await makeMember(db, { projectId: project.id, email, roles: ['annotator'] })
    const cookie = await signIn(server.url, email)
    lines.push({ urls: [server.url], cookie, place: `/p/${project.slug}/rate/${campaign}/answers` })
  }
  const stop = new AbortController()
  let times: number[] = []
  const working = lines.map((line) =>
    rate(line, { criterionId: criterion.id, stop: stop.signal, note: (ms) => times.push(ms) }),
  )
  await sleep(restMs)
  say(`Raters: ${raters}, each saving about once a second`)
  say(`  at rest: ${described(times)}`)
  times = []
  const importMs = await importFile(db, project.id, file)
  say(
    `  while ${path.basename(file)} is imported (${(importMs / 1000).toFixed(1)} s): ${described(times)} (p99 under 60 ms)`,
  )
  stop.abort()
  await Promise.all(working)
  await db.close()
  await removeServer(server)
}

const described = (times: readonly number[]): string => {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (share: number) => quantile(sorted, share).toFixed(1)
  return `${times.length} submits, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`
}

async function rate(
  line: RaterLine,
  {
    criterionId,
    stop,
    note,
  }: { criterionId: string; stop: AbortSignal; note: (ms: number) => void },
): Promise<void> {
  for (let step = 0; !stop.aborted; step++) {
    const { tasks } = await sendToDesk(line, { intent: 'claim', have: [] })
    const assignmentId = tasks[0]?.assignmentId
    if (assignmentId === undefined) return
    await sleep(thinkMs / 2 + Math.random() * thinkMs)
    const submission = submissionOf(assignmentId, criterionId, step)
    const started = performance.now()
    await sendToDesk(line, { intent: 'submit', have: [], submission })
    note(performance.now() - started)
  }
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
