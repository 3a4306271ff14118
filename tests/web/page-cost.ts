/** What a page costs: to come, to be drawn, and to be walked over, on a processor four times slower. */
import type { CDPSession, Locator, Page } from '@playwright/test'

const slower = 4
const steps = 60

declare global {
  interface Window {
    longestTask: number
    /** Milliseconds between an input and the frame after it. */
    waits: number[]
  }
}

export interface PageCost {
  /** From the request to the last byte, not slowed. */
  serverMs: number
  /** Of the document, unpacked. */
  bytes: number
  /** From the request until the charts are drawn. */
  drawnMs: number
  longestTaskMs: number
  /** Elements within charts. */
  marks: number
  elements: number
}

export interface WalkCost {
  /** Processor time of the page's own thread for a step, slowed. */
  workMs: number
  medianWaitMs: number
  longestWaitMs: number
}

/** Runs something with the page slowed, and tells the processor time that its thread spent on it. */
async function slowed<Result>(
  page: Page,
  run: (devtools: CDPSession) => Promise<Result>,
): Promise<{ result: Result; workMs: number }> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const before = await workOf(devtools)
  const result = await run(devtools)
  const workMs = (await workOf(devtools)) - before
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await devtools.detach()
  return { result, workMs }
}

async function workOf(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
}

/** Opens a page with charts and tells what that cost. */
export async function pageCost(page: Page, address: string): Promise<PageCost> {
  const asked = performance.now()
  const answer = await page.request.get(address)
  const bytes = (await answer.body()).byteLength
  const serverMs = performance.now() - asked
  await page.addInitScript(() => {
    window.longestTask = 0
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        window.longestTask = Math.max(window.longestTask, duration)
      }
    }).observe({ type: 'longtask', buffered: true })
  })
  const { result } = await slowed(page, async () => {
    const started = performance.now()
    await page.goto(address, { waitUntil: 'load' })
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestIdleCallback(() => requestAnimationFrame(() => resolve()))
        }),
    )
    const drawnMs = performance.now() - started
    const seen = await page.evaluate(() => ({
      longestTaskMs: window.longestTask,
      marks: document.querySelectorAll('main figure svg *').length,
      elements: document.querySelectorAll('*').length,
    }))
    return { serverMs, bytes, drawnMs, ...seen }
  })
  return result
}

/** Walks over a chart with the pointer and with the keys, and tells what each step took. */
export async function walkCost(page: Page, control: Locator): Promise<WalkCost> {
  const chart = page.locator('main figure svg[data-chart]').first()
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.boundingBox()
  if (!box) throw new Error('There is no chart to walk over.')
  await page.evaluate(() => {
    window.waits = []
    for (const kind of ['pointermove', 'keydown'] as const) {
      window.addEventListener(kind, (event) => {
        requestAnimationFrame(() => {
          setTimeout(() => window.waits.push(performance.now() - event.timeStamp))
        })
      })
    }
  })
  // By the browser's own events: Playwright's would each be traced, which costs more than the step.
  const { result: waits, workMs } = await slowed(page, async (devtools) => {
    for (let step = 0; step < steps; step++) {
      const x = box.x + ((step + 0.5) / steps) * box.width
      const y = box.y + box.height / 2
      await devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y })
    }
    await control.focus()
    const key = { key: 'ArrowLeft', code: 'ArrowLeft', windowsVirtualKeyCode: 37 }
    for (let step = 0; step < steps; step++) {
      await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
      await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    }
    return page.evaluate(() => window.waits.sort((one, other) => one - other))
  })
  return {
    workMs: workMs / (2 * steps),
    medianWaitMs: waits[Math.floor(waits.length / 2)] ?? Number.NaN,
    longestWaitMs: waits.at(-1) ?? Number.NaN,
  }
}
