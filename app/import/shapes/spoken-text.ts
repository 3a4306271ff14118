/** In: one text whose lines name the speaker where a turn begins. Out: its messages. */
import { storable } from '#app/base/text.ts'
import type { Message } from '../message.ts'
import { roleOf } from './message-role.ts'

const marker = /^(system|developer|user|human|assistant|ai|tool)[ \t]*:[ \t]*/gim

/**
 * The turns of a text whose first line names a speaker and in which the user speaks, else
 * undefined. An empty turn of the assistant at the end only asks for the answer and is dropped.
 *
 * @example fromSpokenText('system: Be brief.\nuser: Hi') // two messages
 */
export function fromSpokenText(text: string): Message[] | undefined {
  const trimmed = storable(text).trim()
  const marks = [...trimmed.matchAll(marker)]
  if (marks[0]?.index !== 0) return undefined
  const messages = marks.map((mark, at): Message => {
    const start = mark.index + mark[0].length
    const content = trimmed.slice(start, marks[at + 1]?.index).trim()
    return { role: roleOf(mark[1] ?? ''), content }
  })
  const last = messages.at(-1)
  if (last?.role === 'assistant' && last.content === '') messages.pop()
  return messages.some((message) => message.role === 'user') ? messages : undefined
}
