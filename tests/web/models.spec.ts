/** Models that are one and the same are merged, one is renamed and one is split, all by keyboard. */
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

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

const answers = (month: string, model: object) =>
  Array.from({ length: 6 }, (_, place) => ({
    prompt: `Question ${place} of ${month}?`,
    content: `An answer to ${place} in ${month}.`,
    metadata: { template: place % 2 === 0 ? 'short' : 'long' },
    ...model,
  }))

test.beforeAll(async () => {
  server = await startServer()
  const db = databaseOf(server)
  const project = await makeProject(db, 'Team')
  await makeMember(db, { projectId: project.id, email: 'data@example.org', roles: ['engineer'] })
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  const nova = { name: 'nova-mini', version: '2026-01-15', parameters: { temperature: 0.2 } }
  const files = {
    'march.jsonl': jsonl(...answers('March', { model: nova })),
    'april.jsonl': jsonl(...answers('April', { model: 'Nova Mini' })),
    'may.jsonl': jsonl(...answers('May', { model: { name: 'atlas', prompt_version: 'v3' } })),
  }
  for (const [name, text] of Object.entries(files)) {
    await importFiles(folder, project.id, { [name]: text })
  }
  await db.close()
})
test.afterAll(() => removeServer(server))

async function openModels(page: Page): Promise<void> {
  await page.goto(`${server.url}/sign-in?next=/p/team/models`)
  await page.getByLabel('E-mail').fill('data@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Models' })).toBeVisible()
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const words = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
  expect(words).toEqual([])
}

const rowOf = (page: Page, label: string) =>
  page.getByRole('row').filter({ has: page.getByLabel(`Choose ${label}`, { exact: true }) })

test('an engineer merges, renames and splits models by keyboard, and undoes it', async ({
  page,
}) => {
  await openModels(page)
  await accessible(page)
  await expect(page.getByRole('button', { name: 'Merge…' })).toBeDisabled()
  for (const label of ['nova-mini 2026-01-15', 'Nova Mini']) {
    await page.getByLabel(`Choose ${label}`, { exact: true }).press('Space')
  }
  await page.getByRole('button', { name: 'Merge…' }).press('Enter')
  await expect(page.getByRole('dialog', { name: 'Merge 2 models' })).toBeVisible()
  await accessible(page)
  await page.getByRole('radio', { name: /^Nova Mini/ }).press('Space')
  await page.getByRole('button', { name: 'Merge', exact: true }).press('Enter')
  await expect(page.getByText('6 responses moved.').first()).toBeVisible()
  await expect(rowOf(page, 'Nova Mini')).toContainText('12')
  await expect(rowOf(page, 'Nova Mini')).toContainText('also nova-mini 2026-01-15')

  await page.getByRole('button', { name: 'Rename Nova Mini' }).press('Enter')
  await page.getByLabel('Label').fill('atlas · prompt v3')
  await page.getByLabel('Label').press('Enter')
  await expect(page.getByText('is the label of another model')).toBeVisible()
  await accessible(page)
  await page.getByLabel('Label').fill('Nova Mini (production)')
  await page.getByLabel('Label').press('Enter')
  await expect(rowOf(page, 'Nova Mini (production)')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByRole('button', { name: 'Split Nova Mini (production)' }).press('Enter')
  const part = page.getByLabel('Which responses?')
  await expect(part).toContainText('april.jsonl')
  await part.selectOption({ label: 'long (6)' })
  await accessible(page)
  await page.getByLabel('Name of the new model').fill('Nova Mini, long')
  await page.getByLabel('Name of the new model').press('Enter')
  await expect(rowOf(page, 'Nova Mini, long')).toContainText('6')

  await page.getByRole('button', { name: 'Undo: “Nova Mini, long” split off' }).press('Enter')
  await expect(rowOf(page, 'Nova Mini, long')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo: “nova-mini 2026-01-15” merged' }).press('Enter')
  await expect(rowOf(page, 'nova-mini 2026-01-15')).toContainText('6')
  await accessible(page)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the models fit a telephone, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 390, height: 844 })
    await openModels(page)
    await accessible(page)
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(await overflow()).toBeLessThanOrEqual(0)
    await page.getByRole('button', { name: 'Split atlas · prompt v3' }).click()
    await expect(page.locator('optgroup[label="By template"]')).toHaveCount(1)
    await accessible(page)
    expect(await overflow()).toBeLessThanOrEqual(0)
  })
}
