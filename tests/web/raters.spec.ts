/** A lead looks at how raters work, sees who is worth a look, pauses one, withdraws and restores. */
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
let campaignId: string

test.setTimeout(120_000)

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
const prompts = 60

test.beforeAll(async () => {
  test.setTimeout(200_000)
  server = await startServer()
  const db = databaseOf(server)
  const project = await makeProject(db, 'Team')
  await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
  await makeMember(db, { projectId: project.id, email: 'data@example.org', roles: ['engineer'] })
  const asked = Array.from({ length: prompts }, (_, place) => ({
    id: `p${place}`,
    prompt: `Question ${place}?`,
    responses: ['x', 'y'].map((model) => ({
      model,
      content: `${model} says ${place}. `.repeat(9),
    })),
  }))
  const verdicts = asked.flatMap(({ id }, place) =>
    ['ada', 'ben', 'cleo', 'lefty'].map((rater, turn) => {
      const isFirst = (place + turn) % 2 === 0
      const truth = place % 3 === 0 ? 'b' : 'a'
      const winner = rater === 'lefty' ? (isFirst ? 'a' : 'b') : truth
      return {
        prompt_id: id,
        model_a: 'x',
        model_b: 'y',
        winner,
        rater,
        campaign: 'crowd',
        shown_first: isFirst ? 'a' : 'b',
        active_ms: 20_000 + 500 * ((place * 7 + turn) % 40),
        created_at: new Date(1_760_000_000_000 + place * 1_800_000).toISOString(),
      }
    }),
  )
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(folder, project.id, { 'a.jsonl': jsonl(...asked, ...verdicts) })
  const campaign = await db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  campaignId = campaign.id
  const rater = await db.read
    .selectFrom('rater')
    .select('id')
    .where('pseudonym', '=', 'lefty')
    .executeTakeFirstOrThrow()
  await db.write
    .insertInto('campaign_rater')
    .values({
      project_id: project.id,
      campaign_id: campaignId,
      rater_id: rater.id,
      status: 'active',
      paused_reason: null,
      phase: 'working',
      sitting: 0,
      judged: prompts,
      cursors: '{}',
      side_balance: 0,
      side_pairs: '{}',
      created_at: Date.now(),
    })
    .execute()
  await db.close()
})
test.afterAll(() => removeServer(server))

async function openRaters(page: Page, email = 'lead@example.org'): Promise<void> {
  await page.goto(`${server.url}/sign-in?next=/p/team/assign/${campaignId}/raters`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Raters', exact: true })).toBeVisible()
  await expect(page.getByText(/up to date/)).toBeVisible({ timeout: 20_000 })
}

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const words = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  )
  expect(words).toEqual([])
}

test('a lead finds who is worth a look, pauses, withdraws and restores', async ({ page }) => {
  await openRaters(page)
  await accessible(page)
  const lefty = page.getByRole('row').filter({ hasText: 'lefty' })
  await expect(lefty).toContainText('signal')
  await expect(page.getByRole('row').filter({ hasText: 'ada' })).not.toContainText('signal')
  await expect(lefty).toContainText('Worth a look: 100 %')
  await expect(page.getByText('No gold tasks yet')).toBeVisible()

  const head = page.getByRole('columnheader', { name: 'First shown' })
  await head.getByRole('button').focus()
  await expect(page.getByRole('tooltip')).toContainText('shown first')
  await head.getByRole('button').press('Enter')
  await expect(head).toHaveAttribute('aria-sort', /ascending|descending/)
  await page.keyboard.press('Escape')

  await page.getByText('Columns', { exact: true }).click()
  await page.getByRole('checkbox', { name: 'Ties' }).check()
  await expect(page.getByRole('columnheader', { name: 'Ties' })).toBeVisible()
  await expect(page).toHaveURL(/columns=.*tie/)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as CSV' }).click()
  expect((await download).suggestedFilename()).toBe('raters-crowd.csv')

  await page.getByRole('link', { name: 'lefty' }).click()
  await expect(page.getByRole('heading', { name: 'lefty' })).toBeVisible()
  await expect(page.getByText(/Decided for the response shown first in 60 of 60/)).toBeVisible()
  await expect(page.getByRole('link', { name: 'Question 59?' })).toBeVisible()
  expect(await overflow(page)).toBeLessThanOrEqual(0)
  await accessible(page)

  await page.getByRole('button', { name: 'Pause…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(dialog.getByText('say why')).toBeVisible()
  await accessible(page)
  await dialog.getByLabel('Reason').fill('always the first side')
  await dialog.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText('paused: always the first side')).toBeVisible()

  await page.getByRole('button', { name: 'Withdraw judgments…' }).press('Enter')
  await expect(dialog.getByText('This concerns 60 judgments on 60 tasks.')).toBeVisible()
  await dialog.getByLabel('Since').fill('2099-01-01')
  await expect(dialog.getByText('There is no such judgment.')).toBeVisible()
  await dialog.getByLabel('Since').fill('')
  await dialog.getByLabel('Reason').fill('sides, not answers')
  await accessible(page)
  await dialog.getByRole('button', { name: 'Withdraw 60 judgments' }).click()
  await expect(page.getByText(/60 judgments withdrawn .*: sides, not answers/)).toBeVisible({
    timeout: 20_000,
  })
  await expect(page.getByText('0 judgments that count')).toBeVisible({ timeout: 20_000 })

  await page.getByRole('button', { name: 'Restore…' }).click()
  await dialog.getByLabel('Reason').fill('to look again')
  await dialog.getByRole('button', { name: 'Restore 60 judgments' }).click()
  await expect(page.getByText('60 judgments that count')).toBeVisible({ timeout: 20_000 })
})

test('an engineer sees the figures by pseudonym, and can do nothing to people', async ({
  page,
}) => {
  await openRaters(page, 'data@example.org')
  await page.getByRole('link', { name: 'ada' }).click()
  await expect(page.getByRole('heading', { name: 'ada' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Withdraw judgments…' })).toHaveCount(0)
})

/** Everything that the page says, in words and in what is read aloud. */
const saidOn = (page: Page): Promise<string> =>
  page
    .getByRole('main')
    .evaluate((main: HTMLElement) =>
      [
        main.innerText,
        ...[...main.querySelectorAll('[title], [aria-label]')].flatMap((element) => [
          element.getAttribute('title') ?? '',
          element.getAttribute('aria-label') ?? '',
        ]),
      ].join('\n'),
    )

test('the raters speak Portuguese where they are asked to', async ({ page }) => {
  await openRaters(page)
  await page.goto(`${server.url}/p/team/assign/${campaignId}/raters?lang=pt`)
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
  await expect(page.getByRole('heading', { name: 'Avaliadores', exact: true })).toBeVisible()
  await page.getByText('Colunas', { exact: true }).click()
  await page.getByText('Como estes números são obtidos').click()
  const columns = page.getByRole('checkbox')
  for (const column of await columns.all()) await column.check()
  const all = await saidOn(page)
  expect(all).toContain('Mostrada primeiro')
  for (const words of [
    'Rater',
    'signal',
    'judgments',
    'majority',
    'Columns',
    'verdict ',
    'tests',
  ]) {
    expect(all.toLowerCase(), words).not.toContain(words.toLowerCase())
  }
  await page.getByRole('columnheader', { name: 'Mostrada primeiro' }).getByRole('button').focus()
  await expect(page.getByRole('tooltip')).toContainText('Proporção dos vereditos decididos')
  await accessible(page)
  await page.getByRole('link', { name: 'lefty' }).click()
  await expect(page.getByRole('heading', { name: 'lefty' })).toBeVisible()
  await expect(
    page.getByText(
      /Decidiu pela resposta mostrada primeiro em 60 de 60 \(100 %, intervalo de 95 %:/,
    ),
  ).toBeVisible()
  const one = await saidOn(page)
  for (const words of [
    'Decided',
    'judgments',
    'Pause',
    'adjusted',
    'shown',
    'interval ',
    'Half of',
  ]) {
    expect(one.toLowerCase(), words).not.toContain(words.toLowerCase())
  }
  await accessible(page)
  await page.getByRole('button', { name: 'Retirar julgamentos…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Isto diz respeito a 60 julgamentos em 60 tarefas.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Retirar 60 julgamentos' }).click()
  await expect(dialog.getByText('diga por quê')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancelar' }).click()
  expect(await overflow(page)).toBeLessThanOrEqual(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the raters fit a telephone, in ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 390, height: 844 })
    await openRaters(page)
    await accessible(page)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await page.getByRole('link', { name: 'lefty' }).click()
    await expect(page.getByRole('heading', { name: 'lefty' })).toBeVisible()
    await accessible(page)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })
}
