/** A rater in the rating room of a running server, in a real browser. */
import { type Browser, expect, type Page } from '@playwright/test'
import { memberPassword, type TestServer } from './server.ts'

export interface Visit {
  browser: Browser
  server: TestServer
  who: string
  /** Below the server's address. */
  place: string
  width?: number
  height?: number
  hasTouch?: boolean
  colorScheme?: 'light' | 'dark'
  locale?: string
}

/** Signs a rater in and opens a page, whatever it shows first. */
export async function visit({ browser, server, who, place, ...look }: Visit): Promise<Page> {
  const { width = 1440, height = 900, hasTouch = false, colorScheme = 'light' } = look
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height },
    hasTouch,
    isMobile: hasTouch,
    colorScheme,
    locale: look.locale ?? 'en-US',
  })
  const page = await context.newPage()
  await page.goto(`/sign-in?next=${encodeURIComponent(place)}`)
  await page.locator('input[type="email"], input[name="email"]').fill(`${who}@example.org`)
  await page.locator('input[type="password"]').fill(memberPassword)
  await page.locator('button[type="submit"]').first().click()
  return page
}

/** The same, with a task on the table: guidelines that come first are read. */
export async function enterRoom(wanted: Visit): Promise<Page> {
  const page = await visit(wanted)
  const start = page.getByRole('button', { name: /Start rating|Começar a avaliar/ })
  await expect(start.or(page.getByRole('article').first())).toBeVisible()
  if (await start.isVisible()) await start.click()
  await expect(page.getByRole('article').first()).toBeVisible()
  return page
}

/** Whether anything reaches beyond the side of the screen. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
