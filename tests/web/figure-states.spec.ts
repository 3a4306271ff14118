/**
 * The pages of figures with nothing to show, with one judgment, with two models, with two hundred, and with
 * models that never met. `RUBRICA_PICTURES=folder` keeps a picture of each.
 */
import path from 'node:path'
import process from 'node:process'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { seededRandom } from '#app/stats/seeded-random.ts'
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
let slug = ''
const campaigns = new Map<string, string>()

test.setTimeout(300_000)

const jsonl = (lines: readonly unknown[]) =>
  `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

/** Judgments of a campaign in which the given pairs of models meet on so many prompts. */
function judged(campaign: string, pairs: readonly (readonly [string, string])[], prompts: number) {
  const random = seededRandom(campaign.length)
  return Array.from({ length: prompts }, (_, place) => {
    const own = pairs.filter((_, at) => at % prompts === place % pairs.length || prompts >= 30)
    const models = [...new Set(own.flat())]
    const id = `${campaign}-${place}`
    return [
      {
        id,
        prompt: `Question ${place} of ${campaign}?`,
        tags: [place % 2 ? 'maths' : 'prose'],
        responses: models.map((model) => ({ model, content: `${model} says ${place}` })),
      },
      ...own.map(([a, b]) => ({
        prompt_id: id,
        model_a: a,
        model_b: b,
        winner: random() < 0.15 ? 'tie' : random() < 0.6 ? 'a' : 'b',
        rater: `w${Math.floor(random() * 3)}`,
        shown_first: random() < 0.5 ? 'a' : 'b',
        campaign,
      })),
    ]
  }).flat()
}

const many = Array.from({ length: 200 }, (_, place) => `model-with-a-rather-long-name-${place}`)
const ring = many.map((model, at) => [model, many[(at + 1) % many.length] ?? model] as const)
const chords = many.map((model, at) => [model, many[(at + 37) % many.length] ?? model] as const)

test.beforeAll(async () => {
  test.setTimeout(300_000)
  server = await startServer()
  const db = databaseOf(server)
  const project = await makeProject(db, 'States')
  slug = project.slug
  await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  const [first] = judged('one judgment', [['x', 'y']], 1)
  await importFiles(folder, project.id, {
    'nothing.jsonl': jsonl([
      { id: 'n', prompt: 'N?', responses: ['x', 'y'].map((model) => ({ model, content: model })) },
      {
        prompt_id: 'n',
        model_a: 'x',
        model_b: 'y',
        winner: 'cant_judge',
        rater: 'w',
        campaign: 'nothing',
      },
    ]),
    'one.jsonl': jsonl([
      first,
      {
        prompt_id: 'one judgment-0',
        model_a: 'x',
        model_b: 'y',
        winner: 'a',
        rater: 'w',
        campaign: 'one judgment',
      },
    ]),
    'two.jsonl': jsonl(judged('two models', [['x', 'y']], 40)),
    'many.jsonl': jsonl(judged('two hundred models', [...ring, ...chords], 30)),
    'apart.jsonl': jsonl(
      judged(
        'models apart',
        [
          ['x', 'y'],
          ['v', 'w'],
        ],
        30,
      ),
    ),
  })
  for (const { id, name } of await db.read
    .selectFrom('campaign')
    .select(['id', 'name'])
    .execute()) {
    campaigns.set(name, id)
  }
  await db.close()
})

test.afterAll(() => removeServer(server))

async function signedIn(page: Page): Promise<void> {
  await page.goto(`${server.url}/sign-in`)
  await page.getByLabel('E-mail').fill('lead@example.org')
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(/\/p(\/|rojects|$)|\/$/)
}

const tabs = ['', '/head-to-head', '/agreement', '/drift', '/judges', '/plan', '/consensus']
const looks = [
  { width: 1440, height: 900, colorScheme: 'light' },
  { width: 390, height: 844, colorScheme: 'dark' },
] as const

for (const state of [
  'nothing',
  'one judgment',
  'two models',
  'two hundred models',
  'models apart',
]) {
  test(`the pages of figures hold up with ${state}`, async ({ page }) => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    await signedIn(page)
    const address = `${server.url}/p/${slug}/measure/${campaigns.get(state)}`
    await page.goto(address)
    await expect(page.getByRole('status').first()).toContainText('up to date', { timeout: 60_000 })
    for (const { width, height, colorScheme } of looks) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      for (const tab of tabs) {
        const where = `${state}${tab} ${width} ${colorScheme}`
        await page.goto(`${address}${tab}`)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        expect(await page.getByRole('main').textContent(), where).not.toMatch(
          /NaN|undefined|Infinity|\[object/,
        )
        const wide = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(wide, where).toBeLessThanOrEqual(width)
        // Each page once; the same elements in other colours are looked at by other journeys.
        if ((width === 390) === (tab === '' || tab === '/agreement')) {
          const { violations } = await new AxeBuilder({ page }).analyze()
          expect(violations, where).toEqual([])
        }
        if (process.env.RUBRICA_PICTURES) {
          const name = `${state}${tab}-${width}-${colorScheme}.png`.replaceAll(/[ /]/g, '-')
          const file = path.join(process.env.RUBRICA_PICTURES, name)
          await page.screenshot({ path: file, fullPage: width === 390 })
        }
      }
    }
    expect(problems).toEqual([])
  })
}

test('the head of a long table stays in view while its rows pass under it', async ({ page }) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/${slug}/measure/${campaigns.get('two hundred models')}`)
  const table = page.getByRole('table', { name: 'Standings of the models' })
  await table.getByRole('row').nth(150).scrollIntoViewIfNeeded()
  const head = await table.getByRole('columnheader', { name: 'Model' }).boundingBox()
  const row = await table.getByRole('row').nth(150).boundingBox()
  expect(head?.y).toBeGreaterThanOrEqual(0)
  expect((head?.y ?? 0) + (head?.height ?? 0)).toBeLessThanOrEqual((row?.y ?? 0) + 1)
})

test('two models that never met are not put into one order', async ({ page }) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/${slug}/measure/${campaigns.get('models apart')}`)
  await expect(
    page.getByText('The models fall into 2 groups that never met each other').first(),
  ).toBeVisible()
})

test('one judgment is shown without an interval, and claims nothing', async ({ page }) => {
  await signedIn(page)
  await page.goto(`${server.url}/p/${slug}/measure/${campaigns.get('one judgment')}`)
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('better')
})
