/** Every page of a project, read by somebody whose browser speaks Brazilian Portuguese. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { Db } from '#db/open.ts'
import { leftInEnglish } from '../support/portuguese.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '../support/project.ts'
import {
  databaseOf,
  makeMember,
  removeServer,
  signIn,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let db: Db
let projectId = ''
let campaignId = ''

test.setTimeout(180_000)

test.beforeAll(async () => {
  test.setTimeout(200_000)
  server = await startServer()
  db = databaseOf(server)
  projectId = (await makeProject(db, 'Tudo')).id
  await makeMember(db, { projectId, email: 'lead@example.org', roles: ['lead', 'engineer'] })
  await makeMember(db, { projectId, email: 'ana@example.org', roles: ['annotator'] })
  const target = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(target, projectId, { 'a.jsonl': promptLines(6, ['aurora', 'boreas']) })
  campaignId = await openCampaign(db, projectId, { name: 'Pares', overlap: 2 })
})

test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

/** Texts of the test's own data; their words are nobody's fault. */
async function writtenByPeople(): Promise<string[]> {
  const criteria = await db.read.selectFrom('criterion').select('title').execute()
  const people = await db.read.selectFrom('person').select('name').execute()
  return [...criteria.map(({ title }) => title), ...people.map(({ name }) => name)]
}

async function isPortuguese(page: Page, address: string): Promise<void> {
  await page.goto(`${server.url}${address}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('html'), address).toHaveAttribute('lang', 'pt-BR')
  expect(await leftInEnglish(page, await writtenByPeople()), address).toEqual([])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations, address).toEqual([])
}

test('every page speaks Portuguese, and only that', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'pt-BR' })
  const page = await context.newPage()
  await isPortuguese(page, '/sign-in')
  const [name = '', ...value] = (await signIn(server.url, 'lead@example.org')).split('=')
  await context.addCookies([{ name, value: value.join('='), url: server.url }])
  const prompt = await db.read.selectFrom('prompt').select('id').executeTakeFirstOrThrow()
  const task = await db.read.selectFrom('task').select('id').executeTakeFirstOrThrow()
  const campaign = `/p/tudo/assign/${campaignId}`
  for (const address of [
    '/projects',
    '/p/tudo',
    '/p/tudo/import',
    '/p/tudo/prompts?tag=none&least=3',
    '/p/tudo/prompts',
    `/p/tudo/prompts/${prompt.id}`,
    '/p/tudo/models',
    '/p/tudo/assign',
    '/p/tudo/assign/new',
    campaign,
    `${campaign}/raters`,
    `${campaign}/gold`,
    `${campaign}/gold/${task.id}`,
    `${campaign}/adjudicate`,
    `${campaign}/adjudicate/${task.id}`,
    '/p/tudo/measure',
    '/p/tudo/measure/gates',
    '/p/tudo/export',
    '/p/tudo/members',
    '/p/tudo/settings',
  ]) {
    await isPortuguese(page, address)
  }
  await context.close()
})

test('what is not there, or not open to somebody, is said in Portuguese too', async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: 'pt-BR' })
  const page = await context.newPage()
  await isPortuguese(page, '/nowhere')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Esta página não existe')
  const [name = '', ...value] = (await signIn(server.url, 'ana@example.org')).split('=')
  await context.addCookies([{ name, value: value.join('='), url: server.url }])
  await isPortuguese(page, '/p/tudo/export')
  await expect(page.getByText('Esta parte do projeto é para líderes e engenheiros.')).toBeVisible()
  await context.close()
})
