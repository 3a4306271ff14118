import { type Insertable, sql } from 'kysely'
import { isPostgres } from './dialects/portable.ts'
import { runForEachRow } from './dialects/sqlite.ts'
import { groupsOf, rowsAStatement } from './pages.ts'
import type { Schema, Tx } from './schema.ts'

/**
 * Inserts many rows of one shape. SQLite runs one prepared statement for each row, which is as fast
 * as it gets; PostgreSQL is sent a few hundred rows at a time, to save its round trips.
 */
export async function insertRows<T extends keyof Schema & string>(
  trx: Tx,
  table: T,
  rows: readonly Insertable<Schema[T]>[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first)
  const values = rows.map((row) => columns.map((name) => (row as Record<string, unknown>)[name]))
  const names = sql.join(columns.map((name) => sql.ref(name)))
  if (!isPostgres<Schema>(trx)) {
    const places = sql.join(columns.map(() => sql.raw('?')))
    const { sql: statement } =
      sql`insert into ${sql.table(table)} (${names}) values (${places})`.compile(trx)
    await runForEachRow(trx, statement, values)
    return
  }
  for (const some of groupsOf(values, rowsAStatement(columns.length))) {
    const tuples = sql.join(some.map((row) => sql`(${sql.join(row)})`))
    await sql`insert into ${sql.table(table)} (${names}) values ${tuples}`.execute(trx)
  }
}
