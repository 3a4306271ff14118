import { type DigitStretch, spansIn } from './digit-stretch.ts'
import { type Span, spansOf } from './text-span.ts'

/** Brazil's number of a person, as it is printed; without its signs only where it is named. */
const printedCpf = /(?<![\w-]|\d[./])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-]|[./]\d)/g
const bareCpf = /(?<=\bCPF\W{1,4}(?:n[º°o.]?\W{1,3})?)\d{11}(?![\w-]|[./]\d)/gi

/** Brazil's number of a business, which is often one person; its first twelve may be letters. */
const printedCnpj =
  /[0-9A-Z]{2}\.[0-9A-Z]{3}\.[0-9A-Z]{3}\/[0-9A-Z]{4}-\d{2}(?<![\w.-][0-9A-Z.]{10}\/.{7})(?![\w-])/g

const socialSecurity = /(?<![\w-]|\d[./])\d{3}-\d{2}-\d{4}(?![\w-]|[./]\d)/g

/** Numbers once printed in advertisements, which belong to nobody. */
const voidedSocialSecurity = new Set(['078-05-1120', '219-09-9999'])

/**
 * The identity numbers of a text that can be told from other numbers: Brazil's CPF and CNPJ by
 * their check digits, and social security numbers of the United States by the ranges that were
 * given out.
 *
 * @example
 * const text = 'CPF 529.982.247-25'
 * findNationalIds(text, digitStretches(text)) // [{ start: 4, end: 18 }]
 */
export function findNationalIds(text: string, stretches: readonly DigitStretch[]): Span[] {
  const personal = stretches.flatMap((stretch) => personalIdsOf(text, stretch))
  const businesses = spansOf(text, printedCnpj).filter(({ start, end }) =>
    isCnpj(text.slice(start, end)),
  )
  return [...personal, ...businesses].sort((one, other) => one.start - other.start)
}

function personalIdsOf(text: string, stretch: DigitStretch): Span[] {
  const written = ({ start, end }: Span) => text.slice(start, end)
  return [
    ...spansIn(stretch, printedCpf).filter((span) => isCpf(written(span))),
    ...spansIn(stretch, bareCpf).filter((span) => isCpf(written(span))),
    ...spansIn(stretch, socialSecurity).filter((span) => isSocialSecurity(written(span))),
  ]
}

function isCpf(written: string): boolean {
  const values = valuesOf(written)
  if (values.every((value) => value === values[0])) return false
  return (
    values[9] === checkDigit(values.slice(0, 9), 10) &&
    values[10] === checkDigit(values.slice(0, 10), 11)
  )
}

function isCnpj(written: string): boolean {
  const values = valuesOf(written)
  if (values.every((value) => value === values[0])) return false
  return (
    values[12] === checkDigit(values.slice(0, 12), 9) &&
    values[13] === checkDigit(values.slice(0, 13), 9)
  )
}

/** A digit is worth itself, a letter its place after the digit 0 in ASCII. */
const valuesOf = (written: string): number[] =>
  Array.from(written.replaceAll(/[^0-9A-Z]/g, ''), (character) => character.charCodeAt(0) - 48)

/** Weights rise from 2 at the right end, and begin again at 2 after the heaviest. */
function checkDigit(values: readonly number[], heaviest: number): number {
  const sum = values
    .toReversed()
    .reduce((total, value, place) => total + value * (2 + (place % (heaviest - 1))), 0)
  return sum % 11 < 2 ? 0 : 11 - (sum % 11)
}

function isSocialSecurity(written: string): boolean {
  const [area = '', group, serial] = written.split('-')
  if (area === '000' || area === '666' || area >= '900') return false
  return group !== '00' && serial !== '0000' && !voidedSocialSecurity.has(written)
}
