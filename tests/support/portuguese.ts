/** What of a page that should speak Portuguese is left in English. */
import type { Page } from '@playwright/test'

/** Words that are in nearly every English sentence and in no Portuguese one. */
const english =
  /(?<![\p{L}{])(the|and|of|with|which|that|are|is|was|were|has|have|from|this|these|not|what|when|than|your|their|its|they|will|every|other|only|each|new|yet)(?![\p{L}}])/iu

/**
 * The texts and labels of a page, those folded away among them, that hold an English word. What a
 * page marks as English or as code, and what people wrote, is no word of the page itself.
 */
export async function leftInEnglish(page: Page, written: readonly string[] = []) {
  const said = await page.evaluate(() => {
    const left = 'script, style, pre, code, textarea, bdi, [lang="en"]'
    const texts: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode
      if (parentElement?.closest(left) === null) texts.push(textContent ?? '')
    }
    const labels = ['aria-label', 'placeholder', 'title', 'alt', 'label']
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(left) !== null) continue
      texts.push(...labels.flatMap((name) => element.getAttribute(name) ?? []))
    }
    return texts.map((text) => text.trim())
  })
  const own = (text: string) => written.reduce((rest, part) => rest.replaceAll(part, ''), text)
  return [...new Set(said)].filter((text) => english.test(own(text)))
}

/** Whether a text of a page's words is English. @example isEnglish('None of these') // true */
export const isEnglish = (text: string): boolean => english.test(text)
