/** Leads who decide what raters disagree on, and raters who are told. */
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { changePersonalSetting } from '#app/access/personal-settings.server.ts'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { decideTask } from '#app/rate/adjudicate.server.ts'
import type { Db } from '#db/open.ts'
import { inTransaction } from '#db/open.ts'
import { blindLines, judgeAll, type Rater, weigh } from '../support/judging.ts'
import { importFiles, makeProject, openCampaign } from '../support/project.ts'
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
let campaign = ''
/** Where everything was decided before. */
let settled = ''
let projectId = ''

const prompts = ['Why is the sky blue?', 'Where is Lisbon?', 'What is a rubric?', 'Who is first?']

test.beforeAll(async () => {
  server = await startServer()
  db = databaseOf(server)
  const project = await makeProject(db, 'Disputes')
  projectId = project.id
  const target = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(target, projectId, { 'a.jsonl': blindLines(prompts) })
  const lead = await member('lead@example.org', ['lead'])
  await member('second@example.org', ['lead'])
  const raters = [
    await member('ana@example.org', ['annotator']),
    await member('bob@example.org', ['annotator']),
  ]
  campaign = await dispute('Which is better?', raters)
  settled = await dispute('Settled', raters)
  await decideAll(settled, lead)
})
test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

/** A campaign in which two raters see everything the other way round. */
async function dispute(name: string, raters: readonly Rater[]): Promise<string> {
  const campaignId = await openCampaign(db, projectId, {
    name,
    overlap: 2,
    settings: { adjudicationFeedback: true, reasons: ['Clearer'] },
  })
  for (const [at, rater] of raters.entries()) {
    const work = { db, projectId, campaignId, random: () => (at === 0 ? 0 : 0.99) }
    await judgeAll(work, rater, (preview) => ({
      winner: at === 0 ? 'a' : 'b',
      comment: `A seems to answer ${preview}`,
    }))
  }
  await weigh({ db, folder: server.dataDir }, { projectId, campaignId })
  return campaignId
}

async function decideAll(campaignId: string, { personId }: Rater): Promise<void> {
  const criterion = await db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const answer = { kind: 'preference' as const, criterionId: criterion.id, winner: 'tie' as const }
  const given = { baseRevision: 0, answers: [answer], reason: 'A says what B says', reasons: [] }
  const tasks = await db.read
    .selectFrom('task')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .execute()
  for (const { id: taskId } of tasks) {
    const scope = { projectId, campaignId, taskId, personId }
    await decideTask(db, { ...scope, given: { ...given, activeMs: null }, now: Date.now() })
  }
}

async function member(email: string, roles: ('lead' | 'annotator')[]): Promise<Rater> {
  const personId = await makeMember(db, { projectId, email, roles })
  const now = Date.now()
  const raterId = await inTransaction(db, (trx) =>
    ensureMemberRater(trx, { projectId, personId, now }),
  )
  return { personId, raterId }
}

interface Visit {
  who: string
  place: string
  width?: number
  scheme?: 'light' | 'dark'
}

async function visit(
  browser: Browser,
  { who, place, width = 1440, scheme = 'light' }: Visit,
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height: width < 500 ? 844 : 900 },
    colorScheme: scheme,
    hasTouch: width < 500,
  })
  const page = await context.newPage()
  await page.goto(`/sign-in?next=${encodeURIComponent(place)}`)
  await page.getByLabel('E-mail').fill(`${who}@example.org`)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return page
}

async function problemsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
}

const isTooWide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)

const adjudicated = () =>
  db.read
    .selectFrom('judgment')
    .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
    .select(['judgment.task_id', 'judgment.shown_order', 'judgment.comment', 'winner', 'revision'])
    .where('judgment.source', '=', 'adjudicator')
    .where('judgment.campaign_id', '=', campaign)
    .orderBy('judgment.id')
    .execute()

const queue = () => `/p/disputes/assign/${campaign}/adjudicate`

test('a lead decides one dispute after another by keyboard, and puts one off', async ({
  browser,
}) => {
  const { id: personId } = await db.read
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'lead@example.org')
    .executeTakeFirstOrThrow()
  const change = () => ({ keys: { skip: 'w' } })
  await inTransaction(db, (trx) => changePersonalSetting(trx, { personId, part: 'room', change }))
  const page = await visit(browser, { who: 'lead', place: queue() })
  await expect(page.getByRole('heading', { name: 'Adjudication' })).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(prompts.length + 1)
  // Each row says what was said and how its responses begin, so that one is told from the next.
  await expect(page.getByRole('columnheader', { name: 'Disagreement' })).toBeVisible()
  await expect(page.getByText(/^A is better 1 ·$/)).toHaveCount(prompts.length)
  expect(await page.content()).not.toMatch(/zephyr|mistral/)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'Decide the first' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'What raters said' })).toBeVisible()
  expect(await page.content()).not.toMatch(/zephyr|mistral/)
  // The two raters saw two orders, so one of them speaks of letters that are turned here.
  await expect(page.getByText('In these words A is B here, B is A here.')).toHaveCount(1)
  expect(await problemsOf(page)).toEqual([])

  const before = await promptOf(page)
  // Keys that a person has changed are changed here as well.
  await expect(page.getByRole('link', { name: 'Later' })).toHaveText('Later W')
  await page.keyboard.press('w')
  await expect.poll(() => promptOf(page)).not.toBe(before)
  const first = await page.getByRole('article').first().innerText()
  const decided = await promptOf(page)

  await page.keyboard.press('Enter')
  await expect(page.getByText('has no answer yet')).toBeVisible()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Say why, in a sentence.')).toBeVisible()
  await expect(page.getByLabel('Why')).toBeFocused()
  await page.keyboard.type('A says what was asked')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Decided.')).toBeVisible()
  await expect.poll(() => promptOf(page)).not.toBe(decided)
  const [row] = await adjudicated()
  expect(row).toMatchObject({ comment: 'A says what was asked' })
  // The order that is stored is the one that was on the screen.
  const order = JSON.parse(row?.shown_order ?? '[]') as number[]
  expect(row?.winner).toBe(order[0] === 0 ? 'a' : 'b')
  const texts = await db.read
    .selectFrom('task_response')
    .innerJoin('response', 'response.id', 'task_response.response_id')
    .select('response.messages')
    .where('task_response.task_id', '=', row?.task_id ?? '')
    .orderBy('position')
    .execute()
  const shownFirst = JSON.parse(texts[order[0] ?? 0]?.messages ?? '[]')[0].content
  expect(first).toContain(shownFirst)

  await page.getByRole('link', { name: 'Change it' }).click()
  await expect(page.getByText('You decided this.')).toBeVisible()
  await expect(page.getByLabel('Why')).toHaveValue('A says what was asked')
  await page.keyboard.press('0')
  await page.getByRole('button', { name: 'Change the decision' }).click()
  await expect.poll(async () => (await adjudicated())[0]?.revision).toBe(2)
  await page.goto(queue())
  const made = page.getByRole('region', { name: 'Decided' })
  await expect(made.getByRole('row').nth(1)).toContainText(
    /About the same.*A says what was asked.*lead/s,
  )
})

test('whoever comes second is told, and nothing changes', async ({ browser }) => {
  const one = await visit(browser, { who: 'lead', place: `${queue()}?next=1` })
  const place = new URL(one.url()).pathname
  const two = await visit(browser, { who: 'second', place })
  for (const page of [one, two]) {
    await page.getByRole('region', { name: 'What raters said' }).waitFor()
    await page.keyboard.press('1')
    await page.getByLabel('Why').fill('the first is right')
  }
  const count = (await adjudicated()).length
  await one.getByRole('button', { name: 'Decide' }).click()
  await expect.poll(async () => (await adjudicated()).length).toBe(count + 1)
  await two.getByRole('button', { name: 'Decide' }).click()
  await expect(two.getByText('Somebody else decided this task').first()).toBeVisible()
  expect(await adjudicated()).toHaveLength(count + 1)
})

test('it works by touch on a phone, in the dark', async ({ browser }) => {
  const page = await visit(browser, {
    who: 'second',
    place: `${queue()}?next=1`,
    width: 390,
    scheme: 'dark',
  })
  await expect(page.getByRole('region', { name: 'What raters said' })).toBeVisible()
  expect(await isTooWide(page)).toBe(false)
  expect(await problemsOf(page)).toEqual([])
  const count = (await adjudicated()).length
  await page.getByRole('radio', { name: 'About the same' }).tap()
  await page.getByLabel('Why').fill('both say the same')
  await page.getByRole('button', { name: 'Decide' }).tap()
  await expect.poll(async () => (await adjudicated()).length).toBe(count + 1)
  await page.goto(queue())
  expect(await isTooWide(page)).toBe(false)
  expect(await problemsOf(page)).toEqual([])
})

test('a rater reads in Portuguese what was decided otherwise, and why', async ({ browser }) => {
  const page = await visit(browser, { who: 'ana', place: '/p/disputes/rate?lang=pt', width: 390 })
  await expect(page.getByRole('heading', { name: 'Meu trabalho' })).toBeVisible()
  await page.getByRole('link', { name: 'Abrir: Settled' }).click()
  await expect(page.getByRole('link', { name: /Meu trabalho, \d mensage/ })).toBeVisible()
  await page.goBack()
  expect(await page.locator('html').getAttribute('lang')).toBe('pt-BR')
  const messages = page.getByRole('region', { name: 'Dos seus líderes' })
  await expect(messages.getByText('Você respondeu').first()).toBeVisible()
  expect(await isTooWide(page)).toBe(false)
  expect(await problemsOf(page)).toEqual([])

  const unread = await messages.getByRole('article').count()
  await messages.getByRole('link', { name: 'Mostrar a tarefa' }).first().click()
  await expect(page.getByRole('heading', { name: 'Decidida de outro modo' })).toBeVisible()
  expect(await page.content()).not.toMatch(/zephyr|mistral/)
  expect(await isTooWide(page)).toBe(false)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Marcar como lida' }).click()
  await expect(page.getByRole('heading', { name: 'Meu trabalho' })).toBeVisible()
  await expect(messages.getByRole('article').and(page.locator(':visible'))).toHaveCount(unread - 1)

  const other = await page.context().request.get(page.url().replace(/rate.*/, 'messages/none'))
  expect(other.status()).toBe(404)
})

test('a lead makes a gold task of a decision, and retires it', async ({ browser }) => {
  const page = await visit(browser, { who: 'lead', place: `/p/disputes/assign/${settled}/gold` })
  await expect(page.getByText('No task has an expected answer yet')).toBeVisible()
  expect(await problemsOf(page)).toEqual([])
  await expect(page.getByRole('region', { name: 'Decided' })).toContainText('About the same')
  await page.getByRole('region', { name: 'Decided' }).getByRole('link').first().click()
  await expect(page.getByText('An adjudicator’s decision is proposed below.')).toBeVisible()
  expect(await page.content()).not.toMatch(/zephyr|mistral/)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('radio', { name: 'Training' }).check()
  await page.getByLabel('Explanation').fill('')
  await page.getByRole('button', { name: 'Make it training' }).click()
  await expect(page.getByText('Say why, in a sentence.')).toBeVisible()
  await page.getByLabel('Explanation').fill('The other one dodges the question.')
  await page.keyboard.press('Enter')
  const made = page.getByRole('region', { name: 'Tasks with an expected answer' })
  await expect(made.getByRole('row')).toHaveCount(2)
  await expect(made).toContainText('Training')
  await made.getByRole('link').first().click()
  await expect(page.getByLabel('Explanation')).toHaveValue('The other one dodges the question.')
  await page.getByRole('button', { name: 'Retire' }).click()
  await expect(made).toContainText('retired')
  expect(await isTooWide(page)).toBe(false)
})

const promptOf = (page: Page) => page.getByRole('region', { name: 'Prompt' }).innerText()
