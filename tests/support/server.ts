/** The web process as it is served: built pages, a database of its own, and people who sign in. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { addRoles } from '#app/access/members.server.ts'
import { hashPassword, insertPerson } from '#app/access/people.server.ts'
import { must } from '#app/base/must.ts'
import { type Db, inTransaction, openDb } from '#db/open.ts'
import type { Role } from '#db/schema.ts'
import { buildIfNeeded } from '../../scripts/build.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

export interface TestServer {
  url: string
  dataDir: string
  databaseUrl: string
  child: ChildProcess
  /** What the process wrote to standard error. */
  complaints: () => string
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

export interface ServerOptions {
  /** Given to serve what another process serves too. */
  dataDir?: string
  databaseUrl?: string
  port?: number
  runsWorker?: boolean
  /** Further variables of the process. */
  environment?: Record<string, string>
}

const adminPassword = 'an admin password'
export const admin = { email: 'admin@example.org', password: adminPassword }

/** Starts the server and waits until it says that it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  buildIfNeeded()
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'rubrica-server-')))
  const databaseUrl = options.databaseUrl ?? path.join(dataDir, 'rubrica.db')
  const child = spawn(process.execPath, ['app/server.ts'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      RUBRICA_DATA: dataDir,
      DATABASE_URL: databaseUrl,
      PORT: String(options.port ?? 0),
      HOST: '127.0.0.1',
      RUBRICA_ADMIN_EMAIL: admin.email,
      RUBRICA_ADMIN_PASSWORD: admin.password,
      RUBRICA_WORKER: options.runsWorker === false ? '0' : '1',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += String(chunk)
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += String(chunk)
      const address = /ready: (\S+)/.exec(said)?.[1]
      if (address) resolve(address.replace('localhost', '127.0.0.1'))
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${complaints}`)))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    await gone
  }
  return { url, dataDir, databaseUrl, child, complaints: () => complaints, stop }
}

/** Stops a server and forgets its data. */
export async function removeServer(server: TestServer): Promise<void> {
  await server.stop()
  await rm(server.dataDir, { recursive: true, force: true })
}

/** The database behind a server, to look at and to prepare. */
export const databaseOf = (server: Pick<TestServer, 'databaseUrl'>): Db =>
  openDb({ url: server.databaseUrl, connections: 4 })

export const memberPassword = 'a member password'
let passwordHash: Promise<string> | undefined

/** A member who can sign in with `memberPassword`. */
export async function makeMember(
  db: Db,
  { projectId, email, roles }: { projectId: string | null; email: string; roles: Role[] },
): Promise<string> {
  passwordHash ??= hashPassword(memberPassword)
  const hash = await passwordHash
  const now = Date.now()
  return inTransaction(db, async (trx) => {
    const name = email.split('@')[0] ?? email
    const made = { name, email, passwordHash: hash, isAdmin: false, now }
    const personId = must(await insertPerson(trx, made), 'the person')
    if (projectId !== null && roles.length > 0) {
      await addRoles(trx, { projectId, personId, roles, now })
    }
    return personId
  })
}

/** Signs in and gives the cookie. */
export async function signIn(
  url: string,
  email: string,
  password = memberPassword,
): Promise<string> {
  const response = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: url },
    body: new URLSearchParams({ email, password }),
  })
  await response.arrayBuffer()
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  return must(cookie, `the cookie of ${email} (status ${response.status})`)
}
