// Installs what the lock file names, when it is not installed yet. Runs on any Node, before all else.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const root = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '..',
)
const stamp = path.join(root, 'node_modules', '.installed')
const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex')

const isInstalled =
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === wanted &&
  existsSync(path.join(root, 'node_modules', '.bin', 'node'))

if (!isInstalled) {
  process.stderr.write('Installing packages, once…\n')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  // Not `npm ci`: it refuses a lock file that lacks optional packages of platforms other than the
  // writer's, which registries do not always carry. `--no-save` leaves the lock file as it is.
  const { status } = spawnSync(npm, ['install', '--no-save', '--include=dev', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    process.stderr.write('The packages could not be installed; the lines above say why.\n')
    process.exit(status ?? 1)
  }
  writeFileSync(stamp, wanted)
}
