/** Builds the pages when what they are made of has changed since. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { workerFlags } from '#app/jobs/worker-flags.ts'

const root = path.resolve(import.meta.dirname, '..')
const stamp = path.join(root, 'build', '.built')

function contentHash(): string {
  const hash = createHash('sha256')
  const add = (file: string) => {
    hash.update(file)
    hash.update(readFileSync(path.join(root, file)))
  }
  const walk = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .flatMap((entry) => {
        const name = path.join(folder, entry.name)
        return entry.isDirectory() ? walk(name) : [name]
      })
  for (const folder of ['app', 'db', 'public']) walk(folder).forEach(add)
  for (const file of ['package-lock.json', 'vite.config.ts', 'tsconfig.json']) add(file)
  return hash.digest('hex')
}

/** Builds when needed. Throws when the build fails; its own words are on standard error. */
export function buildIfNeeded(): void {
  const wanted = contentHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write('Building the pages…\n')
  const remix = path.join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js')
  const { status } = spawnSync(process.execPath, [remix, 'vite:build'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error('The pages could not be built; the lines above say why.')
  compileForJobs()
  writeFileSync(stamp, wanted)
}

/** The first job process would else compile for itself, and hold the compiler ever after. */
function compileForJobs(): void {
  const { status } = spawnSync(
    process.execPath,
    [...workerFlags, path.join(root, 'scripts', 'worker.mjs'), '--compile'],
    { cwd: root, stdio: ['ignore', 2, 2] },
  )
  if (status !== 0) throw new Error('The job process could not be compiled; see the lines above.')
}

if (import.meta.main) buildIfNeeded()
