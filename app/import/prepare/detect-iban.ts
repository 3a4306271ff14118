import { type Span, spansOf } from './text-span.ts'

/** How many characters an account number of a country has. */
const lengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 ' +
    'DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 ' +
    'IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 ' +
    'MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 ' +
    'SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
)

/** A country, two check digits and the account: in one piece, or in groups of four. */
const candidate =
  /[A-Z]{2}\d{2}(?<![A-Za-z0-9][A-Z]{2}\d{2})(?:[A-Z0-9]{11,30}|(?:[ \u00a0-][A-Z0-9]{4}){2,7}(?:[ \u00a0-][A-Z0-9]{1,3})?)/g

/**
 * The bank account numbers (IBAN) of a text: a country's own length, and check digits that agree.
 *
 * @example findIbans('to DE89 3704 0044 0532 0130 00.') // [{ start: 3, end: 30 }]
 */
export function findIbans(text: string): Span[] {
  return spansOf(text, candidate)
    .map(({ start, end }) => ({ start, end: start + writtenLength(text.slice(start, end)) }))
    .filter(({ start, end }) => end > start && !/[A-Za-z0-9]/.test(text.charAt(end)))
    .filter(({ start, end }) => hasCheckDigits(text.slice(start, end).replaceAll(/[^A-Z0-9]/g, '')))
}

/** How much of a candidate is as long as its country wants it, or 0 where it falls short. */
function writtenLength(match: string): number {
  let missing = lengths.get(match.slice(0, 2))
  if (missing === undefined) return 0
  for (let at = 0; at < match.length; at += 1) {
    if (/[A-Z0-9]/.test(match.charAt(at))) missing -= 1
    if (missing === 0) return at + 1
  }
  return 0
}

/** Whether the account, read as one number with letters from 10 to 35, leaves 1 when divided by 97. */
function hasCheckDigits(iban: string): boolean {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
