/**
 * `npm run bench -- room`: how fast the rating room is in a real browser, far from the server and on a
 * slow processor, and whether its memory stays flat. Minutes long, so the tests leave it out.
 */
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { buildIfNeeded } from './build.ts'
import { findOrInstallBrowser } from './find-browser.ts'

const root = path.resolve(import.meta.dirname, '..')

if (!findOrInstallBrowser()) {
  throw new Error('The room is measured in Chromium or Chrome: install it, or set CHROMIUM_PATH.')
}
buildIfNeeded()
const { status } = spawnSync(
  path.join(root, 'node_modules', '.bin', 'playwright'),
  ['test', '--reporter=list', 'room-speed'],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, RUBRICA_BENCH: 'room' },
  },
)
process.exitCode = status ?? 1
