/** An engineer builds a dataset, freezes it twice around a changed judgment, and follows a row back. */
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import type { Db } from '../../db/open.ts'
import { leftInEnglish } from '../support/portuguese.ts'
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
let db: Db
let projectId = ''

test.setTimeout(180_000)
test.describe.configure({ mode: 'serial' })

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

const verdict = (place: number, winner: string, rater: string, change: object = {}) => ({
  prompt_id: `p${place}`,
  model_a: 'aurora',
  model_b: 'boreas',
  winner,
  rater,
  campaign: 'Pairs',
  comment: `${rater} said so`,
  created_at: '2026-03-01T00:00:00Z',
  ...change,
})

const taken = (files: Record<string, string>) =>
  importFiles(
    { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} },
    projectId,
    files,
  )

test.beforeAll(async () => {
  test.setTimeout(200_000)
  server = await startServer({})
  db = databaseOf(server)
  projectId = (await makeProject(db, 'Sets')).id
  await makeMember(db, { projectId, email: 'engineer@example.org', roles: ['engineer'] })
  const lines = Array.from({ length: 20 }, (_, place) => [
    {
      id: `p${place}`,
      prompt: `Question ${place}?`,
      tags: [place % 2 ? 'maths' : 'prose'],
      responses: ['aurora', 'boreas'].map((model) => ({ model, content: `${model} on ${place}` })),
    },
    verdict(place, place < 5 ? 'tie' : 'a', 'w1'),
    verdict(place, place < 5 ? 'tie' : place === 7 ? 'b' : 'a', 'w2'),
    verdict(place, place < 5 ? 'tie' : 'a', 'w3'),
  ]).flat()
  await taken({ 'a.jsonl': jsonl(...lines) })
})

test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

async function signedIn(page: Page): Promise<void> {
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('E-mail').fill('engineer@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p(\/|rojects|$)|\/$/)
}

const isClean = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
}

const isWithin = async (page: Page, width: number) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(width)
}

test('the funnel follows the policy, and a snapshot is made', async ({ page }) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/sets/export`)
  await page.getByRole('link', { name: 'New dataset' }).first().click()
  const funnel = page.getByRole('region', { name: 'What each rule keeps' })
  await expect(funnel.getByText('Exact: counted over 20 prompts')).toBeVisible()
  await expect(funnel.getByRole('listitem').last()).toHaveText(/Rows.*15/)
  await page.getByLabel('Agreement at least, %').fill('90')
  await expect(funnel.getByRole('listitem').last()).toHaveText(/Rows.*14/)
  await page.getByLabel('Agreement at least, %').fill('0')
  await page.getByText('Splits by prompt').click()
  await page.getByLabel('Test, %').fill('25')
  await page.getByLabel('Name', { exact: true }).fill('Pairs for training')
  await expect(funnel.getByRole('listitem').last()).toHaveText(/Rows.*15/)
  await isClean(page)
  await page.getByRole('button', { name: 'Create snapshot' }).click()
  await expect(page.getByRole('link', { name: 'v1' })).toBeVisible({ timeout: 20_000 })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('15 rows')
})

test('after a judgment has changed, two snapshots tell what changed', async ({ page }) => {
  const later = { created_at: '2026-04-01T00:00:00Z' }
  await taken({
    'b.jsonl': jsonl(
      verdict(7, 'b', 'w1', later),
      verdict(0, 'b', 'w1', later),
      verdict(0, 'b', 'w2', later),
    ),
  })
  await signedIn(page)
  await page.goto(`${server.url}/p/sets/export`)
  await page.getByRole('link', { name: 'Pairs for training' }).click()
  await page.getByRole('button', { name: 'Create snapshot' }).click()
  await expect(page.getByRole('link', { name: 'v2' })).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Show what changed' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 added, 1 changed verdict')
  await isClean(page)
  const changed = page.getByRole('row', { name: /changed verdict/ })
  await expect(changed).toContainText('p7')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'All as JSONL' }).click(),
  ])
  const rows = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\n')
  expect(rows.map((row) => JSON.parse(row).changes).sort()).toEqual([['added'], ['verdict']])
  await changed.getByRole('link').click()
  await expect(page.getByRole('row', { name: /^w1/ })).toContainText('boreas, revision 2')
  await expect(page.getByRole('row', { name: /^w3/ })).toContainText('aurora')
  await expect(page.getByRole('row', { name: /^w3/ })).toContainText('w3 said so')
  await isClean(page)
  await page.getByRole('link', { name: 'The prompt with everything' }).click()
  await expect(page.getByRole('link', { name: 'Pairs for training v2' })).toBeVisible()
})

test('a snapshot is downloaded whole, described and deprecated, never altered', async ({
  page,
}) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/sets/export`)
  await page.getByRole('link', { name: 'Pairs for training' }).click()
  await page.getByRole('link', { name: 'v1' }).click()
  const hashed = page.getByText(/^sha256 [0-9a-f]{64}$/)
  const hash = await hashed.textContent()
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Everything (zip)' }).click(),
  ])
  expect(
    readFileSync(await archive.path())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  await page.getByLabel('Description').fill('The first one')
  await page.getByRole('button', { name: 'Keep the description' }).click()
  await expect(page.getByRole('main').getByText('The first one').first()).toBeVisible()
  await page.getByLabel('Deprecate because').fill('w1 changed their mind')
  await page.getByRole('button', { name: 'Deprecate', exact: true }).click()
  await expect(page.getByText('Deprecated: w1 changed their mind')).toBeVisible()
  expect(await hashed.textContent()).toBe(hash)
  await isClean(page)
  await page.getByRole('link', { name: 'Rows and their judgments' }).click()
  await expect(page.getByRole('heading', { name: 'Rows and their judgments' })).toBeVisible()
  await isClean(page)
})

test('every page of a dataset holds up on a phone, in the dark', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  })
  const page = await context.newPage()
  await signedIn(page)
  const dataset = await db.read.selectFrom('dataset').select('id').executeTakeFirstOrThrow()
  const [one, two] = await db.read.selectFrom('snapshot').select('id').orderBy('number').execute()
  const base = `${server.url}/p/sets/export`
  const addresses = [
    base,
    `${base}/new`,
    `${base}/${dataset.id}`,
    `${base}/${dataset.id}/${two?.id}`,
    `${base}/${dataset.id}/${two?.id}/rows`,
    `${base}/${dataset.id}/diff?from=${one?.id}&to=${two?.id}`,
  ]
  const pictures = process.env.RUBRICA_PICTURES
  for (const [place, address] of addresses.entries()) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await isWithin(page, 390)
    await isClean(page)
    if (pictures)
      await page.screenshot({ path: `${pictures}/set-${place}-390.png`, fullPage: true })
  }
  if (pictures) {
    const wide = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const other = await wide.newPage()
    await signedIn(other)
    for (const [place, address] of addresses.entries()) {
      await other.goto(address)
      await other.waitForLoadState('networkidle')
      await other.screenshot({ path: `${pictures}/set-${place}-1440.png`, fullPage: true })
    }
  }
})

test('an engineer reads and builds a dataset in Portuguese', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'pt-BR' })
  const page = await context.newPage()
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('E-mail').fill('engineer@example.org')
  await page.getByLabel('Senha').fill(memberPassword)
  await page.getByRole('button', { name: 'Entrar' }).click()
  await page.waitForURL(/\/p(\/|rojects|$)|\/$/)
  const written = ['Pairs for training', 'The first one', 'w1 changed their mind']
  const isPortuguese = async () => {
    await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
    await page.waitForLoadState('networkidle')
    expect(await leftInEnglish(page, written)).toEqual([])
    await isClean(page)
  }
  await page.goto(`${server.url}/p/sets/export`)
  await expect(page.getByRole('heading', { name: 'Conjuntos de dados' })).toBeVisible()
  await isPortuguese()

  await page.getByRole('link', { name: 'Novo conjunto de dados' }).click()
  const funnel = page.getByRole('region', { name: 'O que cada regra mantém' })
  await expect(funnel.getByText('Exato: contado em 20 prompts e')).toBeVisible()
  await isPortuguese()
  await page.getByLabel('Avaliadores, no mínimo').fill('0')
  await expect(page.getByText('policy.minimumRaters: o mínimo é 1')).toBeVisible()
  await page.getByRole('button', { name: 'Criar snapshot' }).click()
  await expect(page.getByRole('alert')).toContainText('Nada foi criado: ')
  await isPortuguese()

  await page.goto(`${server.url}/p/sets/export`)
  await page.getByRole('link', { name: 'Pairs for training' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('linhas, TRL')
  await isPortuguese()
  await page.getByRole('button', { name: 'Mostrar o que mudou' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('1 a mais, 1 com outro veredito')
  await isPortuguese()
  await page
    .getByRole('row', { name: /outro veredito/ })
    .getByRole('link')
    .click()
  await expect(page.getByRole('row', { name: /^w1/ })).toContainText('boreas, revisão 2')
  await isPortuguese()
  await page.getByRole('link', { name: 'Snapshot v2' }).click()
  await expect(page.getByText('Ao menos 1 avaliador(es) por linha.')).toBeVisible()
  await isPortuguese()
  await page.getByLabel('Por quantos dias').fill('2')
  await page.getByRole('button', { name: 'Criar o link' }).click()
  await expect(page.getByText(/^Funciona até/)).toBeVisible()
  await page.getByRole('link', { name: 'Linhas e seus julgamentos' }).click()
  await expect(page.getByRole('heading', { name: 'Linhas e seus julgamentos' })).toBeVisible()
  await isPortuguese()
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    page.goBack().then(() => page.getByRole('link', { name: 'README.md' }).click()),
  ])
  expect(readFileSync(await archive.path(), 'utf8')).toContain('At least 1 rater(s) for each row.')
  await context.close()
})
