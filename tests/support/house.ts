/** A project in a server of its own, its raters at real browsers, and what the database has of their work. */
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { must } from '#app/base/must.ts'
import type { Db } from '#db/open.ts'
import { importFiles, makeProject, openCampaign, promptLines } from './project.ts'
import {
  databaseOf,
  makeMember,
  memberPassword,
  signIn,
  startServer,
  type TestServer,
} from './server.ts'

/** The server can be stopped and another started in its place. */
export interface House {
  server: TestServer
  db: Db
  projectId: string
  slug: string
}

/** Serves a project of `prompts` prompts with two responses each, and those in `lines`. */
export async function openHouse(prompts: number, lines = ''): Promise<House> {
  const server = await startServer({ runsWorker: false })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Room')
  const target = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  const more = prompts > 0 ? promptLines(prompts, ['a', 'b']) : ''
  await importFiles(target, project.id, { 'a.jsonl': lines + more })
  return { server, db, projectId: project.id, slug: project.slug }
}

let people = 0

/** Somebody who rates in the project. */
export async function newRater({ db, projectId }: House): Promise<string> {
  people += 1
  const email = `rater-${people}@example.org`
  await makeMember(db, { projectId, email, roles: ['annotator'] })
  return email
}

let campaigns = 0

/** An open campaign of one rater a task, over the whole project unless its settings say otherwise. */
export const newCampaign = (
  { db, projectId }: House,
  campaign: Parameters<typeof openCampaign>[2] = {},
): Promise<string> => {
  campaigns += 1
  return openCampaign(db, projectId, { name: `Pairs ${campaigns}`, overlap: 1, ...campaign })
}

export const roomAddress = ({ slug }: House, campaignId: string): string =>
  `/p/${slug}/rate/${campaignId}`

/** A browser of a person who is signed in. */
export async function browserOf(
  browser: Browser,
  house: House,
  email: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: house.server.url, locale: 'en-GB' })
  const cookie = await signIn(house.server.url, email)
  const [name = '', ...value] = cookie.split('=')
  await context.addCookies([{ name, value: value.join('='), url: house.server.url }])
  return context
}

const promptOnTable = (page: Page) => page.getByRole('region', { name: 'Prompt' })

/** Opens the room and waits for a task on the table. */
export async function enter(page: Page, house: House, campaignId: string): Promise<Page> {
  await page.goto(roomAddress(house, campaignId))
  await expect(promptOnTable(page)).toBeVisible()
  await listening(page)
  return page
}

/** Waits until what was just painted hears keys, as it does long before a person presses one. */
const listening = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise<void>((resolve) => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => resolve()
        channel.port2.postMessage(null)
      })
    }
  })

/** Signs in through the form, as somebody does whose session ended. */
export async function signInAt(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).not.toHaveURL(/sign-in/)
}

export const promptOf = async (page: Page): Promise<string> =>
  (await promptOnTable(page).textContent()) ?? ''

/** Waits until another prompt is on the table, or none. */
export const moveOn = (page: Page, before: string): Promise<void> =>
  expect.poll(() => promptOnTable(page).allTextContents()).not.toEqual([before])

/** Gives a verdict by key and waits until the next task is on the table. */
export async function judge(page: Page, key: string): Promise<void> {
  const before = await promptOf(page)
  await page.keyboard.press(key)
  await page.keyboard.press('Enter')
  await moveOn(page, before)
}

export const judgmentsOf = ({ db }: House, campaignId: string) =>
  db.read
    .selectFrom('judgment')
    .select(['id', 'task_id', 'rater_id', 'revision', 'comment', 'is_extra', 'judged_at'])
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .execute()

/** Tasks in somebody's hands, the oldest first. */
export const heldIn = ({ db }: House, campaignId: string) =>
  db.read
    .selectFrom('assignment')
    .select(['id', 'task_id', 'held_until'])
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'held')
    .orderBy('held_at')
    .orderBy('id')
    .execute()

/** The campaign's task whose prompt is on the table. */
export async function taskOnTable(house: House, page: Page, campaignId: string): Promise<string> {
  const place = /Question number (\d+)\?/.exec(await promptOf(page))?.[1]
  const rows = await house.db.read
    .selectFrom('task')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .select(['task.id', 'prompt.messages'])
    .where('task.campaign_id', '=', campaignId)
    .execute()
  const found = rows.find(({ messages }) => messages.includes(`Question number ${place}?`))
  return must(found, `the task of prompt ${place}`).id
}
