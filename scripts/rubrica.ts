/** The command line: import, measure and export with the functions that the web uses. */
import { hostname } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { commands, UsageError } from './commands.ts'

const [name = 'help', ...rest] = process.argv.slice(2)

async function main(): Promise<number> {
  const command = commands[name]
  if (!command) throw new UsageError(`There is no command "${name}".`)
  const { values, positionals } = parseArgs({
    args: rest,
    options: command.options,
    allowPositionals: true,
    strict: true,
  })
  return command.run({ values, positionals, holder: `${hostname()}:${process.pid}` })
}

try {
  process.exitCode = await main()
} catch (error) {
  const isOurs =
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  const words = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${words}\n`)
  if (isOurs) process.stderr.write(`Try: npm run --silent rubrica -- help\n`)
  else if (process.env.DEBUG) console.error(error)
  process.exitCode = commands[name]?.failure ?? 2
}

export const projectRoot = path.resolve(import.meta.dirname, '..')
