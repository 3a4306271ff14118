/**
 * In: what a log says. Out: the text whose hash tells whether we have it already.
 * Hashing itself is the server's; these texts are the rules.
 */
import { printJson } from '#app/base/canonical-json.ts'
import type { Message } from './message.ts'

/**
 * What makes a prompt this prompt: its input key where the log names one, else the conversation
 * with Unicode composed (NFC), line breaks as LF and outer white space dropped from each message.
 *
 * @example promptKey({ messages: [{ role: 'user', content: ' Hi\r\n' }] }) // same as for 'Hi'
 */
export function promptKey(prompt: {
  inputKey?: string | undefined
  messages: readonly Message[]
}): string {
  if (prompt.inputKey !== undefined) return printJson({ input_key: prompt.inputKey })
  return printJson({ messages: prompt.messages.map(normalised) })
}

/** What makes a response this one among its model's answers to its prompt: words and sample. */
export function responseKey(response: {
  messages: readonly Message[]
  sample?: number | undefined
  /** Tells apart two logged responses that say the same. */
  repeatOf?: string | undefined
}): string {
  const { messages, sample = null, repeatOf = null } = response
  return printJson({ messages, sample, repeatOf })
}

function normalised(message: Message) {
  const { role, content, tool_calls } = message
  const text = content.normalize('NFC').replaceAll(/\r\n?/g, '\n').trim()
  return { role, content: text, tool_calls: tool_calls ?? null }
}
