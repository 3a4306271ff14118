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
  sql,
} from 'kysely'
import type { Schema } from '../schema.ts'

const patienceMs = 5_000
/**
 * Whoever commits past so many pages of the write-ahead log writes them into the file first. A server,
 * whose people wait meanwhile, leaves this to the job process until the log has 64 MB.
 */
const pagesInLog = { full: 16_000, normal: 1_000, off: 1_000 }
/** The job process reads in threads of their own, and must stay small beside what it makes. */
const kilobytesCached = {
  full: { writer: 32_000, reader: 16_000 },
  normal: { writer: 8_000, reader: 4_000 },
  off: { writer: 32_000, reader: 16_000 },
}
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
  readonly #prepare: (statement: string) => Database.Statement

  constructor(
    inner: DatabaseConnection,
    isInTransaction: () => boolean,
    prepare: (statement: string) => Database.Statement,
  ) {
    this.#inner = inner
    this.#isInTransaction = isInTransaction
    this.#prepare = prepare
  }

  runForEach(statement: string, rows: readonly unknown[][]): void {
    const prepared = this.#prepare(statement)
    for (const row of rows) prepared.run(row)
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
  readonly #prepare: (statement: string) => Database.Statement

  constructor(database: Database.Database) {
    const kept = withKeptStatements(database)
    super({ database: kept })
    this.#isInTransaction = () => database.inTransaction
    this.#prepare = kept.prepare
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await super.acquireConnection()
    return new PatientConnection(inner, this.#isInTransaction, this.#prepare)
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

/** Told by its method: the pages' bundle has a class of its own. */
const hasRunForEach = (
  connection: DatabaseConnection,
): connection is DatabaseConnection & Pick<PatientConnection, 'runForEach'> =>
  'runForEach' in connection

/** Runs one statement for each row, inside the transaction that is open; SQLite only. */
export const runForEachRow = (
  trx: Kysely<Schema>,
  statement: string,
  rows: readonly unknown[][],
): Promise<void> =>
  trx.getExecutor().provideConnection(async (connection) => {
    if (!hasRunForEach(connection)) throw new Error('This is no SQLite connection.')
    connection.runForEach(statement, rows)
  })

export interface SqliteOptions {
  file: string
  /** `full` where an answer has been promised to somebody; `normal` in the job process. */
  durability: 'full' | 'normal' | 'off'
}

/** Opens one patient writer and one connection that SQLite itself keeps from writing. */
export function openSqlite({ file, durability }: SqliteOptions) {
  const writer = new Database(file, { timeout: 0 })
  writer.pragma('journal_mode = WAL')
  writer.pragma(`synchronous = ${durability}`)
  writer.pragma(`wal_autocheckpoint = ${pagesInLog[durability]}`)
  writer.pragma('foreign_keys = ON')
  writer.pragma(`cache_size = -${kilobytesCached[durability].writer}`)
  writer.pragma('temp_store = MEMORY')
  const reader = new Database(file, { readonly: true, timeout: 1_000 })
  reader.pragma(`cache_size = -${kilobytesCached[durability].reader}`)
  const write = new Kysely<Schema>({ dialect: new EmbeddedDialect(writer) })
  const read = new Kysely<Schema>({ dialect: new EmbeddedDialect(reader) })
  return {
    write,
    read,
    checkpoint: async () => {
      // By way of the writer's queue: SQLite refuses it within a transaction.
      await sql`pragma wal_checkpoint(passive)`.execute(write)
    },
    close: async () => {
      await read.destroy()
      await write.destroy()
    },
  }
}
