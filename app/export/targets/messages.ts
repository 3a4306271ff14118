/** Messages as trainers read them. */
import { type Message, textOf } from '#app/import/message.ts'
import type { CanonicalRow } from '../canonical-row.ts'

const kept = ['name', 'tool_calls', 'tool_call_id', 'thinking'] as const

export type PlainMessage = { role: string; content: string } & Partial<
  Record<(typeof kept)[number], unknown>
>

/** Role, content and what belongs to tools and thinking; nothing that a log wrote besides. */
export function plainMessage(message: Message): PlainMessage {
  const plain: PlainMessage = { content: message.content, role: message.role }
  for (const field of kept) {
    if (message[field] !== undefined) plain[field] = message[field]
  }
  return plain
}

export const plainMessages = (messages: readonly Message[]): PlainMessage[] =>
  messages.map(plainMessage)

/** Tools as a JSON text: readers of lists of unlike objects fail, and trainers parse the text. */
export const toolsColumn = ({ tools }: Pick<CanonicalRow, 'tools'>): { tools?: string } =>
  tools === undefined || tools.length === 0 ? {} : { tools: JSON.stringify(tools) }

/** The system message, and the conversation without it. */
export function withoutSystem(messages: readonly Message[]): {
  system: string | undefined
  rest: Message[]
} {
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer')
  const text = textOf(system)
  return {
    system: text.trim() === '' ? undefined : text,
    rest: messages.filter((message) => !system.includes(message)),
  }
}

/** What stands beside a row in formats that keep further columns. */
export const originColumns = ({ origin }: CanonicalRow): Record<string, unknown> => ({
  id: origin.id,
  prompt_id: origin.promptId,
  campaign: origin.campaign,
  n_raters: origin.raters,
  ...(origin.raterNames === null ? {} : { raters: origin.raterNames }),
  agreement: origin.agreement,
  ...(origin.posterior === null ? {} : { posterior: origin.posterior }),
})
