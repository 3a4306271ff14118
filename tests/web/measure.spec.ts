/** A lead counts judgments in another way, looks at drift and judges, and takes the figures along. */
import { readFile } from 'node:fs/promises'
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
/** Addresses of the campaigns' figures, by their names. */
const figures = new Map<string, string>()

test.setTimeout(120_000)

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
const prompts = 40

test.beforeAll(async () => {
  test.setTimeout(200_000)
  server = await startServer()
  const db = databaseOf(server)
  const project = await makeProject(db, 'Figures')
  await makeMember(db, { projectId: project.id, email: 'lead@example.org', roles: ['lead'] })
  const asked = Array.from({ length: prompts }, (_, place) => ({
    id: `p${place}`,
    prompt: `Question ${place}?`,
    tags: [place % 2 ? 'maths' : 'prose'],
    responses: ['bot-v1', 'bot-v2'].map((model, turn) => ({
      model,
      content: `${model} says ${place}. `.repeat(3 + turn + (place % 4)),
    })),
  }))
  const judged = asked.flatMap(({ id }, place) => {
    const pair = { prompt_id: id, model_a: 'bot-v1', model_b: 'bot-v2', campaign: 'pairs' }
    const score = { prompt_id: id, criterion: 'accuracy', rater: 'ada', campaign: 'scores' }
    const winner = place % 5 === 0 ? 'tie' : place % 4 ? 'b' : 'a'
    return [
      { ...pair, winner, rater: 'ada' },
      {
        prompt_id: id,
        ranking: place % 3 ? [['bot-v2'], ['bot-v1']] : [['bot-v1'], ['bot-v2']],
        rater: 'ada',
        campaign: 'order',
      },
      { ...pair, winner: place % 3 ? winner : 'b', rater: 'judge-9', source: 'judge' },
      ...['ada', 'bea'].map((rater) => ({
        ...pair,
        campaign: 'crowd',
        rater,
        winner: rater === 'bea' && place % 7 === 0 ? 'both_bad' : winner,
      })),
      { ...score, model: 'bot-v1', score: place % 10 ? 1 : 0 },
      { ...score, model: 'bot-v2', score: place % 2 ? 1 : 0 },
    ]
  })
  const folder = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(folder, project.id, { 'a.jsonl': jsonl(...asked, ...judged) })
  for (const { id, name } of await db.read
    .selectFrom('campaign')
    .select(['id', 'name'])
    .execute()) {
    figures.set(name, `/p/${project.slug}/measure/${id}`)
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

const addressOf = (campaign: string, tab = '') => `${server.url}${figures.get(campaign)}${tab}`

/** Waits until a page no longer says that it is measuring. */
async function measured(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('status').first()).toContainText('up to date', { timeout: 30_000 })
}

test('a lead leaves ties out by keyboard, and the address says so', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('pairs'))
  await page.getByText('How judgments are counted: as usual').press('Enter')
  const ties = page.getByRole('combobox', { name: 'Ties' })
  await ties.focus()
  await ties.selectOption('Left out')
  await expect(page).toHaveURL(/ties=drop/)
  // The address changes before the page does; until then it speaks of the view before.
  await expect(page.getByText('How judgments are counted: ties left out')).toBeVisible()
  await expect(page.getByRole('status').first()).toContainText('up to date', { timeout: 30_000 })
  const plain = await page.request.get(`${addressOf('pairs')}/files/standings.json`)
  const wins = (await plain.json()).models.map((row: { win_rate: number }) => row.win_rate)
  const dropped = await page.request.get(`${addressOf('pairs')}/files/standings.json?ties=drop`)
  const result = await dropped.json()
  expect(result.method.ties).toBe('drop')
  expect(result.models[0].wins / (result.models[0].wins + result.models[0].losses)).toBeCloseTo(
    result.models[0].win_rate,
    10,
  )
  expect(wins).not.toEqual(result.models.map((row: { win_rate: number }) => row.win_rate))
})

test('a lead sees ratings at equal style, with what each style is worth', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('pairs'))
  await page.getByText('How judgments are counted: as usual').click()
  await page.getByLabel('Ratings').selectOption('At equal style')
  await expect(page).toHaveURL(/control=style/)
  const styles = page.getByRole('region', { name: 'What style is worth to judges' }).first()
  await expect(styles.getByRole('listitem')).toHaveCount(4, { timeout: 30_000 })
  await expect(styles).toContainText('The responses do not differ in headers.')
  await expect(styles.getByRole('row', { name: /^Length/ })).toBeVisible()
  const file = await page.request.get(`${addressOf('pairs')}/files/styles.json?control=style`)
  expect((await file.json()).styles).toHaveLength(4)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await new AxeBuilder({ page }).analyze()
  expect(dark.violations).toEqual([])
})

test('where raters rank, a lead takes strengths from whole rankings, or reads why not', async ({
  page,
}) => {
  await signedIn(page)
  await measured(page, addressOf('order'))
  await page.getByText('How judgments are counted: as usual').press('Enter')
  await page.getByLabel('Strengths from').selectOption('Whole rankings (Plackett–Luce)')
  await expect(page).toHaveURL(/strengths=rankings/)
  await expect(page.getByText('counted: strengths from whole rankings')).toBeVisible()
  await expect(page.getByRole('status').first()).toContainText('up to date', { timeout: 30_000 })
  await page.getByText('How these figures are made').press('Enter')
  await expect(page.getByText(/^Plackett–Luce over whole rankings/)).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])

  await measured(page, addressOf('pairs', '?strengths=rankings'))
  await expect(page.getByText('Nobody ranked responses here')).toBeVisible()
  await measured(page, addressOf('pairs'))
  await page.getByText('How judgments are counted: as usual').press('Enter')
  await expect(page.getByLabel('Strengths from')).toHaveCount(0)
})

test('only prompts with one tag are counted where one is chosen, head to head as well', async ({
  page,
}) => {
  await signedIn(page)
  await measured(page, `${addressOf('pairs')}?tag=maths`)
  await expect(page.getByText('prompts tagged “maths”')).toBeVisible()
  await expect(page.getByText('bot-v2 is better than every other model.')).toBeVisible()
  await page.getByRole('link', { name: 'Head-to-head', exact: true }).click()
  await expect(page).toHaveURL(/head-to-head\?tag=maths/)
  await expect(page.getByText('prompts tagged “maths”')).toBeVisible()
  await page.getByRole('link', { name: 'As usual' }).click()
  await expect(page.getByText('How judgments are counted: as usual')).toBeVisible()
})

const heads = (page: Page) => page.getByRole('table').first().getByRole('columnheader')

test('a lead chooses columns and an order, and the address keeps both', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('pairs'))
  await expect(heads(page).filter({ hasText: 'Strength' })).toHaveCount(0)
  await page.getByText('Columns', { exact: true }).press('Enter')
  await page.getByRole('checkbox', { name: 'Strength', exact: true }).press('Space')
  await page.getByRole('checkbox', { name: 'Wins' }).press('Space')
  await expect(heads(page).filter({ hasText: 'Strength' })).toHaveCount(1)
  await expect(heads(page).filter({ hasText: 'Wins' })).toHaveCount(0)
  await expect(page).toHaveURL(/columns=[^&]*strength/)
  const losses = page.getByRole('columnheader', { name: 'Losses' })
  await losses.getByRole('button').press('Enter')
  await expect(losses).toHaveAttribute('aria-sort', 'descending')
  await expect(page).toHaveURL(/sort=-losses/)
  await expect(page.getByRole('table').first().getByRole('row').nth(1)).toContainText('bot-v1')
  await page.reload()
  await expect(page.getByRole('columnheader', { name: 'Losses' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await expect(heads(page).filter({ hasText: 'Strength' })).toHaveCount(1)
  await page.getByText('How judgments are counted: as usual').press('Enter')
  await page.getByRole('combobox', { name: 'Ties' }).selectOption('Left out')
  await expect(page).toHaveURL(/ties=drop/)
  await expect(page).toHaveURL(/sort=-losses/)
  await page.getByRole('link', { name: 'As usual' }).click()
  await expect(page).not.toHaveURL(/ties=/)
  await expect(heads(page).filter({ hasText: 'Strength' })).toHaveCount(1)

  await measured(page, addressOf('scores'))
  await page.getByText('Columns', { exact: true }).press('Enter')
  await page.getByRole('checkbox', { name: 'Prompts' }).press('Space')
  await expect(heads(page).filter({ hasText: 'Prompts' })).toHaveCount(0)
  await expect(page).toHaveURL(/columns=mean/)
})

test('a cell opens the comparisons behind it, and each of them its prompt', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('pairs', '/head-to-head'))
  await page.getByRole('link', { name: /^bot-v2 against bot-v1/ }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('bot-v2 against bot-v1')
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(prompts + 1)
  const counts = await rows.evaluateAll((all) =>
    all
      .slice(1)
      .map((row) =>
        [...row.querySelectorAll('td')].slice(0, 3).map((one) => Number(one.textContent)),
      ),
  )
  const sum = (place: number) => counts.reduce((total, row) => total + (row[place] ?? 0), 0)
  // Every fifth prompt is a tie; of the others every fourth is the older version's.
  expect([sum(0), sum(1), sum(2)]).toEqual([24, 8, 8])
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])
  await rows.nth(1).getByRole('link').press('Enter')
  await expect(page).toHaveURL(/\/prompts\//)
})

test('drift says what fell, and the judges’ page how far they can be trusted', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('scores', '/drift'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'bot fell from 90.0 % to 50.0 %.',
  )
  await expect(page.getByText('Changed:').first()).toBeVisible()
  await expect(page.getByRole('cell', { name: 'maths' })).toBeVisible()
  await measured(page, addressOf('pairs', '/judges'))
  await expect(page.getByText(/judge-9 says what a person says of the same pair/)).toBeVisible()
})

test('the overview of a project names what changed, and leads there', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('scores'))
  await measured(page, addressOf('crowd'))
  await page.goto(`${server.url}/p/figures`)
  const scores = page.getByRole('region', { name: 'scores' })
  await expect(scores.getByText('Needs attention')).toBeVisible()
  await expect(
    page.getByRole('region', { name: 'crowd' }).getByText(/^0\.\d\d \(/),
  ).toHaveAttribute('href', /agreement$/)
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1_440, 390]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 850 })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      )
      expect(wide, `at ${width}`).toBeLessThanOrEqual(0)
    }
  }
  await scores.getByRole('link', { name: /^bot fell from 90\.0 % .* to 50\.0 %/ }).press('Enter')
  await expect(page).toHaveURL(/\/drift$/)
})

test('a lead plans further judgments, and the address keeps the wish', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('crowd', '/plan'))
  const words = page.getByText(/^About [\d,]+ judgments of a pair, on [\d,]+ prompts, would/)
  await expect(words).toContainText('± 5 points')
  await expect(page.getByText(/as alike as those so far \(\d\.\d\d\)/)).toBeVisible()
  const before = await words.textContent()
  await page.getByLabel('Half the interval, in points').fill('2.5')
  await expect(page).toHaveURL(/half_width=2\.5/)
  await expect(words).toContainText('± 2.5 points')
  const needed = (text: string | null) =>
    Number(/^About ([\d,]+)/.exec(text ?? '')?.[1]?.replaceAll(',', ''))
  expect(needed(await words.textContent()) / needed(before)).toBeCloseTo(4, 0)

  await page.getByLabel('What is wished').selectOption('to find a lead of a size')
  await page.getByLabel('True win rate, in %').fill('50')
  await expect(page.getByText('No number of judgments tells an even win rate')).toBeVisible()
  await page.getByLabel('True win rate, in %').fill('60')
  await expect(words).toContainText('in 80 of 100 such campaigns')
  const address = page.url()
  await page.goto(`${server.url}/p/figures`)
  await page.goto(address)
  await expect(words).toContainText('true win rate of 60 %')
  await page.getByText('The same as a table').press('Enter')
  await expect(page.getByRole('table', { name: 'Half the interval by judgments' })).toBeVisible()

  await measured(page, addressOf('scores', '/plan'))
  await expect(page.getByText(/^accuracy: /)).toBeVisible()
})

test('the likely answers stand beside the majority, each with its task', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('crowd'))
  await page.getByRole('link', { name: 'Consensus', exact: true }).press('Enter')
  await expect(page.getByRole('status').first()).toContainText('up to date', { timeout: 30_000 })
  await expect(page.getByRole('heading', { level: 1 })).toContainText('the plain majority')
  const answers = page.getByRole('table', { name: 'How many units each answer has' })
  // Bea says both bad on every seventh of forty prompts, and otherwise what Ada says.
  await expect(answers.getByRole('row').filter({ hasText: 'no majority' })).toContainText('6')
  const raters = page.getByRole('table', { name: 'Raters by the model and by the majority' })
  await expect(raters.getByRole('row').filter({ hasText: 'ada' })).toContainText('40')
  const units = page.getByRole('table', { name: /^Units, those that differ first/ })
  await expect(units.getByRole('row')).toHaveCount(26)
  await page.getByRole('link', { name: 'Further units' }).press('Enter')
  await expect(units.getByRole('row')).toHaveCount(prompts - 25 + 1)
  await page.getByRole('link', { name: 'First units' }).press('Enter')
  await expect(units.getByRole('row')).toHaveCount(26)
  await expect(units.getByRole('row').nth(1)).toContainText('bits')
  await units
    .getByRole('link', { name: /and bot-v/ })
    .first()
    .press('Enter')
  await expect(page).toHaveURL(/comparisons\?one=/)
  await measured(page, addressOf('pairs', '/consensus'))
  await expect(page.getByText('Nothing to agree on yet')).toBeVisible()
})

/** Every page whose columns tell what stands under them. */
const explained = () => [
  addressOf('pairs'),
  addressOf('scores'),
  addressOf('crowd', '/agreement'),
  addressOf('crowd', '/consensus'),
  addressOf('scores', '/drift'),
  addressOf('pairs', '/judges'),
]

test('every column says by keyboard what it means, and Escape is enough of it', async ({
  page,
}) => {
  await signedIn(page)
  for (const address of explained()) {
    await measured(page, address)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const heads = await page.getByRole('columnheader').all()
    expect(heads.length, address).toBeGreaterThan(4)
    for (const head of heads) {
      const name = (await head.textContent()) ?? ''
      if (/^People . judge .$|^(a|b|tie|both bad)$/.test(name)) continue
      await head.getByRole('button').focus()
      await expect(page.getByRole('tooltip'), `${address} ${name}`).toHaveText(/.{12,}/)
      const described = await head.getByRole('button').getAttribute('aria-describedby')
      expect(described, `${address} ${name}`).not.toBeNull()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('tooltip')).toHaveCount(0)
    }
  }
})

test('a figure is explained under the pointer, and the words can be pointed at', async ({
  page,
}) => {
  await signedIn(page)
  await measured(page, addressOf('pairs', '/judges'))
  await page.getByRole('button', { name: 'Two people agree' }).hover()
  const words = page.getByRole('tooltip')
  await expect(words).toContainText('between two people')
  const box = page.locator('.definition')
  await box.hover()
  await expect(box).toBeVisible()
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations).toEqual([])

  await measured(page, addressOf('pairs', '/head-to-head'))
  const cell = page.getByRole('link', { name: /^bot-v2 against bot-v1/ })
  await cell.hover()
  await expect(box).toHaveText(/bot-v2 against bot-v1: 70\.0 % \(95 % interval/)
  await box.hover()
  await expect(box).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(box).toHaveCount(0)
  await cell.focus()
  await expect(box).toContainText('bot-v2 against bot-v1')
  await expect(cell).toBeFocused()
})

test('on a phone one sees where one is, on whichever page of figures', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await signedIn(page)
  await measured(page, addressOf('pairs'))
  for (const name of ['Standings', 'Plan', 'Drift']) {
    await page.goto(addressOf('pairs'))
    await page.getByRole('link', { name, exact: true }).click()
    const here = page.getByRole('link', { name, exact: true })
    await expect(here).toHaveAttribute('aria-current', 'page')
    await expect(here).toBeInViewport({ ratio: 0.9 })
    await page.reload()
    await expect(here).toBeInViewport({ ratio: 0.9 })
    await expect(page.getByRole('link', { name: 'Measure', exact: true })).toBeInViewport({
      ratio: 0.9,
    })
  }
  await context.close()
})

test('a finger opens a definition, in Portuguese too', async ({ browser }) => {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
  })
  const page = await context.newPage()
  await signedIn(page)
  await measured(page, addressOf('pairs'))
  await page.getByRole('button', { name: 'Rating', exact: true }).tap()
  await expect(page.getByRole('tooltip')).toContainText('400 points more are odds of ten to one')
  const box = await page.locator('.definition').boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390)
  await page.getByRole('heading', { level: 1 }).tap()
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  await page.goto(addressOf('crowd', '/agreement?lang=pt'))
  await page.getByRole('button', { name: 'Alfa', exact: true }).first().tap()
  await expect(page.getByRole('tooltip')).toContainText('etiqueta')
  await context.close()
})

test('figures and charts can be taken along', async ({ page }) => {
  await signedIn(page)
  await measured(page, addressOf('pairs'))
  const saved = async (click: () => Promise<void>) => {
    const [download] = await Promise.all([page.waitForEvent('download'), click()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }
  const table = await saved(() => page.getByRole('link', { name: 'standings.csv' }).click())
  expect(table.name).toBe('standings-pairs.csv')
  expect(table.bytes.toString()).toMatch(/^model,model_id,rank_low,rank_high,win_rate,/)
  const svg = await saved(() => page.getByRole('button', { name: /as SVG/ }).click())
  expect(svg.name).toBe('win-rate-of-each-model.svg')
  expect(svg.bytes.toString()).toContain('Win rate of each model')
  expect(svg.bytes.toString()).not.toContain('var(--')
  const png = await saved(() => page.getByRole('button', { name: /as PNG/ }).click())
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(png.bytes.length).toBeGreaterThan(5_000)
})

/** A page of figures in Portuguese: its heading, and English words that it must not have. */
const inPortuguese = [
  {
    page: () => addressOf('pairs', '?lang=pt'),
    heading: 'bot-v2 é melhor que todos os outros modelos.',
    english: ['better than', 'Win rate', 'Rating', 'interval ', 'Ties', 'counted', 'clustered'],
  },
  {
    page: () => addressOf('scores', '?lang=pt'),
    heading: 'scores',
    english: ['Mean', 'Criterion', 'judgments', 'interval ', 'figures', 'confidence'],
  },
  {
    page: () => addressOf('pairs', '/head-to-head?lang=pt'),
    heading: 'Quem vence quem',
    english: ['Who beats', 'Share of', 'won', 'interval ', 'Ties', 'counted', 'pairwise'],
  },
  {
    page: () => addressOf('pairs', '/agreement?lang=pt'),
    heading: 'Podemos confiar nos avaliadores?',
    english: ['agreement', 'raters', 'Nothing to', 'overlap'],
  },
  {
    page: () => addressOf('crowd', '/agreement?lang=pt'),
    heading: 'Podemos confiar nos avaliadores?',
    english: [
      'agreement',
      'raters',
      'alpha',
      'interval ',
      'chance',
      'Same',
      'Given',
      'units',
      'seed',
    ],
  },
  {
    page: () => addressOf('scores', '/drift?lang=pt'),
    heading: 'bot caiu de 90,0 % para 50,0 %.',
    english: [
      'fell',
      'separated',
      'points',
      'interval ',
      'Changed',
      'Before',
      'prompt in',
      'order',
    ],
  },
  {
    page: () => addressOf('pairs', '/drift?lang=pt'),
    heading: 'Alguma coisa mudou?',
    english: ['Did anything', 'versions', 'compare ', 'scored'],
  },
  {
    page: () => addressOf('pairs', '/judges?lang=pt'),
    heading: 'Podemos confiar nos juízes?',
    english: [
      'judges',
      'people',
      'response',
      'interval ',
      'Value',
      'both bad',
      'known',
      'verdict ',
    ],
  },
  {
    page: () => addressOf('crowd', '/consensus?lang=pt'),
    heading: 'Um modelo dos avaliadores e a simples maioria',
    english: ['majority', 'raters', 'answers', 'units', 'likely', 'better', 'doubt', 'because'],
  },
  {
    page: () => addressOf('crowd', '/plan?lang=pt'),
    heading: 'Quantos julgamentos serão precisos?',
    english: ['judgments', 'would', 'interval ', 'about', 'so far', 'wish', 'half ', 'prompts ,'],
  },
  {
    page: () => addressOf('scores', '/plan?lang=pt'),
    heading: 'Quantos julgamentos serão precisos?',
    english: ['judgments', 'would', 'interval ', 'about', 'so far', 'wish', 'half ', 'criterion'],
  },
  {
    page: () => addressOf('scores', '/judges?lang=pt'),
    heading: 'Podemos confiar nos juízes?',
    english: ['judges', 'people', 'compares'],
  },
]

test('every page of figures speaks Portuguese where it is asked to', async ({ page }) => {
  await signedIn(page)
  for (const { page: address, heading, english } of inPortuguese) {
    await page.goto(address())
    await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
    await expect(page.getByRole('status').first()).toContainText('em dia', { timeout: 30_000 })
    await expect(page.getByRole('heading', { level: 1 })).toContainText(heading)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    const said = await page
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
    // Files are called the same in every language.
    const words = said.toLowerCase().replaceAll(/[\w-]+\.(csv|json)/g, '')
    expect(words).toContain('concordância')
    const left = english.filter((one) => words.includes(one.toLowerCase()))
    expect(left, `${address()} still says in English`).toEqual([])
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${address()} ${id} ${nodes[0]?.html}`)).toEqual([])
  }
  await page.goto(`${server.url}/p/figures/measure?lang=pt`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Medir')
  await expect(page.getByText('bot-v2 é melhor que todos os outros modelos.').first()).toBeVisible()
  await expect(page.getByRole('main')).toContainText('comparação aos pares · 40 julgamentos')
  await expect(page.getByRole('main')).not.toContainText(/judgments|pairwise|Standings|better/)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.goto(`${server.url}/p/figures?lang=pt`)
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')
  await expect(page.getByRole('main')).toContainText('40 prompts · 80 respostas de 2 modelos')
  await expect(page.getByRole('main')).toContainText('comparação aos pares, importada')
  await expect(page.getByRole('main')).toContainText('Alfa de Krippendorff 0,76 (0,58–0,92)')
  await expect(page.getByRole('main')).toContainText('Pede atenção')
  await expect(page.getByRole('main')).not.toContainText(
    /judgments|pairwise|Standings|better|tasks/,
  )
  const ofOverview = await new AxeBuilder({ page }).analyze()
  expect(ofOverview.violations.map(({ id }) => id)).toEqual([])
  await page.goto(addressOf('pairs', '?lang=en'))
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page of figures stands up to axe and a phone, ${colorScheme}`, async ({ page }) => {
    await signedIn(page)
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const address of [
      addressOf('pairs', '?ties=drop'),
      addressOf('pairs', '?columns=win_rate+strength+strength_interval+wins+prompts&sort=-wins'),
      addressOf('scores'),
      addressOf('pairs', '/head-to-head'),
      addressOf('pairs', '/agreement'),
      addressOf('pairs', '/judges'),
      addressOf('pairs', '/drift'),
      addressOf('scores', '/drift'),
      addressOf('crowd', '/plan'),
      addressOf('scores', '/plan'),
      addressOf('crowd', '/consensus'),
      addressOf('scores', '/consensus'),
    ]) {
      for (const width of [1_440, 390]) {
        await page.setViewportSize({ width, height: 850 })
        await measured(page, address)
        const { violations } = await new AxeBuilder({ page }).analyze()
        expect(violations.map(({ id, nodes }) => `${address} ${id} ${nodes[0]?.html}`)).toEqual([])
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        )
        expect(wide, `${address} at ${width}`).toBeLessThanOrEqual(0)
      }
    }
  })
}
