import type { Kysely } from 'kysely'
import { openPostgres } from './dialects/postgres.ts'
import { openSqlite } from './dialects/sqlite.ts'
import type { Schema, Tx } from './schema.ts'

export interface Db {
  dialect: 'sqlite' | 'postgres'
  /** For what only reads; on SQLite it cannot write. */
  read: Kysely<Schema>
  write: Kysely<Schema>
  close: () => Promise<void>
}

export interface OpenOptions {
  /** `postgres://…`, or the path of an SQLite file. */
  url: string
  /** `full` (default) keeps what was acknowledged through a power loss; `off` is for scratch. */
  durability?: 'full' | 'normal' | 'off'
  connections?: number
  schema?: string
}

/** Opens the database of a URL. The schema is not touched: see `migrate`. */
export function openDb({ url, durability = 'full', connections, schema }: OpenOptions): Db {
  return isPostgresUrl(url)
    ? { dialect: 'postgres', ...openPostgres({ url, connections, schema }) }
    : { dialect: 'sqlite', ...openSqlite({ file: url, durability }) }
}

export const isPostgresUrl = (url: string): boolean => /^postgres(ql)?:\/\//.test(url)

const serializationFailure = '40001'
const deadlockDetected = '40P01'
const uniqueViolation = '23505'
const attempts = 5

/**
 * Runs a function in one transaction. PostgreSQL may end a transaction because two met; that one is
 * run again, so the function must do nothing but talk to the database.
 *
 * @param options with `looksUpFirst`, a row that somebody else inserted meanwhile counts as such a
 * meeting: the function looks up what is there, and finds it the second time
 */
export async function inTransaction<T>(
  db: Db,
  run: (trx: Tx) => Promise<T>,
  { looksUpFirst = false } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.write.transaction().execute(run)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      const isCollision =
        code === serializationFailure ||
        code === deadlockDetected ||
        (looksUpFirst && code === uniqueViolation)
      if (!isCollision || attempt >= attempts) throw error
    }
  }
}
