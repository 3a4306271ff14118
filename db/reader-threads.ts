import { Worker } from 'node:worker_threads'

interface Waiting {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/**
 * Runs slow reads in threads of their own, so that the event loop goes on meanwhile: SQLite's driver
 * is synchronous. Each thread opens the database for itself and answers one request after another.
 */
export interface ReaderThreads {
  /** Asks the least busy thread. Rejects with what the read threw. */
  ask: (task: string, input: unknown) => Promise<unknown>
  close: () => Promise<void>
}

/** Starts threads that run a module with the database's file as their data. */
export function startReaderThreads(
  entry: URL,
  { file, threads = 1 }: { file: string; threads?: number },
): ReaderThreads {
  const pool = Array.from({ length: threads }, () => startThread(entry, file))
  return {
    ask: (task, input) => {
      const least = [...pool].sort((one, other) => one.busy() - other.busy())[0]
      return least ? least.ask(task, input) : Promise.reject(new Error('There is no reader.'))
    },
    close: async () => {
      await Promise.all(pool.map((thread) => thread.close()))
    },
  }
}

function startThread(entry: URL, file: string) {
  const waiting = new Map<number, Waiting>()
  let next = 0
  let worker = start()
  function start(): Worker {
    const made = new Worker(entry, { workerData: { file } })
    made.unref()
    made.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
      const one = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) one?.resolve(value)
      else one?.reject(new Error(error))
    })
    made.on('error', (error) => {
      for (const one of waiting.values()) one.reject(error)
      waiting.clear()
      worker = start()
    })
    return made
  }
  return {
    busy: () => waiting.size,
    ask: (task: string, input: unknown) =>
      new Promise<unknown>((resolve, reject) => {
        next += 1
        waiting.set(next, { resolve, reject })
        worker.postMessage({ id: next, task, input })
      }),
    close: () => worker.terminate(),
  }
}
