import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Schema } from '../schema.ts'
import { keepingStatements } from './kept-statements.ts'

const int8 = 20
const numeric = 1700

// Counts and sums come as text from pg; our integers stay far below 2^53, so they become numbers.
pg.types.setTypeParser(int8, Number)
pg.types.setTypeParser(numeric, Number)

export interface PostgresOptions {
  url: string
  /** Connections kept at most. */
  connections?: number
  /** Tables live here; the server's default when absent. */
  schema?: string
}

/** Opens one pool; `read` and `write` are the same. */
export function openPostgres({ url, connections = 6, schema }: PostgresOptions) {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    // A new connection plans every statement anew: one let go in a lull is missed in the next rush.
    idleTimeoutMillis: 0,
    ...(schema === undefined ? {} : { options: `-c search_path=${schema}` }),
  })
  // An idle connection that the server closes must not end the process; the next query reconnects.
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: keepingStatements(pool) }) })
  return { write: db, read: db, close: () => db.destroy() }
}
