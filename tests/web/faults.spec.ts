/** What goes wrong while somebody rates: nothing is lost, nothing counts twice, and the room says so calmly. */
import { type Browser, expect, type Page, test } from '@playwright/test'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import { withdrawTask } from '#app/assign/task-slots.server.ts'
import { inTransaction } from '#db/open.ts'
import {
  browserOf,
  enter,
  type House,
  heldIn,
  judge,
  judgmentsOf,
  moveOn,
  newCampaign,
  newRater,
  openHouse,
  promptOf,
  roomAddress,
  signInAt,
  taskOnTable,
} from '../support/house.ts'
import { sendToDesk, submissionOf } from '../support/raters.ts'
import { removeServer, signIn, startServer } from '../support/server.ts'

const hour = 60 * 60_000
const megabyte = 'Long words, long day. '.repeat(50_000)
let house: House

test.beforeAll(async () => {
  const long = JSON.stringify({
    prompt: 'Question number 999? The long one.',
    tags: ['long'],
    responses: [
      { model: 'a', content: megabyte },
      { model: 'b', content: 'Short.' },
    ],
  })
  house = await openHouse(12, `${long}\n`)
})
test.afterAll(async () => {
  await house.db.close()
  await removeServer(house.server)
})

const settled = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()
const unsent = (page: Page, words: RegExp) => expect(page.getByText(words)).toBeVisible()
const arrived = (campaignId: string, count: number) =>
  expect
    .poll(async () => (await judgmentsOf(house, campaignId)).length, { timeout: 45_000 })
    .toBe(count)

/** One judgment a task, each counted, none revised. */
async function countedOnce(campaignId: string, count: number) {
  const rows = await judgmentsOf(house, campaignId)
  expect(rows.map((row) => [row.revision, row.is_extra])).toEqual(Array(count).fill([1, 0]))
  expect(new Set(rows.map((row) => row.task_id)).size).toBe(count)
}

async function alone(browser: Browser, campaign = {}) {
  const email = await newRater(house)
  const campaignId = await newCampaign(house, { settings: { tags: ['even', 'odd'] }, ...campaign })
  const context = await browserOf(browser, house, email)
  return { email, campaignId, context }
}

const writeComment = async (page: Page, words: string) => {
  await page.getByRole('textbox', { name: 'Comment' }).fill(words)
}

test('the server is killed in mid-work and comes back', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  await judge(page, '1')
  await arrived(campaignId, 1)
  await settled(page)
  const { server } = house
  await server.stop('SIGKILL')
  await judge(page, '2')
  await judge(page, '4')
  await unsent(page, /Not reachable: 2 kept here/)
  expect((await judgmentsOf(house, campaignId)).length).toBe(1)
  const port = Number(new URL(server.url).port)
  const { dataDir, databaseUrl } = server
  house.server = await startServer({ dataDir, databaseUrl, port, runsWorker: false })
  await arrived(campaignId, 3)
  await settled(page)
  await countedOnce(campaignId, 3)
  await judge(page, '1')
  await arrived(campaignId, 4)
  await context.close()
})

test('an hour offline, while the holds run out', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await context.newPage()
  await page.clock.install()
  await enter(page, house, campaignId)
  await expect(page.getByText('Ready', { exact: true })).toBeVisible()
  await context.setOffline(true)
  await judge(page, '1')
  await judge(page, '2')
  await writeComment(page, 'thought about it on the train')
  await unsent(page, /Offline: 2 kept here/)
  await page.clock.fastForward(hour)
  await house.db.write
    .updateTable('assignment')
    .set({ held_until: Date.now() - hour / 2 })
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'held')
    .execute()
  await expect(page.getByText('Your time with this task ran out')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Comment' })).toHaveValue(
    'thought about it on the train',
  )
  await context.setOffline(false)
  await page.clock.runFor(40_000)
  await arrived(campaignId, 2)
  await page.keyboard.press('Escape')
  await judge(page, '3')
  await arrived(campaignId, 3)
  await countedOnce(campaignId, 3)
  expect((await judgmentsOf(house, campaignId)).map((row) => row.comment)).toContain(
    'thought about it on the train',
  )
  await context.close()
})

test('the tab crashes while somebody types, and opens with the same words', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  const asked = await promptOf(page)
  await page.keyboard.press('2')
  await writeComment(page, 'half a tho')
  await page.getByRole('textbox', { name: 'Comment' }).press('End')
  await page.keyboard.type('ught')
  await page.waitForTimeout(400)
  const devtools = await context.newCDPSession(page)
  void devtools.send('Page.crash').catch(() => undefined)
  await page.waitForEvent('crash')
  await page.close()
  const again = await enter(await context.newPage(), house, campaignId)
  expect(await promptOf(again)).toBe(asked)
  await expect(again.getByRole('textbox', { name: 'Comment' })).toHaveValue('half a thought')
  await expect(again.getByRole('radio', { name: 'A is better' })).toBeChecked()
  await again.keyboard.press('Enter')
  await arrived(campaignId, 1)
  expect((await judgmentsOf(house, campaignId))[0]?.comment).toBe('half a thought')
  await context.close()
})

test('a second device goes on where the first stopped, and says when both changed a task', async ({
  browser,
}) => {
  const { email, campaignId, context } = await alone(browser)
  const laptop = await enter(await context.newPage(), house, campaignId)
  await writeComment(laptop, 'from the laptop')
  await expect
    .poll(async () => {
      const drafts = await house.db.read.selectFrom('draft').select('content').execute()
      return drafts.some(({ content }) => content.includes('from the laptop'))
    })
    .toBe(true)
  const other = await browserOf(browser, house, email)
  const tablet = await enter(await other.newPage(), house, campaignId)
  await expect(tablet.getByRole('textbox', { name: 'Comment' })).toHaveValue('from the laptop')
  await tablet.getByRole('textbox', { name: 'Comment' }).press('End')
  await tablet.keyboard.type(', then the tablet')
  await tablet.waitForTimeout(1_500)
  await laptop.getByRole('textbox', { name: 'Comment' }).press('End')
  await laptop.keyboard.type('!')
  await expect(laptop.getByText('changed this task on another page or device')).toBeVisible()
  await expect(laptop.getByRole('textbox', { name: 'Comment' })).toHaveValue('from the laptop!')
  await laptop.getByRole('button', { name: 'Use the other' }).click()
  await expect(laptop.getByRole('textbox', { name: 'Comment' })).toHaveValue(
    'from the laptop, then the tablet',
  )
  await laptop.keyboard.press('Escape')
  await judge(laptop, '1')
  await arrived(campaignId, 1)
  // The tablet still has it on the table: its answer is not counted, and its words are kept.
  await tablet.keyboard.press('Escape')
  await tablet.keyboard.press('5')
  await tablet.keyboard.press('Enter')
  await expect(tablet.getByText('1 answer was not taken')).toBeVisible()
  await tablet.getByRole('button', { name: 'Read' }).click()
  await expect(tablet.getByText('A newer answer of yours was saved meanwhile')).toBeVisible()
  await expect(tablet.getByText('Comment: from the laptop, then the tablet')).toBeVisible()
  await countedOnce(campaignId, 1)
  await other.close()
  await context.close()
})

test('a session ends: the work waits, goes after signing in, and never as somebody else’s', async ({
  browser,
}) => {
  const { email, campaignId, context } = await alone(browser)
  const stranger = await newRater(house)
  const page = await enter(await context.newPage(), house, campaignId)
  await judge(page, '1')
  await arrived(campaignId, 1)
  const person = await house.db.read
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  await house.db.write
    .updateTable('session')
    .set({ revoked_at: Date.now() })
    .where('person_id', '=', person.id)
    .execute()
  await judge(page, '2')
  await unsent(page, /Signed out: 1 kept here/)
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible()
  const tab = await context.newPage()
  await signInAt(tab, stranger)
  await page.getByRole('button', { name: 'Try now' }).click()
  await page.waitForTimeout(1_000)
  await unsent(page, /Signed out: 1 kept here/)
  expect((await judgmentsOf(house, campaignId)).length).toBe(1)
  await context.clearCookies()
  await signInAt(tab, email)
  await arrived(campaignId, 2)
  await settled(page)
  await countedOnce(campaignId, 2)
  expect(new Set((await judgmentsOf(house, campaignId)).map((row) => row.rater_id)).size).toBe(1)
  await context.close()
})

const endHolds = (campaignId: string) =>
  house.db.write
    .updateTable('assignment')
    .set({ held_until: 1 })
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'held')
    .execute()

test('a hold ends while the rater thinks, and nobody took the task: the answer counts', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  await endHolds(campaignId)
  await judge(page, '1')
  await arrived(campaignId, 1)
  await settled(page)
  await countedOnce(campaignId, 1)
  await context.close()
})

test('a hold ends and somebody else answers: the late answer is kept, not counted, and explained', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  await writeComment(page, 'slow but sure')
  const taskId = await taskOnTable(house, page, campaignId)
  await endHolds(campaignId)
  const quick = await newRater(house)
  const { url } = house.server
  const cookie = await signIn(url, quick)
  const line = { urls: [url], cookie, place: `${roomAddress(house, campaignId)}/answers` }
  const { id: criterionId } = await house.db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  for (let turn = 0; turn < 12; turn++) {
    const { tasks } = await sendToDesk(line, { intent: 'claim', have: [] })
    for (const { assignmentId } of tasks) {
      const submission = submissionOf(assignmentId, criterionId, turn)
      await sendToDesk(line, { intent: 'submit', have: [], submission })
    }
    const done = await judgmentsOf(house, campaignId)
    if (done.some((row) => row.task_id === taskId)) break
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await judgmentsOf(house, campaignId)).filter((row) => row.is_extra === 1))
    .toMatchObject([{ task_id: taskId, comment: 'slow but sure' }])
  await expect(page.getByRole('status').filter({ hasText: /kept/i })).toBeVisible()
  const rows = await judgmentsOf(house, campaignId)
  expect(rows.filter((row) => row.task_id === taskId && row.is_extra === 0)).toHaveLength(1)
  await context.close()
})

test('a clock three hours off changes nothing', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await context.newPage()
  await page.clock.install({ time: Date.now() + 3 * hour })
  const begin = Date.now()
  await enter(page, house, campaignId)
  await judge(page, '1')
  await page.clock.runFor(30_000)
  await judge(page, '2')
  await arrived(campaignId, 2)
  await settled(page)
  await expect(page.getByText('Your time with this task ran out')).toHaveCount(0)
  for (const row of await judgmentsOf(house, campaignId)) {
    expect(row.judged_at).toBeGreaterThanOrEqual(begin)
    expect(row.judged_at).toBeLessThanOrEqual(Date.now())
  }
  await countedOnce(campaignId, 2)
  await context.close()
})

test('two tabs on one task: the newer works, the older waits and can be asked back', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const first = await enter(await context.newPage(), house, campaignId)
  await writeComment(first, 'begun in the first tab')
  const second = await enter(await context.newPage(), house, campaignId)
  await expect(first.getByText('This campaign is open in another tab')).toBeVisible()
  await expect(second.getByRole('textbox', { name: 'Comment' })).toHaveValue(
    'begun in the first tab',
  )
  await first.keyboard.press('1')
  await first.keyboard.press('Enter')
  await second.keyboard.press('Escape')
  await judge(second, '2')
  await arrived(campaignId, 1)
  const next = await promptOf(second)
  await first.getByRole('button', { name: 'Continue here' }).click()
  await expect(second.getByText('This campaign is open in another tab')).toBeVisible()
  await expect(first.getByRole('region', { name: 'Prompt' })).toBeVisible()
  expect(await promptOf(first)).toBe(next)
  await judge(first, '1')
  await arrived(campaignId, 2)
  await countedOnce(campaignId, 2)
  await first.close()
  await expect(second.getByRole('region', { name: 'Prompt' })).toBeVisible()
  await context.close()
})

test('a response of a megabyte is read, judged and left', async ({ browser }) => {
  const { campaignId, context } = await alone(browser, {
    settings: { order: 'priority', priorityTags: ['long'] },
  })
  const page = await enter(await context.newPage(), house, campaignId)
  await expect(page.getByText('Short.')).toBeVisible()
  const longest = async () => {
    const texts = await page.getByRole('article').allTextContents()
    return Math.max(...texts.map((text) => text.length))
  }
  await expect.poll(longest).toBeGreaterThan(100_000)
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect.poll(longest, { timeout: 30_000 }).toBeGreaterThan(megabyte.length * 0.9)
  await page.keyboard.press('1')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1)
  await page.keyboard.press('Enter')
  await arrived(campaignId, 1)
  await settled(page)
  await countedOnce(campaignId, 1)
  await context.close()
})

test('Enter twice within a millisecond answers one task', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  const before = await promptOf(page)
  await page.keyboard.press('1')
  await page.evaluate(() => {
    const press = () =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
      )
    press()
    press()
  })
  await moveOn(page, before)
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await settled(page)
  await countedOnce(campaignId, 1)
  await context.close()
})

test('the line breaks after the answer arrived: it is sent again and counts once', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  let broken = 0
  await page.route('**/answers', async (route) => {
    const isSubmit = route.request().postData()?.includes('"intent":"submit"') ?? false
    if (!isSubmit || broken > 0) return route.continue()
    broken += 1
    await route.fetch()
    await route.abort('connectionreset')
  })
  await judge(page, '1')
  await arrived(campaignId, 1)
  await settled(page)
  expect(broken).toBe(1)
  await judge(page, '2')
  await arrived(campaignId, 2)
  await countedOnce(campaignId, 2)
  await context.close()
})

const turn = (campaignId: string, to: 'paused' | 'closed' | 'open') =>
  inTransaction(house.db, (trx) =>
    changeStatus(trx, { projectId: house.projectId, campaignId, to, now: Date.now() }),
  )

test('a campaign is paused while tasks are in hand: they can be finished', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  const inHand = (await heldIn(house, campaignId)).length
  await turn(campaignId, 'paused')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await arrived(campaignId, 1)
  await expect(page.getByText('The campaign is paused. What you have in hand')).toBeVisible()
  for (let left = inHand - 1; left > 0; left--) {
    await page.keyboard.press('2')
    await page.keyboard.press('Enter')
    await arrived(campaignId, inHand - left + 1)
  }
  await expect(page.getByRole('heading', { name: 'The campaign is paused' })).toBeVisible()
  await settled(page)
  await countedOnce(campaignId, inHand)
  await context.close()
})

test('a campaign is closed while a task is in hand: the answer is kept, a change is explained', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  await judge(page, '1')
  await arrived(campaignId, 1)
  await writeComment(page, 'the last one')
  await turn(campaignId, 'closed')
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  await arrived(campaignId, 2)
  expect((await judgmentsOf(house, campaignId)).map((row) => row.comment)).toContain('the last one')
  await page.keyboard.press('u')
  await writeComment(page, 'on second thought')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 answer was not taken')).toBeVisible()
  await page.getByRole('button', { name: 'Read' }).click()
  await expect(page.getByText(/campaign is closed; judgments can no longer/)).toBeVisible()
  await expect(page.getByText('Comment: on second thought')).toBeVisible()
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('1 answer was not taken')).toHaveCount(0)
  expect((await judgmentsOf(house, campaignId)).map((row) => row.revision)).toEqual([1, 1])
  await context.close()
})

test('a task is withdrawn while it is in hand: what was made of it is kept, and not counted', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  const taskId = await taskOnTable(house, page, campaignId)
  await writeComment(page, 'almost done with it')
  await inTransaction(house.db, (trx) =>
    withdrawTask(trx, {
      projectId: house.projectId,
      taskId,
      reason: 'the prompt names a person',
      now: Date.now(),
    }),
  )
  await page.getByRole('textbox', { name: 'Comment' }).press('End')
  await page.keyboard.type('!')
  await expect(page.getByText('A lead withdrew this task.')).toBeVisible()
  await page.keyboard.press('Escape')
  await judge(page, '1')
  await arrived(campaignId, 1)
  expect(await judgmentsOf(house, campaignId)).toMatchObject([
    { task_id: taskId, comment: 'almost done with it!', is_extra: 1 },
  ])
  await settled(page)
  await context.close()
})

test('what was not begun goes back when the page is left, and what was begun stays', async ({
  browser,
}) => {
  const { campaignId, context } = await alone(browser)
  const page = await enter(await context.newPage(), house, campaignId)
  expect((await heldIn(house, campaignId)).length).toBeGreaterThan(0)
  await page.goto('about:blank')
  await expect.poll(async () => (await heldIn(house, campaignId)).length).toBe(0)
  await enter(page, house, campaignId)
  const taskId = await taskOnTable(house, page, campaignId)
  await page.keyboard.press('1')
  await page.goto('about:blank')
  await expect
    .poll(async () => (await heldIn(house, campaignId)).map((held) => held.task_id))
    .toEqual([taskId])
  await page.goBack()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1)
  await context.close()
})

test('a page in use keeps its tasks, and a page nobody looks at does not', async ({ browser }) => {
  const { campaignId, context } = await alone(browser)
  const page = await context.newPage()
  await page.clock.install()
  await enter(page, house, campaignId)
  const soon = Date.now() + 20_000
  const shorten = () =>
    house.db.write
      .updateTable('assignment')
      .set({ held_until: soon })
      .where('campaign_id', '=', campaignId)
      .where('status', '=', 'held')
      .execute()
  const untils = async () => (await heldIn(house, campaignId)).map((held) => held.held_until ?? 0)
  await shorten()
  await page.mouse.move(100, 100)
  await page.clock.runFor(61_000)
  await expect.poll(async () => Math.min(...(await untils()))).toBeGreaterThan(soon + 60_000)
  await page.clock.runFor(11 * 60_000)
  await page.waitForTimeout(1_500)
  await shorten()
  await page.clock.runFor(2 * 60_000)
  await page.waitForTimeout(500)
  expect(Math.max(...(await untils()))).toBe(soon)
  await context.close()
})
