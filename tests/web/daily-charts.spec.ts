/**
 * The charts of a hundred models with a version for every day of five years, on a processor four times
 * slower: quick to come, smooth to walk over, and honest about what they take together. Prints what it
 * measured; `RUBRICA_PICTURES=folder` keeps pictures.
 */
import path from 'node:path'
import process from 'node:process'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { DriftReport } from '#app/measure/drift.ts'
import { dailyDrift, fiveYears, repeated, storeDrift } from '../support/daily-drift.ts'
import { makeProject, openCampaign } from '../support/project.ts'
import {
  databaseOf,
  makeMember,
  memberPassword,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'
import { pageCost, walkCost } from './page-cost.ts'

const families = 5
const copies = 20
const models = families * copies

let server: TestServer
let address = ''
let report: DriftReport

test.setTimeout(300_000)

test.beforeAll(async () => {
  test.setTimeout(300_000)
  server = await startServer({ runsWorker: false })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Daily')
  const campaignId = await openCampaign(db, project.id, { overlap: 1 })
  await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
  report = repeated(dailyDrift({ families, prompts: 40 }), copies)
  await storeDrift(db, { projectId: project.id, campaignId, report })
  await db.close()
  address = `${server.url}/p/${project.slug}/measure/${campaignId}/drift`
})

test.afterAll(() => removeServer(server))

async function signedIn(page: Page): Promise<void> {
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('E-mail').fill('lead@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p(\/|rojects|$)|\/$/)
}

test('charts of five years of daily points for a hundred models come at once and stay smooth', async ({
  page,
}) => {
  await signedIn(page)
  const cost = await pageCost(page, address)
  const walk = await walkCost(page, page.getByRole('slider').first())
  const said = Object.entries({ ...cost, ...walk }).map(
    ([name, value]) => `${name} ${Math.round(value)}`,
  )
  process.stdout.write(`five years of days, ${models} models: ${said.join(', ')}\n`)
  expect(cost.marks, 'marks drawn').toBeLessThan(1_000)
  expect(cost.bytes, 'bytes of the page').toBeLessThan(600_000)
  // Elapsed times are loose: other work may share the processor. Processor time is not.
  expect(cost.serverMs, 'server time').toBeLessThan(4_000)
  expect(cost.longestTaskMs, 'longest task while it loads').toBeLessThan(3_000)
  expect(walk.workMs, 'work of a step').toBeLessThan(400)
  expect(walk.medianWaitMs, 'usual wait for a step').toBeLessThan(1_000)
})

test('what is taken together is said, keeps its totals, and the files keep every day', async ({
  page,
}) => {
  await signedIn(page)
  await page.goto(address)
  const cards = page.locator('section.card')
  expect(await cards.count()).toBeLessThanOrEqual(6)
  await expect(page.getByText('Series 1 to 6 of 100').first()).toBeVisible()
  const card = cards.first()
  await expect(card).toContainText('1,826 versions, drawn by month')
  await expect(card).toContainText('The level changes at')
  await card.getByText('The same as a table').click()
  const rows = card.getByRole('table').first().getByRole('row')
  await expect(rows).toHaveCount(62)
  const versions = await rows.locator('td:nth-child(4)').allTextContents()
  expect(versions.reduce((sum, count) => sum + Number(count), 0)).toBe(fiveYears)
  const walk = card.getByRole('slider')
  await walk.focus()
  await page.keyboard.press('Home')
  await expect(walk).toHaveAttribute('aria-valuetext', /^Mar 2021: .*27 versions/)
  await page.keyboard.press('ArrowRight')
  await expect(walk).toHaveAttribute('aria-valuetext', /^Apr 2021: .*30 versions/)
  await page.getByRole('link', { name: 'Next series' }).first().click()
  await expect(page.getByText('Series 7 to 12 of 100').first()).toBeVisible()
  const files = await Promise.all(
    ['csv', 'json'].map(async (ending) => {
      const link = page.getByRole('link', { name: `drift.${ending}` })
      const answer = await page.request.get(
        new URL((await link.getAttribute('href')) ?? '', address).href,
      )
      expect(answer.status()).toBe(200)
      return answer.text()
    }),
  )
  expect(files[0]?.trimEnd().split('\n')).toHaveLength(models * (fiveYears - 1) + 1)
  const whole = JSON.parse(files[1] ?? '') as DriftReport
  expect(whole.series.every(({ points }) => points.length === fiveYears)).toBe(true)
})

for (const [language, words] of [
  ['en', 'drawn by month'],
  ['pt', 'desenhadas por mês'],
] as const) {
  test(`the charts fit a desk and a hand, by day and by night, in ${language}`, async ({
    page,
  }) => {
    await signedIn(page)
    for (const { width, colorScheme } of [
      { width: 1440, colorScheme: 'light' },
      { width: 1440, colorScheme: 'dark' },
      { width: 390, colorScheme: 'light' },
      { width: 390, colorScheme: 'dark' },
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.goto(`${address}?lang=${language}`)
      await expect(page.getByText(words).first()).toBeVisible()
      const where = `${language} ${width} ${colorScheme}`
      expect(await page.getByRole('main').textContent(), where).not.toMatch(
        /NaN|undefined|Infinity/,
      )
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide, where).toBeLessThanOrEqual(width)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations, where).toEqual([])
      if (process.env.RUBRICA_PICTURES) {
        const file = path.join(
          process.env.RUBRICA_PICTURES,
          `daily-${language}-${width}-${colorScheme}.png`,
        )
        await page.screenshot({ path: file, fullPage: true })
      }
    }
  })
}
