/** Reading in the rating room: what stands where, what differs, what scrolls, and how soon. */
import process from 'node:process'
import { expect, type Locator, type Page, test } from '@playwright/test'
import type { Db } from '#db/open.ts'
import { databaseOf, removeServer, startServer, type TestServer } from '../support/server.ts'
import { makeShownTask, openShownTask, raterContext } from '../support/shown-task.ts'

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

const long = (about: string) =>
  Array.from(
    { length: 60 },
    (_, at) => `## Part ${at}\n\n${`Of ${about} there is much to say in part ${at}. `.repeat(6)}`,
  ).join('\n\n')

const scrollTop = (area: Locator) => area.evaluate((element) => element.scrollTop)

async function wheelOver(page: Page, area: Locator, times: number): Promise<void> {
  await area.hover({ position: { x: 60, y: 60 } })
  for (let turn = 0; turn < times; turn++) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(60)
  }
}

test('the whole conversation is there, and what is folded says how much it hides', async ({
  browser,
}) => {
  const context = [{ title: 'Guide', text: 'Use **utf-8-sig**.' }]
  const task = await makeShownTask(
    { db, server },
    {
      prompt: [
        { role: 'system', content: 'You are terse.' },
        { role: 'user', content: 'First question.' },
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            {
              id: '1',
              function: { name: 'look_up', arguments: '{"a":{"n":12345678901234567890}}' },
            },
          ],
        },
        { role: 'tool', tool_call_id: '1', content: '{"found":true}' },
        { role: 'user', content: 'How do I export it?' },
      ],
      responses: [
        { content: 'Costs $5 and $10. So $x^2$.\n\n| a | b |\n|---|---|\n| 1 | 2 |', context },
        { content: 'ש\u05dcום עולם\n\nHello \u202eworld', context },
      ],
    },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  const prompt = page.getByRole('region', { name: 'Prompt' })
  await expect(prompt.getByText('System prompt · 14 characters')).toBeVisible()
  await expect(prompt.getByText('You are terse.')).toBeHidden()
  await expect(prompt.getByText('3 earlier turns')).toBeVisible()
  await expect(prompt.getByText('"n": 12345678901234567890')).toBeVisible()
  await expect(prompt.getByText('How do I export it?')).toBeVisible()
  await expect(page.getByText('Costs $5 and $10.')).toBeVisible()
  await expect(page.locator('article .katex')).toHaveCount(1)
  await expect(page.getByRole('cell', { name: '2' })).toBeVisible()

  const rightToLeft = page.locator('article p', { hasText: 'עולם' })
  expect(await rightToLeft.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
  await expect(page.locator('[data-note="hidden"]')).toHaveCount(1)
  await page.keyboard.press('r')
  await expect(page.getByTitle('U+202E right-to-left override')).toBeVisible()
  await page.keyboard.press('r')

  const beside = page.getByRole('complementary', { name: 'Retrieved context · 1 document' })
  await expect(beside).toContainText('utf-8-sig')
  const [side, text] = await Promise.all([
    beside.boundingBox(),
    page.getByRole('article').first().boundingBox(),
  ])
  expect((side?.x ?? 0) > (text?.x ?? 0) + (text?.width ?? 0)).toBe(true)
  await page.setViewportSize({ width: 1200, height: 900 })
  await expect(beside).toHaveCount(0)
  await expect(page.getByText('Retrieved context · 1 document')).toBeVisible()
  await rater.close()
})

test('two stand side by side, one at a time where there is no room, and lines are not too long', async ({
  browser,
}) => {
  const words = 'A plain sentence of ordinary words, as they are written every day. '.repeat(12)
  const task = await makeShownTask(
    { db, server },
    { prompt: words, responses: [{ content: `One. ${words}` }, { content: `Two. ${words}` }] },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  await expect(page.getByRole('article', { name: 'Response A' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Response B' })).toBeVisible()
  for (const width of [1440, 1900]) {
    await page.setViewportSize({ width, height: 900 })
    const lines = await page.locator('.prose p').evaluateAll((paragraphs) =>
      paragraphs.map((paragraph) => {
        const { fontSize, lineHeight } = getComputedStyle(paragraph)
        const count = Math.round(paragraph.clientHeight / Number.parseFloat(lineHeight))
        return {
          size: Number.parseFloat(fontSize),
          letters: (paragraph.textContent ?? '').length / Math.max(1, count - 0.5),
        }
      }),
    )
    for (const { size, letters } of lines) {
      expect(size).toBeGreaterThanOrEqual(16)
      expect(letters).toBeGreaterThan(55)
      expect(letters).toBeLessThan(90)
    }
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('article', { name: 'Response B' })).toBeHidden()
  await page.getByRole('tab', { name: 'Response B' }).click()
  await expect(page.getByRole('article', { name: 'Response B' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Response A' })).toBeHidden()
  await rater.close()
})

test('D marks what differs, word by word, and takes the marks away again', async ({ browser }) => {
  const task = await makeShownTask(
    { db, server },
    {
      prompt: 'Capital?',
      responses: [
        { content: 'The capital of Australia is Sydney, of course.' },
        { content: 'The capital of Australia is Canberra, of course.' },
      ],
    },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  await page.keyboard.press('d')
  await expect(page.locator('article del')).toHaveCount(1)
  await expect(page.locator('article ins')).toHaveCount(1)
  const marked = await page.locator('article :is(del, ins)').allInnerTexts()
  expect(marked.sort()).toEqual(['Canberra', 'Sydney'])
  const lines = await page
    .locator('article :is(del, ins)')
    .evaluateAll((all) => all.map((element) => getComputedStyle(element).textDecorationStyle))
  expect(lines.sort()).toEqual(['dashed', 'solid'])
  await expect(page.getByText('of the words are shared')).toBeVisible()
  await page.keyboard.press('d')
  await expect(page.locator('article :is(del, ins)')).toHaveCount(0)
  await rater.close()
})

test('code, raw text and differences are drawn sign by sign', async ({ browser }) => {
  const code = (end: string) =>
    `It is\n\n\`\`\`js\nif (a != b) a === b ${end}\n\`\`\`\n\nand \`!=\`.`
  const task = await makeShownTask(
    { db, server },
    { prompt: 'Compare?', responses: [{ content: code('one') }, { content: code('two') }] },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  const joined = (where: string) =>
    page
      .locator(where)
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).fontVariantLigatures))
  await expect(page.locator('article pre code')).toHaveCount(2)
  expect(new Set(await joined('article code'))).toEqual(new Set(['none']))
  await page.keyboard.press('r')
  await expect(page.locator('article .raw-text')).toHaveCount(2)
  expect(new Set(await joined('article .raw-text'))).toEqual(new Set(['none']))
  await page.keyboard.press('r')
  await page.keyboard.press('d')
  await expect(page.locator('article ins')).toHaveCount(1)
  expect(new Set(await joined('article ins'))).toEqual(new Set(['none']))
  await rater.close()
})

test('what differs is marked in the text as it is read, on a phone with a word on the other side', async ({
  browser,
}) => {
  const content = (end: string, unit: string) =>
    `## Plan for ${end}\n\nIt is **bold and ${end}** with \`code ${end}\`.\n\n| a | b |\n|---|---|\n| 1 | 2 ${unit} |\n\nSo $x^2$ it is.`
  const task = await makeShownTask(
    { db, server },
    {
      prompt: 'Compare?',
      responses: [{ content: content('today', 'kg') }, { content: content('tomorrow', 'kg') }],
    },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  await page.keyboard.press('d')
  const marks = page.locator('article :is(del, ins)')
  await expect(marks).toHaveCount(6)
  expect((await marks.allInnerTexts()).sort()).toEqual([
    ...['today', 'today', 'today'],
    ...['tomorrow', 'tomorrow', 'tomorrow'],
  ])
  await expect(page.locator('article strong del, article strong ins')).toHaveCount(2)
  await expect(page.locator('article table')).toHaveCount(2)
  await expect(page.locator('article .katex')).toHaveCount(2)
  expect(await page.getByRole('article').first().innerText()).not.toContain('**')
  await expect(page.getByText('is one tap away')).toBeHidden()
  await page.keyboard.press('r')
  await expect(page.getByRole('article').first()).toContainText('**bold and to')
  await page.keyboard.press('r')
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByText('Response B is one tap away.')).toBeVisible()
  await rater.close()
})

test('long responses scroll each for itself, and together when that is on', async ({ browser }) => {
  const shorter = long('cats').split('\n\n').slice(0, 80).join('\n\n')
  const task = await makeShownTask(
    { db, server },
    { prompt: 'Write.', responses: [{ content: long('dogs') }, { content: shorter }] },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  const areas = page.locator('[data-scroll-area][tabindex="0"]')
  await expect(areas).toHaveCount(2)
  const [first, second] = [areas.nth(0), areas.nth(1)]
  await wheelOver(page, first, 6)
  expect(await scrollTop(first)).toBeGreaterThan(400)
  expect(await scrollTop(second)).toBe(0)
  await page.keyboard.press('y')
  await wheelOver(page, first, 4)
  await expect.poll(() => scrollTop(second)).toBeGreaterThan(200)
  const heads = () =>
    areas.evaluateAll((both) =>
      both.map((area) => {
        const top = area.getBoundingClientRect().top
        const head = [...area.querySelectorAll('h4')].find(
          (one) => one.getBoundingClientRect().top >= top - 4,
        )
        return Number(/\d+/.exec(head?.textContent ?? '')?.[0])
      }),
    )
  await expect
    .poll(async () => {
      const [one = 0, other = 99] = await heads()
      return Math.abs(one - other)
    })
    .toBeLessThanOrEqual(1)
  const settled = await scrollTop(first)
  await page.waitForTimeout(600)
  expect(await scrollTop(first)).toBe(settled)
  await first.evaluate((element) => element.focus())
  await page.keyboard.press('PageDown')
  await expect.poll(() => scrollTop(first)).toBeGreaterThan(settled + 100)
  await rater.close()
})

test('a wide table on a phone says that it goes on, and its rows keep their names', async ({
  browser,
}) => {
  const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July']
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const content = [
    row(['Place', ...months]),
    row(['---', ...months.map(() => '---')]),
    row(['Lisbon', ...months.map((_, at) => String(12_000 + at))]),
  ].join('\n')
  const task = await makeShownTask(
    { db, server },
    { prompt: 'A table?', responses: [{ content }, { content: `${content}\n\nThat is all.` }] },
  )
  const rater = await raterContext(browser, server, { viewport: { width: 390, height: 844 } })
  const page = await openShownTask(rater, task)
  const table = page.locator('article .table-box').first()
  await expect(page.getByRole('cell', { name: 'Lisbon' })).toBeInViewport()
  expect(await table.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true)
  expect(await table.evaluate((box) => getComputedStyle(box).backgroundAttachment)).toBe(
    'local, local, scroll, scroll',
  )
  await table.evaluate((box) => box.scrollTo(box.scrollWidth, 0))
  await expect(page.getByRole('cell', { name: 'Lisbon' })).toBeInViewport({ ratio: 0.9 })
  await expect(page.getByRole('cell', { name: '12006' })).toBeInViewport()
  await rater.close()
})

test('a response of which most was never on the screen is not sent without a word', async ({
  browser,
}) => {
  const task = await makeShownTask(
    { db, server },
    { prompt: 'Write.', kind: 'rubric', responses: [{ content: long('dogs') }] },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  const main = page.getByRole('main')
  await expect.poll(() => main.evaluate((one) => one.scrollHeight)).toBeGreaterThan(4_000)
  await page.keyboard.press('4')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Most of the response was not on your screen')
  await page.reload()
  await expect.poll(() => main.evaluate((one) => one.scrollHeight)).toBeGreaterThan(4_000)
  await main.evaluate((one) => one.scrollTo(0, 0.7 * one.scrollHeight))
  await page.waitForTimeout(200)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nothing is left for you here' })).toBeVisible()
  await rater.close()
})

/** A task of two responses that are both longer than the screen, one of them more so. */
function makeLongPair() {
  const shorter = long('cats').split('\n\n').slice(0, 30).join('\n\n')
  return makeShownTask(
    { db, server },
    { prompt: 'Write.', responses: [{ content: shorter }, { content: long('dogs') }] },
  )
}

/** Goes to the other response and back, so that the keys are known to be heard. */
async function settleOnFirst(page: Page, active: Locator) {
  await page.keyboard.press(']')
  await expect(active).toHaveAccessibleName('Response B')
  await page.keyboard.press('[')
  await expect(active).toHaveAccessibleName('Response A')
}

test('keys scroll one response to its end and then the other, and the page shows which', async ({
  browser,
}) => {
  const task = await makeLongPair()
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  const areas = page.locator('[data-scroll-area][tabindex="0"]')
  await expect(areas).toHaveCount(2)
  await expect(areas.locator('h4').first()).toBeAttached()
  const left = (area: Locator) =>
    area.evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop)
  const active = page.locator('article[data-active]')
  await settleOnFirst(page, active)
  for (let turn = 0; turn < 80; turn += 1) await page.keyboard.press('PageDown')
  await expect(active).toHaveAccessibleName('Response B')
  expect(await left(areas.nth(0))).toBeLessThanOrEqual(1)
  expect(await left(areas.nth(1))).toBeLessThanOrEqual(1)
  await rater.close()
})

test('keys keep to a response that is shown plainly until what draws its markup has come', async ({
  browser,
}) => {
  const task = await makeLongPair()
  const rater = await raterContext(browser, server)
  const { promise: isLetThrough, resolve: letThrough } = Promise.withResolvers<void>()
  await rater.route('**/rich-text-*.js', async (route) => {
    await isLetThrough
    await route.continue()
  })
  const page = await openShownTask(rater, task)
  const areas = page.locator('[data-scroll-area][tabindex="0"]')
  await expect(areas).toHaveCount(2)
  const active = page.locator('article[data-active]')
  await settleOnFirst(page, active)
  for (let turn = 0; turn < 40; turn += 1) await page.keyboard.press('PageDown')
  await expect(active).toHaveAccessibleName('Response A')
  await expect(areas.locator('h4')).toHaveCount(0)
  letThrough()
  await expect(areas.locator('h4').first()).toBeAttached()
  for (let turn = 0; turn < 80; turn += 1) await page.keyboard.press('PageDown')
  await expect(active).toHaveAccessibleName('Response B')
  await rater.close()
})

test('what is not shown of a very long response is said, and comes when asked for', async ({
  browser,
}) => {
  const text = Array.from({ length: 30_000 }, (_, at) => `Line ${at} of the text.`).join('\n\n')
  const task = await makeShownTask(
    { db, server },
    { prompt: 'Write.', responses: [{ content: text }, { content: 'Short.' }] },
  )
  const rater = await raterContext(browser, server)
  const page = await openShownTask(rater, task)
  await expect(page.getByText(/Showing the first [\d,]+ of [\d,]+ characters\./)).toBeVisible()
  await page.getByRole('button', { name: 'Show all' }).click()
  await expect(page.getByText('Line 29999 of the text.')).toBeAttached({ timeout: 60_000 })
  await rater.close()
})

test('a hundred kilobytes of markdown are read at once on a slow machine', async ({ browser }) => {
  const part =
    '## Heading\n\nSome **bold** words with `code`, [a link](https://a.example) and maths $x_1^2$.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nconst a = 1\n```\n\n'
  const text = part.repeat(Math.ceil(100_000 / part.length))
  const task = await makeShownTask(
    { db, server },
    { prompt: 'Write.', responses: [{ content: text }, { content: `${text}end` }] },
  )
  const rater = await raterContext(browser, server)
  await rater.addInitScript(() => {
    Object.assign(window, { tasks: [] })
    new PerformanceObserver((list) => {
      const { tasks } = window as unknown as { tasks: number[] }
      tasks.push(...list.getEntries().map(({ duration }) => duration))
    }).observe({ type: 'longtask', buffered: true })
    new MutationObserver(() => {
      if ('shownAt' in window || !document.querySelector('article table')) return
      requestAnimationFrame(() => Object.assign(window, { shownAt: performance.now() }))
    }).observe(document, { childList: true, subtree: true })
  })
  const page = await rater.newPage()
  const devtools = await rater.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.goto(`/p/${task.slug}/rate/${task.campaignId}`)
  await page.waitForFunction(() => 'shownAt' in window, undefined, { timeout: 60_000 })
  await page.waitForFunction(
    () => document.querySelectorAll('article table').length > 800,
    undefined,
    { timeout: 80_000 },
  )
  const { shownAt, tasks } = await page.evaluate(() => {
    const state = window as unknown as { shownAt: number; tasks: number[] }
    return { shownAt: state.shownAt, tasks: state.tasks }
  })
  process.stdout.write(
    `  2 × 100 kB at 4x: drawn ${Math.round(shownAt)} ms after the visit, longest task ${Math.round(Math.max(...tasks))} ms of ${tasks.length}\n`,
  )
  await rater.close()
})
