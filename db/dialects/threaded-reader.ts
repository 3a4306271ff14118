import { Worker } from 'node:worker_threads'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Schema } from '../schema.ts'

interface Reply {
  id: number
  names?: string[]
  rows?: unknown[][]
  error?: string
}

interface Waiting {
  resolve: (reply: Reply) => void
  reject: (error: Error) => void
}

/** What it reads is copied out at once: little of its heap is young for long. */
const resourceLimits = { maxYoungGenerationSizeMb: 3 }

/** A connection to an SQLite file that reads in a thread, while this one works on what came before. */
class ThreadedConnection implements DatabaseConnection {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  /** Why the thread ended, if it did: it would leave whoever asks without an answer. */
  #failure: Error | undefined

  constructor(file: string) {
    this.#worker = new Worker(new URL('./reader-thread.mjs', import.meta.url), {
      workerData: { file },
      resourceLimits,
      execArgv: [],
    })
    this.#worker.unref()
    this.#worker.on('message', (reply: Reply) => {
      this.#take(reply.id)?.resolve(reply)
    })
    this.#worker.on('error', (error) => {
      this.#failure = error
      for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error)
    })
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { names = [], rows = [], error } = await this.#ask(sql, parameters)
    if (error !== undefined) throw new Error(error)
    return { rows: rows.map((row) => named(names, row) as R) }
  }

  streamQuery(): never {
    throw new Error('A thread answers whole statements: walk with db/pages.ts, do not stream.')
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #ask(text: string, parameters: readonly unknown[]): Promise<Reply> {
    if (this.#failure) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#asked += 1
      const id = this.#asked
      // Nothing else may keep the process from ending before the answer is there.
      this.#worker.ref()
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, text, parameters })
    })
  }

  #take(id: number): Waiting | undefined {
    const one = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#worker.unref()
    return one
  }
}

function named(names: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {}
  for (let place = 0; place < names.length; place++) object[names[place] ?? ''] = row[place]
  return object
}

class ThreadedDriver implements Driver {
  readonly #connection: ThreadedConnection

  constructor(file: string) {
    this.#connection = new ThreadedConnection(file)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection
  }

  async beginTransaction(): Promise<void> {
    throw new Error('A thread only reads.')
  }

  async commitTransaction(): Promise<void> {
    throw new Error('A thread only reads.')
  }

  async rollbackTransaction(): Promise<void> {
    throw new Error('A thread only reads.')
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await this.#connection.close()
  }
}

/**
 * Opens an SQLite file to be read in a thread of its own: the driver is synchronous, so that a long
 * walk would else do nothing while it reads, and read nothing while it works. `destroy` ends the thread.
 */
export const openThreadedReader = (file: string): Kysely<Schema> =>
  new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new ThreadedDriver(file),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
