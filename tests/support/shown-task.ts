/** One prompt with its responses in a campaign of its own, as a rater sees it in a browser. */
import type { Browser, BrowserContext, Page } from '@playwright/test'
import { addRoles } from '#app/access/members.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { importFiles, makeProject, openCampaign } from './project.ts'
import { makeMember, memberPassword, type TestServer } from './server.ts'

export interface ShownTaskOptions {
  prompt: unknown
  responses: Record<string, unknown>[]
  kind?: 'pairwise' | 'rubric' | 'ranking'
  settings?: Record<string, unknown>
  guidelines?: string
  /** Judgments that the task needs. */
  overlap?: number
}

export interface ShownTask {
  projectId: string
  slug: string
  campaignId: string
}

const rater = 'rater@example.org'
const raterOf = new WeakMap<TestServer, Promise<string>>()
let tasks = 0

/** Imports the prompt with its responses and opens a campaign that one rater may work on. */
export async function makeShownTask(
  { db, server }: { db: Db; server: TestServer },
  { prompt, responses, kind = 'pairwise', settings, guidelines, overlap = 1 }: ShownTaskOptions,
): Promise<ShownTask> {
  tasks += 1
  const project = await makeProject(db, `Shown ${tasks}`)
  const target = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  const models = responses.map((response, place) => ({ model: `model ${place}`, ...response }))
  const line = { ...(Array.isArray(prompt) ? { messages: prompt } : { prompt }), responses: models }
  const { refusals } = await importFiles(target, project.id, { 'a.jsonl': JSON.stringify(line) })
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals).slice(0, 500))
  const campaignId = await openCampaign(db, project.id, {
    kind,
    overlap,
    ...(guidelines === undefined ? {} : { guidelines }),
    ...(settings === undefined ? {} : { settings }),
  })
  const now = Date.now()
  const made = raterOf.get(server) ?? makeMember(db, { projectId: null, email: rater, roles: [] })
  raterOf.set(server, made)
  const personId = await made
  await inTransaction(db, (trx) =>
    addRoles(trx, { projectId: project.id, personId, roles: ['annotator', 'lead'], now }),
  )
  return { projectId: project.id, slug: project.slug, campaignId }
}

/** A browser in which the rater is signed in. */
export async function raterContext(
  browser: Browser,
  server: TestServer,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(rater)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.close()
  return context
}

/** Opens the task in the rating room. */
export async function openShownTask(context: BrowserContext, task: ShownTask): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`/p/${task.slug}/rate/${task.campaignId}`)
  await page.getByRole('article').first().waitFor()
  return page
}
