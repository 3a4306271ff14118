/**
 * How fast judgments become a dataset, against a loop that does nothing but scan the same joined rows
 * and write the same records; in how much memory; how fast two snapshots are compared; and what raters
 * notice of it.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { insertDataset } from '#app/export/datasets.server.ts'
import { openLineFile } from '#app/export/files/line-file.server.ts'
import { previewFunnel } from '#app/export/preview-funnel.server.ts'
import { newDatasetSchema, recipeSchema } from '#app/export/recipe.ts'
import { indexPath } from '#app/export/row-index.ts'
import { diffSnapshots, emptyCounts } from '#app/export/snapshot-diff.server.ts'
import { askForSnapshot } from '#app/export/snapshots.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { makeProject, openCampaign } from '#tests/support/project.ts'
import { databaseOf, removeServer, startServer } from '#tests/support/server.ts'
import { fillWithJudgments } from './bench-export-data.ts'
import { rateMeanwhile } from './bench-raters.ts'

const { values: options } = parseArgs({
  options: {
    prompts: { type: 'string', default: '300000' },
    judgments: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
  },
  args: process.argv.slice(3),
})
const prompts = Number(options.prompts)
const judgments = Number(options.judgments)
const isAsked = (part: string) => options.only === '' || options.only.split(',').includes(part)

const say = (text: string) => process.stdout.write(`${text}\n`)
const seconds = (since: number) => (performance.now() - since) / 1000
const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-bench-export-'))

interface Scope {
  db: Db
  file: string
  dataDir: string
  projectId: string
  campaignId: string
}

interface FloorRow {
  task: string
  prompt: string
  prompt_id: string
  response_a: string
  response_b: string
  model_a: string
  model_b: string
  winner: string
  pseudonym: string
}

/** The same joined rows, the same majority, the same records; nothing else. */
async function floor({
  file,
  projectId,
  campaignId,
}: Scope): Promise<{ rows: number; took: number }> {
  const database = new Database(file, { readonly: true })
  database.pragma('cache_size = -32000')
  const started = performance.now()
  const statement = database.prepare(`
    select t.id as task, p.messages as prompt, p.id as prompt_id,
      ra.messages as response_a, rb.messages as response_b,
      ma.label as model_a, mb.label as model_b, s.winner, r.pseudonym
    from prompt p
    join task t on t.project_id = p.project_id and t.prompt_id = p.id
    join task_response ta on ta.project_id = p.project_id and ta.task_id = t.id and ta.position = 0
    join task_response tb on tb.project_id = p.project_id and tb.task_id = t.id and tb.position = 1
    join response ra on ra.project_id = p.project_id and ra.id = ta.response_id
    join response rb on rb.project_id = p.project_id and rb.id = tb.response_id
    join model ma on ma.project_id = p.project_id and ma.id = ra.model_id
    join model mb on mb.project_id = p.project_id and mb.id = rb.model_id
    join judgment j on j.project_id = p.project_id and j.task_id = t.id
    join judgment_score s on s.project_id = p.project_id and s.judgment_id = j.id
    join rater r on r.project_id = p.project_id and r.id = j.rater_id
    where p.project_id = ? and t.campaign_id = ?
    order by p.project_id, p.fingerprint, t.id`)
  const out = createWriteStream(path.join(folder, 'floor.jsonl'))
  let group: FloorRow[] = []
  let rows = 0
  const flush = async () => {
    const line = recordOf(group)
    group = []
    if (line === undefined) return
    rows += 1
    if (!out.write(line)) await once(out, 'drain')
  }
  for (const row of statement.iterate(projectId, campaignId) as Iterable<FloorRow>) {
    if (group[0] && group[0].task !== row.task) await flush()
    group.push(row)
  }
  await flush()
  out.end()
  await once(out, 'close')
  database.close()
  return { rows, took: seconds(started) }
}

function recordOf(group: readonly FloorRow[]): string | undefined {
  const [first] = group
  if (!first) return undefined
  const a = group.filter(({ winner }) => winner === 'a').length
  const b = group.filter(({ winner }) => winner === 'b').length
  if (Math.max(a, b) * 2 <= group.length) return undefined
  const [chosen, rejected] =
    a > b ? [first.response_a, first.response_b] : [first.response_b, first.response_a]
  const [better, worse] = a > b ? [first.model_a, first.model_b] : [first.model_b, first.model_a]
  return `${JSON.stringify({
    prompt: JSON.parse(first.prompt),
    chosen: JSON.parse(chosen),
    rejected: JSON.parse(rejected),
    id: first.task,
    prompt_id: first.prompt_id,
    campaign: 'Pairs',
    n_raters: group.length,
    raters: group.map(({ pseudonym }) => pseudonym).sort(),
    agreement: Math.max(a, b) / group.length,
    chosen_model: better,
    rejected_model: worse,
  })}\n`
}

/** How package.json starts a script: the engine's flags and the file. */
function flagsOf(script: string): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: Record<string, string>
  }
  return (scripts[script] ?? '').split(' ').slice(1)
}

/** The command line as a user runs it: its rows, seconds and the most memory it held. */
async function exported({ dataDir }: Scope, container: string) {
  const out = path.join(folder, `out-${container}`)
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...flagsOf('rubrica'),
      'export',
      '--project',
      'Bench',
      '--target',
      'trl-preference',
      '--container',
      container,
      '--out',
      out,
    ],
    { env: { ...process.env, RUBRICA_DATA: dataDir }, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let most = 0
  const watching = setInterval(() => {
    most = Math.max(most, peakOf(child.pid ?? 0))
  }, 100)
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  const [code] = (await once(child, 'close')) as [number]
  clearInterval(watching)
  if (code !== 0) throw new Error(`The export ended with ${code}.`)
  const manifest = JSON.parse(Buffer.concat(parts).toString('utf8')) as { rows: { rows: number }[] }
  const rows = manifest.rows.reduce((sum, one) => sum + one.rows, 0)
  await rm(out, { recursive: true, force: true })
  return { rows, took: seconds(started), most }
}

/** The most memory a process has held so far, in MB. */
function peakOf(pid: number): number {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(found ?? 0) / 1024
  } catch {
    return 0
  }
}

/** The processes that a process has started. */
const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)

async function compare(rows: number): Promise<void> {
  const folders = ['before', 'after'].map((name) => path.join(folder, name))
  for (const [version, one] of folders.entries()) {
    await mkdir(path.join(one, '.meta'), { recursive: true })
    const file = await openLineFile(path.join(one, indexPath))
    for (let row = 0; row < rows; row++) {
      const isChanged = version === 1 && row % 50 === 0
      await file.write({
        id: `${row.toString(16).padStart(16, '0')}-0123456789ab`,
        config: 'preference',
        prompt: `prompt-${row}`,
        split: row % 10 === 0 ? 'test' : 'train',
        verdict: `chosen r-${isChanged ? 'b' : 'a'}0123456789abcdef012`,
        tasks: ['t-0123456789abcdef0123'],
        raters: ['rater-1', 'rater-2', 'rater-3'],
        content: 'abcdef0123456789',
      })
    }
    await file.close()
  }
  const before = process.memoryUsage().rss
  const started = performance.now()
  const told = emptyCounts()
  let most = 0
  for await (const _ of diffSnapshots(folders[0] ?? '', folders[1] ?? '', told)) {
    most = Math.max(most, process.memoryUsage().rss)
  }
  say(
    `Two snapshots of ${rows} rows compared: ${seconds(started).toFixed(1)} s (under 15), ${told.counts.verdict} differ; memory grew by ${((most - before) / 2 ** 20).toFixed(0)} MB`,
  )
}

async function main(): Promise<void> {
  if (isAsked('diff')) {
    await compare(100_000)
    await compare(1_000_000)
  }
  const loading = await startServer({ runsWorker: false })
  const db = databaseOf(loading)
  const project = await makeProject(db, 'Bench')
  const campaignId = await openCampaign(db, project.id, { overlap: 3 })
  const criterion = await db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const file = path.join(loading.dataDir, 'rubrica.db')
  const filled = performance.now()
  fillWithJudgments(file, {
    projectId: project.id,
    campaignId,
    criterionId: criterion.id,
    prompts,
    judgments,
  })
  // Else the disk would still be writing what was loaded while raters save.
  spawnSync('sync')
  // A job process that was there would keep in memory the index of a log of gigabytes.
  await loading.stop()
  const server = await startServer({ dataDir: loading.dataDir, runsWorker: true })
  say(`${judgments} judgments on ${prompts} prompts (made in ${seconds(filled).toFixed(0)} s)`)
  const scope = { db, file, dataDir: server.dataDir, projectId: project.id, campaignId }
  if (isAsked('speed')) await speed(scope)
  if (isAsked('preview')) await preview(scope)
  if (isAsked('raters')) {
    await jobsEnd(db)
    await rateMeanwhile(
      { server, db, say },
      { title: 'a snapshot is made', work: () => snapshotMade(scope) },
    )
    const most = Math.max(...childrenOf(server.child.pid ?? 0).map(peakOf))
    say(`  the job process held at most ${most.toFixed(0)} MB (under 250)`)
  }
  await db.close()
  await removeServer(server)
}

/** What loading left to do, such as tasks for what was loaded, is no part of what is measured. */
async function jobsEnd(db: Db): Promise<void> {
  const isUnderWay = () =>
    db.read
      .selectFrom('job')
      .select('id')
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst()
  while (await isUnderWay()) await sleep(1_000)
}

/** The floor is measured before and after each export, because machines do not keep their pace. */
async function speed(scope: Scope): Promise<void> {
  let before = await floor(scope)
  for (const [container, least] of [
    ['jsonl', 0.4],
    ['parquet', 0.25],
  ] as const) {
    const told = await exported(scope, container)
    const after = await floor(scope)
    const base = { rows: after.rows, took: (before.took + after.took) / 2 }
    say(
      `Floor: ${base.rows} rows in ${before.took.toFixed(1)} s before and ${after.took.toFixed(1)} s after, ${perSecond(base)} rows/s`,
    )
    const ratio = told.rows / told.took / (base.rows / base.took)
    say(
      `TRL as ${container}: ${told.rows} rows in ${told.took.toFixed(1)} s, ${perSecond(told)} rows/s, ratio ${ratio.toFixed(2)} (at least ${least}), at most ${told.most.toFixed(0)} MB (under 250)`,
    )
    before = after
  }
}

const perSecond = ({ rows, took }: { rows: number; took: number }) => (rows / took).toFixed(0)

async function preview({ db, projectId, campaignId }: Scope): Promise<void> {
  const recipe = recipeSchema.parse({
    campaignIds: [campaignId],
    target: 'trl-preference',
    policy: {},
  })
  for (let turn = 0; turn < 3; turn++) {
    const started = performance.now()
    const told = await previewFunnel(db.read, { projectId, recipe })
    say(
      `Preview: ${(performance.now() - started).toFixed(0)} ms (under 500), ${told.share === 1 ? 'exact' : `a sample of ${(100 * told.share).toFixed(1)} %`}, about ${Math.round(told.rows / told.share)} rows`,
    )
  }
}

async function snapshotMade({ db, projectId, campaignId }: Scope): Promise<number> {
  const started = performance.now()
  const by = { projectId, createdBy: 'bench', now: Date.now() }
  const dataset = newDatasetSchema.parse({
    name: 'Bench',
    campaignIds: [campaignId],
    target: 'trl-preference',
    policy: {},
  })
  const id = await inTransaction(db, async (trx) => {
    const datasetId = await insertDataset(trx, { ...by, dataset })
    return askForSnapshot(trx, { ...by, datasetId: datasetId ?? '' })
  })
  for (;;) {
    await sleep(100)
    const found = await db.read
      .selectFrom('snapshot')
      .select('status')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    if (found.status === 'ready') return performance.now() - started
    if (found.status === 'failed') throw new Error('The snapshot failed.')
  }
}

try {
  await main()
} finally {
  await rm(folder, { recursive: true, force: true })
}
