/** `npm run rubrica`: starts the command line with what was compiled before. */
import './compiled.mjs'

await import('./rubrica.ts')
