/** Processes that are killed without warning. */
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { writePasted } from '#app/import/receive-file.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '#tests/support/project.ts'
import { type RaterLine, sendToDesk, submissionOf } from '#tests/support/raters.ts'
import { databaseOf, makeMember, removeServer, signIn, startServer } from '#tests/support/server.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

it('every acknowledged judgment is there after the web process was killed', async () => {
  const server = await startServer({ runsWorker: false })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Killed')
  const test = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'a.jsonl': promptLines(400, ['a', 'b']) })
  const campaignId = await openCampaign(db, project.id, { overlap: 2 })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const lines: RaterLine[] = []
  for (let rater = 0; rater < 6; rater++) {
    const email = `r${rater}@example.org`
    await makeMember(db, { projectId: project.id, email, roles: ['annotator'] })
    const cookie = await signIn(server.url, email)
    const place = `/p/${project.slug}/rate/${campaignId}/answers`
    lines.push({ urls: [server.url], cookie, place })
  }
  const acknowledged = new Set<string>()
  const rate = async (line: RaterLine) => {
    for (let step = 0; step < 100; step++) {
      const { tasks } = await sendToDesk(line, { intent: 'claim', have: [] })
      const assignmentId = tasks[0]?.assignmentId
      if (assignmentId === undefined) return
      const submission = submissionOf(assignmentId, criterion.id, step)
      const { saved } = await sendToDesk(line, { intent: 'submit', have: [], submission })
      if (saved?.ok) acknowledged.add(assignmentId)
      if (acknowledged.size === 120) server.child.kill('SIGKILL')
    }
  }
  const ended = await Promise.allSettled(lines.map(rate))
  expect(ended.some((one) => one.status === 'rejected')).toBe(true)
  await server.stop('SIGKILL')
  await db.close()
  const again = await startServer({ dataDir: server.dataDir, runsWorker: false })
  const after = databaseOf(again)
  const rows = await after.read.selectFrom('judgment').select('assignment_id').execute()
  const kept = new Set(rows.map((row) => row.assignment_id))
  expect(acknowledged.size).toBeGreaterThanOrEqual(120)
  expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([])
  const [line] = lines
  if (line) {
    const reply = await sendToDesk({ ...line, urls: [again.url] }, { intent: 'claim', have: [] })
    expect(reply.state).toBe('working')
  }
  await after.close()
  await removeServer(again)
})

/** What an import left, told by content alone. */
async function contentOf(db: Db) {
  const prompts = await db.read
    .selectFrom('prompt')
    .select(['fingerprint', 'messages', 'metadata'])
    .orderBy('fingerprint')
    .execute()
  const responses = await db.read
    .selectFrom('response')
    .innerJoin('model', 'model.id', 'response.model_id')
    .select(['response.fingerprint', 'response.messages', 'model.label'])
    .orderBy('response.fingerprint')
    .orderBy('model.label')
    .execute()
  const refusals = await db.read
    .selectFrom('import_refusal')
    .select(['ordinal', 'line', 'reason'])
    .orderBy('ordinal')
    .execute()
  const batch = await db.read
    .selectFrom('import_batch')
    .select(['status', 'counts'])
    .executeTakeFirst()
  const judgments = await db.read
    .selectFrom('judgment')
    .innerJoin('rater', 'rater.id', 'judgment.rater_id')
    .innerJoin('task', 'task.id', 'judgment.task_id')
    .select(['rater.pseudonym', 'task.fingerprint'])
    .orderBy('rater.pseudonym')
    .execute()
  return { prompts, responses, refusals, batch, judgments: judgments.length }
}

const startWorker = (dataDir: string, url: string): ChildProcess =>
  spawn(process.execPath, ['scripts/worker.mjs'], {
    cwd: root,
    env: { ...process.env, RUBRICA_DATA: dataDir, DATABASE_URL: url },
    stdio: 'ignore',
  })

const gone = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))

/** Imports a text by workers of their own, each killed at a random moment of its work. */
async function importWith(
  dialect: 'sqlite' | 'postgres',
  { text, kills: wantedKills }: { text: string; kills: number },
) {
  const test = await openTestDatabase(dialect)
  const { db, folder: dataDir } = test
  const url = dialect === 'sqlite' ? path.join(dataDir, 'rubrica.db') : test.url
  const project = await makeProject(db, 'Import')
  const received = await writePasted(path.join(dataDir, 'received'), text)
  await inTransaction(db, async (trx) => {
    const scope = { projectId: project.id, now: Date.now() }
    const made = { ...scope, source: 'default', createdBy: 'test', files: [received] }
    const batchId = await insertBatch(trx, { ...made, options: importOptionsSchema.parse({}) })
    await startBatch(trx, { ...scope, batchId })
  })
  const findImport = () =>
    db.read
      .selectFrom('job')
      .select(['status', 'leased_by'])
      .where('kind', '=', 'import')
      .executeTakeFirstOrThrow()
  let worker = startWorker(dataDir, url)
  let kills = 0
  for (;;) {
    await sleep(5)
    const { status, leased_by } = await findImport()
    if (status === 'done' || status === 'failed') break
    const isAtWork = leased_by?.endsWith(`:${worker.pid}`)
    if (kills >= wantedKills || !isAtWork) continue
    await sleep(Math.random() * 250)
    worker.kill('SIGKILL')
    await gone(worker)
    kills += 1
    worker = startWorker(dataDir, url)
  }
  const job = await findImport()
  const content = await contentOf(db)
  worker.kill('SIGTERM')
  await gone(worker)
  return { content, status: job.status, kills }
}

it.each(['sqlite', 'postgres'] as const)(
  'an import killed ten times at random moments ends equal to an undisturbed one (%s)',
  async (dialect) => {
    const verdicts = Array.from({ length: 3_000 }, (_, place) =>
      JSON.stringify({
        prompt_id: `p${place}`,
        model_a: 'a',
        model_b: 'b',
        winner: 'a',
        rater: `w${place % 7}`,
        campaign: 'crowd',
      }),
    )
    const prompts = 12_000
    const text = `${promptLines(prompts, ['a', 'b'])}{"not": "ours"}\nbroken\n${verdicts.join('\n')}`
    const undisturbed = await importWith(dialect, { text, kills: 0 })
    const disturbed = await importWith(dialect, { text, kills: 10 })
    expect(disturbed).toMatchObject({ status: 'done', kills: 10 })
    expect(disturbed.content).toEqual(undisturbed.content)
    expect(undisturbed.content.prompts).toHaveLength(prompts)
    expect(undisturbed.content.judgments).toBe(3_000)
    expect(undisturbed.content.refusals).toHaveLength(2)
  },
  180_000,
)
