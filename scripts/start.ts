/** `npm start`: builds what is not built yet, then serves. */
import process from 'node:process'
import { buildIfNeeded } from './build.ts'

try {
  buildIfNeeded()
  await import('#app/server.ts')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
