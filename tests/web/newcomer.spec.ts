/** Somebody who has just started Rubrica for the first time. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { openDb } from '#db/open.ts'
import { removeServer, startServer, type TestServer } from '../support/server.ts'

let server: TestServer

test.beforeAll(async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'rubrica-newcomer-'))
  server = await startServer({ dataDir })
  const db = openDb({ url: server.databaseUrl })
  await db.write.deleteFrom('audit').execute()
  await db.write.deleteFrom('person').execute()
  await db.close()
})
test.afterAll(() => removeServer(server))

async function problemsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(
    ({ id, nodes }) =>
      `${page.url()} ${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
}

test('makes the first account, loads the demo and finds something true on every screen', async ({
  browser,
}) => {
  // Every screen is looked at in two schemes and two widths; a busy machine takes its time.
  test.setTimeout(300_000)
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  const accessibility: string[] = []

  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Make the first administrator' })).toBeVisible()
  accessibility.push(...(await problemsOf(page)))
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('E-mail').fill('ada@example.org')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page.getByText('a password has at least 10 characters')).toBeVisible()
  // The browser itself notes the refused form.
  expect(problems.splice(0)).toEqual([expect.stringContaining('400')])
  await page.getByLabel('Password').fill('a longer password')
  await page.getByRole('button', { name: 'Make the account' }).click()

  await page.getByRole('button', { name: 'Load the demo project' }).click()
  await expect(page.getByText('is better than every other model')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('simulation with a fixed seed')).toBeVisible()
  const demo = new URL(page.url()).pathname

  const campaign = await page
    .getByRole('link', { name: 'Which answer is better?' })
    .getAttribute('href')
  const rubric = await page
    .getByRole('link', { name: 'How good is each answer?' })
    .getAttribute('href')
  const room = campaign?.replace('measure', 'rate') ?? ''
  await page.goto(room)
  await expect(page.getByText('Before you start')).toBeVisible()
  for (const scheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    accessibility.push(...(await problemsOf(page)))
  }
  await page.getByRole('button', { name: 'Start rating' }).click()
  await expect(page.getByRole('article').first()).toBeVisible()
  const screens: [string, string][] = [
    [demo, 'Demo: a support assistant'],
    [`${demo}/import`, 'Imports so far'],
    [`${demo}/prompts`, 'Responses'],
    [`${demo}/assign`, 'Which answer is better?'],
    [`${demo}/assign/new`, 'What meets what'],
    [campaign?.replace('measure', 'assign') ?? '', 'A wrong answer loses'],
    [`${demo}/rate`, 'My progress'],
    [`${demo}/measure`, 'Measure'],
    [campaign ?? '', 'Win rate of each model'],
    [`${campaign}/head-to-head`, 'Who beats whom'],
    [`${campaign}/agreement`, 'Can we trust the raters?'],
    [rubric ?? '', 'Mean score for correctness'],
    [`${demo}/export`, 'New dataset'],
    [`${demo}/members`, 'Invite somebody'],
    [`${demo}/settings`, 'API tokens'],
    [room, 'Response B'],
  ]
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const [address, words] of screens) {
      await page.goto(address)
      const found = page
        .getByText(words)
        .or(page.getByLabel(words))
        .filter({ visible: true })
        .first()
      await expect(found, address).toBeVisible()
      accessibility.push(...(await problemsOf(page)))
    }
  }
  await page.setViewportSize({ width: 390, height: 844 })
  for (const [address] of screens) {
    await page.goto(address)
    const isWide = await page.evaluate(
      () => document.documentElement.scrollWidth > window.innerWidth,
    )
    expect(isWide, `${address} is wider than a narrow screen`).toBe(false)
  }
  expect([...new Set(accessibility)]).toEqual([])
  expect(problems).toEqual([])
})

test('table and chart of the standings say the same', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill('ada@example.org')
  await page.getByLabel('Password').fill('a longer password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Which answer is better?' }).click()
  const chart = (await page.getByRole('img', { name: /Win rate/ }).getAttribute('aria-label')) ?? ''
  const rows = page.getByRole('table').first().getByRole('row')
  const count = await rows.count()
  expect(count).toBe(5)
  for (let place = 1; place < count; place++) {
    const cells = await rows.nth(place).getByRole('cell').allInnerTexts()
    const [, model = '', rate = ''] = cells
    const whole = `${Math.round(Number.parseFloat(rate))} %`
    expect(chart).toContain(`${model.trim()}: ${whole}`)
  }
  expect(await page.locator('.recharts-scatter').count()).toBe(4)
})
