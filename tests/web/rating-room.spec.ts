/** The room where a rater works: by keyboard, offline, and after a change of mind. */
import { type Browser, expect, type Page, type Request, test } from '@playwright/test'
import type { Db } from '#db/open.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '../support/project.ts'
import { enterRoom, isTooWide, visit } from '../support/room.ts'
import {
  databaseOf,
  makeMember,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'

let server: TestServer
let db: Db
let pairwise = ''
let rubric = ''

test.beforeAll(async () => {
  server = await startServer()
  db = databaseOf(server)
  const project = await makeProject(db, 'Room')
  const folder = server.dataDir
  const target = { db, folder, url: '', schema: undefined, remove: async () => {} }
  const hostile = JSON.stringify({
    prompt: 'Can you be harmless?',
    tags: ['first'],
    responses: [
      {
        model: 'a',
        content:
          '<script>window.broken = true</script> <img src="https://evil.example/pixel.png"> ![x](https://evil.example/p.png) [link](javascript:alert(1)) \u202ereversed',
      },
      {
        model: 'b',
        content: 'Maths: $e^{i\\pi} + 1 = 0$ and `code` and\n\n| a | b |\n|---|---|\n| 1 | 2 |',
      },
    ],
  })
  await importFiles(target, project.id, { 'a.jsonl': `${hostile}\n${promptLines(12, ['a', 'b'])}` })
  pairwise = await openCampaign(db, project.id, {
    name: 'Pairs',
    overlap: 3,
    guidelines: '# Be kind',
    settings: { order: 'priority', priorityTags: ['first'] },
  })
  rubric = await openCampaign(db, project.id, { name: 'Scores', kind: 'rubric', overlap: 1 })
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    await makeMember(db, {
      projectId: project.id,
      email: `${name}@example.org`,
      roles: ['annotator'],
    })
  }
})
test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

const room = (browser: Browser, who: string, campaign: string, width = 1440): Promise<Page> =>
  enterRoom({ browser, server, who, place: `/p/room/rate/${campaign}`, width, height: 844 })

const judgmentsOf = async (campaign: string) =>
  db.read
    .selectFrom('judgment')
    .select(['id', 'revision', 'active_ms'])
    .where('campaign_id', '=', campaign)
    .orderBy('id')
    .execute()

const promptOf = (page: Page) => page.getByRole('region', { name: 'Prompt' }).innerText()

test('what a model wrote is shown and does nothing', async ({ browser }) => {
  const page = await room(browser, 'one', pairwise)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await expect(page.getByText('Can you be harmless?')).toBeVisible()
  await expect(page.locator('.katex').first()).toBeVisible()
  await expect(page.getByRole('cell', { name: '2' })).toBeVisible()
  expect(await page.evaluate(() => 'broken' in window)).toBe(false)
  expect(await page.locator('article img, article script').count()).toBe(0)
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0)
  await page.keyboard.press('r')
  await expect(page.getByText('U+202E')).toBeVisible()
  expect(asked.filter((url) => url.includes('evil.example'))).toEqual([])
})

test('guidelines say how one comes back to them', async ({ browser }) => {
  const place = `/p/room/rate/${pairwise}`
  const page = await visit({ browser, server, who: 'five', place })
  await expect(page.getByText('You can reopen this at any time with G.')).toBeVisible()
  const touch = { width: 390, height: 844, hasTouch: true }
  const phone = await visit({ browser, server, who: 'five', place, ...touch })
  await expect(phone.getByText('You can reopen this at any time: ⋯, then')).toBeVisible()
  await expect(phone.getByText('at any time with G')).toBeHidden()
})

test('an untouched task is not an answer; keys choose, lean, skip, undo and explain', async ({
  browser,
}) => {
  const page = await room(browser, 'two', pairwise)
  const before = (await judgmentsOf(pairwise)).length
  const asked = page.getByRole('contentinfo').getByText('Which response is better?')
  await expect(asked).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('has no answer yet.')
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('radio', { name: 'A is better' })).toBeChecked()
  await page.keyboard.press('b')
  await expect(page.getByRole('button', { name: 'Both bad' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.keyboard.press('2')
  const judged = await promptOf(page)
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await judgmentsOf(pairwise)).length).toBe(before + 1)

  await page.keyboard.press('u')
  await expect(page.getByText('You judged this before.')).toBeVisible()
  expect(await promptOf(page)).toBe(judged)
  await expect(page.getByRole('radio', { name: 'A is better' })).toBeChecked()
  await page.keyboard.press('0')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await judgmentsOf(pairwise)).at(-1)?.revision).toBe(2)
  expect((await judgmentsOf(pairwise)).length).toBe(before + 1)

  // A judgment that was opened again can be put away as it was, from the keyboard too.
  await page.keyboard.press('u')
  await expect(page.getByRole('button', { name: 'Save change' })).toBeVisible()
  await page.keyboard.press('2')
  await page.keyboard.press('Escape')
  await expect(page.getByText('You judged this before.')).toBeHidden()
  expect((await judgmentsOf(pairwise)).at(-1)?.revision).toBe(2)

  const skipped = await promptOf(page)
  await page.keyboard.press('s')
  const skip = page.getByRole('dialog', { name: 'Skip this task' })
  await expect(skip).toContainText('answer “Can’t judge” instead')
  await page.keyboard.press('1')
  await expect(page.getByRole('region', { name: 'Prompt' })).not.toHaveText(skipped, {
    useInnerText: true,
  })
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await expect(page.getByRole('dialog', { name: 'Guidelines' })).toContainText('Be kind')
  // The key that opened them closes them.
  await page.keyboard.press('g')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('c')
  await page.keyboard.type('b 1 5 s u')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
})

test('what is said of one task is not said of the next', async ({ browser }) => {
  const page = await room(browser, 'four', pairwise)
  // The page may be drawn before it takes keys.
  await expect(async () => {
    await page.keyboard.press('f')
    await expect(page.getByRole('dialog', { name: 'Flag this task' })).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('1')
  await expect(page.getByText('Flagged.')).toBeVisible()
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Flagged.')).toBeHidden({ timeout: 2_000 })
})

test('work goes on without a network, and everything arrives once', async ({ browser }) => {
  const page = await room(browser, 'three', pairwise)
  const before = (await judgmentsOf(pairwise)).length
  // Nothing was sent yet, so nothing is called saved.
  await expect(page.getByText('Ready', { exact: true })).toBeVisible()
  await page.context().setOffline(true)
  for (let step = 0; step < 3; step++) {
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
  }
  await expect(page.getByText(/3 kept here/)).toBeVisible()
  expect((await judgmentsOf(pairwise)).length).toBe(before)
  await page.context().setOffline(false)
  await expect
    .poll(async () => (await judgmentsOf(pairwise)).length, { timeout: 20_000 })
    .toBe(before + 3)
  await expect(page.getByText('Saved')).toBeVisible()
})

test('tasks are asked for once, while the scripts of the page are still on their way', async ({
  browser,
}) => {
  const page = await room(browser, 'three', pairwise)
  const isClaim = (request: Request) =>
    request.method() === 'POST' && (request.postData() ?? '').includes('"claim"')
  let claims = 0
  page.on('request', (request) => {
    if (isClaim(request)) claims += 1
  })
  const asked = page.waitForRequest(isClaim)
  await page.route('**/assets/*.js', async (route) => {
    await asked
    await route.continue()
  })
  await page.reload()
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.waitForTimeout(500)
  expect(claims).toBe(1)
})

test('unsent judgments and drafts survive a reload', async ({ browser }) => {
  const page = await room(browser, 'four', pairwise)
  const before = (await judgmentsOf(pairwise)).length
  await page.route('**/answers', (route) => route.abort())
  await page.keyboard.press('5')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/1 kept here/)).toBeVisible()
  page.on('dialog', (dialog) => dialog.accept())
  await page.unroute('**/answers')
  await page.reload()
  await expect
    .poll(async () => (await judgmentsOf(pairwise)).length, { timeout: 20_000 })
    .toBe(before + 1)
  await expect(page.getByRole('article').first()).toBeVisible()
  await page.keyboard.press('4')
  await expect(page.getByRole('radio', { name: 'B is better' })).toBeChecked()
  const drafted = await promptOf(page)
  await page.reload()
  await expect(page.getByRole('radio', { name: 'B is better' })).toBeChecked()
  expect(await promptOf(page)).toBe(drafted)
})

test('a rubric is scored with the number keys, criterion by criterion', async ({ browser }) => {
  const page = await room(browser, 'one', rubric)
  const before = (await judgmentsOf(rubric)).length
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('has no answer yet.')
  await page.keyboard.press('4')
  await expect(page.getByRole('radio', { name: '4' })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await judgmentsOf(rubric)).length).toBe(before + 1)
})

test('one response at a time on a narrow screen, and nothing wider than the screen', async ({
  browser,
}) => {
  const scores = await room(browser, 'two', rubric, 390)
  expect(await isTooWide(scores)).toBe(false)
  const page = await room(browser, 'two', pairwise, 390)
  await expect(page.getByRole('tab', { name: 'Response A' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Response B' })).toBeHidden()
  await page.keyboard.press(']')
  await expect(page.getByRole('article', { name: 'Response B' })).toBeVisible()
  expect(await isTooWide(page)).toBe(false)

  // What is asked of a judgment that was opened again has room too.
  await page.getByRole('radio', { name: 'A is better' }).click()
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('button', { name: 'Leave as it was' })).toBeVisible()
  const rights = await page
    .locator('footer button:visible')
    .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().right))
  expect(Math.max(...rights)).toBeLessThanOrEqual(390)
})
