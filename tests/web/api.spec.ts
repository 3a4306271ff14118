/** Somebody who writes a script looks up what the API can be asked. */
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { removeServer, startServer, type TestServer } from '../support/server.ts'

let server: TestServer

test.beforeAll(async () => {
  test.setTimeout(200_000)
  server = await startServer({ runsWorker: false })
})
test.afterAll(() => removeServer(server))

test('an operation is found by its resource, with its fields and a command', async ({ page }) => {
  const complaints: string[] = []
  page.on('console', (said) => {
    if (said.type() === 'error') complaints.push(said.text())
  })
  await page.goto(`${server.url}/api`)
  await page
    .getByRole('navigation', { name: 'Resources' })
    .getByRole('link', { name: 'Campaigns' })
    .click()
  await expect(page.getByRole('heading', { name: 'Campaigns', exact: true })).toBeInViewport()
  const card = page.getByRole('article').filter({ hasText: 'Make a campaign' })
  await expect(card).toContainText('POST /api/v1/projects/{project}/campaigns')
  await expect(card).toContainText('lead, engineer')
  await expect(card.getByRole('row', { name: /^overlap integer/ })).toBeVisible()
  await expect(card.getByRole('row', { name: /^settings.gold_rate number/ })).toBeVisible()
  await card.getByText('Answer, 201').click()
  await expect(card.getByRole('row', { name: /^opened_at/ })).toBeVisible()
  await expect(card).toContainText(`curl "${server.url}/api/v1/projects/PROJECT/campaigns"`)
  expect(complaints).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page stands up to axe and a phone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of [1_440, 390]) {
      await page.setViewportSize({ width, height: 850 })
      await page.goto(`${server.url}/api`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      )
      expect(wide, `at ${width}`).toBeLessThanOrEqual(0)
    }
  })
}
