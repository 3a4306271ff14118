import type { Kysely } from 'kysely'
import { openPostgres } from './dialects/postgres.ts'
import { openSqlite } from './dialects/sqlite.ts'
import { openThreadedReader } from './dialects/threaded-reader.ts'
import type { Schema, Tx } from './schema.ts'

export interface Db {
  dialect: 'sqlite' | 'postgres'
  /** For what only reads; on SQLite it cannot write. */
  read: Kysely<Schema>
  write: Kysely<Schema>
  /**
   * Runs what reads for long and works on what it reads: on SQLite in a thread of its own, so that
   * reading and working go on side by side; on PostgreSQL the server is that already.
   */
  readAside: <T>(run: (read: Kysely<Schema>) => Promise<T>) => Promise<T>
  /**
   * Writes what an SQLite database's write-ahead log holds into its file, as far as nobody reads in it,
   * without keeping others from writing; PostgreSQL does so by itself.
   */
  checkpoint: () => Promise<void>
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
  if (isPostgresUrl(url)) {
    const opened = openPostgres({ url, connections, schema })
    return {
      dialect: 'postgres',
      ...opened,
      readAside: (run) => run(opened.read),
      checkpoint: async () => {},
    }
  }
  const opened = openSqlite({ file: url, durability })
  return { dialect: 'sqlite', ...opened, readAside: (run) => readInThread(url, run) }
}

async function readInThread<T>(
  file: string,
  run: (read: Kysely<Schema>) => Promise<T>,
): Promise<T> {
  const read = openThreadedReader(file)
  try {
    return await run(read)
  } finally {
    await read.destroy()
  }
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
