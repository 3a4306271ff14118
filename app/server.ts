/** The web process: assets, load context, files, events, then Remix. Forks the job process beside it. */
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import process from 'node:process'
import { createRequestHandler } from '@remix-run/express'
import type { AppLoadContext, ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type Request, type Response } from 'express'
import helmet from 'helmet'
import { pino } from 'pino'
import { migrate } from '#db/migrate.ts'
import { type Db, inTransaction, isPostgresUrl, openDb } from '#db/open.ts'
import { startReaderThreads } from '#db/reader-threads.ts'
import { insertAudit } from './access/audit.server.ts'
import {
  emailSchema,
  hashPassword,
  insertFirstAdmin,
  passwordSchema,
} from './access/people.server.ts'
import { keptSiteKey } from './access/site-key.server.ts'
import { type Configuration, readConfiguration } from './configuration.server.ts'
import { openStore } from './export/files/open-store.server.ts'
import { workerEnvironment, workerFlags } from './jobs/worker-flags.ts'
import './http/context.ts'
import { openRateLimit } from './http/api/rate-limit.server.ts'
import { answerRater } from './http/desk.server.ts'
import { mount } from './http/express-endpoints.ts'
import { sendJobEvents, sendRefusedFile } from './http/files.server.ts'
import { personOfCookie } from './http/guards.server.ts'
import { openMetrics } from './http/metrics.server.ts'
import { otlpBody, receiveTraces } from './http/otlp.server.ts'
import { plainAddress } from './http/plain-address.ts'
import { refuse } from './http/refuse.ts'
import { sameOrigin } from './http/same-origin.ts'
import { askingThrough, slowReads } from './http/slow-reads.server.ts'
import { sendSnapshotArchive, sendSnapshotFile } from './http/snapshot-files.server.ts'

const isDevelopment = process.argv.includes('--dev')
process.env.NODE_ENV = isDevelopment ? 'development' : 'production'

const log = pino({ name: 'web', level: process.env.LOG_LEVEL ?? 'warn' })
const configuration = readConfiguration(process.env)
const db = openDb({ url: configuration.databaseUrl })
await migrate(db)
await makeFirstAdmin(db, configuration)
const readerThreads = isPostgresUrl(configuration.databaseUrl)
  ? undefined
  : startReaderThreads(new URL('./reader-thread.ts', import.meta.url), {
      file: configuration.databaseUrl,
      threads: 2,
    })
const slowReadsOfSite = askingThrough(
  readerThreads?.ask ??
    ((task, input) => slowReads[task]?.(db.read, input) ?? Promise.reject(new Error(task))),
)

const snapshots = await openStore(configuration)
const siteKey = configuration.siteKey ?? (await keptSiteKey(configuration.dataDir))
const apiLimit = openRateLimit(configuration.apiRequestsAMinute)

const server = await listen(await makeApp(), configuration)
const worker = configuration.runsWorker ? keepWorker() : undefined
stopGracefully(server)
const address = addressOf(server)
process.stdout.write(`Rubrica is ready: ${address}\n`)

async function makeFirstAdmin(target: Db, { admin }: Configuration): Promise<void> {
  if (!admin) return
  const email = emailSchema.parse(admin.email)
  const passwordHash = await hashPassword(passwordSchema.parse(admin.password))
  await inTransaction(target, async (trx) => {
    const now = Date.now()
    const made = await insertFirstAdmin(trx, { name: 'Administrator', email, passwordHash, now })
    if (made === undefined) return
    await insertAudit(trx, {
      projectId: null,
      actor: 'system',
      action: 'first admin',
      subject: made,
      now,
    })
  })
}

async function makeApp(): Promise<Express> {
  const app = express()
  const metrics = openMetrics(log)
  const shared = { db, snapshots, siteKey, now: Date.now, dataDir: configuration.dataDir }
  app.disable('x-powered-by')
  if (configuration.trustProxy) app.set('trust proxy', true)
  app.use((request, response, next) => {
    response.locals.nonce = randomBytes(16).toString('base64')
    const end = metrics.requests.startTimer({ method: request.method })
    response.once('finish', () => end({ status: String(response.statusCode) }))
    next()
  })
  app.use(securityHeaders())
  const build = await serveAssets(app)
  app.use(compression())
  app.use(sameOrigin)
  app.use(plainAddress)
  mount(app, '/health', (_request, response) => {
    db.read
      .selectFrom('project')
      .select('id')
      .limit(1)
      .execute()
      .then(
        () => response.json({ status: 'ok' }),
        () => response.status(503).json({ status: 'the database does not answer' }),
      )
  })
  mount(app, '/metrics', (request, response) => {
    personOfCookie(request.headers.cookie, shared)
      .then(async (person) => {
        if (!person?.isAdmin) {
          const status = person ? 403 : 401
          response.status(status).type('text/plain').send('Metrics are for administrators.\n')
          return
        }
        response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
      })
      .catch(() => response.status(500).end())
  })
  mount(app, '/files/:project/snapshots/:snapshot.zip', sendSnapshotArchive(shared))
  mount(app, '/files/:project/snapshots/:snapshot/*', sendSnapshotFile(shared))
  mount(app, '/files/:project/imports/:batch/refused', sendRefusedFile(shared))
  mount(app, '/v1/traces', otlpBody, receiveTraces(shared))
  mount(app, '/events/:project/jobs/:job', sendJobEvents(shared))
  const desk = answerRater({ ...shared, random: Math.random })
  mount(app, '/p/:project/rate/:campaign/answers', ...desk)
  app.all('*', createRequestHandler({ build, getLoadContext: loadContext }))
  app.use((error: unknown, request: Request, response: Response, next: express.NextFunction) => {
    if (response.headersSent) return next(error)
    const status = statusOf(error)
    if (status < 500) {
      const detail = 'The request could not be read.'
      refuse(request, response, { status, title: 'Not readable', detail })
      return
    }
    log.error({ err: error }, 'request failed')
    const title = 'Something went wrong on our side'
    refuse(request, response, { status: 500, title, detail: `${title}.` })
  })
  return app
}

/** What a body parser says of a body that is too large, cut off or packed wrongly. */
const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error && typeof error.status === 'number'
    ? error.status
    : 500

function securityHeaders(): express.RequestHandler {
  const withNonce = (_request: unknown, response: unknown) =>
    `'nonce-${(response as Response).locals.nonce}'`
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'", withNonce],
        // KaTeX and charts write style attributes; what models wrote never carries any.
        styleSrc: isDevelopment ? ["'self'", "'unsafe-inline'"] : ["'self'", withNonce],
        styleSrcAttr: ["'unsafe-inline'"],
        connectSrc: isDevelopment ? ["'self'", 'ws:'] : ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Without a referrer of its own site, a browser sends forms with the origin "null".
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  })
}

type Build = ServerBuild | (() => Promise<ServerBuild>)

async function serveAssets(app: Express): Promise<Build> {
  if (isDevelopment) {
    const vite = await (await import('vite')).createServer({ server: { middlewareMode: true } })
    app.use(vite.middlewares)
    return () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>
  }
  const root = path.resolve(import.meta.dirname, '..')
  const built = path.join(root, 'build', 'server', 'index.js')
  if (!existsSync(built)) throw new Error('The pages are not built yet: run "npm run build".')
  app.use(
    '/assets',
    express.static(path.join(root, 'build', 'client', 'assets'), { immutable: true, maxAge: '1y' }),
    (_request, response) => {
      response.status(404).end()
    },
  )
  app.use(express.static(path.join(root, 'build', 'client'), { maxAge: '1h', index: false }))
  return import(built)
}

function loadContext(request: Request, response: Response): AppLoadContext {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return {
    db,
    slowReads: slowReadsOfSite,
    now: Date.now,
    random: Math.random,
    dataDir: configuration.dataDir,
    snapshots,
    siteKey,
    mostUploadBytes: configuration.mostUploadBytes,
    apiLimit,
    nonce: String(response.locals.nonce),
    signal: gone.signal,
    isSecure: request.secure,
    address: request.ip ?? '',
  }
}

function listen(app: Express, { port, host }: Configuration): Promise<Server> {
  return new Promise((resolve, reject) => {
    const listening = app.listen(port, host, () => resolve(listening))
    listening.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      reject(isTaken ? new Error(`Port ${port} is taken; set PORT to another one.`) : error)
    })
  })
}

function addressOf(listening: Server): string {
  const { port } = listening.address() as AddressInfo
  return `http://localhost:${port}`
}

/** Jobs run in a process of their own, started again when it dies, ever more slowly. */
function keepWorker() {
  let pauseMs = 500
  let isStopping = false
  let child = start()
  function start() {
    const forked = fork(new URL('../scripts/worker.mjs', import.meta.url), {
      stdio: 'inherit',
      execArgv: workerFlags,
      env: { ...workerEnvironment, ...process.env },
    })
    const startedAt = Date.now()
    forked.once('exit', () => {
      if (isStopping) return
      if (Date.now() - startedAt > 60_000) pauseMs = 500
      setTimeout(() => {
        if (!isStopping) child = start()
      }, pauseMs)
      pauseMs = Math.min(pauseMs * 2, 30_000)
    })
    return forked
  }
  return {
    stop: () => {
      isStopping = true
      child.kill('SIGTERM')
    },
  }
}

function stopGracefully(listening: Server): void {
  const stop = () => {
    worker?.stop()
    listening.close(() => {
      db.close().finally(() => process.exit(0))
    })
    listening.closeIdleConnections()
    setTimeout(() => process.exit(0), 5_000).unref()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

if (isPostgresUrl(configuration.databaseUrl)) log.info('on PostgreSQL')
