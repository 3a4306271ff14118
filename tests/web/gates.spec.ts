/** A lead asks whether a model may ship, watches the answer, and has another system told when it changes. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { importFiles, makeProject } from '../support/project.ts'
import {
  databaseOf,
  makeMember,
  memberPassword,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let receiver: Server
let slug = ''
const taken: { type: string; signature: string }[] = []

test.setTimeout(120_000)

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

test.beforeAll(async () => {
  test.setTimeout(200_000)
  server = await startServer({ environment: { RUBRICA_PRIVATE_WEBHOOKS: '1' } })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Gates')
  slug = project.slug
  await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
  const lines = Array.from({ length: 30 }, (_, place) => [
    {
      id: `p${place}`,
      prompt: `Question ${place}?`,
      tags: [place % 2 ? 'maths' : 'prose'],
      responses: ['aurora-1', 'aurora-2'].map((model) => ({ model, content: `${model} ${place}` })),
    },
    {
      prompt_id: `p${place}`,
      model_a: 'aurora-1',
      model_b: 'aurora-2',
      winner: place % 6 ? 'b' : 'a',
      rater: 'w1',
      campaign: 'pairs',
    },
  ]).flat()
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(folder, project.id, { 'a.jsonl': jsonl(...lines) })
  await db.close()
  receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      taken.push({
        type: JSON.parse(body).type,
        signature: String(request.headers['webhook-signature']),
      })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
})

test.afterAll(async () => {
  receiver.close()
  await removeServer(server)
})

async function signedIn(page: Page): Promise<void> {
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('E-mail').fill('lead@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p(\/|rojects|$)|\/$/)
}

test('a lead asks a gate by keyboard, watches it, and stops', async ({ page }) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/${slug}/measure`)
  await page.getByRole('link', { name: 'Gates' }).press('Enter')
  const form = page.getByRole('form', { name: 'Ask the gate' })
  await form.getByLabel('Candidate').selectOption('aurora-2')
  await form.getByLabel('Baseline').selectOption('aurora-1')
  await form.getByLabel('Least win rate').fill('0.6')
  await form.getByRole('button', { name: 'Ask' }).press('Enter')
  const answer = page.getByRole('region', { name: 'The answer' })
  await expect(answer).toContainText('aurora-2 in place of aurora-1: pass')
  await expect(answer).toContainText('The candidate wins 83.3 %')
  await expect(page).toHaveURL(/min_win_rate=0\.6/)
  await answer.getByText('Ask it from a pipeline').press('Enter')
  await expect(answer.locator('pre')).toContainText("--candidate 'aurora-2'")
  await answer.getByRole('button', { name: 'Watch this gate' }).press('Enter')
  const watched = page.getByRole('table')
  await expect(watched).toContainText('aurora-2 for aurora-1')
  await expect(watched).toContainText('pass')
  await page.goto(`${server.url}/p/${slug}/measure/gates?candidate=aurora-2&baseline=aurora-1`)
  await expect(form.getByLabel('Candidate').locator('option:checked')).toHaveText('aurora-2')
  await expect(form.getByLabel('Baseline').locator('option:checked')).toHaveText('aurora-1')
  await page.goto(`${server.url}/p/${slug}/measure/gates?candidate=nobody&baseline=aurora-1`)
  await expect(page.getByRole('alert')).toContainText('The project has no model "nobody"')
  await page.getByRole('button', { name: 'Stop watching' }).press('Enter')
  await expect(page.getByRole('table')).toHaveCount(0)
})

test('a lead has another system told, tries it out and sees what became of it', async ({
  page,
}) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/${slug}/settings`)
  const { port } = receiver.address() as AddressInfo
  await page.getByRole('textbox', { name: 'Address' }).fill('not an address')
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  await expect(page.getByText('an address that begins with https:// or http://')).toBeVisible()
  await page.getByRole('textbox', { name: 'Address' }).fill(`http://127.0.0.1:${port}/told`)
  await page.getByRole('button', { name: 'Add a webhook' }).click()
  await expect(page.getByLabel('Webhook secret')).toHaveValue(/^whsec_[A-Za-z0-9+/]{32}$/)
  await page.getByRole('button', { name: /^Send a test/ }).click()
  await expect(page.getByText('A test is on its way.')).toBeVisible()
  await expect.poll(() => taken.length, { timeout: 15_000 }).toBe(1)
  expect(taken[0]).toMatchObject({ type: 'test' })
  expect(taken[0]?.signature).toMatch(/^v1,/)
  await expect
    .poll(
      async () => {
        await page.reload()
        return page.getByRole('region', { name: 'Deliveries' }).textContent()
      },
      { timeout: 15_000 },
    )
    .toContain('taken (204)')
  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(page.getByRole('cell', { name: 'paused' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`gates and webhooks stand up to axe and a phone, ${colorScheme}`, async ({ page }) => {
    await signedIn(page)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 390, height: 844 })
    for (const address of [
      'measure/gates',
      'measure/gates?candidate=aurora-2&baseline=aurora-1',
      'settings',
    ]) {
      await page.goto(`${server.url}/p/${slug}/${address}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations, address).toEqual([])
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width, address).toBeLessThanOrEqual(390)
    }
  })
}
