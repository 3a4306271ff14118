/**
 * The thread of `threaded-reader.ts`: answers statements one after another. Plain JavaScript with the
 * driver alone, because what a thread loads it holds in memory once more.
 */
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'

const database = new Database(workerData.file, { readonly: true, timeout: 5_000 })
database.pragma('cache_size = -6000')
const statements = new Map()

function statementOf(text) {
  const known = statements.get(text)
  if (known) return known
  const statement = database.prepare(text)
  const names = statement.columns().map(({ name }) => name)
  const kept = { statement: statement.raw(), names }
  statements.set(text, kept)
  return kept
}

parentPort.on('message', ({ id, text, parameters }) => {
  try {
    const { statement, names } = statementOf(text)
    parentPort.postMessage({ id, names, rows: statement.all(parameters) })
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
