/**
 * In: a conversation written as one text, whose turns open with `Human:` or `Assistant:` after an
 * empty line. Out: its messages.
 */
import { storable } from '#app/base/text.ts'
import type { Message } from '../message.ts'

const marker = /(?:^|\n\n)(Human|Assistant): ?/g

const roles: Record<string, string> = { Human: 'user', Assistant: 'assistant' }

/**
 * The roles of a text's turns in their order, also of turns that say nothing.
 *
 * @example markedRoles('\n\nHuman: Hi\n\nAssistant: Hello') // ['user', 'assistant']
 */
export const markedRoles = (text: string): string[] =>
  [...text.matchAll(marker)].map((match) => roles[match[1] ?? ''] ?? '')

/**
 * The messages of a text marked with `Human:` and `Assistant:`, each at the start of the text or
 * after an empty line. The one space after a marker is not part of the turn; all else is kept. A
 * last `Assistant:` with nothing behind it asks for the answer and is no turn. Undefined where the
 * text holds no turn, or words before the first marker, of which nobody knows who said them.
 *
 * @example splitMarkedText('\n\nHuman: Hi\n\nAssistant: ') // [{ role: 'user', content: 'Hi' }]
 */
export function splitMarkedText(text: string): Message[] | undefined {
  const marks = [...text.matchAll(marker)]
  const first = marks[0]
  if (!first || text.slice(0, first.index).trim() !== '') return undefined
  const turns = marks.map((mark, place): Message => {
    const start = mark.index + mark[0].length
    const content = storable(text.slice(start, marks[place + 1]?.index ?? text.length))
    return { role: roles[mark[1] ?? ''] ?? '', content }
  })
  const last = turns.at(-1)
  if (last?.role === 'assistant' && last.content.trim() === '') turns.pop()
  return turns.length === 0 ? undefined : turns
}
