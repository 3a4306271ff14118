/** In: an instruction and its input, as Alpaca's sets keep them apart. Out: what the user says. */
import { fromUser, type Message } from '../message.ts'

/**
 * An instruction as one message of the user, followed by its input where it has one.
 *
 * @example instructionOf('Translate.', 'Bom dia')[0]?.content // 'Translate.\n\nBom dia'
 */
export const instructionOf = (instruction: string, input: unknown): Message[] =>
  fromUser(typeof input === 'string' && input !== '' ? `${instruction}\n\n${input}` : instruction)
