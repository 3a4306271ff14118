/** Runs the benchmark of a stage: `npm run bench -- import`. */
import process from 'node:process'

const benches: Record<string, () => Promise<unknown>> = {
  export: () => import('./bench-export.ts'),
  import: () => import('./bench-import.ts'),
  measure: () => import('./bench-measure.ts'),
  rate: () => import('./bench-rate.ts'),
  room: () => import('./bench-room.ts'),
}

const name = process.argv[2] ?? ''
const bench = benches[name]
if (!bench) {
  process.stderr.write(`Name a benchmark: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(2)
}
await bench()
