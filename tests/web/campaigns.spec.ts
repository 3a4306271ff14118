/** A lead plans a campaign by keyboard, looks after it while it runs, and clones it. */
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '../support/project.ts'
import {
  databaseOf,
  makeMember,
  memberPassword,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let projectId = ''

test.beforeAll(async () => {
  server = await startServer()
  const db = databaseOf(server)
  projectId = (await makeProject(db, 'Team')).id
  await makeMember(db, { projectId, email: 'lead@example.org', roles: ['lead'] })
  await makeMember(db, { projectId, email: 'ana@example.org', roles: ['annotator'] })
  await makeMember(db, { projectId, email: 'ben@example.org', roles: ['annotator'] })
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(folder, projectId, {
    'logs.jsonl': promptLines(8, ['atlas', 'nova', 'orion']),
  })
  await openCampaign(db, projectId, { name: 'Standing', guidelines: '**Read** both.' })
  await db.close()
})
test.afterAll(() => removeServer(server))

async function openPage(page: Page, address: string): Promise<string[]> {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // The browser itself notes a refused form.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      problems.push(message.text())
    }
  })
  await page.goto(`${server.url}/sign-in?next=${encodeURIComponent(address)}`)
  await page.getByLabel('E-mail').fill('lead@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return problems
}

async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const words = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
  expect(words).toEqual([])
}

const form = '/p/team/assign/new'
const section = (page: Page, title: string) =>
  page.locator('summary').filter({ has: page.getByRole('heading', { name: title }) })
const estimate = (page: Page) => page.getByRole('region', { name: 'What it takes' })
const made = (page: Page, name: string) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible({ timeout: 20_000 })

test('pairs: questions are written, moved and removed by keyboard, and the estimate follows', async ({
  page,
}) => {
  const problems = await openPage(page, form)
  await expect(estimate(page)).toContainText('24')
  await expect(estimate(page)).toContainText('48')
  await page.getByLabel('Name', { exact: true }).fill('By hand')
  await page.getByRole('button', { name: 'Preference on one criterion' }).press('Enter')
  // Whoever adds a question writes it next.
  await page.keyboard.type('Which is clearer?')
  await page.getByRole('button', { name: 'One of several' }).press('Enter')
  await page.keyboard.type('What went wrong?')
  await page.getByLabel('Options').fill('Facts\nTone\n\n')
  await page.getByRole('button', { name: 'Marked spans with labels' }).press('Enter')
  await page.keyboard.type('Mark it')
  await page.getByRole('button', { name: 'Move question 3 up' }).press('Enter')
  await expect(
    page.getByRole('group', { name: 'Question 2' }).getByRole('textbox').first(),
  ).toHaveValue('What went wrong?')
  await expect(page.getByRole('button', { name: 'Move question 2 up' })).toBeDisabled()
  await page.getByRole('button', { name: 'Remove question 4' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Remove question 4' })).toHaveCount(0)

  await section(page, 'Pairs').press('Enter')
  await page.getByRole('radio', { name: /^Each model against one/ }).press('Space')
  await page.getByLabel('Baseline').selectOption({ label: 'atlas' })
  await expect(estimate(page)).toContainText('16')
  await page.getByLabel('Overlap').fill('3')
  await expect(estimate(page)).toContainText('48')
  await expect(estimate(page)).toContainText('One model against another: ±')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await made(page, 'By hand')
  await expect(page.getByText('0 of 48')).toBeVisible({ timeout: 20_000 })
  const asked = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'What is asked' }) })
  await expect(asked.locator('ol > li')).toHaveText([
    /Which response is better\?.*5 points/,
    /What went wrong\?.*one of: Facts · Tone/,
    /Which is clearer\?.*5 points/,
  ])
  await expect(asked).toContainText('each model against atlas')
  expect(problems).toEqual([])
})

test('a rubric and a ranking are made from the form by keyboard', async ({ page }) => {
  const problems = await openPage(page, form)
  await page.getByLabel('Name', { exact: true }).fill('Scores')
  await page.getByLabel('Kind').selectOption('rubric')
  await page.getByLabel('What point 1 of question 1 means').fill('no use at all')
  await page.getByRole('button', { name: 'Yes or no' }).press('Enter')
  await page.keyboard.type('Would you send it?')
  await page.getByRole('button', { name: 'Ideal response' }).press('Enter')
  await expect(estimate(page)).toContainText('A model’s mean score')
  await page.getByRole('button', { name: 'Keep as a draft' }).press('Enter')
  await made(page, 'Scores')
  await expect(page.getByText('Not open yet')).toBeVisible()
  await expect(page.getByText('1: no use at all · 2: poor')).toBeVisible()
  await expect(page.getByText('one of: Yes · No')).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Edit “Scores”' })).toBeVisible()
  await page.getByLabel('What point 2 of question 1 means').fill('hardly any use')
  await page.getByRole('button', { name: 'Keep as a draft' }).press('Enter')
  await made(page, 'Scores')
  await expect(page.getByText('1: no use at all · 2: hardly any use')).toBeVisible()
  await page.getByRole('button', { name: 'Open', exact: true }).press('Enter')
  await expect(page.getByText('0 of 48')).toBeVisible({ timeout: 20_000 })

  await page.goto(`${server.url}${form}`)
  await page.getByLabel('Name', { exact: true }).fill('Order them')
  await page.getByLabel('Kind').selectOption('ranking')
  await page.getByLabel('Two responses may share a place').press('Space')
  await page.getByLabel('Some may stay unranked').press('Space')
  await expect(estimate(page)).toContainText('8')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await made(page, 'Order them')
  await expect(page.getByText('no ties, may be partial')).toBeVisible()
  await expect(page.getByText('0 of 16')).toBeVisible({ timeout: 20_000 })
  expect(problems).toEqual([])
})

test('a template fills in what is asked, can be taken back, and the preview shows it', async ({
  page,
}) => {
  const problems = await openPage(page, form)
  await page.getByRole('checkbox', { name: 'atlas' }).press('Space')
  await page.getByRole('checkbox', { name: 'nova' }).press('Space')
  await page.getByRole('link', { name: /^Code/ }).press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Code')
  await expect(page.getByRole('checkbox', { name: 'atlas' })).toBeChecked()
  await expect(estimate(page)).toContainText('8')
  const preview = page.getByRole('region', { name: 'The rater’s page' })
  await expect(preview).toContainText('Which would you rather merge?')
  await page.getByRole('group', { name: 'Question 1' }).getByRole('textbox').fill('Merge which?')
  await expect(preview).toContainText('Merge which?')
  // In full size, and on the screen of a phone, where one question is shown at a time.
  await preview.getByRole('button', { name: 'Open full size' }).press('Enter')
  const full = page.getByRole('dialog')
  await expect(full).toContainText('Merge which?')
  await full.getByRole('button', { name: 'Phone' }).press('Enter')
  const phone = full.frameLocator('iframe')
  await expect(phone.getByText('Merge which?')).toBeVisible()
  await expect(phone.getByText('Which is more likely to work?')).toBeHidden()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Take it back' }).press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  await page.getByRole('link', { name: /^Safety/ }).press('Enter')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await made(page, 'Safety')
  await expect(page.getByText('any of: Violence')).toBeVisible()
  expect(problems).toEqual([])
})

test('an error stands at its field, opens its section, and nothing typed is lost', async ({
  page,
}) => {
  const problems = await openPage(page, form)
  await page.getByLabel('Name', { exact: true }).fill('Safety')
  await page.getByLabel('Guidelines').fill('My own long guidelines.')
  await page.getByRole('button', { name: 'Any of several' }).press('Enter')
  await page.getByLabel('Options').fill('Alone')
  await section(page, 'Training and checks').press('Enter')
  await page.getByLabel('Gold, percent').fill('90')
  await section(page, 'Training and checks').press('Enter')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await expect(page.getByText('Nothing was saved yet')).toBeVisible()
  await expect(page.getByText('say what is asked')).toBeVisible()
  await expect(page.getByText('a choice has at least two options')).toBeVisible()
  await expect(page.getByText('give a number from 0 to 50 percent')).toBeVisible()
  await expect(page.getByLabel('Gold, percent')).toHaveValue('90')
  await expect(page.getByLabel('Guidelines')).toHaveValue('My own long guidelines.')
  await accessible(page)
  await page.getByLabel('Gold, percent').fill('5')
  await page.getByRole('group', { name: 'Question 2' }).getByRole('textbox').first().fill('Which?')
  await page.getByLabel('Options').fill('Alone\nTogether')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await expect(page.getByText('the project has a campaign of this name')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused()
  await page.getByLabel('Name', { exact: true }).fill('Mended')
  await page.getByLabel('Name', { exact: true }).press('Enter')
  await made(page, 'Mended')
  expect(problems).toEqual([])
})

test('what was typed comes back after leaving the form, until it is sent or begun anew', async ({
  page,
}) => {
  const problems = await openPage(page, form)
  await page.getByLabel('Name', { exact: true }).fill('Half a name')
  await page.getByRole('link', { name: 'Members' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Members' })).toBeVisible()
  await page.goBack()
  await expect(page.getByText('What you typed before you left is back.')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Half a name')
  await page.getByRole('button', { name: 'Begin anew' }).click()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  await page.reload()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  expect(problems).toEqual([])
})

test('the form works without scripts, from a template, and keeps what was typed', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/sign-in?next=/p/team/assign/new')
  await page.getByLabel('E-mail').fill('lead@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: /^Translation/ }).click()
  await page.getByLabel('Name', { exact: true }).fill('Plain')
  await page.getByLabel('Overlap').fill('none')
  await page.getByRole('button', { name: 'Keep as a draft' }).click()
  await expect(page.getByText('give a whole number from 1 to 50')).toBeVisible()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Plain')
  await page.getByLabel('Overlap').fill('2')
  await page.getByRole('button', { name: 'Keep as a draft' }).click()
  await made(page, 'Plain')
  await expect(page.getByText('Mistranslation · Omission')).toBeVisible()
  await context.close()
})

test('a lead changes, pauses, clones and looks after a campaign that runs', async ({ page }) => {
  const problems = await openPage(page, form)
  await page.getByLabel('Name', { exact: true }).fill('Running')
  await page.getByLabel('Guidelines').fill('The first words.')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await made(page, 'Running')
  await expect(page.getByText('0 of 48')).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('too early for a forecast')).toBeVisible()
  const campaignId = must(page.url().split('/').at(-1), 'the id of the campaign')
  await flagATask(campaignId)

  await page.locator('summary').filter({ hasText: 'Overlap' }).press('Enter')
  await page.getByLabel('Raters for each task').fill('3')
  await page.getByRole('button', { name: 'Change the overlap' }).press('Enter')
  await expect(page.getByText('Each task now gets 3 raters')).toBeVisible()
  await page.locator('summary').filter({ hasText: 'Budget' }).press('Enter')
  await page.getByLabel('Deadline').fill('2020-01-01T10:00')
  await page.getByRole('button', { name: 'Change the limits' }).press('Enter')
  await expect(page.getByText('This moment has passed').first()).toBeVisible()
  await page.getByLabel('Deadline').fill('2099-01-01T10:00')
  await page.getByRole('button', { name: 'Change the limits' }).press('Enter')
  await expect(page.getByText('The limits are changed.')).toBeVisible()
  await expect(page.getByText('Closes by itself on')).toContainText('2099')

  await page.getByRole('button', { name: 'Write a new version' }).press('Enter')
  await page.getByLabel('New version').fill('The second words.')
  await page.getByRole('button', { name: 'Save the version' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Guidelines, version 2' })).toBeVisible()
  await page.locator('summary').filter({ hasText: 'Version 1' }).press('Enter')
  await expect(page.getByText('The first words.')).toBeVisible()

  const flags = page.getByRole('region', { name: 'Flagged by raters' })
  await expect(flags).toContainText('It names a person.')
  await flags.getByRole('textbox').fill('prompt archived')
  await flags.getByRole('button', { name: 'Resolve' }).press('Enter')
  await expect(flags).toHaveCount(0)

  await page.getByRole('button', { name: 'Pause', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Pause the campaign?' })
  await dialog.getByRole('textbox').fill('a holiday')
  await accessible(page)
  await dialog.getByRole('button', { name: 'Pause', exact: true }).press('Enter')
  await expect(page.getByText('Paused: nobody gets new tasks')).toBeVisible()
  await accessible(page)
  expect(await reasonsOf(campaignId)).toEqual(['a holiday'])

  await page.getByRole('link', { name: 'Clone' }).press('Enter')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Running (copy)')
  await expect(page.getByLabel('Guidelines')).toHaveValue('The second words.')
  await expect(page.getByLabel('Overlap')).toHaveValue('3')
  await page.getByRole('button', { name: 'Keep as a draft' }).press('Enter')
  await made(page, 'Running (copy)')

  await page.goto(`${server.url}/p/team/assign`)
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: 'Running', exact: true }) })
  await expect(row).toContainText('paused')
  await expect(row).toContainText('2099')
  await accessible(page)
  expect(problems).toEqual([])
})

async function flagATask(campaignId: string): Promise<void> {
  const db = databaseOf(server)
  const person = await db.read
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'ana@example.org')
    .executeTakeFirstOrThrow()
  const now = Date.now()
  await db.write.transaction().execute(async (trx) => {
    const raterId = await ensureMemberRater(trx, { projectId, personId: person.id, now })
    const slot = await trx
      .selectFrom('assignment')
      .select(['id', 'task_id'])
      .where('campaign_id', '=', campaignId)
      .executeTakeFirstOrThrow()
    await trx
      .insertInto('flag')
      .values({
        project_id: projectId,
        id: newId(),
        campaign_id: campaignId,
        task_id: slot.task_id,
        rater_id: raterId,
        assignment_id: slot.id,
        reason: 'It names a person.',
        created_at: now,
        resolved_at: null,
        resolved_by: null,
      })
      .execute()
  })
  await db.close()
}

async function reasonsOf(campaignId: string): Promise<unknown[]> {
  const db = databaseOf(server)
  const rows = await db.read
    .selectFrom('audit')
    .select('detail')
    .where('subject', '=', campaignId)
    .where('action', '=', 'campaign paused')
    .execute()
  await db.close()
  return rows.map(({ detail }) => JSON.parse(detail).reason)
}

test('a lead puts raters into groups and languages, and a campaign is for a group', async ({
  page,
}) => {
  const problems = await openPage(page, '/p/team/members')
  await page.getByLabel('Groups of ana').fill('experts, night shift')
  await page.getByLabel('Languages of ana').fill('english')
  await page.getByLabel('Languages of ana').press('Enter')
  await expect(page.getByText('“english” is no language code')).toBeVisible()
  await expect(page.getByLabel('Groups of ana')).toHaveValue('experts, night shift')
  await page.getByLabel('Languages of ana').fill('en, pt')
  await page.getByLabel('Languages of ana').press('Enter')
  await expect(page.getByText('ana’s groups and languages are saved.')).toBeVisible()
  await accessible(page)
  await page.goto(`${server.url}${form}?template=which-is-better`)
  await page.getByLabel('Name', { exact: true }).fill('For experts')
  await section(page, 'Groups, languages, limits').press('Enter')
  await page.getByRole('checkbox', { name: 'experts 1' }).press('Space')
  await page.getByRole('button', { name: 'Make and open' }).press('Enter')
  await made(page, 'For experts')
  await expect(page.getByText('experts', { exact: true })).toBeVisible()
  expect(problems).toEqual([])
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`form, campaign and list fit ${width} px and everybody, in ${colorScheme}`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      const problems = await openPage(page, `${form}?template=helpful-harmless`)
      const fits = async () => {
        await accessible(page)
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        )
        expect(over).toBeLessThanOrEqual(0)
      }
      await expect(estimate(page)).toContainText('judgments')
      for (const details of await page.locator('details').all()) {
        await details.evaluate((one) => one.setAttribute('open', ''))
      }
      for (const name of [/^Only chosen pairs/, /^Adaptive/]) {
        await page.getByRole('radio', { name }).check()
      }
      for (const name of [/^Ask for a qualification/, /^Add raters until/]) {
        await page.getByRole('checkbox', { name }).check()
      }
      await fits()
      if (width === 390) {
        await page.getByRole('button', { name: 'Rater’s page' }).click()
        await expect(page.getByRole('dialog')).toContainText('Which response helps more?')
        await fits()
      }
      await page.goto(`${server.url}/p/team/assign`)
      await fits()
      await page.getByRole('link', { name: 'Standing', exact: true }).click()
      await expect(page.getByRole('heading', { name: 'Change while it runs' })).toBeVisible()
      await fits()
      await page.goto(`${server.url}/p/team/members`)
      await fits()
      expect(problems).toEqual([])
    })
  }
}
