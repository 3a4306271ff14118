/** Databases for tests: real ones, both, each empty and of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import pg from 'pg'
import { afterAll, describe } from 'vitest'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { migrate } from '#db/migrate.ts'
import { type Db, openDb } from '#db/open.ts'

export const dialects = ['sqlite', 'postgres'] as const
export type Dialect = (typeof dialects)[number]

export interface TestDatabase {
  db: Db
  url: string
  schema: string | undefined
  folder: string
  remove: () => Promise<void>
}

/** An empty database with the whole schema. */
export async function openTestDatabase(dialect: Dialect): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-test-'))
  if (dialect === 'sqlite') {
    const url = path.join(folder, 'rubrica.db')
    const db = openDb({ url })
    await migrate(db)
    const remove = async () => {
      await db.close()
      await rm(folder, { recursive: true, force: true })
    }
    return { db, url, schema: undefined, folder, remove }
  }
  const { url, drop } = await makePostgresDatabase()
  const db = openDb({ url, connections: 8 })
  await migrate(db)
  const remove = async () => {
    await db.close()
    await drop()
    await rm(folder, { recursive: true, force: true })
  }
  return { db, url, schema: undefined, folder, remove }
}

/** A database of its own on the test server, empty or a copy of another one that nobody uses. */
export async function makePostgresDatabase(
  original?: string,
): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = must(process.env.TEST_POSTGRES_URL, 'TEST_POSTGRES_URL')
  const name = `test_${newId()}`
  const template = original === undefined ? '' : ` template ${new URL(original).pathname.slice(1)}`
  await onServer(server, `create database ${name}${template}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(server, `drop database if exists ${name} with (force)`),
  }
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Runs the same tests on SQLite and on PostgreSQL; each call of `open` gives a fresh database. */
export function describeEachDialect(
  name: string,
  tests: (open: () => Promise<TestDatabase>) => void,
): void {
  describe.each(dialects)(`${name} on %s`, (dialect) => {
    const opened: TestDatabase[] = []
    afterAll(async () => {
      await Promise.all(opened.map((one) => one.remove()))
    })
    tests(async () => {
      const database = await openTestDatabase(dialect)
      opened.push(database)
      return database
    })
  })
}
