/** Where maths stands in a text: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, and never in prices. */

export interface MathsFound {
  tex: string
  isDisplay: boolean
  /** The place after the closing sign. */
  end: number
}

/** Longer formulas are left as they were written: nobody reads them, and some are made to stall. */
const mostTex = 4_000

const pairs = [
  ['$$', '$$', true],
  ['\\[', '\\]', true],
  ['\\(', '\\)', false],
] as const

/**
 * The maths that begins at a place of a text, or undefined. A single dollar begins maths where no space
 * follows it, and ends it where no space stands before it and no digit after it; what stands between
 * must look like a formula, so that “$5 and $10” stays money.
 *
 * @example mathsAt('so $x^2$ grows', 3) // { tex: 'x^2', isDisplay: false, end: 8 }
 */
export function mathsAt(text: string, at: number): MathsFound | undefined {
  for (const [open, close, isDisplay] of pairs) {
    if (!text.startsWith(open, at)) continue
    const from = at + open.length
    const end = indexWithin(text, close, from)
    if (end < 0) return undefined
    const tex = text.slice(from, end)
    const isMaths = open === '$$' ? tex.trim() !== '' : isFormula(tex)
    return isMaths ? { tex: tex.trim(), isDisplay, end: end + close.length } : undefined
  }
  return text[at] === '$' ? singleDollar(text, at) : undefined
}

function singleDollar(text: string, at: number): MathsFound | undefined {
  const first = text[at + 1]
  if (first === undefined || /[\s$]/.test(first)) return undefined
  const end = closingDollar(text, at + 1)
  if (end < 0 || /\s/.test(text[end - 1] ?? ' ') || /[\d$]/.test(text[end + 1] ?? '')) {
    return undefined
  }
  const tex = text.slice(at + 1, end)
  return !tex.includes('\n\n') && isFormula(tex) && !isMoney(tex)
    ? { tex, isDisplay: false, end: end + 1 }
    : undefined
}

function closingDollar(text: string, from: number): number {
  let end = indexWithin(text, '$', from)
  while (end > 0 && text[end - 1] === '\\') end = indexWithin(text, '$', end + 1)
  return end
}

function indexWithin(text: string, sign: string, from: number): number {
  const found = text.slice(from, from + mostTex).indexOf(sign)
  return found < 0 ? -1 : from + found
}

/** Whether something could be a formula: it has a sign of one, or no words at all. */
const isFormula = (tex: string): boolean =>
  isBalanced(tex) && (/[\\^_=<>{}]/.test(tex) || (/\S/.test(tex) && !/\p{L}{2}/u.test(tex)))

/** An amount and then words. */
const isMoney = (tex: string): boolean =>
  !tex.includes('\\') && /^\d[\d.,]*\S*\s.*\p{L}{3}/su.test(tex)

function isBalanced(tex: string): boolean {
  let depth = 0
  for (const sign of tex) {
    if (sign === '(' || sign === '{') depth += 1
    if (sign === ')' || sign === '}') depth -= 1
    if (depth < -1) return false
  }
  // Half-open intervals mix brackets; an amount in parentheses leaves one open.
  return depth === 0 || tex.includes('\\') || /[[\]]/.test(tex)
}

/** Whether a text may hold maths, so that what draws it is needed. */
export function mayHoldMaths(text: string): boolean {
  const looked = text.slice(0, 1_000_000)
  if (/\\[([]|```\s*math/.test(looked)) return true
  let signs = 0
  for (let at = looked.indexOf('$'); at >= 0 && signs < 2_000; at = looked.indexOf('$', at + 1)) {
    signs += 1
    if (mathsAt(looked, at)) return true
  }
  return false
}
