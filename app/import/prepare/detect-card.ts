import { type DigitStretch, spansIn } from './digit-stretch.ts'
import type { Span } from './text-span.ts'

interface Issuer {
  prefix: RegExp
  lengths: readonly number[]
}

/**
 * Which numbers issuers give out. Visa's old thirteen digits are left out: article codes have as
 * many, and such cards are no longer made.
 */
const issuers: readonly Issuer[] = [
  { prefix: /^4/, lengths: [16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:30[0-59]|36|3[89])/, lengths: [14] },
  { prefix: /^(?:6011|64[4-9]|65|62|352[89]|35[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:50(?:18|20|38)|5893|6304|6759|676[1-3])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:220[0-4]|50(?:41|67)|509|606282|6277|636[23])/, lengths: [16] },
]

const mostDigits = 19

/** A run of digits, and the sign that joins it to the run before, if one sign does. */
interface Group extends Span {
  joint: string
}

/**
 * The payment card numbers of a text: an issuer's prefix and length, and a check digit that agrees
 * (Luhn). In one piece, or in groups of four digits or more with blanks or hyphens between. An
 * issuer's well-known test number has the form of a card and is found too.
 *
 * @example
 * const text = 'card 4111 1111 1111 1111, 12/30'
 * findCards(text, digitStretches(text)) // [{ start: 5, end: 24 }]
 */
export const findCards = (_text: string, stretches: readonly DigitStretch[]): Span[] =>
  stretches.flatMap(cardsOf)

function cardsOf(stretch: DigitStretch): Span[] {
  const { text, offset } = stretch
  const found: Span[] = []
  const groups = groupsOf(stretch)
  for (let first = 0; first < groups.length; ) {
    const last = mayStart(text, groups, first, found.at(-1)) ? lastOfCard(text, groups, first) : -1
    const start = groups[first]?.start ?? 0
    const end = groups[last]?.end
    if (end !== undefined) found.push({ start, end })
    first = Math.max(last, first) + 1
  }
  return found.map(({ start, end }) => ({ start: start + offset, end: end + offset }))
}

function groupsOf(stretch: DigitStretch): Group[] {
  const { text, offset } = stretch
  let before = -1
  return spansIn(stretch, /\d+/g).map((span) => {
    const [start, end] = [span.start - offset, span.end - offset]
    const joint = start - before === 1 ? text.charAt(before) : ''
    before = end
    return { start, end, joint: /[ \u00a0-]/.test(joint) ? joint : '' }
  })
}

/** A card does not begin amid a row of fours, else a table of numbers would hold many. */
function mayStart(
  text: string,
  groups: readonly Group[],
  first: number,
  card: Span | undefined,
): boolean {
  const group = groups[first]
  const before = groups[first - 1]
  if (!group) return false
  if (before && group.joint) return before.end === card?.end || before.end - before.start !== 4
  return !/(?:\w|\w-|\d\.)$/.test(text.slice(Math.max(0, group.start - 2), group.start))
}

/** The longest card that begins with a group; -1 where none does. */
function lastOfCard(text: string, groups: readonly Group[], first: number): number {
  const joint = groups[first + 1]?.joint
  let number = ''
  let longest = -1
  for (let last = first; last < groups.length; last += 1) {
    const group = groups[last]
    if (!group || (last > first && (!joint || group.joint !== joint))) break
    number += text.slice(group.start, group.end)
    if (number.length > mostDigits) break
    if (isCard(number) && mayEnd(text, group.end)) longest = last
    if (group.end - group.start < 4) break
  }
  return longest
}

const mayEnd = (text: string, end: number): boolean =>
  !/^(?:\w|\.\d)/.test(text.slice(end, end + 2))

const isCard = (number: string): boolean =>
  issuers.some(({ prefix, lengths }) => lengths.includes(number.length) && prefix.test(number)) &&
  hasCheckDigit(number)

function hasCheckDigit(number: string): boolean {
  let sum = 0
  for (let at = number.length - 1, doubled = false; at >= 0; at -= 1, doubled = !doubled) {
    const digit = number.charCodeAt(at) - 48
    sum += doubled ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}
