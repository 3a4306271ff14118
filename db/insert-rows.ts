import { CompiledQuery, type Insertable, sql } from 'kysely'
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
  if (!isPostgres<Schema>(trx)) {
    await runForEachRow(trx, statementFor(trx, { table, columns, rows: 1 }), values)
    return
  }
  for (const some of groupsOf(values, rowsAStatement(columns.length))) {
    const statement = statementFor(trx, { table, columns, rows: some.length })
    await trx.executeQuery(CompiledQuery.raw(statement, some.flat()))
  }
}

interface Insert {
  table: string
  columns: readonly string[]
  rows: number
}

/** Statements for one row, which come all day; what many rows need is built as they come. */
const forOneRow = new Map<string, string>()

function statementFor(trx: Tx, { table, columns, rows }: Insert): string {
  const key = `${isPostgres<Schema>(trx)} ${table} ${columns.join()}`
  const known = rows === 1 ? forOneRow.get(key) : undefined
  if (known !== undefined) return known
  const names = sql.join(columns.map((name) => sql.ref(name)))
  const tuple = sql`(${sql.join(columns.map(() => null))})`
  const tuples = sql.join(Array.from({ length: rows }, () => tuple))
  const statement = sql`insert into ${sql.table(table)} (${names}) values ${tuples}`.compile(
    trx,
  ).sql
  if (rows === 1) forOneRow.set(key, statement)
  return statement
}
