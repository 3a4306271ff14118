/**
 * How fast judgments are saved and tasks given, over HTTP: saturated, beside a bare handler with the
 * same statements, and paced, with two hundred raters who think. The server has one core.
 *
 * `npm run bench -- rate [--only saturated,paced,growth] [--on sqlite,postgres] [--seconds 20]`
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'
import { settledMs } from '#app/assign/cursors.ts'
import { must } from '#app/base/must.ts'
import type { DeskReply } from '#app/rate/desk-message.ts'
import { quantile } from '#app/stats/quantile.ts'
import { makePostgresDatabase } from '#tests/support/database.ts'
import setUpPostgres from '#tests/support/postgres.ts'
import { importFiles, makeProject, openCampaign } from '#tests/support/project.ts'
import { sendToDesk, submissionOf } from '#tests/support/raters.ts'
import {
  admin,
  databaseOf,
  makeMember,
  signIn,
  startServer,
  type TestServer,
} from '#tests/support/server.ts'
import { measureClaimGrowth } from './bench-rate-growth.ts'
import { openLine, type Post } from './bench-rate-line.ts'

type Dialect = 'sqlite' | 'postgres'

const say = (words: string) => process.stdout.write(`${words}\n`)
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    only: { type: 'string', default: 'saturated,paced,growth' },
    on: { type: 'string', default: 'sqlite,postgres' },
    seconds: { type: 'string', default: '15' },
    most: { type: 'string', default: '1000000' },
  },
})
const parts = options.only.split(',')
const seconds = Number(options.seconds)
const crowd = 200
const atOnce = 32
const thinkMs = 2_000
/** The crowd comes over this long to processes that have just started. */
const arrivalMs = 10_000
/** Then it works until the campaign is older than what no cursor passes; then the clock runs. */
const warmUpMs = settledMs + 5_000

/** The client and a database server have the second core, so that they never compete with what is measured. */
const pin = (pid: number, core: number) =>
  spawnSync('taskset', ['-a', '-p', '-c', String(core), String(pid)])

/** A database server works beside the client; the processes that it starts later go along. */
async function pinPostgres(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.TEST_POSTGRES_URL })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const status = await readFile(`/proc/${must(rows[0]?.pid, 'a process id')}/status`, 'utf8')
  pin(Number(must(/^PPid:\s*(\d+)/m.exec(status)?.[1], 'its parent')), 1)
  await client.end()
}

/** What loading left to do is done before the clock runs: it is no part of what is measured. */
async function rest(databaseUrl: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

const words = 'the answer depends on what was asked and on how carefully it was read '
const sentence = (seed: number, length: number) =>
  Array.from({ length }, (_, place) => words.split(' ')[(seed * 7 + place * 3) % 13]).join(' ')

/** Prompts of a paragraph with two responses of several, as chat logs have them. */
const logLines = (count: number) =>
  Array.from({ length: count }, (_, place) =>
    JSON.stringify({
      id: `p${place}`,
      prompt: `Question ${place}: ${sentence(place, 60)}`,
      responses: [
        { model: 'a', content: `**Yes** ${sentence(place + 1, 220)}` },
        { model: 'b', content: `**No** ${sentence(place + 2, 220)}` },
      ],
    }),
  ).join('\n')

interface Ground {
  dialect: Dialect
  databaseUrl: string
  dataDir: string
  projectSlug: string
  campaignId: string
  criterionId: string
  cookies: string[]
}

/** A project with an open campaign and raters who are signed in. */
async function prepare(dialect: Dialect, databaseUrl: string | undefined): Promise<Ground> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'rubrica-bench-'))
  const server = await startServer({
    dataDir,
    runsWorker: false,
    ...(databaseUrl && { databaseUrl }),
  })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Bench')
  const test = { db, folder: dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'logs.jsonl': logLines(8_000) })
  const campaignId = await openCampaign(db, project.id, { overlap: 8 })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const cookies: string[] = []
  for (let rater = 0; rater < crowd; rater++) {
    const email = `rater-${rater}@example.org`
    await makeMember(db, { projectId: project.id, email, roles: ['annotator'] })
    const cookie = await signIn(server.url, email)
    // A first visit makes the rater's rows, which the floor only reads.
    const line = {
      urls: [server.url],
      cookie,
      place: `/p/${project.slug}/rate/${campaignId}/answers`,
    }
    const { tasks } = await sendToDesk(line, { intent: 'claim', have: [] })
    const assignmentIds = tasks.map((task) => task.assignmentId)
    await sendToDesk(line, { intent: 'release', assignmentIds })
    cookies.push(cookie)
  }
  await db.close()
  await server.stop()
  if (dialect === 'postgres') await rest(server.databaseUrl, 'vacuum analyze')
  const ground = { dialect, dataDir, projectSlug: project.slug, campaignId, cookies }
  return { ...ground, databaseUrl: server.databaseUrl, criterionId: criterion.id }
}

interface Running {
  urls: string[]
  stop: () => Promise<void>
}

async function startProduct(
  ground: Ground,
  processes: number,
): Promise<Running & { servers: TestServer[] }> {
  const servers: TestServer[] = []
  for (let place = 0; place < processes; place++) {
    const { dataDir, databaseUrl } = ground
    const server = await startServer({ dataDir, databaseUrl, runsWorker: false })
    pin(must(server.child.pid, 'a process id'), 0)
    servers.push(server)
  }
  const stop = async () => {
    for (const server of servers) await server.stop()
  }
  return { urls: servers.map(({ url }) => url), servers, stop }
}

async function startFloor(databaseUrl: string, processes: number): Promise<Running> {
  const children = Array.from({ length: processes }, () =>
    spawn(process.execPath, ['scripts/rate-floor.ts'], {
      env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )
  const urls = await Promise.all(
    children.map(
      (child) =>
        new Promise<string>((resolve, reject) => {
          child.stdout.on('data', (chunk) => {
            const address = /ready: (\S+)/.exec(String(chunk))?.[1]
            if (address) resolve(address)
          })
          child.once('exit', (code) => reject(new Error(`The floor ended with ${code}.`)))
        }),
    ),
  )
  for (const child of children) pin(must(child.pid, 'a process id'), 0)
  const stop = async () => {
    for (const child of children) child.kill()
    await sleep(200)
  }
  return { urls, stop }
}

/** One rater's working: takes what is in hand, judges it, and gets the next in the same answer. */
interface Worker {
  /** Judges one task; false when none is left. */
  step: () => Promise<boolean>
}

function productWorker(ground: Ground, post: Post, cookie: string): Worker {
  const place = `/p/${ground.projectSlug}/rate/${ground.campaignId}/answers`
  const inHand: string[] = []
  let count = 0
  const ask = async (message: object) => {
    const reply = (await post(place, cookie, message)) as DeskReply
    inHand.push(...reply.tasks.map((task) => task.assignmentId))
  }
  return {
    step: async () => {
      if (inHand.length === 0) await ask({ intent: 'claim', have: [] })
      const assignmentId = inHand.shift()
      if (assignmentId === undefined) return false
      count += 1
      const submission = submissionOf(assignmentId, ground.criterionId, count)
      await ask({ intent: 'submit', have: inHand, submission })
      return true
    },
  }
}

function floorWorker(ground: Ground, post: Post, cookie: string): Worker {
  const inHand: string[] = []
  const asked = {
    project: ground.projectSlug,
    campaign: ground.campaignId,
    criterionId: ground.criterionId,
  }
  const ask = async (message: object) => {
    const reply = (await post('/answers', cookie, { ...asked, ...message })) as {
      tasks: { assignmentId: string }[]
    }
    inHand.push(...reply.tasks.map((task) => task.assignmentId))
  }
  return {
    step: async () => {
      if (inHand.length === 0) await ask({})
      const assignmentId = inHand.shift()
      if (assignmentId === undefined) return false
      await ask({ assignmentId })
      return true
    },
  }
}

/** Judgments saved in a second by so many raters who never think. */
async function saturate(workers: readonly Worker[]): Promise<number> {
  let done = 0
  const until = performance.now() + seconds * 1_000
  const started = performance.now()
  await Promise.all(
    workers.map(async (worker) => {
      while (performance.now() < until && (await worker.step())) done += 1
    }),
  )
  return done / ((performance.now() - started) / 1_000)
}

async function copyOf(ground: Ground): Promise<Ground & { drop: () => Promise<void> }> {
  if (ground.dialect === 'postgres') {
    const copy = await makePostgresDatabase(ground.databaseUrl)
    await rest(copy.url, 'checkpoint')
    return { ...ground, databaseUrl: copy.url, drop: copy.drop }
  }
  const databaseUrl = `${ground.databaseUrl}-copy`
  // Not the file alone: what was written last may still wait beside it, in the write-ahead log.
  const original = new BetterSqlite3(ground.databaseUrl, { readonly: true })
  await original.backup(databaseUrl)
  original.close()
  const drop = async () => {
    for (const end of ['', '-wal', '-shm']) await rm(databaseUrl + end, { force: true })
  }
  return { ...ground, databaseUrl, drop }
}

async function measureSaturated(ground: Ground): Promise<void> {
  const processes = ground.dialect === 'postgres' ? 2 : 1
  const run = async (
    start: (copy: Ground) => Promise<Running>,
    makeWorker: (ground: Ground, post: Post, cookie: string) => Worker,
  ) => {
    const copy = await copyOf(ground)
    const running = await start(copy)
    const workers = ground.cookies.slice(0, atOnce).map((cookie, rater) => {
      const url = must(running.urls[rater % running.urls.length], 'an address')
      return makeWorker(copy, openLine(url), cookie)
    })
    // The first judgments warm what is compiled on the way.
    for (const worker of workers) must((await worker.step()) || undefined, 'work for every rater')
    const rate = await saturate(workers)
    await running.stop()
    await copy.drop()
    return rate
  }
  const floors: number[] = []
  const rates: number[] = []
  for (let round = 0; round < 2; round++) {
    floors.push(await run((copy) => startFloor(copy.databaseUrl, processes), floorWorker))
    rates.push(await run((copy) => startProduct(copy, processes), productWorker))
  }
  const mean = (numbers: readonly number[]) =>
    numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  const ratio = mean(rates) / mean(floors)
  const listed = (numbers: readonly number[]) => numbers.map((one) => one.toFixed(0)).join(' and ')
  say(
    `Saturated on ${ground.dialect}, ${atOnce} raters who never think, ${processes} web process(es) on one core`,
  )
  say(`  floor ${listed(floors)} judgments/s, product ${listed(rates)} judgments/s`)
  say(`  ratio ${ratio.toFixed(2)} (at least 0.25)`)
}

async function measurePaced(ground: Ground): Promise<void> {
  const processes = ground.dialect === 'postgres' ? 2 : 1
  say(
    `Paced on ${ground.dialect}, ${crowd} raters who think ${thinkMs / 1000} s, ${processes} web process(es) on one core`,
  )
  const floor = await paceFloor(ground, processes)
  say(`  floor:   ${timesOf(floor)}`)
  const product = await paceProduct(ground, processes)
  say(`  product: ${timesOf(product)} (p99 under 100)`)
  const delays = product.delays.map((one) => one.toFixed(1)).join(' and ')
  say(`  event loop delay p99 ${delays} ms (under 50)`)
}

/** How long each submit took in milliseconds, and how many failed. */
interface Paced {
  times: number[]
  errors: number
}

function timesOf({ times, errors }: Paced): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => quantile(sorted, share).toFixed(1)
  return `${times.length} submits, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, ${errors} errors`
}

/** The same crowd at the bare server, for what the machine itself makes of such a load. */
async function paceFloor(ground: Ground, processes: number): Promise<Paced> {
  const copy = await copyOf(ground)
  const running = await startFloor(copy.databaseUrl, processes)
  const paced = await pace(copy, running.urls, floorWorker)
  await running.stop()
  await copy.drop()
  return paced
}

async function paceProduct(
  ground: Ground,
  processes: number,
): Promise<Paced & { delays: number[] }> {
  const copy = await copyOf(ground)
  const running = await startProduct(copy, processes)
  const paced = await pace(copy, running.urls, productWorker)
  const adminCookie = await signIn(must(running.urls[0], 'an address'), admin.email, admin.password)
  const delays = await Promise.all(running.urls.map((url) => loopDelayOf(url, adminCookie)))
  await running.stop()
  await copy.drop()
  return { ...paced, delays }
}

/** A crowd that comes little by little, then thinks before each judgment. */
async function pace(
  ground: Ground,
  urls: readonly string[],
  makeWorker: (ground: Ground, post: Post, cookie: string) => Worker,
): Promise<Paced> {
  const paced: Paced = { times: [], errors: 0 }
  const failed = () => {
    paced.errors += 1
    return true
  }
  const from = performance.now() + warmUpMs
  const until = from + Math.max(30, seconds * 2) * 1_000
  await Promise.all(
    ground.cookies.map(async (cookie, rater) => {
      const worker = makeWorker(
        ground,
        openLine(must(urls[rater % urls.length], 'an address')),
        cookie,
      )
      await sleep(Math.random() * (arrivalMs - thinkMs))
      await worker.step().catch(failed)
      while (performance.now() < until) {
        await sleep(thinkMs * (0.5 + Math.random()))
        const started = performance.now()
        if (!(await worker.step().catch(failed))) throw new Error('The tasks ran out.')
        if (started >= from) paced.times.push(performance.now() - started)
      }
    }),
  )
  return paced
}

/** The 99th percentile of the event loop's delay since the start, in milliseconds. */
async function loopDelayOf(url: string, cookie: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { Cookie: cookie } })
  const found = /^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(await response.text())?.[1]
  return Number(must(found, 'the delay in the metrics')) * 1_000
}

process.env.NODE_ENV = 'production'
pin(process.pid, 1)
for (const dialect of ['sqlite', 'postgres'] as const) {
  if (!options.on.split(',').includes(dialect)) continue
  if (!parts.includes('saturated') && !parts.includes('paced')) continue
  const stopPostgres = dialect === 'postgres' ? await setUpPostgres() : undefined
  const postgres = dialect === 'postgres' ? await makePostgresDatabase() : undefined
  if (postgres) await pinPostgres()
  const ground = await prepare(dialect, postgres?.url)
  if (parts.includes('saturated')) await measureSaturated(ground)
  if (parts.includes('paced')) await measurePaced(ground)
  await postgres?.drop()
  await rm(ground.dataDir, { recursive: true, force: true })
  await stopPostgres?.()
}
if (parts.includes('growth')) await measureClaimGrowth({ most: Number(options.most), say })
process.exit(0)
