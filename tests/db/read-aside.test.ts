/** Reading beside the work: on SQLite in a thread of its own, on PostgreSQL as ever. */
import { sql } from 'kysely'
import { afterEach, describe, expect, test } from 'vitest'
import { newId } from '#app/base/ids.ts'
import { insertProject } from '#app/projects/projects.server.ts'
import { openThreadedReader } from '#db/dialects/threaded-reader.ts'
import { inTransaction } from '#db/open.ts'
import { type Dialect, dialects, openTestDatabase, type TestDatabase } from '../support/database.ts'

let opened: TestDatabase | undefined
afterEach(async () => {
  await opened?.remove()
  opened = undefined
})

async function open(dialect: Dialect): Promise<TestDatabase> {
  opened = await openTestDatabase(dialect)
  return opened
}

const makeProject = ({ db }: TestDatabase, name: string) =>
  inTransaction(db, (trx) => insertProject(trx, { name, now: 1_700_000_000_000 }))

describe.each(dialects)('on %s', (dialect) => {
  test('what is read aside is what was written, and what is written meanwhile is seen by the next read', async () => {
    const test = await open(dialect)
    await makeProject(test, 'One “two” 三\u2028')
    const names = await test.db.readAside(async (read) => {
      const select = () => read.selectFrom('project').selectAll().orderBy('created_at').execute()
      const before = await select()
      expect(before).toEqual(await test.db.read.selectFrom('project').selectAll().execute())
      await makeProject(test, 'Another')
      return [before, await select()].map((rows) => rows.map(({ name }) => name).sort())
    })
    expect(names).toEqual([['One “two” 三\u2028'], ['Another', 'One “two” 三\u2028']])
  })

  test('many reads at once are each answered with their own rows', async () => {
    const test = await open(dialect)
    const values = Array.from({ length: 200 }, () => newId())
    const found = await test.db.readAside((read) =>
      Promise.all(
        values.map(async (value) => {
          const { rows } = await sql<{ own: string }>`select cast(${value} as text) as own`.execute(
            read,
          )
          return rows[0]?.own
        }),
      ),
    )
    expect(found).toEqual(values)
  })

  test('a read that fails says why, and the next one works', async () => {
    const test = await open(dialect)
    await test.db.readAside(async (read) => {
      await expect(sql`select 1 from nowhere`.execute(read)).rejects.toThrow(/nowhere/)
      await expect(read.selectFrom('project').select('id').execute()).resolves.toEqual([])
    })
  })

  test('what the work throws comes through', async () => {
    const test = await open(dialect)
    await expect(
      test.db.readAside(async () => {
        throw new Error('the disk is full')
      }),
    ).rejects.toThrow('the disk is full')
  })
})

test('a thread that ended answers nobody, and keeps nobody waiting', async () => {
  const read = openThreadedReader('/nowhere/rubrica.db')
  const ask = () => read.selectFrom('project').select('id').execute()
  await expect(ask()).rejects.toThrow(/directory/)
  await expect(ask()).rejects.toThrow(/directory/)
  await read.destroy()
})

test('a thread never writes', async () => {
  const test = await open('sqlite')
  await test.db.readAside(async (read) => {
    await expect(sql`delete from project`.execute(read)).rejects.toThrow()
    await expect(read.transaction().execute(async () => {})).rejects.toThrow('only reads')
  })
})
