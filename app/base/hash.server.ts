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
  const digest = hash('sha256', text, 'buffer')
  return digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11)
}
