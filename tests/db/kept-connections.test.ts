import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openDb } from '#db/open.ts'
import { makePostgresDatabase } from '#tests/support/database.ts'

/** What the driver lets a connection idle for unless it is told otherwise, and a second more. */
const lullMs = 11_000

it('On PostgreSQL, a connection with all it has planned outlasts a lull between two rushes', async () => {
  const { url, drop } = await makePostgresDatabase()
  const db = openDb({ url, connections: 2 })
  const servers = async () => {
    const ask = () =>
      sql<{ pid: number }>`select pg_backend_pid() as pid from pg_sleep(0.2)`.execute(db.read)
    const answers = await Promise.all([ask(), ask()])
    return answers.map(({ rows }) => rows[0]?.pid).toSorted()
  }
  const before = await servers()
  expect(new Set(before).size).toBe(2)
  await sleep(lullMs)
  expect(await servers()).toEqual(before)
  await db.close()
  await drop()
}, 30_000)
