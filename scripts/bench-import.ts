/**
 * How fast and how lean an import is, as ratios measured in one run: rows a second beside the floor
 * (`JSON.parse` and raw prepared statements into the same schema with its indexes and triggers), the
 * worker's memory, raters' answers meanwhile, previews, and search.
 *
 * `--prompts N` changes the size of the first, `--most N` how many records memory and search go to,
 * `--only part,part` chooses among: speed, memory, array, parquet, rating, preview, search.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createReadStream, createWriteStream, readFileSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createGzip } from 'node:zlib'
import Database from 'better-sqlite3'
import { newId } from '#app/base/ids.ts'
import { insertBatch, startBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { previewBatch } from '#app/import/preview.server.ts'
import { workerEnvironment, workerFlags } from '#app/jobs/worker-flags.ts'
import { insertProject } from '#app/projects/projects.server.ts'
import { migrate } from '#db/migrate.ts'
import { inTransaction, openDb } from '#db/open.ts'

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    prompts: { type: 'string', default: '200000' },
    most: { type: 'string', default: '1000000' },
    'array-mb': { type: 'string', default: '2048' },
    only: { type: 'string', default: 'speed,memory,array,parquet,rating,preview,search' },
  },
})
const prompts = Number(values.prompts)
const parts = new Set(values.only.split(','))
/** Ten million records take an hour or two. */
const mostSeconds = 4 * 3_600
const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-bench-'))
const root = path.resolve(import.meta.dirname, '..')

const vocabulary = Array.from({ length: 4_000 }, (_, place) => `word${place.toString(36)}`)

/** Words in an order that depends on the seed alone. */
function text(seed: number, words: number): string {
  let state = (seed * 2654435761) >>> 0
  const chosen: string[] = []
  for (let place = 0; place < words; place++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    chosen.push(vocabulary[(state >>> 8) % vocabulary.length] ?? '')
  }
  return chosen.join(' ')
}

const lineOf = (place: number) => ({
  id: `p${place}`,
  prompt: `${place} ${text(place, 70)}?`,
  tags: [`tag${place % 7}`],
  responses: [
    { model: 'alpha', content: text(place * 2 + 1, 90) },
    { model: 'beta', content: text(place * 2 + 2, 90) },
  ],
})

async function writeLines(file: string, count: number, isArray = false): Promise<void> {
  function* lines() {
    if (isArray) yield '['
    for (let place = 0; place < count; place++) {
      yield `${JSON.stringify(lineOf(place))}${isArray && place < count - 1 ? ',' : ''}\n`
    }
    if (isArray) yield ']'
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}

const say = (words: string) => process.stdout.write(`${words}\n`)
const seconds = (since: number) => (performance.now() - since) / 1000
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)

/** A new database with a project. */
async function newDatabase(name: string) {
  const dataDir = path.join(folder, name)
  await mkdir(dataDir, { recursive: true })
  const file = path.join(dataDir, 'rubrica.db')
  const db = openDb({ url: file, durability: 'normal' })
  await migrate(db)
  const project = await inTransaction(db, (trx) =>
    insertProject(trx, { name: 'Bench', now: Date.now() }),
  )
  return { dataDir, file, db, project }
}

// ---- The floor ----------------------------------------------------------------------------------

/** The same lines by the shortest way there is; gives the seconds it took. */
async function floor(lines: string): Promise<number> {
  const { file, db, project } = await newDatabase('floor')
  await db.close()
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  database.pragma('foreign_keys = ON')
  database.pragma('cache_size = -32000')
  const columnsOf = (table: string) =>
    database.prepare(`select name from pragma_table_info('${table}')`).pluck().all() as string[]
  const inserter = (table: string) => {
    const columns = columnsOf(table)
    const statement = database.prepare(
      `insert into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
    )
    const nothing = Object.fromEntries(columns.map((name) => [name, null]))
    return (row: Record<string, unknown>) => statement.run({ ...nothing, ...row })
  }
  const insertPrompt = inserter('prompt')
  const insertTag = inserter('prompt_tag')
  const insertResponse = inserter('response')
  const insertExternal = inserter('external_id')
  const insertModel = inserter('model')
  const models = new Map<string, string>()
  for (const name of ['alpha', 'beta']) {
    models.set(name, name)
    insertModel({
      project_id: project.id,
      id: name,
      name,
      version: '',
      prompt_version: '',
      parameters: '{}',
      label: name,
      color: 0,
      created_at: 0,
    })
  }
  const fingerprint = (place: number) =>
    ((place * 2654435761) >>> 0).toString(16).padStart(64, String(place % 10))
  const started = performance.now()
  let place = 0
  database.exec('begin')
  for await (const line of createInterface({
    input: createReadStream(lines, { highWaterMark: 256 * 1024 }),
  })) {
    const row = JSON.parse(line) as ReturnType<typeof lineOf>
    const id = `${String(place).padStart(12, '0')}prompt0000`
    insertPrompt({
      project_id: project.id,
      id,
      fingerprint: fingerprint(place),
      messages: JSON.stringify([{ role: 'user', content: row.prompt }]),
      preview: row.prompt.slice(0, 160),
      metadata: '{}',
      is_text_missing: 0,
      source_ordinal: 0,
      source_line: place,
      characters: row.prompt.length,
      created_at: 0,
    })
    for (const tag of row.tags) insertTag({ project_id: project.id, prompt_id: id, tag })
    insertExternal({
      project_id: project.id,
      source: 'default',
      kind: 'prompt',
      external_id: row.id,
      target_id: id,
    })
    for (const [which, response] of row.responses.entries()) {
      insertResponse({
        project_id: project.id,
        id: `${String(place).padStart(12, '0')}answer000${which}`,
        prompt_id: id,
        model_id: models.get(response.model),
        fingerprint: fingerprint(place * 2 + which),
        sample: 0,
        messages: JSON.stringify([{ role: 'assistant', content: response.content }]),
        metadata: '{}',
        characters: response.content.length,
        is_text_missing: 0,
        source_ordinal: 0,
        source_line: place,
        created_at: 0,
      })
    }
    place += 1
    if (place % 200 === 0) database.exec('commit; begin')
  }
  database.exec('commit')
  const took = seconds(started)
  database.close()
  return took
}

// ---- The import ---------------------------------------------------------------------------------

interface ImportTold {
  seconds: number
  restBytes: number
  peakBytes: number
}

const residentBytes = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024
}

const startWorker = (dataDir: string, file: string): ChildProcess =>
  spawn(process.execPath, [...workerFlags, 'scripts/worker.mjs'], {
    cwd: root,
    env: { ...workerEnvironment, ...process.env, RUBRICA_DATA: dataDir, DATABASE_URL: file },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

/** Imports a file by the worker, as the product does, watching its memory. */
async function importByWorker(name: string, file: string): Promise<ImportTold> {
  const { dataDir, file: database, db, project } = await newDatabase(name)
  const worker = startWorker(dataDir, database)
  const pid = worker.pid ?? 0
  await sleep(2_500)
  const restBytes = residentBytes(pid)
  let peakBytes = restBytes
  const started = performance.now()
  const batchId = newId()
  await inTransaction(db, async (trx) => {
    const scope = { projectId: project.id, now: Date.now() }
    const files = [{ name: path.basename(file), path: file, bytes: statSync(file).size }]
    await insertBatch(trx, {
      ...scope,
      id: batchId,
      source: 'default',
      createdBy: 'bench',
      files,
      options: importOptionsSchema.parse({}),
    })
    await startBatch(trx, { ...scope, batchId })
  })
  let took = 0
  for (;;) {
    await sleep(20)
    peakBytes = Math.max(peakBytes, residentBytes(pid))
    const job = await db.read
      .selectFrom('job')
      .select(['status', 'error', 'started_at', 'finished_at'])
      .where('kind', '=', 'import')
      .executeTakeFirstOrThrow()
    if (job.status === 'failed') throw new Error(job.error ?? 'the import failed')
    if (job.status === 'done') {
      took = ((job.finished_at ?? 0) - (job.started_at ?? 0)) / 1000
      break
    }
    if (seconds(started) > mostSeconds) throw new Error('the import took too long')
  }
  const counts = await db.read.selectFrom('import_batch').select('counts').executeTakeFirstOrThrow()
  const { created, refused } = JSON.parse(counts.counts)
  say(
    `  ${name}: ${created.prompts} prompts, ${created.responses} responses, ${refused} refused in ${took.toFixed(1)} s; worker ${megabytes(restBytes)} MB at rest, ${megabytes(peakBytes)} MB at most`,
  )
  worker.kill('SIGTERM')
  await db.close()
  await rm(dataDir, { recursive: true, force: true })
  return { seconds: took, restBytes, peakBytes }
}

const large = path.join(folder, 'large.jsonl')
if (parts.has('speed')) {
  await writeLines(large, prompts)
  const rows = prompts * 3
  say(`Speed: ${prompts} prompts with two responses each, ${megabytes(statSync(large).size)} MB`)
  const least = await floor(large)
  say(`  floor: ${Math.round(rows / least)} rows/s (${least.toFixed(1)} s)`)
  const told = await importByWorker('import', large)
  say(`  import: ${Math.round(rows / told.seconds)} rows/s`)
  say(`  ratio to the floor: ${(least / told.seconds).toFixed(2)} (at least 0.50)`)
}

// ---- Memory -------------------------------------------------------------------------------------

const growth = ({ restBytes, peakBytes }: ImportTold) => megabytes(peakBytes - restBytes)

/** Small records, so that their number is what grows. */
async function writeSmallLines(file: string, count: number): Promise<void> {
  function* lines() {
    for (let place = 0; place < count; place++) {
      yield `{"prompt":"Question ${place} of many?","model":"m","content":"Answer ${place}."}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
}

if (parts.has('memory')) {
  say('Memory: the worker while it imports small records')
  const counts = [10_000, 100_000, Number(values.most)]
  const grown: number[] = []
  for (const count of counts) {
    const file = path.join(folder, `small-${count}.jsonl`)
    await writeSmallLines(file, count)
    grown.push(growth(await importByWorker(`memory-${count}`, file)))
    await rm(file)
  }
  const slope = ((grown.at(-1) ?? 0) - (grown[0] ?? 0)) / ((counts.at(-1) ?? 1) / 1e6)
  say(
    `  growth: ${grown.join(', ')} MB (under 150); slope ${slope.toFixed(1)} MB a million records`,
  )
}

if (parts.has('array')) {
  const file = path.join(folder, 'array.json')
  const wanted = Number(values['array-mb']) * 1024 * 1024
  await writeArray(file, wanted)
  say(`One JSON array of ${megabytes(statSync(file).size)} MB`)
  const told = await importByWorker('array', file)
  say(`  growth: ${growth(told)} MB (under 150)`)
  await rm(file)
}

/** A list as large as that of records of a megabyte each, so that the disk is what is read. */
async function writeArray(file: string, bytes: number): Promise<void> {
  const filler = text(7, 120_000)
  function* elements() {
    let written = 0
    yield '['
    for (let place = 0; written < bytes; place++) {
      const element = JSON.stringify({
        prompt: `${place}?`,
        model: 'm',
        content: `${place} ${filler}`,
      })
      written += element.length + 2
      yield `${place === 0 ? '' : ',\n'}${element}`
    }
    yield ']'
  }
  await pipeline(Readable.from(elements()), createWriteStream(file))
}

if (parts.has('parquet')) {
  const file = path.join(folder, 'large.parquet')
  await writeParquet(file, 60_000)
  say(`Parquet of ${megabytes(statSync(file).size)} MB in row groups of about 30 MB`)
  const told = await importByWorker('parquet', file)
  say(`  growth: ${growth(told)} MB (under 150)`)
  await rm(file)
}

async function writeParquet(file: string, rows: number): Promise<void> {
  const { parquetWriteFile } = await import('hyparquet-writer')
  const data = (make: (place: number) => string) =>
    Array.from({ length: rows }, (_, place) => make(place))
  parquetWriteFile({
    filename: file,
    columnData: [
      { name: 'prompt', data: data((place) => `${place} ${text(place, 60)}?`), type: 'STRING' },
      { name: 'model', data: data(() => 'm'), type: 'STRING' },
      { name: 'content', data: data((place) => text(place + 1, 260)), type: 'STRING' },
    ],
    rowGroupSize: 13_000,
  })
}

// ---- Raters meanwhile ---------------------------------------------------------------------------

if (parts.has('rating')) {
  const { rateWhileImporting } = await import('./bench-import-rating.ts')
  await writeLines(large, Math.min(prompts, 100_000))
  await rateWhileImporting({ file: large, say })
}

// ---- Previews -----------------------------------------------------------------------------------

if (parts.has('preview')) {
  await writeLines(large, prompts)
  const packed = `${large}.gz`
  await pipeline(createReadStream(large), createGzip({ level: 1 }), createWriteStream(packed))
  for (const file of [large, packed]) {
    const batch = { files: [{ name: path.basename(file), path: file, bytes: statSync(file).size }] }
    const started = performance.now()
    const previews = await previewBatch(batch)
    const took = performance.now() - started
    say(
      `Preview of ${previews[0]?.name} (${megabytes(statSync(file).size)} MB): ${took.toFixed(0)} ms (under 500)`,
    )
  }
}

// ---- Search -------------------------------------------------------------------------------------

if (parts.has('search')) {
  const { searchAMillion } = await import('./bench-import-search.ts')
  await searchAMillion({ folder, prompts: Number(values.most), say })
}

await rm(folder, { recursive: true, force: true })
