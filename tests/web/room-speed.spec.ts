/**
 * How fast the room is for somebody on a mid laptop far from the server: 100 ms of network latency, a
 * processor four times slower. Prints what it measured.
 */
import process from 'node:process'
import { type Browser, type CDPSession, expect, type Page, test } from '@playwright/test'
import {
  browserOf,
  type House,
  judgmentsOf,
  newCampaign,
  newRater,
  openHouse,
  roomAddress,
} from '../support/house.ts'
import { removeServer } from '../support/server.ts'

const paragraph =
  'The answer depends on what is meant, and a careful reader will want to see each case by itself before choosing. '

/** A conversation as raters meet it: some paragraphs, a list, a table and a little code. */
const line = (place: number): string =>
  JSON.stringify({
    id: `s${place}`,
    prompt: `Question number ${place}? ${paragraph}`,
    responses: ['a', 'b'].map((model) => ({
      model,
      content: `## Part ${place} by ${model}\n\n${paragraph.repeat(4)}\n\n- one\n- **two**\n- three\n\n| case | result |\n|---|---|\n| ${place} | ${place * 2} |\n\n\`\`\`js\nconst answer = ${place}\n\`\`\`\n\n${paragraph.repeat(3)}`,
    })),
  })

let house: House
test.beforeAll(async () => {
  const lines = Array.from({ length: 560 }, (_, place) => line(place))
  house = await openHouse(0, `${lines.join('\n')}\n`)
})
test.afterAll(async () => {
  await house.db.close()
  await removeServer(house.server)
})

declare global {
  interface Window {
    /** Milliseconds from a press of Enter until the next task was painted. */
    painted: number[]
    firstTaskAt: number | undefined
    shifted: number
  }
}

/** Watches, from inside the page, when a task is painted and whether anything moves. */
function watch() {
  window.painted = []
  window.shifted = 0
  const promptNow = () =>
    [...document.querySelectorAll('[aria-label="Prompt"]')].find(
      (region) => region.closest('[inert]') === null,
    )?.textContent
  // Called before a frame is painted: a message sent now is heard right after it.
  const afterPaint = (done: () => void) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = done
    channel.port2.postMessage(null)
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && window.firstTaskAt !== undefined)
        window.shifted += Number(entry.value)
    }
  }).observe({ type: 'layout-shift', buffered: true })
  const first = () => {
    if (promptNow() === undefined) return requestAnimationFrame(first)
    afterPaint(() => {
      window.firstTaskAt = performance.now()
    })
  }
  requestAnimationFrame(first)
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Enter') return
      const before = promptNow()
      const look = () => {
        const now = promptNow()
        if (now === undefined || now === before) return requestAnimationFrame(look)
        afterPaint(() => window.painted.push(performance.now() - event.timeStamp))
      }
      requestAnimationFrame(look)
    },
    { capture: true },
  )
}

async function farAway(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 100,
    downloadThroughput: -1,
    uploadThroughput: -1,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  return devtools
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

const say = (words: string) => process.stdout.write(`    ${words}\n`)

async function roomFor(browser: Browser, batchSize = 500) {
  const email = await newRater(house)
  const campaignId = await newCampaign(house, { settings: { batchSize } })
  const context = await browserOf(browser, house, email)
  const page = await context.newPage()
  await page.addInitScript(watch)
  return { page, campaignId, context }
}

const windowOpensMs = 4_000

interface Round {
  firstTaskAt: number
  /** Sorted, in milliseconds. */
  painted: number[]
  shifted: number
}

/** One sitting of somebody who reads for a moment, chooses and goes on. */
async function sit(browser: Browser, judged: number): Promise<Round> {
  const { page, campaignId, context } = await roomFor(browser)
  // A new window of Chromium loads the pages of its own address bar, on two cores for a second or two.
  await page.waitForTimeout(windowOpensMs)
  await farAway(page)
  await page.goto(roomAddress(house, campaignId))
  await expect.poll(() => page.evaluate(() => window.firstTaskAt), patient).toBeDefined()
  const firstTaskAt = (await page.evaluate(() => window.firstTaskAt)) ?? Number.NaN
  await page.waitForTimeout(2_000)
  await page.evaluate(() => {
    window.shifted = 0
  })
  for (let turn = 0; turn < judged; turn++) {
    await page.keyboard.press(String((turn % 5) + 1))
    await page.waitForTimeout(300)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => window.painted.length), patient).toBe(turn + 1)
    await page.waitForTimeout(500)
  }
  const painted = (await page.evaluate(() => window.painted)).sort((one, other) => one - other)
  const shifted = await page.evaluate(() => window.shifted)
  await expect.poll(async () => (await judgmentsOf(house, campaignId)).length, patient).toBe(judged)
  await context.close()
  say(
    `first task after ${firstTaskAt.toFixed(0)} ms; Enter to next task, n ${painted.length}: median ${at(painted, 0.5).toFixed(0)} ms, p95 ${at(painted, 0.95).toFixed(0)} ms, worst ${at(painted, 1).toFixed(0)} ms; layout shift ${shifted.toFixed(4)}`,
  )
  return { firstTaskAt, painted, shifted }
}

const patient = { timeout: 30_000 }
const isFast = ({ firstTaskAt, painted }: Round) => firstTaskAt < 2_000 && at(painted, 0.95) < 100

test('the next task is painted within 100 ms of Enter, the first within two seconds, and nothing moves', async ({
  browser,
}) => {
  test.setTimeout(900_000)
  const rounds: Round[] = []
  // A machine that was busy with something else is given another chance.
  while (rounds.length < 3 && !rounds.some(isFast)) rounds.push(await sit(browser, 110))
  const best = (figure: (round: Round) => number) => Math.min(...rounds.map(figure))
  expect(best(({ firstTaskAt }) => firstTaskAt)).toBeLessThan(2_000)
  expect(best(({ painted }) => at(painted, 0.95))).toBeLessThan(100)
  for (const { shifted } of rounds) expect(shifted).toBeLessThan(0.01)
})

test('memory stays flat over 500 tasks', async ({ browser }) => {
  test.setTimeout(300_000)
  const batch = 100
  const { page, campaignId, context } = await roomFor(browser, batch)
  const devtools = await context.newCDPSession(page)
  await page.goto(roomAddress(house, campaignId))
  await expect.poll(() => page.evaluate(() => window.firstTaskAt), patient).toBeDefined()
  await devtools.send('Performance.enable')
  const countOf = async (name: string) => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find((one) => one.name === name)?.value ?? Number.NaN
  }
  const heap: [tasks: number, bytes: number][] = []
  const inPage: { nodes: number; listeners: number }[] = []
  for (let turn = 0; turn < 500; turn++) {
    await page.keyboard.press('1')
    await page.keyboard.press('Enter')
    if ((turn + 1) % batch === 0) await page.getByRole('button', { name: 'Go on' }).click()
    await page.waitForFunction((count) => window.painted.length === count, turn + 1)
    if ((turn + 1) % 50 > 0) continue
    // Code is coloured, and what is hidden below is drawn, when the page has nothing else to do.
    await page.waitForTimeout(500)
    await devtools.send('HeapProfiler.collectGarbage')
    const { usedSize } = await devtools.send('Runtime.getHeapUsage')
    heap.push([turn + 1, usedSize])
    inPage.push({ nodes: await countOf('Nodes'), listeners: await countOf('JSEventListeners') })
  }
  // Until then the browser's own list of the last 250 requests fills up.
  const settled = heap.filter(([tasks]) => tasks >= 250)
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
  const x = mean(settled.map(([tasks]) => tasks))
  const y = mean(settled.map(([, bytes]) => bytes))
  const slope =
    settled.reduce((sum, [tasks, bytes]) => sum + (tasks - x) * (bytes - y), 0) /
    settled.reduce((sum, [tasks]) => sum + (tasks - x) ** 2, 0)
  say(
    `heap after collection: ${heap.map(([, bytes]) => (bytes / 2 ** 20).toFixed(1)).join(', ')} MB`,
  )
  say(`slope from task 250 to 500: ${slope.toFixed(0)} bytes a task`)
  const [, early] = inPage
  const late = inPage.at(-1)
  say(
    `nodes and listeners after 100 tasks ${JSON.stringify(early)}, after 500 ${JSON.stringify(late)}`,
  )
  // A task holds some five thousand bytes of text, so one that is kept would show.
  expect(slope).toBeLessThan(2_000)
  expect(late?.nodes).toBeLessThan(1.2 * (early?.nodes ?? 0))
  expect(late?.listeners).toBeLessThan(1.2 * (early?.listeners ?? 0))
  await context.close()
})
