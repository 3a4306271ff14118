import Database from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely'
import type { Schema } from '../schema.ts'

const patienceMs = 5_000
const statementsKept = 400

/** A migration that fails half way is undone: SQLite can, though Kysely's adapter does not say so. */
class EmbeddedAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits for another process's writer without blocking the event loop, then tries again. */
class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection
  readonly #isInTransaction: () => boolean

  constructor(inner: DatabaseConnection, isInTransaction: () => boolean) {
    this.#inner = inner
    this.#isInTransaction = isInTransaction
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const deadline = Date.now() + patienceMs
    for (;;) {
      try {
        return await this.#inner.executeQuery<R>(query)
      } catch (error) {
        const isBusy = error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'
        if (!isBusy || this.#isInTransaction() || Date.now() > deadline) throw error
      }
      await pause(1 + Math.random() * 6)
    }
  }

  streamQuery(): never {
    throw new Error('SQLite has one connection a process: walk with db/pages.ts, do not stream.')
  }
}

/** Transactions take the write lock at once, so that none dies between its read and its write. */
class EmbeddedDriver extends SqliteDriver {
  readonly #isInTransaction: () => boolean

  constructor(database: Database.Database) {
    super({ database: withKeptStatements(database) })
    this.#isInTransaction = () => database.inTransaction
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new PatientConnection(await super.acquireConnection(), this.#isInTransaction)
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** Kysely prepares each query anew; keeping the newest statements halves the cost of a small query. */
function withKeptStatements(database: Database.Database) {
  const kept = new Map<string, Database.Statement>()
  return {
    prepare(query: string) {
      const found = kept.get(query)
      if (found) {
        kept.delete(query)
        kept.set(query, found)
        return found
      }
      const statement = database.prepare(query)
      kept.set(query, statement)
      const oldest = kept.keys().next().value
      if (kept.size > statementsKept && oldest !== undefined) kept.delete(oldest)
      return statement
    },
    close: () => {
      database.close()
    },
  }
}

class EmbeddedDialect extends SqliteDialect {
  readonly #database: Database.Database

  constructor(database: Database.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new EmbeddedDriver(this.#database)
  }

  override createAdapter() {
    return new EmbeddedAdapter()
  }
}

export interface SqliteOptions {
  file: string
  /** `full` where an answer has been promised to somebody; `normal` in the job process. */
  durability: 'full' | 'normal'
}

/** Opens one patient writer and one connection that SQLite itself keeps from writing. */
export function openSqlite({ file, durability }: SqliteOptions) {
  const writer = new Database(file, { timeout: 0 })
  writer.pragma('journal_mode = WAL')
  writer.pragma(`synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}`)
  writer.pragma('foreign_keys = ON')
  writer.pragma('cache_size = -32000')
  writer.pragma('temp_store = MEMORY')
  const reader = new Database(file, { readonly: true, timeout: 1_000 })
  const write = new Kysely<Schema>({ dialect: new EmbeddedDialect(writer) })
  const read = new Kysely<Schema>({ dialect: new EmbeddedDialect(reader) })
  return {
    write,
    read,
    close: async () => {
      await read.destroy()
      await write.destroy()
    },
  }
}
