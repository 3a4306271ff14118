import { hash, randomBytes } from 'node:crypto'

/** SHA-256 of a text, as 64 hexadecimal digits. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** 256 random bits as text that may stand in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')
