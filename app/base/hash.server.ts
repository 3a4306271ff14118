import { createHash, randomBytes } from 'node:crypto'

/** SHA-256 of a text, as 64 hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** 256 random bits as text that may stand in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')
