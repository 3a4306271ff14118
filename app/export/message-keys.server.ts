/** Texts as numbers, so that millions can be told apart in little memory. */
import { hashKey } from '#app/base/hash.server.ts'
import { remembering } from '#app/base/remembering.ts'
import type { Message } from '#app/import/message.ts'
import { normalText } from './normal-text.ts'

/** The key of what messages say, whatever their composition and white space at the ends. */
export const keyOfMessages = remembering(
  (messages: readonly Message[]): number => hashKey(normalText(messages)) || 1,
)

const [low, high] = [2 ** 26, 2 ** 27]

/**
 * One key of several, in their order: each is stirred into the one before by multiplications of halves
 * that stay exact.
 *
 * @returns a whole number from 1 to 2^53 − 1
 */
export function mixed(...keys: readonly number[]): number {
  let mix = 0x9e3779b97f4a
  for (const key of keys) {
    const sum = (mix + key) % 2 ** 53
    const [upper, lower] = [Math.floor(sum / high) % low, sum % high]
    const one = (lower * 0x2c1b3c6 + upper) % 2 ** 53
    const other = (upper * 0x297a2d3 + lower) % 2 ** 53
    mix = (one % low) * high + (other % high)
  }
  return mix || 1
}
