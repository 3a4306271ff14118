import type { Message } from '../message.ts'
import { findPersonalData } from './detect-personal-data.ts'
import { type FindingKind, findingKinds } from './finding-kinds.ts'

/** What stands where something was removed. None of the marks reads as personal data itself. */
export const redactionMarks = {
  email: '[e-mail removed]',
  phone: '[phone number removed]',
  card: '[card number removed]',
  iban: '[bank account removed]',
  'ip-address': '[IP address removed]',
  'national-id': '[identity number removed]',
  jwt: '[access token removed]',
  'provider-key': '[API key removed]',
  'private-key': '[private key removed]',
  'connection-string': '[address with password removed]',
} as const satisfies Record<FindingKind, string>

export interface Redacted {
  text: string
  /** How many things were removed. */
  count: number
}

/**
 * What is removed may have hidden what stood beside it, so we look again until nothing is left:
 * twice for almost all texts. A text made to need more looks than these must not hold up an import.
 */
const mostLooks = 16

/**
 * A text with everything of the chosen kinds replaced by a visible mark. To redact the result once
 * more changes nothing.
 *
 * @example
 * redact('Write to ana@acme.io.', new Set(['email']))
 * // { text: 'Write to [e-mail removed].', count: 1 }
 */
export function redact(text: string, kinds: ReadonlySet<FindingKind>): Redacted {
  const redacted = { text, count: 0 }
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const next = redactOnce(redacted.text, kinds)
    if (next.count === 0) break
    redacted.text = next.text
    redacted.count += next.count
  }
  return redacted
}

function redactOnce(text: string, kinds: ReadonlySet<FindingKind>): Redacted {
  const findings = findPersonalData(text).filter(({ kind }) => kinds.has(kind))
  const parts: string[] = []
  let from = 0
  for (const { kind, start, end } of findings) {
    parts.push(text.slice(from, start), redactionMarks[kind])
    from = end
  }
  return { text: parts.join('') + text.slice(from), count: findings.length }
}

/** A string or a number as JSON writes it. */
const jsonToken = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi

/**
 * As `redact`, but a text that is JSON stays JSON: what it escapes is read before it is looked
 * through, and a number that goes becomes its mark in quotes. All else keeps its place and form.
 *
 * @example
 * redactJson('{"to": "ana@acme.io"}', new Set(['email']))
 * // { text: '{"to": "[e-mail removed]"}', count: 1 }
 */
export function redactJson(text: string, kinds: ReadonlySet<FindingKind>): Redacted {
  if (!isJson(text)) return redact(text, kinds)
  let count = 0
  const byToken = text.replaceAll(jsonToken, (token) => {
    const redacted = token.startsWith('"')
      ? redactJson(JSON.parse(token), kinds)
      : redact(token, kinds)
    count += redacted.count
    return redacted.count > 0 ? JSON.stringify(redacted.text) : token
  })
  // The name of a field can tell what its value is, which no value tells alone.
  const whole = redact(byToken, kinds)
  return isJson(whole.text)
    ? { text: whole.text, count: count + whole.count }
    : { text: byToken, count }
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * A conversation with everything of the chosen kinds replaced by a visible mark: in what was said,
 * in the arguments of tool calls and in every other field but the role. JSON stays JSON.
 */
export function redactMessages(
  messages: readonly Message[],
  kinds: ReadonlySet<FindingKind>,
): { messages: Message[]; count: number } {
  if (kinds.size === 0) return { messages: [...messages], count: 0 }
  let count = 0
  const redactText = (text: string): string => {
    const redacted = redactJson(text, kinds)
    count += redacted.count
    return redacted.text
  }
  const redactFields = <Fields extends object>(fields: Fields): Fields => {
    const before = JSON.stringify(fields)
    const after = redactText(before)
    return after === before ? fields : JSON.parse(after)
  }
  const redacted = messages.map(({ role, content, ...others }) => ({
    ...redactFields(others),
    role,
    content: redactText(content),
  }))
  return { messages: redacted, count }
}

/** The kinds among names that this version knows. */
export const findingKindsIn = (names: readonly string[]): ReadonlySet<FindingKind> =>
  new Set(findingKinds.filter((kind) => names.includes(kind)))
