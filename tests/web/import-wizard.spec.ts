/** Somebody who imports by keyboard on a telephone, in either language. */
import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { type Say, sayIn } from '#app/import/words.ts'
import { languages, locales } from '#app/ui/languages.ts'
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
})
test.afterAll(async () => {
  await db.close()
  await removeServer(server)
})

/** A project of its own, and a page of an engineer in it, 390 px wide. */
async function openProject(
  browser: Browser,
  { name, language, on = server }: { name: string; language: 'en' | 'pt'; on?: TestServer },
) {
  const database = on === server ? db : databaseOf(on)
  const project = await makeProject(database, name)
  const email = `${project.slug}@example.org`
  await makeMember(database, { projectId: project.id, email, roles: ['engineer'] })
  if (database !== db) await database.close()
  const context = await browser.newContext({
    baseURL: on.url,
    locale: locales[language],
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel(/^(Password|Senha)$/).fill(memberPassword)
  await page.getByRole('button', { name: /^(Sign in|Entrar)$/ }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return { page, problems, importing: `/p/${project.slug}/import`, projectId: project.id }
}

/** Goes on with the Tab key until something is focused, as somebody without a mouse must. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let step = 0; step < 160; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key never reaches ${target}.`)
}

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

/** Chooses in a list by typing what it says. */
async function choose(page: Page, label: string | RegExp, words: string): Promise<void> {
  const list = page.getByRole('combobox', { name: label, exact: true })
  await tabTo(page, list)
  await page.keyboard.type(words)
  await expect(list.locator('option:checked')).toHaveText(words)
}

async function chooseFile(page: Page, say: Say, name: string, content: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    press(page, page.getByLabel(say('dropHere')), 'Space'),
  ])
  await chooser.setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
  await expect(page.getByRole('status').filter({ hasText: '1' })).toHaveText(
    say('filesChosen', { count: 1 }),
  )
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    )
    expect(found, `${page.url()} in ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
  expect(isWide, `${page.url()} is wider than the screen`).toBe(false)
  expect(await page.locator('main').innerText()).not.toMatch(/\{\w+\}/)
}

/** A table as a spreadsheet of another country writes it, with two rows that cannot be used. */
const header = 'Frage;Modell links;Antwort links;Modell rechts;Antwort rechts;Urteil;Wer'
const table = [
  header,
  'Was ist ein Unentschieden?;alpha;Ein Remis.;beta;Eine Krawatte.;links;anna',
  'Wie viel ist 2 + 2?;alpha;Fünf.;beta;"Vier; ganz sicher.";rechts;anna',
  'Nenne eine Farbe.;beta;Rot.;alpha;Blau.;gleich;bert',
  'Nenne ein Tier.;beta;Stein.;alpha;Wasser.;beide schlecht;bert',
  'Nenne eine Stadt.;beta;Rom.;alpha;Bern.;vielleicht;bert',
  'Eine Zelle zu wenig;alpha;Ja.;beta;Nein.;links',
  '',
].join('\r\n')

for (const language of languages) {
  const say = sayIn(language)

  test(`maps, tries and imports an odd table by keyboard alone (${language})`, async ({
    browser,
  }) => {
    const { page, problems, importing } = await openProject(browser, {
      name: `Wizard ${language}`,
      language,
    })
    await page.goto(importing)
    await expect(page.locator('html')).toHaveAttribute('lang', locales[language])
    await expectAccessible(page)
    await chooseFile(page, say, 'crowd.csv', `\uFEFF${table}`)
    await press(page, page.getByRole('button', { name: say('lookFirst') }))
    await expect(page.getByRole('heading', { level: 1, name: 'crowd.csv' })).toBeVisible()
    await expect(page.getByText(say('notRecognised'))).toBeVisible()

    await choose(page, say('rowIs'), say('record.pairwise'))
    await expect(page.getByRole('status').filter({ hasText: say('field.model_a') })).toContainText(
      say('field.winner'),
    )
    const columns = [
      ['prompt', 'Frage'],
      ['model_a', 'Modell links'],
      ['model_b', 'Modell rechts'],
      ['content_a', 'Antwort links'],
      ['content_b', 'Antwort rechts'],
      ['winner', 'Urteil'],
      ['rater', 'Wer'],
    ] as const
    for (const [field, column] of columns) {
      const isNeeded = !field.startsWith('content')
      await choose(page, `${say(`field.${field}`)}${isNeeded ? ' *' : ''}`, column)
    }
    const meanings = [
      ['beide schlecht', 'both_bad'],
      ['gleich', 'tie'],
      ['links', 'a'],
      ['rechts', 'b'],
    ] as const
    for (const [theirs, ours] of meanings) {
      await choose(page, `“${theirs}”`, say(`winner.${ours}`))
    }

    const sample = page.getByRole('region', { name: say('preview') })
    await expect(sample).toContainText('Eine Krawatte.')
    await expect(sample).toContainText(say('judged.a', { rater: 'anna', a: 'alpha', b: 'beta' }))
    await expect(sample).toContainText('Vier; ganz sicher.')
    await expect(
      page.getByRole('status').filter({ hasText: say('previewReady', { count: 4 }) }),
    ).toBeVisible()

    await tabTo(page, page.getByLabel(say('saveAs')))
    await page.keyboard.type('crowd CSV')
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('saved', { name: 'crowd CSV' }))).toBeVisible()
    await expectAccessible(page)

    await press(page, page.getByRole('button', { name: say('dryRun') }))
    const rehearsed = page.getByRole('region', { name: say('dryRunResult') })
    await expect(rehearsed).toBeVisible({ timeout: 30_000 })
    const figure = (inside: Locator, key: 'newPrompts' | 'newJudgments' | 'refusedCount') =>
      inside
        .locator('dl > div')
        .filter({ hasText: say(key) })
        .locator('dd')
    await expect(figure(rehearsed, 'newPrompts')).toHaveText('4')
    await expect(figure(rehearsed, 'newJudgments')).toHaveText('4')
    await expect(figure(rehearsed, 'refusedCount')).toHaveText('2')
    await expect(rehearsed).toContainText('Was ist ein Unentschieden?')
    await expect(rehearsed.getByRole('table')).toContainText('winner')
    await expectAccessible(page)

    await page.reload()
    await expect(rehearsed).toBeVisible()
    await press(page, page.getByRole('button', { name: say('import'), exact: true }))
    await expect(page.getByRole('heading', { name: say('report') })).toBeVisible({
      timeout: 30_000,
    })
    await expect(page.getByRole('status').filter({ hasText: say('reportDone') })).toBeVisible()
    const report = page.getByRole('region', { name: say('report') })
    await expect(figure(report, 'newPrompts')).toHaveText('4')
    await expect(figure(report, 'refusedCount')).toHaveText('2')
    const refused = page.getByRole('table', { name: say('refusedRecords') })
    await expect(refused.getByRole('row')).toHaveCount(3)
    await expect(refused).toContainText('vielleicht')
    await expect(refused).toContainText('6')
    await expectAccessible(page)

    const link = page.getByRole('link', { name: say('download', { name: '' }).trim() })
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, link)])
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).toContain(header)
    expect(text).toContain('vielleicht')
    expect(text).toContain('Eine Zelle zu wenig')
    expect(text).not.toContain('Krawatte')

    await press(page, page.getByRole('link', { name: say('importMore') }))
    await expect(page.getByRole('table', { name: say('importsSoFar') })).toContainText(
      say('state.done'),
    )
    await expectAccessible(page)
    const shuffled = `Wer;Urteil; frage;MODELL LINKS;Modell rechts;Antwort links;Antwort rechts\r\ncarl;rechts;Noch eine Frage?;alpha;beta;Ja.;Nein.\r\n`
    await chooseFile(page, say, 'again.csv', shuffled)
    await press(page, page.getByRole('button', { name: say('lookFirst') }))
    const list = page.getByRole('list', { name: say('savedFits') })
    await press(page, list.getByRole('link', { name: say('useSaved', { name: 'crowd CSV' }) }))
    await expect(page.getByText(say('appliedSaved', { name: 'crowd CSV' }))).toBeVisible()
    await expect(page.getByRole('region', { name: say('preview') })).toContainText(
      say('judged.b', { rater: 'carl', a: 'alpha', b: 'beta' }),
    )
    expect(problems).toEqual([])
  })
}

test('works without scripts: every choice is a form or a link', async ({ browser }) => {
  const say = sayIn('en')
  const { page: signedIn, importing } = await openProject(browser, {
    name: 'Scriptless',
    language: 'en',
  })
  const context = await browser.newContext({
    baseURL: server.url,
    javaScriptEnabled: false,
    storageState: await signedIn.context().storageState(),
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  await page.goto(importing)
  await page.setInputFiles('input[type=file]', {
    name: 'answers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Frage,Modell,Antwort\nWas?,alpha,Das.\n'),
  })
  await page.getByRole('button', { name: say('lookFirst') }).click()
  await page.getByLabel(say('rowIs')).selectOption('response')
  await page.getByRole('button', { name: say('refresh') }).click()
  for (const [field, column] of [
    ['prompt', 'Frage'],
    ['model', 'Modell'],
    ['content', 'Antwort'],
  ]) {
    await page.locator(`select[name="column.${field}"]`).selectOption(column ?? '')
  }
  await page.getByRole('button', { name: say('refresh') }).click()
  await expect(page.getByRole('region', { name: say('preview') })).toContainText('Das.')
  await page.getByRole('button', { name: say('import'), exact: true }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(say('reportDone'))).toBeVisible({ timeout: 100 })
  }).toPass({ timeout: 20_000 })
})

test('shows many refused records a hundred at a time', async ({ browser }) => {
  const { page, importing } = await openProject(browser, { name: 'Refused', language: 'en' })
  await page.goto(importing)
  await page.locator('summary', { hasText: 'Paste lines' }).click()
  await page.getByLabel('Lines').fill(`{"prompt":"Yes?"}\n${'{"prompt":5}\n'.repeat(230)}`)
  await page.getByRole('button', { name: 'Look at it first' }).click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const rows = page.getByRole('table', { name: 'Refused records' }).locator('tbody tr')
  await expect(rows).toHaveCount(100, { timeout: 20_000 })
  for (const count of [200, 230]) {
    await press(page, page.getByRole('link', { name: 'Show more' }))
    await expect(page.getByRole('status').filter({ hasText: `${count} of 230` })).toBeVisible()
    await expect(rows).toHaveCount(count)
  }
  await expect(page.getByRole('link', { name: 'Show more' })).toHaveCount(0)
})

/** A battle as Chatbot Arena writes it. */
const battle = (place: number) => {
  const conversation = (answer: string) => [
    { role: 'user', content: `Question ${place}: why is the sky blue?` },
    { role: 'assistant', content: answer },
  ]
  return JSON.stringify({
    question_id: `q${place}`,
    model_a: 'alpha',
    model_b: 'beta',
    winner: place % 2 === 0 ? 'model_a' : 'tie (bothbad)',
    judge: `judge_${place}`,
    conversation_a: conversation('Light is scattered.'),
    conversation_b: conversation('Paint, mostly.'),
    turn: 1,
    language: 'English',
    tstamp: 1_700_000_000 + place,
  })
}

test('says how sure it is of a known format, and lets it be read as another', async ({
  browser,
}) => {
  const say = sayIn('en')
  const { page, problems, importing } = await openProject(browser, {
    name: 'Recognised',
    language: 'en',
  })
  await page.goto(importing)
  const lines = Array.from({ length: 8 }, (_, place) => battle(place)).join('\n')
  await chooseFile(page, say, 'battles.jsonl', lines)
  await press(page, page.getByRole('button', { name: say('lookFirst') }))
  const file = page.getByRole('region', { name: 'battles.jsonl' })
  await expect(file).toContainText('Recognised as Chatbot Arena (certain, 99%)')
  await press(page, file.locator('summary', { hasText: 'Why' }))
  await expect(file.getByText('8 of the first 8 records look like it')).toBeVisible()
  const sample = page.getByRole('region', { name: 'The first records', exact: true })
  await expect(sample).toContainText('Light is scattered.')
  await expect(sample).toContainText('judge_0: alpha is better than beta')
  await expect(page.getByLabel('What is rated')).toHaveCount(0)
  await expectAccessible(page)

  const readAs = page.getByRole('combobox', { name: 'Read it as' })
  await readAs.selectOption({ label: 'Columns that I name' })
  await expect(page.getByText('Which column is what?')).toBeVisible()
  await expect(sample).not.toContainText('Light is scattered.')
  await readAs.selectOption({ label: 'OpenTelemetry traces' })
  await expect(page.getByText('Chosen by you')).toBeVisible()
  await expect(page.getByLabel('What is rated')).toBeVisible()
  await expect(sample).toContainText('Refused')
  await expectAccessible(page)
  await page.reload()
  await expect(readAs).toHaveValue('otlp-traces')
  await readAs.selectOption('auto')
  await expect(sample).toContainText('Light is scattered.')

  await page.getByRole('navigation', { name: 'Language' }).getByText('Português').click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
  await expect(file).toContainText('Reconhecido como Chatbot Arena (certeza, 99%)')
  await page.goto(importing)
  await expect(page.getByRole('button', { name: 'Ver antes de importar' })).toBeVisible()
  expect(problems).toEqual([])
})

test('shows how far an upload is and stops it, and says what is wrong in its words', async ({
  browser,
}) => {
  const { page, importing } = await openProject(browser, { name: 'Uploads', language: 'pt' })
  const say = sayIn('pt')
  await page.goto(importing)
  await page.getByRole('button', { name: say('lookFirst') }).click()
  await expect(page.getByRole('alert')).toHaveText(say('nothingChosen'))
  const network = await page.context().newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 20,
    downloadThroughput: 4_000_000,
    uploadThroughput: 300_000,
  })
  const large = `${battle(1)}\n`.repeat(6_000)
  await chooseFile(page, say, 'large.jsonl', large)
  await page.getByRole('button', { name: say('lookFirst') }).click()
  const bar = page.getByRole('progressbar', { name: say('sending') })
  await expect(bar).toHaveAttribute('aria-valuenow', /\d/)
  await page.getByRole('button', { name: say('stopSending') }).click()
  await expect(page.getByRole('alert')).toHaveText(say('stopped'))
  await expect(page.getByRole('button', { name: say('lookFirst') })).toBeVisible()
})

test('an import is paused, resumed, cancelled and retried by its buttons', async ({ browser }) => {
  const idle = await startServer({ runsWorker: false })
  const { page, problems, importing } = await openProject(browser, {
    name: 'Controlled',
    language: 'en',
    on: idle,
  })
  await page.goto(importing)
  await page.locator('summary', { hasText: 'Paste lines' }).click()
  await page.getByLabel('Lines').fill(battle(1))
  await page.getByRole('button', { name: 'Look at it first' }).click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const said = (words: string) => page.getByRole('status').filter({ hasText: words })
  await expect(said('Waiting for its turn…')).toHaveCount(1)
  await press(page, button('Pause'))
  await expect(said('Paused.')).toHaveCount(1)
  await expectAccessible(page)
  await press(page, button('Resume'))
  await expect(said('Waiting for its turn…')).toHaveCount(1)
  await press(page, button('Cancel'))
  await expect(said('The import was cancelled.')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Kept so far' })).toBeVisible()
  await expectAccessible(page)
  const here = page.url()
  const scriptless = await browser.newContext({
    baseURL: idle.url,
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const plain = await scriptless.newPage()
  await plain.goto(here)
  await plain.getByRole('button', { name: 'Retry' }).click()
  await plain.getByRole('button', { name: 'Cancel' }).click()
  await expect(plain.getByRole('button', { name: 'Retry' })).toBeVisible()
  expect(plain.url()).toBe(here)
  await page.goto(importing)
  await expect(page.getByRole('cell', { name: 'cancelled' })).toBeVisible()
  await page.goto(here)
  await press(page, button('Retry'))
  await expect(said('Waiting for its turn…')).toHaveCount(1)
  expect(problems).toEqual([])
  await removeServer(idle)
})
