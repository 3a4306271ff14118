/** In: a response’s text. Out: what of its style judges may like whatever it says. */
import { textOf } from '#app/import/message.ts'

/** What markdown a text is made up with. */
export interface StyleMarks {
  headers: number
  /** Items of lists, numbered or not. */
  lists: number
  bold: number
}

/** The styles that ratings can be held equal in, length in characters before the marks. */
export const styleNames = ['length', 'headers', 'lists', 'bold'] as const
export type StyleName = (typeof styleNames)[number]

export const noMarks = (): StyleMarks => ({ headers: 0, lists: 0, bold: 0 })

/** A response's marks, from its messages as they are stored. */
export const marksOfMessages = (messages: string): StyleMarks =>
  marksOf(textOf(JSON.parse(messages)))

const fence = /^ {0,3}(`{3,}|~{3,})/
const header = /^ {0,3}#{1,6}(?:[ \t]|$)/
const listItem = /^\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\S/
/** A line across the page, which begins as an item of a list does. */
const rule = /^\s*([-*_])(?:[ \t]*\1){2,}[ \t]*$/
const inlineCode = /`+[^`]+`+/g
const stars = /\*\*(?=[^\s*])[^*]+(?:\*[^*]+)*\*\*/g
const underscores = /(?<![\p{L}\p{N}_])__(?=[^\s_])[^_]+(?:_[^_]+)*__(?![\p{L}\p{N}])/gu

/**
 * Counts headers (`#` to `######`), items of lists (also those within others) and bold spans that end
 * on the line they begin on. Code, fenced or within a line, has no style. One look at every line: the
 * time grows with the length alone.
 *
 * @example marksOf('# So\n- **one**\n- two') // { headers: 1, lists: 2, bold: 1 }
 */
export function marksOf(text: string): StyleMarks {
  const marks = noMarks()
  let open: string | undefined
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start, end < 0 ? text.length : end)
    start = end < 0 ? text.length : end + 1
    const mark = fence.exec(line)?.[1]
    if (open !== undefined) {
      if (mark?.startsWith(open) && line.trim() === mark) open = undefined
      continue
    }
    if (mark !== undefined) open = mark
    else addLine(marks, line)
  }
  return marks
}

function addLine(marks: StyleMarks, line: string): void {
  if (header.test(line)) marks.headers += 1
  else if (listItem.test(line) && !rule.test(line)) marks.lists += 1
  if (!line.includes('**') && !line.includes('__')) return
  const words = line.replaceAll(inlineCode, '`')
  marks.bold += (words.match(stars)?.length ?? 0) + (words.match(underscores)?.length ?? 0)
}
