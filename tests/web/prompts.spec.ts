/** Looking through what was imported, setting it in order, and keeping personal data from raters. */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { askForPreparation, countUnprepared } from '#app/import/preparation.server.ts'
import type { Db } from '#db/open.ts'
import { importFiles, makeProject } from '../support/project.ts'
import {
  admin,
  databaseOf,
  makeMember,
  memberPassword,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let db: Db
let projectId: string

const secret = 'ana.souza@acme.io'

const answers = (text: string) => [
  {
    model: 'alpha',
    version: '2026-01',
    prompt_version: 'polite',
    parameters: { temperature: 0.2 },
    content: `${text} That is all there is to it.`,
    latency_ms: 812,
    cost: 0.0031,
    finish_reason: 'stop',
    usage: { output_tokens: 12 },
  },
  { model: 'beta', content: `${text} Ask me for more.` },
]

const lines = [
  {
    id: 'bread-1',
    prompt: 'How do I bake sourdough bread at home without a machine?',
    tags: ['food'],
    responses: answers('Mix, wait, fold, wait, bake.'),
  },
  {
    id: 'bread-2',
    prompt: 'Please, how do I bake sourdough bread at home without a machine?',
    tags: ['food', 'kept'],
    responses: answers('Mix, fold and bake.'),
  },
  {
    id: 'mail',
    messages: [
      { role: 'system', content: 'You answer letters of customers.' },
      { role: 'user', content: `Write to ${secret} that her bread machine is on its way.` },
    ],
    tags: ['letters'],
    metadata: { customer: secret },
    responses: answers(`Dear Ana (${secret}), it is on its way.`).map((response) => ({
      ...response,
      context: [{ title: 'Order 12', text: 'One bread machine, sent on Monday.', score: 0.93 }],
      trace: [
        { name: 'find the order', kind: 'retriever', input: 'Ana', output: 'Order 12' },
        { name: 'write', kind: 'llm', input: 'Order 12', output: 'Dear Ana' },
      ],
    })),
  },
  {
    id: 'pt',
    prompt: 'Quais são os melhores pratos para preparar num domingo de chuva em família?',
    tags: ['food'],
    responses: answers('Uma boa sopa de legumes com pão quente.'),
  },
  ...Array.from({ length: 58 }, (_, place) => ({
    id: `n${place}`,
    prompt: `Explain number ${place} to somebody who has never counted so far: ${'one '.repeat(place)}`,
    tags: ['numbers'],
    responses: answers(`It comes after ${place - 1}.`),
  })),
]

test.beforeAll(async () => {
  server = await startServer()
  db = databaseOf(server)
  const project = await makeProject(db, 'Kitchen')
  projectId = project.id
  await makeMember(db, { projectId, email: 'engineer@example.org', roles: ['engineer'] })
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(folder, projectId, {
    'kitchen.jsonl': lines.map((line) => JSON.stringify(line)).join('\n'),
  })
  await askForPreparation(db, projectId, Date.now())
  await expect.poll(() => countUnprepared(db.read, projectId), { timeout: 60_000 }).toBe(0)
})
test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

async function signedIn(browser: Browser, who: { email: string; password: string }) {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(who.email)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return { page, problems }
}

const engineer = { email: 'engineer@example.org', password: memberPassword }

async function violationsOn(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    found.push(
      ...violations.map(
        ({ id, nodes }) =>
          `${page.url()} ${colorScheme} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
      ),
    )
  }
  await page.emulateMedia({ colorScheme: 'light' })
  return found
}

const isTooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

const rows = (page: Page) => page.locator('tr[data-prompt]')

test('an engineer finds prompts, keeps the search, opens one, tags and archives many', async ({
  browser,
}) => {
  const { page, problems } = await signedIn(browser, engineer)
  await page.goto('/p/kitchen/prompts')
  await expect(rows(page)).toHaveCount(50)
  expect(await violationsOn(page)).toEqual([])

  await test.step('pages lead forward and back', async () => {
    await page.getByRole('link', { name: 'Next page' }).click()
    await expect(rows(page)).toHaveCount(12)
    await page.getByRole('link', { name: 'Previous page' }).click()
    await expect(rows(page)).toHaveCount(50)
    await expect(page).toHaveURL(/\/prompts$/)
  })

  await test.step('words are looked for while they are typed', async () => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused()
    await page.keyboard.type('bread')
    await expect(rows(page)).toHaveCount(3)
    await expect(page).toHaveURL(/\?text=bread$/)
    await expect(page.getByRole('searchbox')).toBeFocused()
  })

  await test.step('filters become chips that can be taken off', async () => {
    await page.getByText('Filters', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Tag', exact: true }).selectOption('food')
    await expect(rows(page)).toHaveCount(2)
    await page.getByRole('combobox', { name: 'Near-duplicates' }).selectOption('first')
    await expect(rows(page)).toHaveCount(1)
    expect(await violationsOn(page)).toEqual([])
    await page.getByRole('link', { name: 'One of each cluster: take this filter off' }).click()
    await expect(rows(page)).toHaveCount(2)
    await page.getByRole('link', { name: 'Words: bread: take this filter off' }).click()
    await expect(rows(page)).toHaveCount(3)
    await expect(page.getByRole('searchbox')).toHaveValue('')
    await page.getByRole('combobox', { name: 'Language' }).selectOption('pt')
    await expect(rows(page)).toHaveCount(1)
    await page.getByRole('link', { name: 'Clear all' }).click()
    await expect(rows(page)).toHaveCount(50)
  })

  await test.step('columns and order are in the address, and the address is a view', async () => {
    await page.getByText('Columns', { exact: true }).click()
    await page.getByRole('checkbox', { name: 'Characters' }).check()
    await page.getByRole('checkbox', { name: 'Judgments' }).uncheck()
    await page.keyboard.press('Escape')
    await page.getByRole('link', { name: 'Characters' }).click()
    await expect(page.getByRole('columnheader', { name: 'Characters' })).toHaveAttribute(
      'aria-sort',
      'descending',
    )
    await expect(page.getByRole('columnheader', { name: 'Judgments' })).toHaveCount(0)
    await expect(rows(page).first()).toContainText('Explain number 57')
    await page.getByText('Save this view').click()
    await page.getByLabel('Name of the view').fill('Longest first')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText('The view “Longest first” is kept.')).toBeVisible()
    await page.goto('/p/kitchen/prompts')
    await page.getByRole('link', { name: 'Longest first' }).click()
    await expect(rows(page).first()).toContainText('Explain number 57')
    await expect(page).toHaveURL(/sort=longest&columns=[\w,]*characters/)
    await page.getByRole('button', { name: 'Delete the view Longest first' }).click()
    await expect(page.getByRole('link', { name: 'Longest first' })).toHaveCount(0)
  })

  await test.step('a prompt is opened by keyboard, with all that belongs to it', async () => {
    await page.goto('/p/kitchen/prompts?text=machine&sort=oldest')
    await expect(rows(page)).toHaveCount(3)
    for (const key of ['j', 'j', 'ArrowDown', 'k', 'j']) await page.keyboard.press(key)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toContainText(secret)
    const about = page.getByRole('complementary', { name: 'About this prompt' })
    await expect(about).toContainText('kitchen.jsonl')
    await expect(about).toContainText('mail (default)')
    await expect(about.getByText('Line', { exact: true }).locator('+ dd')).toHaveText('3')
    await expect(about).toContainText('E-mail addresses × 1 in the prompt')
    const conversation = page.getByRole('region', { name: 'Conversation' })
    await expect(conversation.locator('mark')).toHaveText([secret])
    const response = page.getByRole('article', { name: /Response of alpha/ })
    await expect(response).toContainText('812 ms')
    await response.getByText('Retrieved context · 1 document').click()
    await expect(response).toContainText('sent on Monday')
    await response.getByText('Trace · 2 steps').click()
    await expect(response).toContainText('find the order')
    await response.getByText('Model, figures').click()
    await expect(response).toContainText('temperature = 0.2')
    await expect(response).toContainText('polite')
    expect(await violationsOn(page)).toEqual([])
    await about.getByLabel('New tag').fill('seen')
    await about.getByRole('button', { name: 'Add' }).click()
    await expect(about.getByRole('button', { name: 'Take off the tag seen' })).toBeVisible()
    await page.goto('/p/kitchen/prompts?tag=kept')
    await page.getByRole('link', { name: /sourdough/ }).click()
    await about.getByRole('link', { name: /^How do I bake/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('How do I bake')
  })

  await test.step('many are tagged and archived at once', async () => {
    await page.goto('/p/kitchen/prompts?sort=oldest')
    await rows(page).nth(0).getByRole('checkbox').click()
    await rows(page)
      .nth(3)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    const bar = page.getByRole('form', { name: 'Chosen prompts' })
    await expect(bar).toContainText('4 prompts chosen')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await expect(bar).toContainText('5 prompts chosen')
    await page.keyboard.press('x')
    await bar.getByLabel('Tag', { exact: true }).fill('kitchen')
    expect(await violationsOn(page)).toEqual([])
    await bar.getByRole('button', { name: 'Add tag' }).click()
    await expect(page.getByText('The tag “kitchen” was added to 4 prompts.')).toBeVisible()

    await page.goto('/p/kitchen/prompts?tag=numbers')
    await page.getByRole('checkbox', { name: 'Choose all prompts on this page' }).check()
    await expect(bar).toContainText('50 prompts chosen')
    await bar.getByRole('button', { name: 'Choose all that are found' }).click()
    await bar.getByRole('button', { name: 'Archive', exact: true }).click()
    await expect(page.getByText('58 prompts were archived.')).toBeVisible()
    await expect(page.getByText('No prompt fits')).toBeVisible()
    await page.goto('/p/kitchen/prompts')
    await expect(rows(page)).toHaveCount(4)
  })

  await test.step('nothing is wider than a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/p/kitchen/prompts?tag=food&columns=tags,models,tokens,import')
    await expect(rows(page).first()).toContainText('kitchen.jsonl')
    expect(await isTooWide(page)).toBe(false)
    await rows(page).first().getByRole('checkbox').click()
    await page.getByText('Columns', { exact: true }).click()
    expect(await isTooWide(page)).toBe(false)
    await page.goto('/p/kitchen/prompts?text=machine')
    await page.getByRole('link', { name: /Write to/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Write to')
    expect(await isTooWide(page)).toBe(false)
  })
  expect(problems).toEqual([])
})

test('e-mail addresses are removed, and only an administrator sees them and brings them back', async ({
  browser,
}) => {
  const { page, problems } = await signedIn(browser, engineer)
  await page.goto('/p/kitchen/assign/new')
  await expect(page.getByText('E-mail addresses in the texts of 1 prompt')).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'settings' }).click()
  const box = page.getByRole('checkbox', { name: 'E-mail addresses' })
  await box.check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Saved. Raters and new snapshots')).toBeVisible()
  await expect(box).toBeDisabled()
  expect(await violationsOn(page)).toEqual([])

  await page.goto('/p/kitchen/prompts?finding=email')
  const link = page.getByRole('link', { name: /Write to \[e-mail removed\]/ })
  const address = (await link.getAttribute('href')) ?? ''
  await link.click()
  await expect(page.locator('mark').first()).toHaveText('[e-mail removed]')
  expect(await page.content()).not.toContain('acme.io')
  await expect(page.getByText('Show what was removed')).toHaveCount(0)
  await page.goto(`${address}?original=1`)
  await expect(page.locator('mark').first()).toHaveText('[e-mail removed]')
  expect(await page.content()).not.toContain('acme.io')
  expect(problems).toEqual([])

  const { page: boss } = await signedIn(browser, admin)
  await boss.goto(address)
  await boss.getByRole('link', { name: 'Show what was removed' }).click()
  await expect(boss.locator('mark').first()).toHaveText(secret)
  expect(await violationsOn(boss)).toEqual([])
  const shown = await db.read
    .selectFrom('audit')
    .select('subject')
    .where('project_id', '=', projectId)
    .where('action', '=', 'originals shown')
    .execute()
  expect(shown).toEqual([{ subject: address.split('/').at(-1) }])

  await boss.goto('/p/kitchen/settings')
  await boss.getByRole('checkbox', { name: 'E-mail addresses' }).uncheck()
  await boss.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(boss.getByText('Saved.')).toBeVisible()
  await page.goto(address)
  await expect(page.locator('mark').first()).toHaveText(secret)
})

test('searching works without scripts', async ({ browser }) => {
  const { page } = await signedIn(browser, engineer)
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const bare = await context.newPage()
  await bare.goto('/p/kitchen/prompts')
  await bare.getByRole('searchbox').fill('sourdough')
  await bare.keyboard.press('Enter')
  await expect(bare).toHaveURL(/\/prompts\?text=sourdough$/)
  await expect(rows(bare)).toHaveCount(2)
})
