/** Which detectors look for personal data and secrets, and which of them is right about a place. */
import { findCards } from './detect-card.ts'
import { findEmails } from './detect-email.ts'
import { findIbans } from './detect-iban.ts'
import { findIpAddresses } from './detect-ip-address.ts'
import { findNationalIds } from './detect-national-id.ts'
import { findPhones } from './detect-phone.ts'
import {
  findConnectionStrings,
  findPrivateKeys,
  findProviderKeys,
  findTokens,
} from './detect-secret.ts'
import { type DigitStretch, digitStretches } from './digit-stretch.ts'
import type { FindingKind } from './finding-kinds.ts'
import { type Span, withoutOverlaps } from './text-span.ts'

/** Where a text holds something of a kind: `text.slice(start, end)`. */
export interface TextFinding {
  kind: FindingKind
  start: number
  end: number
}

/** An address such as `a@b.io`; nothing that is looked for is shorter. */
const shortestFinding = 6

type Detector = (text: string, stretches: readonly DigitStretch[]) => Span[]

/** The most specific first: what it finds, those after it do not find again. */
const detectors: readonly (readonly [FindingKind, Detector])[] = [
  ['private-key', findPrivateKeys],
  ['connection-string', findConnectionStrings],
  ['jwt', findTokens],
  ['provider-key', findProviderKeys],
  ['iban', findIbans],
  ['card', findCards],
  ['national-id', findNationalIds],
  ['email', findEmails],
  ['ip-address', findIpAddresses],
  ['phone', findPhones],
]

/**
 * The personal data and secrets of a text, in its order and free of overlaps; where two kinds claim
 * a place, the more specific one has it. Every finding is validated as far as its kind allows
 * (check digits, lengths, ranges), and what is plainly an example is left out, so that a count
 * means something. Names and postal addresses of people are not looked for. Takes time in
 * proportion to the text, whatever it holds.
 *
 * @example
 * findPersonalData('ana@acme.io, 81.2.69.142')
 * // [{ kind: 'email', start: 0, end: 11 }, { kind: 'ip-address', start: 13, end: 24 }]
 */
export function findPersonalData(text: string): TextFinding[] {
  if (text.length < shortestFinding) return []
  const stretches = digitStretches(text)
  let found: TextFinding[] = []
  for (const [kind, find] of detectors) {
    const spans = find(text, stretches)
    if (spans.length === 0) continue
    found = withoutOverlaps(
      found,
      spans.map(({ start, end }) => ({ kind, start, end })),
    )
  }
  return found
}
