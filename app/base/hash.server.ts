import { hash, randomBytes } from 'node:crypto'

/** SHA-256 of a text, as 64 hexadecimal digits. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** 256 random bits as text that may stand in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/**
 * A text's place in [0, 1), spread evenly: the first 53 bits of its SHA-256. It is the same on every
 * machine and for ever.
 *
 * @example hashPlace('') // 0.8894…
 */
export const hashPlace = (text: string): number => hashKey(text) / 2 ** 53

/** A text as a whole number below 2^53: the first bits of its SHA-256. */
export function hashKey(text: string): number {
  // A buffer for each text would take twice the time.
  const digits = hash('sha256', text, 'hex')
  const [upper, lower] = [digits.slice(0, 8), digits.slice(8, 16)]
  return Number.parseInt(upper, 16) * 2 ** 21 + (Number.parseInt(lower, 16) >>> 11)
}
