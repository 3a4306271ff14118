/** Texts that want to be more than text: they are shown, they do nothing, and the page stays at hand. */
import process from 'node:process'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { judgeAll } from '../support/judging.ts'
import {
  databaseOf,
  makeMember,
  removeServer,
  startServer,
  type TestServer,
} from '../support/server.ts'
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

/** Each sets `window.broken` or asks another site when it runs. */
const attacks = [
  '<script>window.broken = 1</script>',
  '<img src=x onerror="window.broken = 2"> <img src="https://evil.example/html.png">',
  '<svg onload="window.broken = 3"><script>window.broken = 4</script><image href="https://evil.example/s.png"/></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror="window.broken = 5"></style></mglyph></table></mtext></math>',
  '<iframe src="https://evil.example/frame" srcdoc="<script>parent.broken = 6</script>"></iframe>',
  '<form action="https://evil.example/form"><input name=password autofocus onfocus="window.broken = 7"><button>Sign in again</button></form>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/meta">',
  '<base href="https://evil.example/"><link rel="stylesheet" href="https://evil.example/l.css"><link rel="dns-prefetch" href="//evil.example">',
  '<style>* { display: none !important } body { background: url(https://evil.example/style.png) }</style>',
  '<div style="position:fixed;inset:0;background:url(https://evil.example/attr.png);z-index:9999">over</div>',
  '<object data="https://evil.example/o"></object><embed src="https://evil.example/e"><video src="https://evil.example/v" autoplay></video>',
  '<details open ontoggle="window.broken = 8"><summary>x</summary></details><body onload="window.broken = 9">',
  '![remote](https://evil.example/markdown.png "title") ![data](data:image/svg+xml,<svg onload=alert(1)>) ![rel](/sign-out)',
  '![ref][evil]\n\n[evil]: https://evil.example/ref.png',
  '[one](javascript:window.broken=10) [two](JaVaScript:window.broken=11) [three](java&#115;cript:window.broken=12) <javascript:window.broken=13>',
  '[four](data:text/html,<script>window.broken=14</script>) [five](vbscript:window.broken) [six](file:///etc/passwd) [seven](//evil.example) [eight](/sign-out)',
  '[nine](https://evil.example/"onmouseover="window.broken=15) [ten](<https://evil.example/ onclick=window.broken=16>)',
  '<https://evil.example/auto> https://evil.example/bare www.evil.example',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these marks are the attack.
  '{{constructor.constructor("window.broken=17")()}} ${window.broken=18} <%= window.broken = 19 %> #{7*7} {% raw %} [[${7*7}]]',
  '```html\n<script>window.broken = 20</script>\n```\n\n```" onmouseover="window.broken=21\nx\n```',
  '`<img src=x onerror=window.broken=22>` **<b onclick=window.broken=23>bold</b>**',
  '| <script>window.broken = 24</script> | [a](javascript:window.broken=25) |\n|---|---|\n| ![x](https://evil.example/cell.png) | <img src=x onerror=window.broken=26> |',
  '\u202eoverride gnitirw \u2066isolate \u200bzero\u200bwidth \u2069\u202c',
  '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007 \u0007bell\b\b\b',
  `Z${'\u0334\u0335\u0336\u0337\u0338\u030d\u030e\u0311'.repeat(60)}algo`,
  '<!-- comment --> <![CDATA[ <script>window.broken = 27</script> ]]> <?php echo 1 ?>',
  '&lt;script&gt;window.broken = 28&lt;/script&gt; &#60;img src=x onerror=window.broken=29&#62;',
]

const formulas = [
  '$\\href{javascript:window.broken=30}{click}$ $\\url{javascript:window.broken=31}$',
  '$\\includegraphics[height=9em]{https://evil.example/katex.png}$',
  '$\\htmlData{x=1}{a}$ $\\htmlStyle{position:fixed;inset:0}{b}$ $\\htmlId{root}{c}$ $\\htmlClass{btn}{d}$',
  '$\\rule{100000em}{100000em}$ $\\hspace{-100000em}\\text{moved away}$ $\\raisebox{-9999em}{down}$ $\\kern99999em x$',
  '$\\def\\a{\\a\\a}\\a$ $$\\gdef\\b{\\b\\b}\\b$$ $\\let\\c\\c \\newcommand{\\d}{\\d\\d}\\d$',
  `$${'{'.repeat(1_500)}x${'}'.repeat(1_500)}$`,
  `$${'\\sqrt{'.repeat(500)}x${'}'.repeat(500)}$`,
  `$${'\\frac{1}{'.repeat(400)}x${'}'.repeat(400)}$`,
  `$${'x^{'.repeat(600)}x${'}'.repeat(600)}$`,
  '$\\text{<img src=x onerror=window.broken=32>}$ $<script>window.broken_{33}</script>$',
  '$\\unknowncommand{$ $\\begin{matrix} unclosed$ \\(\\) \\[\\] $$',
]

const everything = [...attacks, ...formulas].join('\n\n')

interface Watch {
  /** Requests that left for another place. */
  foreign: string[]
  complaints: string[]
}

/** Listens to everything that a text could bring about. */
function watch(context: BrowserContext): Watch {
  const seen: Watch = { foreign: [], complaints: [] }
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${server.url}/`) && !url.startsWith('data:font/')) seen.foreign.push(url)
  })
  context.on('console', (message) => {
    if (/content security policy|refused to/i.test(message.text())) {
      seen.complaints.push(message.text())
    }
  })
  context.on('weberror', (error) => seen.complaints.push(String(error.error())))
  context.on('dialog', (dialog) => {
    seen.complaints.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return seen
}

const recordViolations = () => {
  const found: string[] = []
  Object.assign(window, { violations: found, longest: 0 })
  document.addEventListener('securitypolicyviolation', (event) =>
    found.push(`${event.violatedDirective} ${event.blockedURI}`),
  )
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      const { longest } = window as unknown as { longest: number }
      Object.assign(window, { longest: Math.max(longest, duration) })
    }
  }).observe({ type: 'longtask', buffered: true })
}

/** What a page holds that no text may have put there. */
const findings = (page: Page) =>
  page.evaluate(() => {
    const state = window as unknown as { broken?: unknown; violations: string[]; longest: number }
    const inside = (selector: string) =>
      [...document.querySelectorAll(`.prose ${selector}, .raw-box ${selector}`)].filter(
        (element) => !element.closest('.katex'),
      )
    const wrong = inside(
      ':is(script, style, iframe, object, embed, form, img, svg, math, video, audio, meta, link, base, input:not([type=checkbox]), select, textarea)',
    ).map((element) => element.outerHTML.slice(0, 120))
    const attributes = [...document.querySelectorAll('.prose *, .raw-box *')].flatMap((element) =>
      element
        .getAttributeNames()
        .filter((name) => /^on|^(src|srcdoc|action|formaction|background|id)$/.test(name))
        .filter((name) => !(name === 'id' && element.closest('svg')))
        .map((name) => `${element.tagName} ${name}`),
    )
    const styled = inside('[style]').filter((element) => !element.matches('.text-piece'))
    const addresses = [...document.querySelectorAll<HTMLAnchorElement>('.prose a')]
    return {
      broken: state.broken,
      violations: state.violations,
      wrong,
      attributes,
      styled: styled.map((element) => element.outerHTML.slice(0, 120)),
      addresses: [...new Set(addresses.map(({ protocol }) => protocol))],
      unguarded: addresses.filter(
        ({ rel, target }) => rel !== 'noopener noreferrer nofollow' || target !== '_blank',
      ).length,
    }
  })

const nothing = {
  broken: undefined,
  violations: [],
  wrong: [],
  attributes: [],
  styled: [],
  unguarded: 0,
}

/** The controls of the page are where they were and can be reached. */
async function isInReach(page: Page): Promise<void> {
  const submit = page.getByRole('button', { name: /^Submit/ })
  await expect(submit).toBeVisible()
  const isOnTop = await submit.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
  expect(isOnTop).toBe(true)
  expect(
    await page.evaluate(
      () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    ),
  ).toBe(true)
}

async function startWatching(context: BrowserContext): Promise<Watch> {
  await context.addInitScript(recordViolations)
  return watch(context)
}

test('everywhere that text is shown to a rater, it is text and no more', async ({ browser }) => {
  const call = {
    id: 'c1',
    type: 'function',
    function: {
      name: '<img src=x onerror=window.broken=40>\u202e',
      arguments: JSON.stringify({ everything }),
    },
  }
  const task = await makeShownTask(
    { db, server },
    {
      prompt: [
        { role: 'system', content: everything },
        { role: 'user', content: everything },
        { role: 'assistant', content: '', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: JSON.stringify({ html: everything }) },
        { role: 'user', content: `Last words. ${everything}` },
      ],
      responses: [
        {
          messages: [{ role: 'assistant', content: everything, tool_calls: [call] }],
          context: [{ title: attacks[1], text: everything }],
        },
        {
          messages: [{ role: 'assistant', content: `Second. ${everything}` }],
          context: [{ title: attacks[1], text: everything }],
        },
      ],
      guidelines: everything,
    },
  )
  const context = await raterContext(browser, server)
  const seen = await startWatching(context)
  const page = await context.newPage()
  await page.goto(`/p/${task.slug}/rate/${task.campaignId}`)
  const start = page.getByRole('button', { name: /start/i })
  await start.or(page.getByRole('article').first()).first().waitFor()
  if (await start.isVisible()) {
    expect(await findings(page)).toMatchObject(nothing)
    await start.click()
  }
  await page.getByRole('article').first().waitFor()
  await expect(page.locator('article .katex').first()).toBeVisible()
  for (const summary of await page.locator('details:not([open]) > summary').all()) {
    if (await summary.isVisible()) await summary.click()
  }
  const drawn = await findings(page)
  expect(drawn).toMatchObject(nothing)
  expect(drawn.addresses.filter((protocol) => !/^(https?|mailto):$/.test(protocol))).toEqual([])
  await isInReach(page)
  await expect(page.locator('article').getByText('Image, not loaded').first()).toBeVisible()
  await expect(page.getByText('<script>window.broken = 1</script>').first()).toBeVisible()

  await page.keyboard.press('d')
  await expect(page.locator('article ins.only-second').first()).toBeVisible()
  expect(await findings(page)).toMatchObject(nothing)
  await page.keyboard.press('d')
  await page.keyboard.press('r')
  await expect(page.locator('article').getByText('U+202E').first()).toBeVisible()
  await expect(page.locator('article').getByText('U+001B').first()).toBeVisible()
  expect(await findings(page)).toMatchObject(nothing)
  await isInReach(page)
  expect(seen).toEqual({ foreign: [], complaints: [] })
  await context.close()
})

test('a formula that asks for the whole page gets its own box', async ({ browser }) => {
  const task = await makeShownTask(
    { db, server },
    {
      prompt: 'Draw.',
      responses: [{ content: formulas.join('\n\n') }, { content: 'No.' }],
    },
  )
  const context = await raterContext(browser, server)
  const seen = await startWatching(context)
  const page = await openShownTask(context, task)
  await expect(page.locator('article .katex').first()).toBeVisible()
  const escaped = await page.evaluate(
    () =>
      [...document.querySelectorAll('.katex *')].filter((element) => {
        const box = element.closest('.prose')?.getBoundingClientRect()
        const { x, y } = element.getBoundingClientRect()
        // What lies outside its box is cut off there, so nothing of it can be hit.
        const hit = document.elementFromPoint(x + 1, y + 1)
        const isOutside = box && (x < box.x - 4 || y < box.y - 4 || x > box.right || y > box.bottom)
        return isOutside && hit !== null && element.contains(hit)
      }).length,
  )
  expect(escaped).toBe(0)
  expect(await findings(page)).toMatchObject(nothing)
  await isInReach(page)
  expect(seen).toEqual({ foreign: [], complaints: [] })
  await context.close()
})

const longestTask = (page: Page) =>
  page.evaluate(() => (window as unknown as { longest: number }).longest)

const holdUp = () =>
  setTimeout(() => {
    const end = performance.now() + 250
    while (performance.now() < end);
  }, 0)

const megabytes = 10_000_000
const floods: Record<string, string> = {
  'nested quotes and lists': '> - '.repeat(megabytes / 4),
  'open brackets and emphasis': '[*_**![`'.repeat(megabytes / 8),
  'one line of words': 'word '.repeat(megabytes / 5),
  'short paragraphs with markup': '# Title\n\nSome **bold** `code` $x^2$.\n\n'.repeat(
    Math.ceil(megabytes / 38),
  ),
}

for (const [name, text] of Object.entries(floods)) {
  test(`ten megabytes of ${name} do not hold up the page`, async ({ browser }) => {
    test.setTimeout(240_000)
    const task = await makeShownTask(
      { db, server },
      {
        prompt: 'Write.',
        responses: [{ content: text.slice(0, megabytes) }, { content: 'Short.' }],
      },
    )
    const context = await raterContext(browser, server)
    const seen = await startWatching(context)
    const page = await openShownTask(context, task)
    await expect(page.getByText('of 10,000,000 characters').first()).toBeVisible()
    await page.waitForTimeout(3_000)
    const before = Date.now()
    await page.keyboard.press('1')
    await expect(page.getByRole('radio', { checked: true })).toHaveCount(1)
    const answered = Date.now() - before
    const longest = await longestTask(page)
    test.info().annotations.push({
      type: 'figures',
      description: `${name}: longest task ${Math.round(longest)} ms, key ${answered} ms`,
    })
    process.stdout.write(
      `  ${name}: longest task ${Math.round(longest)} ms, key to verdict ${answered} ms\n`,
    )
    expect(answered).toBeLessThan(3_000)
    expect(longest).toBeLessThan(5_000)
    expect(await findings(page)).toMatchObject(nothing)
    await isInReach(page)
    expect(seen).toEqual({ foreign: [], complaints: [] })
    await page.evaluate(holdUp)
    await expect
      .poll(() => longestTask(page), 'the watch sees a task that is long')
      .toBeGreaterThan(200)
    await context.close()
  })
}

test('texts made to stall a parser are shown, and the page answers', async ({ browser }) => {
  const repeated = (part: string, length = 60_000) => part.repeat(Math.ceil(length / part.length))
  const first = [
    repeated('*a **b '),
    repeated('_*'),
    `e${Array.from({ length: 200 }, (_, count) => `e${'`'.repeat(count)}`).join('')}`,
    repeated('<a href="'),
    repeated('a@b.'),
    `|${repeated('a|', 20_000)}\n|${repeated('-|', 20_000)}\n${repeated('a\n', 4_000)}`,
    repeated('~~~\n'),
    `\`\`\`js\n${repeated('/*"\'`${(', 19_000)}\n\`\`\``,
    `\`\`\`python\n${repeated('f"""{', 19_000)}\n\`\`\``,
    `\`\`\`markdown\n${repeated('[*_', 19_000)}\n\`\`\``,
  ].join('\n\n')
  const second = [repeated('$x^'), repeated('\\(a_'), repeated('$x_1$ ', 20_000)].join('\n\n')
  const task = await makeShownTask(
    { db, server },
    { prompt: 'Stall.', responses: [{ content: first }, { content: second }] },
  )
  const context = await raterContext(browser, server)
  const seen = await startWatching(context)
  const page = await openShownTask(context, task)
  await page.waitForTimeout(4_000)
  const before = Date.now()
  await page.keyboard.press('1')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1)
  expect(Date.now() - before).toBeLessThan(4_000)
  expect(await findings(page)).toMatchObject(nothing)
  await isInReach(page)
  expect(seen).toEqual({ foreign: [], complaints: [] })
  await context.close()
})

test('what a rater wrote is text for who decides, and so is the prompt page', async ({
  browser,
}) => {
  const task = await makeShownTask(
    { db, server },
    {
      prompt: everything,
      responses: [{ content: `One. ${everything}` }, { content: `Two. ${everything}` }],
      overlap: 1,
    },
  )
  const personId = await makeMember(db, {
    projectId: task.projectId,
    email: 'writer@example.org',
    roles: ['annotator'],
  })
  const raterId = await inTransaction(db, (trx) =>
    ensureMemberRater(trx, { projectId: task.projectId, personId, now: Date.now() }),
  )
  await judgeAll({ db, ...task }, { personId, raterId }, () => ({
    winner: 'a',
    comment: everything.slice(0, 40_000),
  }))
  const { id } = await db.read
    .selectFrom('task')
    .select('id')
    .where('campaign_id', '=', task.campaignId)
    .executeTakeFirstOrThrow()
  const prompt = await db.read
    .selectFrom('prompt')
    .select('id')
    .where('project_id', '=', task.projectId)
    .executeTakeFirstOrThrow()
  const context = await raterContext(browser, server)
  const seen = await startWatching(context)
  const page = await context.newPage()
  for (const [place, words] of [
    [`/p/${task.slug}/assign/${task.campaignId}/adjudicate/${id}`, 'What raters said'],
    [`/p/${task.slug}/prompts/${prompt.id}`, 'Image, not loaded'],
  ] as const) {
    await page.goto(place)
    await expect(page.getByText(words).first()).toBeVisible()
    await page.waitForTimeout(1_000)
    expect(await findings(page), place).toMatchObject(nothing)
  }
  expect(seen).toEqual({ foreign: [], complaints: [] })
  await context.close()
})
