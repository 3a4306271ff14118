/** The main job, end to end, by the people who do it. */
import { readFileSync } from 'node:fs'
import { type Browser, expect, type Page, test } from '@playwright/test'
import type { Db } from '#db/open.ts'
import { makeProject } from '../support/project.ts'
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

test.beforeAll(async () => {
  server = await startServer()
  db = databaseOf(server)
  const project = await makeProject(db, 'Journey')
  const people = [
    ['engineer@example.org', ['engineer']],
    ['lead@example.org', ['lead']],
    ['ann@example.org', ['annotator']],
    ['bob@example.org', ['annotator']],
  ] as const
  for (const [email, roles] of people) {
    await makeMember(db, { projectId: project.id, email, roles: [...roles] })
  }
})
test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

const secrets = {
  name: 'MARKNAME',
  version: 'MARKVERSION',
  promptVersion: 'MARKTEMPLATE',
  metadata: 'MARKMETADATA',
  trace: 'MARKTRACE',
  parameters: 'MARKPARAMETER',
  responseId: 'MARKRESPONSE',
  latency: '98765.4321',
}

/** Ten prompts, two models each, with everything planted that a rater must never see. */
const log = Array.from({ length: 10 }, (_, place) =>
  JSON.stringify({
    id: `q${place}`,
    prompt: `Question ${place}: what is **${place}** plus one?`,
    tags: ['sums'],
    metadata: { note: secrets.metadata },
    responses: ['good', 'poor'].map((kind) => ({
      id: `${secrets.responseId}-${kind}-${place}`,
      model: `${secrets.name}-${kind}`,
      version: secrets.version,
      prompt_version: secrets.promptVersion,
      parameters: { seed: secrets.parameters },
      metadata: { note: secrets.metadata },
      trace: { id: secrets.trace },
      latency_ms: Number(secrets.latency),
      messages: [
        {
          role: 'assistant',
          name: secrets.name,
          content: kind === 'good' ? `It is ${place + 1}, surely.` : `It is ${place + 7}, perhaps.`,
        },
      ],
    })),
  }),
).join('\n')

async function signedIn(
  browser: Browser,
  email: string,
): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return { page, problems }
}

/** Judges by keyboard alone: the good response is better, wherever it stands. */
async function judgeTen(page: Page, kind: 'always good' | 'one tie'): Promise<void> {
  for (let step = 0; step < 10; step++) {
    const first = page.getByRole('article', { name: 'Response A' })
    await expect(first).toBeVisible()
    const question = await page.getByRole('region', { name: 'Prompt' }).innerText()
    const isGoodFirst = (await first.innerText()).includes('surely')
    const isTie = kind === 'one tie' && question.includes('Question 3')
    await page.keyboard.press(isTie ? '0' : isGoodFirst ? '1' : '5')
    await page.keyboard.press('Enter')
    await expect(page.getByText(`${step + 1} of`, { exact: false })).toBeVisible()
    if (step < 9) {
      await expect(page.getByRole('region', { name: 'Prompt' })).not.toHaveText(question, {
        useInnerText: true,
      })
    }
  }
}

test('an engineer imports, two annotators judge, a lead reads, an engineer takes the dataset', async ({
  browser,
}) => {
  const { page: engineer, problems } = await signedIn(browser, 'engineer@example.org')

  await engineer.goto('/p/journey/import')
  await engineer.setInputFiles('input[type=file]', {
    name: 'logs.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(`${log}\nnot json\n`),
  })
  await engineer.getByRole('button', { name: 'Look at it first' }).click()
  await expect(engineer.getByText('Rubrica JSONL')).toBeVisible()
  await engineer.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(engineer.getByText('Refused records')).toBeVisible({ timeout: 20_000 })
  await expect(engineer.locator('dl')).toContainText('20')

  await engineer.getByRole('link', { name: 'New campaign' }).click()
  await engineer.getByLabel('Name', { exact: true }).fill('Sums')
  await engineer.getByLabel('Overlap').fill('2')
  await engineer.getByRole('button', { name: 'Make and open' }).click()
  await expect(engineer.getByText('0 of 20')).toBeVisible({ timeout: 20_000 })

  const seen: string[] = []
  for (const [email, kind] of [
    ['ann@example.org', 'always good'],
    ['bob@example.org', 'one tie'],
  ] as const) {
    const { page, problems: own } = await signedIn(browser, email)
    page.on('response', async (response) => {
      seen.push(JSON.stringify(response.headers()), response.url())
      if (response.status() < 300) seen.push(await response.text().catch(() => ''))
    })
    await page.goto('/p/journey/rate')
    await page.getByRole('link', { name: /Start/ }).click()
    await judgeTen(page, kind)
    await expect(page.getByText('Nothing is left for you here')).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Saved')).toBeVisible()
    await page.reload()
    await expect(page.getByText('Nothing is left for you here')).toBeVisible({ timeout: 20_000 })
    seen.push(await page.content())
    expect(own).toEqual([])
  }
  const bytes = seen.join('\n')
  expect(bytes).toContain('Question 3')
  for (const secret of [...Object.values(secrets), 'MARK']) expect(bytes).not.toContain(secret)

  const { page: lead, problems: ofLead } = await signedIn(browser, 'lead@example.org')
  await lead.goto('/p/journey/measure')
  await lead.getByRole('link', { name: /Sums/ }).click()
  const row = lead.getByRole('row', { name: new RegExp(`${secrets.name}-good`) })
  await expect(row).toContainText('97.5 %', { timeout: 20_000 })
  await expect(lead.locator('figure')).toContainText('Win rate')
  await lead.getByRole('link', { name: 'Agreement' }).click()
  await expect(lead.getByText('Krippendorff’s alpha is agreement')).toBeVisible()
  await expect(lead.getByText('20 judgments by 2 raters')).toBeVisible()
  expect(ofLead).toEqual([])

  await engineer.goto('/p/journey/export')
  await engineer.getByRole('link', { name: 'New dataset' }).click()
  await engineer.getByLabel('Name', { exact: true }).fill('Preferences')
  await engineer.getByRole('button', { name: 'Create snapshot' }).click()
  await engineer.getByRole('link', { name: 'v1' }).click({ timeout: 20_000 })
  const link = engineer.getByRole('link', { name: /train\.jsonl/ })
  await expect(link).toBeVisible({ timeout: 20_000 })
  const [download] = await Promise.all([engineer.waitForEvent('download'), link.click()])
  const rows = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(rows).toHaveLength(9)
  for (const { chosen, rejected, prompt } of rows) {
    expect(prompt[0].content).not.toContain('Question 3')
    expect(chosen[0].content).toContain('surely')
    expect(rejected[0].content).toContain('perhaps')
  }
  expect(problems).toEqual([])
})

test('a download goes on where it broke off', async ({ browser }) => {
  const { page } = await signedIn(browser, 'engineer@example.org')
  await page.goto('/p/journey/export')
  await page.getByRole('link', { name: 'Preferences' }).click()
  await page.getByRole('link', { name: 'v1' }).click()
  const href = await page.getByRole('link', { name: /train\.jsonl/ }).getAttribute('href')
  const part = await page.request.get(href ?? '', { headers: { Range: 'bytes=5-14' } })
  expect(part.status()).toBe(206)
  expect((await part.body()).length).toBe(10)
})
