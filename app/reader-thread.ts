/** A thread of the web process that reads: started by the server when the database is embedded. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDb } from '#db/open.ts'
import { slowReads } from './http/slow-reads.server.ts'

const db = openDb({ url: (workerData as { file: string }).file })

parentPort?.on('message', ({ id, task, input }: { id: number; task: string; input: unknown }) => {
  const read = slowReads[task]
  const answer = read
    ? read(db.read, input)
    : Promise.reject(new Error(`No read is called ${task}.`))
  answer.then(
    (value) => parentPort?.postMessage({ id, value }),
    (error: unknown) =>
      parentPort?.postMessage({
        id,
        error: error instanceof Error ? error.message : String(error),
      }),
  )
})
