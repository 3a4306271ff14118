/** In: a prompt of the HelpSteer sets, whose turns `<extra_id_1>` may part. Out: its messages. */
import { storable } from '#app/base/text.ts'
import type { Message } from '../message.ts'

const marker = /(?:^|\n?)<extra_id_1>(User|Assistant)\n/g
const anyMarker = '<extra_id_1>'

/**
 * The messages of a prompt: what comes before the first marker is the user's. A last turn of the
 * assistant that says nothing asks for the answer and is no turn. Undefined where a marker does not
 * say whose turn begins.
 *
 * @example helpsteerPrompt('Hi\n<extra_id_1>Assistant\nHello\n<extra_id_1>User\nHow?')?.length // 3
 */
export function helpsteerPrompt(text: string): Message[] | undefined {
  const marks = [...text.matchAll(marker)]
  if (marks.length !== text.split(anyMarker).length - 1) return undefined
  const opening = text.slice(0, marks[0]?.index ?? text.length)
  const turns = marks.map((mark, place): Message => {
    const start = mark.index + mark[0].length
    const content = storable(text.slice(start, marks[place + 1]?.index ?? text.length))
    return { role: mark[1] === 'User' ? 'user' : 'assistant', content }
  })
  if (turns.at(-1)?.role === 'assistant' && turns.at(-1)?.content.trim() === '') turns.pop()
  if (opening === '' && turns.length > 0) return turns
  return [{ role: 'user', content: storable(opening) }, ...turns]
}

/** Why a prompt cannot be read, in words. */
export const unclearTurns = 'a marker "<extra_id_1>" does not say whose turn begins'
