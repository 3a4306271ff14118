/**
 * `npm run worker`, and how the server starts the job process. With `--compile` it only compiles what
 * that process will load.
 */
import './compiled.mjs'

const { runWorker } = await import('../app/worker.ts')
if (!process.argv.includes('--compile')) await runWorker()
