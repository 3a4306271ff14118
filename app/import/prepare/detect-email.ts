import type { Span } from './text-span.ts'

const longestLocalPart = 64
const longestDomain = 253

/** Characters of a name before the `@`, beside letters and digits. */
const localSigns = new Set("._%+-'")

/** What ends a name in files and code, where `@` has another meaning. */
const notTopLevel = new Set(
  'png jpg jpeg gif svg webp css js mjs json html htm txt pdf transpose shape reshape sum mean dot'.split(
    ' ',
  ),
)

const exampleDomain = /(?:^|\.)(?:example\.(?:com|org|net|edu)|example|test|invalid|localhost)$/

/**
 * The e-mail addresses of a text. Left out are domains that are kept for examples, scaled images
 * (`logo@2x.png`), package versions (`left-pad@1.3.0`) and `git@` of repository addresses, which is
 * nobody's.
 *
 * @example findEmails('to ana@acme.io, please') // [{ start: 3, end: 14 }]
 */
export function findEmails(text: string): Span[] {
  const found: Span[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const start = startOfLocalPart(text, at, found.at(-1)?.end ?? 0)
    if (start === at) continue
    const end = endOfDomain(text, at + 1)
    if (isAddress(text.slice(start, at), text.slice(at + 1, end))) found.push({ start, end })
  }
  return found
}

function startOfLocalPart(text: string, at: number, from: number): number {
  const earliest = Math.max(from, at - longestLocalPart - 1)
  let start = at
  while (start > earliest && isLocal(text, start - 1)) start -= 1
  while (start < at && !isLetterOrDigit(text.charCodeAt(start))) start += 1
  return start
}

function endOfDomain(text: string, from: number): number {
  const latest = Math.min(text.length, from + longestDomain)
  let end = from
  while (end < latest && isDomain(text, end)) end += 1
  while (end > from && !isLetterOrDigit(text.charCodeAt(end - 1))) end -= 1
  return end
}

function isAddress(local: string, domain: string): boolean {
  if (local.length > longestLocalPart || local.endsWith('.') || local === 'git') return false
  const labels = domain.toLowerCase().split('.')
  const topLevel = labels.at(-1) ?? ''
  if (labels.length < 2 || notTopLevel.has(topLevel)) return false
  return /^(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})$/u.test(topLevel) && !exampleDomain.test(domain)
}

const isLocal = (text: string, at: number): boolean =>
  isLetterOrDigit(text.charCodeAt(at)) || localSigns.has(text.charAt(at))

/** Two points or signs in a row end a domain: what follows is the sentence's. */
function isDomain(text: string, at: number): boolean {
  if (isLetterOrDigit(text.charCodeAt(at))) return true
  const sign = text.charAt(at)
  if (sign === '-') return true
  return sign === '.' && isLetterOrDigit(text.charCodeAt(at + 1))
}

/**
 * Latin, Greek and Cyrillic letters, which their writers set apart by blanks. Others, such as
 * Chinese, may touch an address without being part of it.
 */
function isLetterOrDigit(code: number): boolean {
  if (code < 0x80) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
  }
  return code >= 0xc0 && code <= 0x52f && code !== 0xd7 && code !== 0xf7
}
