import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { isPostgres } from '#db/dialects/portable.ts'
import { migrate } from '#db/migrate.ts'
import { inTransaction } from '#db/open.ts'
import { walkPages } from '#db/pages.ts'
import { writtenBy } from '#db/schema.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { makeProject } from '#tests/support/project.ts'

/** Tables of the site itself; everything else lies behind a project's wall. */
const siteTables = ['person', 'session', 'project']

describeEachDialect('The schema', (open) => {
  it('is made whole by the migrations, which run once', async () => {
    const { db } = await open()
    expect(await migrate(db)).toEqual([])
    const tables = (await db.write.introspection.getTables()).map((table) => table.name)
    const isIndexPart = (name: string) =>
      /^prompt_search_(config|content|data|docsize|idx)$/.test(name)
    expect(tables.filter((name) => !isIndexPart(name)).sort()).toEqual(
      Object.keys(writtenBy).sort(),
    )
  })

  it('has the project in every primary and unique key', async () => {
    const { db } = await open()
    const keys = isPostgres(db.write)
      ? await sql<{ tab: string; cols: string }>`
          select t.relname as tab, string_agg(a.attname, ',') as cols
          from pg_index i join pg_class t on t.oid = i.indrelid
          join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
          join pg_attribute a on a.attrelid = t.oid and a.attnum = any(i.indkey)
          where i.indisunique group by i.indexrelid, t.relname`.execute(db.write)
      : await sql<{ tab: string; cols: string }>`
          select m.name as tab, group_concat(c.name) as cols
          from sqlite_master m join pragma_index_list(m.name) i join pragma_index_info(i.name) c
          where m.type = 'table' and i."unique" = 1 group by m.name, i.name`.execute(db.write)
    const ours = keys.rows.filter(({ tab }) => tab in writtenBy && !siteTables.includes(tab))
    expect(ours.length).toBeGreaterThan(35)
    for (const { tab, cols } of ours) {
      expect(cols.split(','), `a key of ${tab}`).toContain('project_id')
    }
  })

  it('compares text bytewise, so that order and paging agree on both databases', async () => {
    const { db } = await open()
    const project = await makeProject(db)
    const names = ['b', 'B', 'a', 'Z', 'é', 'z', '_', '10', '9']
    await inTransaction(db, async (trx) => {
      for (const name of names) {
        await trx
          .insertInto('field_mapping')
          .values({
            project_id: project.id,
            id: name,
            name,
            header_hash: '',
            mapping: '{}',
            created_at: 0,
          })
          .execute()
      }
    })
    const read: string[] = []
    const pages = walkPages(
      2,
      (after: string | undefined, limit) =>
        db.read
          .selectFrom('field_mapping')
          .select('name')
          .where('name', '>', after ?? '')
          .orderBy('name')
          .limit(limit)
          .execute(),
      (row) => row.name,
    )
    for await (const page of pages) read.push(...page.map((row) => row.name))
    const bytewise = (one: string, other: string) =>
      Buffer.compare(Buffer.from(one), Buffer.from(other))
    expect(read).toEqual([...names].sort(bytewise))
  })

  it('undoes a transaction that fails half way', async () => {
    const { db } = await open()
    const failing = inTransaction(db, async (trx) => {
      await trx
        .insertInto('project')
        .values({ id: 'x', slug: 'x', name: 'x', is_simulated: 0, settings: '{}', created_at: 0 })
        .execute()
      throw new Error('half way')
    })
    await expect(failing).rejects.toThrow('half way')
    expect(await db.read.selectFrom('project').select('id').execute()).toEqual([])
  })

  it('keeps two people with one address out', async () => {
    const { db } = await open()
    const person = {
      name: 'One',
      email: 'one@example.org',
      password_hash: null,
      is_admin: 0 as const,
      status: 'active' as const,
      settings: '{}',
      created_at: 0,
    }
    await db.write
      .insertInto('person')
      .values({ ...person, id: '1' })
      .execute()
    const again = db.write
      .insertInto('person')
      .values({ ...person, id: '2' })
      .execute()
    await expect(again).rejects.toThrow()
  })
})

it('SQLite itself refuses a write through the reading connection', async () => {
  const { openTestDatabase } = await import('#tests/support/database.ts')
  const { db, remove } = await openTestDatabase('sqlite')
  const write = db.read.deleteFrom('project').execute()
  await expect(write).rejects.toThrow(/readonly/)
  await remove()
})
