/** The charts of many models with a version for every day of five years, as they are measured and drawn. */
import process from 'node:process'
import { chromium } from '@playwright/test'
import { dailyDrift, fiveYears, storeDrift } from '#tests/support/daily-drift.ts'
import { makeProject, openCampaign } from '#tests/support/project.ts'
import { admin, databaseOf, removeServer, startServer } from '#tests/support/server.ts'
import { pageCost, walkCost } from '#tests/web/page-cost.ts'
import { findBrowser } from './find-browser.ts'

export async function measureCharts({
  models,
  prompts,
  say,
}: {
  models: number
  prompts: number
  say: (words: string) => void
}): Promise<void> {
  const started = performance.now()
  const worked = process.cpuUsage()
  const report = dailyDrift({ families: models, prompts })
  const { user, system } = process.cpuUsage(worked)
  say(
    `  ${models} models, ${fiveYears.toLocaleString('en')} days, ${prompts} prompts: measured in ${((performance.now() - started) / 1_000).toFixed(0)} s (${((user + system) / 1e6).toFixed(0)} s of processor), in the background`,
  )
  const server = await startServer({ runsWorker: false })
  const db = databaseOf(server)
  const { id: projectId, slug } = await makeProject(db, 'Bench')
  const campaignId = await openCampaign(db, projectId, { overlap: 1 })
  await storeDrift(db, { projectId, campaignId, report })
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage({ baseURL: server.url })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(admin.email)
  await page.getByLabel('Password').fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p(\/|rojects|$)|\/$/)
  const cost = await pageCost(page, `${server.url}/p/${slug}/measure/${campaignId}/drift`)
  const walk = await walkCost(page, page.getByRole('slider').first())
  say(
    `    the page: answered in ${cost.serverMs.toFixed(0)} ms, ${(cost.bytes / 1_000).toFixed(0)} kB, ${cost.marks} marks of ${cost.elements} elements; on a processor four times slower drawn after ${cost.drawnMs.toFixed(0)} ms, longest task ${cost.longestTaskMs.toFixed(0)} ms`,
  )
  say(
    `    a step of pointer or keys: ${walk.workMs.toFixed(0)} ms of the page's thread, shown after ${walk.medianWaitMs.toFixed(0)} ms (median; ${walk.longestWaitMs.toFixed(0)} at most)`,
  )
  await browser.close()
  await db.close()
  await removeServer(server)
}
