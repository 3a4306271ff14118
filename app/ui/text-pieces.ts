/** In: a text of any length. Out: pieces that can be drawn one after the other, each in a short time. */

/** A piece of a text; `code` is a fenced block by itself, `plain` is shown as it was written. */
export interface TextPiece {
  kind: 'markdown' | 'code' | 'plain'
  text: string
  /** What a fence says of its language. */
  language?: string
}

/** The size after which a piece ends at the next good place. */
const pieceSize = 4_000
/** As many characters take as long to draw as one more line: a heading, a row, an item each is an element. */
const lineSize = 40
/** Beyond this a piece ends at any blank line, and beyond the second bound it is not parsed at all. */
const patience = 3 * pieceSize
const mostParsed = 40_000
/** Plain text that has no line ends is cut here. */
const mostPlain = 6_000

/**
 * Text in pieces of at most 6,000 characters, cut at line ends where there are any. Joined they are
 * the text. An emoji is never cut in two.
 */
export function plainPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  while (from < text.length) {
    const end = cutBefore(text, from, from + mostPlain)
    pieces.push({ kind: 'plain', text: text.slice(from, end) })
    from = end
  }
  return pieces
}

/** The last line end before a limit, or the limit where lines are longer than half of it. */
export function cutBefore(text: string, from: number, limit: number): number {
  if (limit >= text.length) return text.length
  const line = text.slice(from, limit).lastIndexOf('\n') + 1
  if (line > (limit - from) / 2) return from + line
  const code = text.charCodeAt(limit - 1)
  const splitsPair = code >= 0xd800 && code <= 0xdbff
  return splitsPair ? limit - 1 : limit
}

const fenceStart = /^ {0,3}(`{3,}|~{3,})([^\n]*)$/
const listOrQuote = /^(?:[-+*>|]|\d{1,9}[.)]|\s)/

interface OpenFence {
  mark: string
  language: string
  from: number
}

/**
 * Markdown in pieces that mean the same drawn one by one as drawn together. They end at blank lines
 * outside code and maths, where a new paragraph or heading begins; a long block of code is a piece of
 * its own. What offers no such place for 40,000 characters is left unparsed, as plain pieces. One look
 * at every line: the time grows with the length alone.
 */
export function markdownPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let from = 0
  let lines = 0
  let fence: OpenFence | undefined
  let isInMaths = false
  let isAfterBlank = false
  const close = (end: number) => {
    if (end > from) pieces.push(...parsedOrPlain(text.slice(from, end)))
    from = end
    lines = 0
  }
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const next = newline < 0 ? text.length : newline + 1
    const line = text.slice(start, Math.min(newline < 0 ? next : newline, start + 400))
    lines += 1
    if (fence) {
      if (closesFence(line, fence.mark)) {
        if (next - fence.from > pieceSize) {
          close(fence.from)
          pieces.push(codePiece(text.slice(fence.from, next), fence))
          from = next
          lines = 0
        }
        fence = undefined
      }
      isAfterBlank = false
      start = next
      continue
    }
    const length = start - from
    const isTooLong = length > mostParsed - pieceSize
    const isGoodPlace = !isInMaths && (!listOrQuote.test(line) || length > patience)
    const isLarge = length + lines * lineSize > pieceSize
    if (isAfterBlank && (isTooLong || (isLarge && line.trim() !== '' && isGoodPlace))) {
      close(start)
      isInMaths = false
    }
    const opened = fenceStart.exec(line)
    const mark = opened?.[1]
    if (mark !== undefined && !(mark.startsWith('`') && opened?.[2]?.includes('`'))) {
      fence = { mark, language: opened?.[2]?.trim() ?? '', from: start }
    } else if (opensMaths(line)) isInMaths = !isInMaths
    isAfterBlank = line.trim() === ''
    start = next
  }
  if (fence && text.length - fence.from > pieceSize) {
    close(fence.from)
    pieces.push(codePiece(text.slice(fence.from), fence))
    from = text.length
  }
  close(text.length)
  return pieces
}

const parsedOrPlain = (text: string): TextPiece[] =>
  text.length > mostParsed ? plainPieces(text) : [{ kind: 'markdown', text }]

const closesFence = (line: string, mark: string): boolean => {
  const end = line.trim()
  return end.length >= mark.length && end === (mark[0] ?? '`').repeat(end.length)
}

/** A line that opens or closes a block of maths without doing both. */
const opensMaths = (line: string): boolean => {
  const trimmed = line.trim()
  return trimmed === '$$' || trimmed === '\\[' || trimmed === '\\]'
}

/** The code within a fence that may still be open. */
function codePiece(block: string, { mark, language }: OpenFence): TextPiece {
  const lines = block.slice(block.indexOf('\n') + 1)
  const last = lines.trimEnd().lastIndexOf('\n') + 1
  const isClosed = closesFence(lines.slice(last).slice(0, 400), mark)
  return { kind: 'code', language, text: isClosed ? lines.slice(0, last) : lines }
}

const definition = /^ {0,3}\[[^\][\n]{1,200}\]:[ \t]+\S[^\n]{0,1000}$/gm
const mostDefinitions = 500

/** The lines that say where `[text][name]` leads: any piece may refer to them. */
export function linkDefinitions(text: string): string {
  const looked = text.slice(0, 1_000_000)
  if (!looked.includes(']:')) return ''
  return (looked.match(definition) ?? []).slice(0, mostDefinitions).join('\n')
}
