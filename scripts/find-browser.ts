/** Where a Chromium for the tests is: installed already, or put there from Debian's packages. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import process from 'node:process'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The path of an installed Chromium or Chrome, or null. */
export const findBrowser = (): string | null =>
  places.find((place) => place !== undefined && existsSync(place)) ?? null

const run = (command: string, args: string[]) =>
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })

/** The same, after installing Debian's `chromium` where that is possible. */
export function findOrInstallBrowser(): string | null {
  const found = findBrowser()
  if (found) return found
  const mayInstall = process.getuid?.() === 0 && run('apt-get', ['--version']).status === 0
  if (!mayInstall) return null
  process.stderr.write('Installing Chromium for the browser tests, once…\n')
  run('apt-get', ['update', '-qq'])
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  return findBrowser()
}
