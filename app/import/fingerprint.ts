/**
 * In: what a log says. Out: the text whose hash tells whether we have it already.
 * Hashing itself is the server's; these texts are the rules.
 */
import { printJson } from '#app/base/canonical-json.ts'
import type { Message } from './message.ts'

/**
 * What makes a prompt this prompt: its input key where the log names one, else its conversation as
 * far as it is the user's. System and developer messages belong to what was rendered, a trailing
 * assistant message to the answer, ids of tool calls to the run; none of them counts. Nor do
 * Unicode composition, line breaks' form, white space at the end of lines, runs of spaces inside a
 * line and of empty lines: indentation counts. Arguments of tools count without the order of their
 * keys.
 *
 * @example promptKey({ messages: [{ role: 'user', content: ' Hi\r\n' }] }) // same as for 'Hi'
 */
export function promptKey(prompt: {
  inputKey?: string | undefined
  messages: readonly Message[]
}): string {
  if (prompt.inputKey !== undefined) return printJson({ input_key: prompt.inputKey })
  const [only] = prompt.messages
  if (prompt.messages.length === 1 && only?.role === 'user' && only.tool_calls === undefined) {
    return `{"messages":[["user",${JSON.stringify(normalText(only.content))}]]}`
  }
  const counted = withoutFrame(prompt.messages)
  return `{"messages":${JSON.stringify(counted.map(normalMessage))}}`
}

/** What makes a response this one among its model's answers to its prompt: words and sample. */
export function responseKey(response: {
  messages: readonly Message[]
  sample?: number | undefined
  /** Tells apart two logged responses that say the same. */
  repeatOf?: string | undefined
}): string {
  const { messages, sample = null, repeatOf = null } = response
  return responseKeyOf(printJson(messages), { sample, repeatOf })
}

const isFrame = (message: Message) => message.role === 'system' || message.role === 'developer'

/** The conversation without system messages and a begun answer; all of it where nothing else is. */
function withoutFrame(messages: readonly Message[]): readonly Message[] {
  const users = messages.filter((message) => !isFrame(message))
  const end = users.findLastIndex((message) => message.role !== 'assistant')
  const counted = users.slice(0, end + 1)
  return counted.length > 0 ? counted : messages
}

const normalMessage = ({ role, content, tool_calls }: Message): unknown[] => {
  const calls = tool_calls?.map((call) => [
    call.function?.name ?? '',
    normalArguments(call.function?.arguments),
  ])
  return calls ? [role, normalText(content), calls] : [role, normalText(content)]
}

function normalArguments(given: unknown): string {
  if (typeof given !== 'string') return printJson(given ?? null)
  try {
    return printJson(JSON.parse(given))
  } catch {
    return normalText(given)
  }
}

/** The same of messages that are printed already. */
export const responseKeyOf = (
  messages: string,
  { sample, repeatOf }: { sample: number | null; repeatOf: string | null },
): string => `{"messages":${messages},"repeatOf":${JSON.stringify(repeatOf)},"sample":${sample}}`

/** @example normalText('a  b \r\n\n\n\n  c') // 'a b\n\n  c' */
export function normalText(text: string): string {
  const composed = text.normalize('NFC')
  if (!isUneven.test(composed)) return composed
  return composed
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/(\S)[ \t]{2,}(?=\S)|(\S)\t(?=\S)/g, '$1$2 ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

const isUneven = /\r|\t|^\s|\s$| {2}|[ \t]\n|\n\n\n/
