import { type Span, spansOf } from './text-span.ts'

const token =
  /e[wy](?<![\w.-]e[wy])[\w-]{10,}\.[\w-]*\.[\w-]{16,}(?:\.[\w-]{16,}\.[\w-]{16,})?(?![\w-])/g

/**
 * The JSON Web Tokens of a text: parts of base64url joined by points, of which the first reads as
 * JSON that names an algorithm (`alg`). Tokens without a signature open nothing and are left out.
 */
export function findTokens(text: string): Span[] {
  return spansOf(text, token).filter(({ start }) =>
    namesAlgorithm(text.slice(start, text.indexOf('.', start))),
  )
}

function namesAlgorithm(header: string): boolean {
  try {
    const fields: unknown = JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof fields === 'object' && fields !== null && 'alg' in fields
  } catch {
    return false
  }
}

/** The keys that providers mark by how they begin. */
const providerKey = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    String.raw`sk-(?:ant-[\w-]{16,}|(?:proj|svcacct|admin)-[\w-]{16,}|(?:or-v1-)?[A-Za-z0-9]{20,})`,
    'A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])',
    String.raw`AIza[\w-]{35}(?![\w-])`,
    'gh[pousr]_[A-Za-z0-9]{30,}',
    String.raw`github_pat_\w{22,}`,
    String.raw`glpat-[\w-]{20,}`,
    'xox[abeoprs]-[A-Za-z0-9-]{20,}',
    String.raw`xapp-\d-[A-Za-z0-9-]{20,}`,
    '[rs]k_live_[A-Za-z0-9]{16,}',
    'hf_[A-Za-z0-9]{30,}',
    'npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])',
    String.raw`SG\.[\w-]{16,}\.[\w-]{16,}`,
    'SK[0-9a-f]{32}(?![A-Za-z0-9])',
  ].join('|')})`,
  'g',
)

const keyPlaceholder = /x{4}|example|your|placeholder|redacted|dummy|changeme|insert/i

/**
 * The keys of a text that open an account at a provider of models, code, payments or messages,
 * known by how they begin and how long they are. Keys that say they are an example are left out.
 */
export const findProviderKeys = (text: string): Span[] =>
  spansOf(text, providerKey).filter(({ start, end }) => isKey(text.slice(start, end)))

function isKey(key: string): boolean {
  if (keyPlaceholder.test(key)) return false
  const secret = key.slice(key.search(/[-_.]/) + 1)
  const isWords = secret.includes('-') && !/\d/.test(secret)
  return !isWords && new Set(secret).size > 5
}

const keyBegin = /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/y
const keyEnd = /-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/y
const keyBody = /[A-Za-z0-9+/=\s\\]*/y
const fewestKeyCharacters = 40

/**
 * The private keys of a text, from their first line to their last; to the end of what reads as
 * base64 where the last line is missing. Keys too short to be real are left out.
 */
export function findPrivateKeys(text: string): Span[] {
  const found: Span[] = []
  for (let start = text.indexOf('-----BEGIN '); start >= 0; ) {
    const bodyStart = endOfMatch(keyBegin, text, start)
    const end = bodyStart < 0 ? -1 : endOfKey(text, bodyStart)
    if (end - bodyStart >= fewestKeyCharacters) found.push({ start, end })
    start = text.indexOf('-----BEGIN ', Math.max(end, start + 1))
  }
  return found
}

function endOfKey(text: string, bodyStart: number): number {
  const dashes = text.indexOf('-----', bodyStart)
  const end = dashes < 0 ? -1 : endOfMatch(keyEnd, text, dashes)
  if (end >= 0) return dashes - bodyStart < fewestKeyCharacters ? bodyStart : end
  return endOfMatch(keyBody, text, bodyStart)
}

function endOfMatch(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : -1
}

const longestScheme = 24
const authority = /[^\s/?#"'<>`|\\]{3,512}/y
const restOfAddress = /[^\s"'<>`)}\]|\\]{0,2000}/y

/** A name that stands for a password that a program or a reader fills in. */
const passwordPlaceholder = /^(?:[$%#]?\{.*|\$\(.*|\$[A-Z_]+|%[a-z]|\*+|x{3,}|\.{2,}|\[.*|your.*)$/i

/**
 * The addresses of a text that carry a password (`scheme://user:password@host`), whole. Where the
 * password is a name to fill in, as in `postgres://me:${PASSWORD}@host`, there is nothing to find.
 */
export function findConnectionStrings(text: string): Span[] {
  const found: Span[] = []
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const start = startOfScheme(text, at)
    const hostEnd = start === at ? -1 : endOfMatch(authority, text, at + 3)
    if (hostEnd < 0 || !hasPassword(text.slice(at + 3, hostEnd))) continue
    const end = endOfMatch(restOfAddress, text, hostEnd)
    found.push({ start, end: start + text.slice(start, end).replace(/[.,;:!?]{1,8}$/, '').length })
    at = end - 3
  }
  return found
}

function startOfScheme(text: string, at: number): number {
  let start = at
  while (start > Math.max(0, at - longestScheme) && /[a-z0-9+.]/i.test(text.charAt(start - 1))) {
    start -= 1
  }
  return start
}

function hasPassword(written: string): boolean {
  const [, password, host] = /^[^:]*:(.+)@([^@]+)$/.exec(written) ?? []
  return !!password && !!host && !passwordPlaceholder.test(password)
}
