/** The command line: import, measure and export with the functions that the web uses. */
import { hostname } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'

const [name = 'help', ...rest] = process.argv.slice(2)

/** Of a command line that cannot even start; no answer of any command has it. */
const broken = 3

async function main(): Promise<number> {
  // Loaded here, so that a module that fails is an error like another, not Node's exit code of 1.
  const { commands, UsageError } = await import('./commands.ts')
  try {
    const command = commands[name]
    if (!command) throw new UsageError(`There is no command "${name}".`)
    const { values, positionals } = parseArgs({
      args: rest,
      options: command.options,
      allowPositionals: true,
      strict: true,
    })
    return await command.run({ values, positionals, holder: `${hostname()}:${process.pid}` })
  } catch (error) {
    say(error)
    const isOurs =
      error instanceof UsageError ||
      (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    if (isOurs) process.stderr.write(`Try: npm run --silent rubrica -- help\n`)
    else if (process.env.DEBUG) console.error(error)
    return commands[name]?.failure ?? 2
  }
}

const say = (error: unknown) =>
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)

process.exitCode = await main().catch((error: unknown) => {
  say(error)
  return broken
})
