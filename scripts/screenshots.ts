/** `npm run screenshots`: the pictures of the README, taken of the demo in a real browser. */

import { spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { chromium } from '@playwright/test'
import { buildIfNeeded } from './build.ts'
import { findOrInstallBrowser } from './find-browser.ts'

const root = path.resolve(import.meta.dirname, '..')
const pictures = path.join(root, 'docs', 'pictures')
const email = 'ada@example.org'
const password = 'for a picture only'

buildIfNeeded()
const server = spawn(process.execPath, ['app/server.ts'], {
  cwd: root,
  env: {
    ...process.env,
    RUBRICA_DATA: await mkdtemp(path.join(tmpdir(), 'rubrica-pictures-')),
    PORT: '0',
    RUBRICA_ADMIN_EMAIL: email,
    RUBRICA_ADMIN_PASSWORD: password,
  },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const url = await new Promise<string>((resolve) => {
  server.stdout.on('data', (chunk) => {
    const found = /ready: (\S+)/.exec(String(chunk))?.[1]
    if (found) resolve(found)
  })
})

try {
  const browser = await chromium.launch({
    executablePath: findOrInstallBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Load the demo project' }).click()
  const campaign = page.getByRole('link', { name: 'Which answer is better?' })
  await page.getByText('is better than every other model').waitFor({ timeout: 60_000 })
  const standings = (await campaign.getAttribute('href')) ?? ''

  const take = async (address: string, name: string, ready: string) => {
    await page.goto(address)
    await page.getByText(ready).filter({ visible: true }).first().waitFor({ timeout: 20_000 })
    await page.waitForTimeout(800)
    await page.screenshot({ path: path.join(pictures, name) })
  }
  const room = standings.replace('measure', 'rate')
  await page.goto(room)
  await page.getByRole('button', { name: 'Start rating' }).click()
  await take(room, 'rating-room.png', 'Response A')
  await take(standings, 'standings.png', 'Win rate of each model')
  await browser.close()
} finally {
  server.kill('SIGTERM')
}
