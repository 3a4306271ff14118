/** Teaches the markdown parser where maths stands, before anything else reads its signs. */
import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import { mathsAt } from './maths-text.ts'

/** Lines that a formula of its own may take. */
const mostLines = 200

export function mathsRules(parser: MarkdownIt): void {
  parser.inline.ruler.before('escape', 'maths', inlineMaths)
  parser.block.ruler.before('fence', 'maths_block', mathsBlock, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
}

function inlineMaths(state: StateInline, isSilent: boolean): boolean {
  const sign = state.src[state.pos]
  if (sign !== '$' && sign !== '\\') return false
  const found = mathsAt(state.src, state.pos)
  if (!found || found.end > state.posMax) return false
  if (!isSilent) {
    const token = state.push('maths', '', 0)
    token.content = found.tex
    token.meta = { isDisplay: found.isDisplay }
  }
  state.pos = found.end
  return true
}

/** `$$ … $$` or `\[ … \]` that begins a line and ends one: it may hold blank lines. */
function mathsBlock(state: StateBlock, line: number, endLine: number, isSilent: boolean): boolean {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return false
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
  const open = state.src.slice(start, start + 2)
  if (open !== '$$' && open !== '\\[') return false
  const close = open === '$$' ? '$$' : '\\]'
  for (let last = line; last < Math.min(endLine, line + mostLines); last++) {
    // A line that stands further left belongs to what is around.
    if (last > line && !state.isEmpty(last) && (state.sCount[last] ?? 0) < state.blkIndent) break
    const ends = state.src.slice(state.bMarks[last] ?? 0, state.eMarks[last] ?? 0).trimEnd()
    const isEnd = ends.endsWith(close) && (last > line || ends.trimStart().length > 4)
    if (!isEnd) continue
    const text = state.getLines(line, last + 1, state.blkIndent, false).trim()
    const found = mathsAt(text, 0)
    if (!found || found.end !== text.length) return false
    if (isSilent) return true
    const token = state.push('maths_block', '', 0)
    token.content = found.tex
    token.map = [line, last + 1]
    state.line = last + 1
    return true
  }
  return false
}
