import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js'
import { type DigitStretch, spansIn } from './digit-stretch.ts'
import { type Span, spansOf, withoutOverlaps } from './text-span.ts'

/** What makes a number the end of a longer number, of a name with hyphens or of an address. */
const joined = String.raw`(?:[\w+/#-]|\d\.)`

/** A number with its country's code after a plus, or after two zeros where it is grouped. */
const international = new RegExp(
  [
    String.raw`(?:\((?<!${joined}\()(?=\+\d{1,3}\))\+[1-9]|\+(?<!${joined}\+)[1-9]`,
    String.raw`|00(?<!${joined}00)[1-9](?=\d{0,2}[ ./-]))(?:[ .()\u00a0/-]{0,3}\d){6,14}`,
    String.raw`(?:,? ?(?:ext\.?|x|ramal) ?\d{1,6})?(?![\w+#]|-\w|\.\d)`,
  ].join(''),
  'gi',
)

interface NationalForm {
  country: CountryCode
  /** Groupings with hyphens, points or brackets. */
  signed?: string
  /** Groupings with blanks alone, which a row of numbers could have too. */
  spaced?: string
}

/** How countries group their numbers, where little else looks so. */
const nationalForms: readonly NationalForm[] = [
  {
    country: 'US',
    signed: String.raw`(?:1[ .-])?\([2-9]\d\d\)[ .-]?[2-9]\d\d[ .-]\d{4}|(?:1[ -])?[2-9]\d\d-[2-9]\d\d-\d{4}|[2-9]\d\d\.[2-9]\d\d\.\d{4}`,
  },
  {
    country: 'BR',
    signed: String.raw`\(0?[1-9]\d\) ?9?[ .-]?\d{4}[ .-]\d{4}|[1-9]\d 9 ?\d{4}-\d{4}`,
  },
  {
    country: 'GB',
    signed: String.raw`\(0\d{2,4}\) \d{3,4} \d{3,4}`,
    spaced: String.raw`0\d\d \d{4} \d{4}|0\d{3} \d{3} \d{3,4}|0\d{4} \d{3} ?\d{3}`,
  },
  {
    country: 'FR',
    signed: String.raw`0[1-9](?:[.-]\d\d){4}`,
    spaced: String.raw`0[1-9](?: \d\d){4}`,
  },
  {
    country: 'DE',
    signed: String.raw`0[1-9]\d{1,4} ?/ ?\d{5,8}|\(0[1-9]\d{1,4}\) ?\d{4,8}|01[5-7]\d{1,2}-\d{7,8}`,
    spaced: String.raw`01[5-7]\d{1,2} \d{7,8}`,
  },
  {
    country: 'AU',
    signed: String.raw`\(0[2-8]\) \d{4} \d{4}`,
    spaced: String.raw`04\d\d \d{3} \d{3}`,
  },
  {
    country: 'JP',
    signed: String.raw`0\d-\d{4}-\d{4}|0\d0-\d{4}-\d{4}|0[1-9]\d{1,2}-\d{2,3}-\d{4}`,
  },
  { country: 'ES', spaced: String.raw`[6-9]\d\d(?: \d\d){3}` },
]

/** Forms that are a phone number only where a word says so. */
const bareForms: readonly NationalForm[] = [
  { country: 'US', spaced: String.raw`(?:1 ?)?[2-9]\d\d ?[2-9]\d\d ?\d{4}` },
  { country: 'BR', spaced: String.raw`[1-9]\d ?9\d{4} ?\d{4}` },
]

const phoneWord =
  /\b(?:tel|telephone|phone|mobile|cell|call|fax|whatsapp|sms|telefone|fone|celular)\b[^\d\n]{0,12}$/i

/** Words and signs after which a number is an order's or a thing's. */
const thingWord =
  /(?:\b(?:orders?|invoice|ticket|sku|isbn|issn|tracking|serial|part|case|pedido)(?: (?:id|no|number|nr))?[.:]?\s*#?|#)$/i

/** How much of the text before a number says what it is of. */
const contextLength = 24

interface Pattern {
  country: CountryCode
  pattern: RegExp
}

const patternsOf = (forms: readonly NationalForm[]): Pattern[] =>
  forms.map(({ country, signed, spaced }) => {
    const row = spaced && String.raw`(?<!\d )(?:${spaced})(?! \d)`
    return { country, pattern: alone([signed, row].filter(Boolean).join('|')) }
  })

/** Not within a longer number, a name with hyphens, or an address. */
const alone = (written: string): RegExp =>
  new RegExp(String.raw`(?<![\w+#-]|\d\.|(?:^|\D)/)(?:${written})(?![\w+#]|-\w|\.\d)`, 'g')

const nationalPatterns = patternsOf(nationalForms)
const barePatterns = patternsOf(bareForms)

/** After so many, a number counts by its form alone: a text of digits must not take minutes. */
const mostQuestions = 2_000

/** Whether a number could ring, in a country or (without one) with its country's code. */
type Judge = (written: string, country?: CountryCode) => boolean

function makeJudge(): Judge {
  let asked = 0
  return (written, defaultCountry) => {
    asked += 1
    if (asked > mostQuestions) return true
    const [phone] = findPhoneNumbersInText(written, { defaultCountry })
    return phone?.startsAt === 0 && phone.endsAt === written.length
  }
}

/**
 * The phone numbers of a text that are valid where they would ring: with their country's code, in a
 * grouping that is usual in their country, or after a word such as "call". Left out are numbers
 * said to be of an order, an invoice or the like, and those that nobody can have, as (555)
 * 555-0100.
 *
 * @example
 * const text = 'ring +44 20 7946 0958 now'
 * findPhones(text, digitStretches(text)) // [{ start: 5, end: 21 }]
 */
export function findPhones(text: string, stretches: readonly DigitStretch[]): Span[] {
  const isPhone = makeJudge()
  let found = findInternational(text, isPhone)
  if (stretches.length === 0) return found
  for (const pattern of nationalPatterns) {
    const isMeant = (before: string) => !thingWord.test(before)
    found = withoutOverlaps(found, findNational(text, stretches, pattern, isPhone, isMeant))
  }
  for (const pattern of barePatterns) {
    const isMeant = (before: string) => phoneWord.test(before)
    found = withoutOverlaps(found, findNational(text, stretches, pattern, isPhone, isMeant))
  }
  return found
}

const findInternational = (text: string, isPhone: Judge): Span[] =>
  spansOf(text, international)
    .map(({ start, end }) => ({ start, end: start + phoneLength(text.slice(start, end), isPhone) }))
    .filter(({ start, end }) => end > start)

/** How much of a candidate is a phone number: what follows it after a blank may be a year. */
function phoneLength(match: string, isPhone: Judge): number {
  let written = match
  for (let left = 3; left > 0 && written.length > 7; left -= 1) {
    if (isPhone(written.replace(/^(?:\(\+|00)/, '+'))) return written.length
    written = written.replace(/[^\d]+\d+$/, '')
  }
  return 0
}

function findNational(
  text: string,
  stretches: readonly DigitStretch[],
  { country, pattern }: Pattern,
  isPhone: Judge,
  isMeant: (before: string) => boolean,
): Span[] {
  return stretches
    .flatMap((stretch) => spansIn(stretch, pattern))
    .filter(({ start, end }) => {
      const before = text.slice(Math.max(0, start - contextLength), start)
      return isMeant(before) && isPhone(text.slice(start, end), country)
    })
}
