import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { StatementNames } from '#db/dialects/kept-statements.ts'
import { migrate } from '#db/migrate.ts'
import { openDb } from '#db/open.ts'
import { makePostgresDatabase } from '#tests/support/database.ts'

describe('On PostgreSQL, a statement', () => {
  it('that comes again is parsed once a connection, and gives the same', async () => {
    const { url, drop } = await makePostgresDatabase()
    const db = openDb({ url, connections: 1 })
    await migrate(db)
    const ask = (slug: string) =>
      db.read.selectFrom('project').select('id').where('slug', '=', slug).execute()
    const prepared = async () =>
      (
        await sql<{ statement: string }>`select statement from pg_prepared_statements
          where statement like '%"slug" =%'`.execute(db.read)
      ).rows.length
    expect(await ask('one')).toEqual([])
    expect(await prepared()).toBe(0)
    for (const slug of ['two', 'three', 'four']) expect(await ask(slug)).toEqual([])
    expect(await prepared()).toBe(1)
    await expect(sql`select ${'x'}::text::integer`.execute(db.read)).rejects.toThrow()
    await expect(sql`select ${'x'}::text::integer`.execute(db.read)).rejects.toThrow()
    await expect(
      sql`select ${'7'}::text::integer as seven`.execute(db.read),
    ).resolves.toMatchObject({
      rows: [{ seven: 7 }],
    })
    await db.close()
    await drop()
  })

  it('is planned anew as tables grow, and leaves nothing behind', async () => {
    const { url, drop } = await makePostgresDatabase()
    const db = openDb({ url, connections: 1 })
    await migrate(db)
    const prepared = async () =>
      (
        await sql<{ name: string; plans: number }>`
          select name, generic_plans as plans from pg_prepared_statements
          where statement like '%"slug" =%'`.execute(db.read)
      ).rows
    const ask = async (times: number) => {
      for (let time = 0; time < times; time++) {
        await db.read.selectFrom('project').select('id').where('slug', '=', `${time}`).execute()
      }
    }
    await ask(12)
    const [before] = await prepared()
    expect(before?.plans).toBeGreaterThan(0)
    await ask(15)
    const after = await prepared()
    expect(after).toHaveLength(1)
    expect(after[0]?.name).not.toBe(before?.name)
    await db.close()
    await drop()
  })

  it('gets a name from its second time on, and each its own', () => {
    const names = new StatementNames()
    expect(names.of('select 1')).toBeUndefined()
    expect(names.of('select 2')).toBeUndefined()
    const one = names.of('select 1')
    const two = names.of('select 2')
    expect(one).toBeDefined()
    expect(two).not.toBe(one)
    expect(names.of('select 1')).toBe(one)
  })

  it.each([
    ['looks words up', 'select "id" from "prompt_search" where words @@ to_tsquery($1)'],
    ['names no columns', 'select * from "person" where "id" = $1'],
    ['names no columns of one table', 'select "person".* from "person" where "id" = $1'],
    ['writes many rows', `insert into "prompt" values ${'($1, $2), '.repeat(1_000)}`],
  ])('is planned each time where it %s', (_, statement) => {
    const names = new StatementNames()
    for (let time = 0; time < 5; time++) expect(names.of(statement)).toBeUndefined()
  })

  it('is kept only so far as a server should bear', () => {
    const names = new StatementNames()
    const kept = new Set<string | undefined>()
    for (let place = 0; place < 3_000; place++) {
      names.of(`select count(*), ${place}`)
      kept.add(names.of(`select count(*), ${place}`))
    }
    kept.delete(undefined)
    expect(kept.size).toBe(400)
  })
})
