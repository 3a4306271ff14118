/** In: the chunks of a streamed completion. Out: the completion they add up to. */
import { listOf, numberOf, recordOf, stringOf } from './loose-value.ts'

interface Call {
  id?: string
  name: string
  arguments: string
}

interface Choice {
  role?: string
  content: string
  refusal: string
  reasoning: string
  text?: string
  calls: Map<number, Call>
  finishReason?: string
}

type Fields = Record<string, unknown>

/**
 * One completion made of its chunks: the deltas of each choice joined by its index, the calls of
 * tools by theirs. Chunks may come with several choices, or with none (the one that tells usage).
 */
export function joinedChunks(chunks: readonly Fields[]): Fields {
  const choices = new Map<number, Choice>()
  for (const chunk of chunks) {
    for (const value of listOf(chunk.choices)) {
      const fields = recordOf(value)
      if (fields) addDelta(choiceAt(choices, numberOf(fields.index) ?? 0), fields)
    }
  }
  const lastWith = (name: string) => chunks.findLast((chunk) => chunk[name] != null)?.[name]
  return {
    id: chunks[0]?.id,
    model: lastWith('model'),
    created: chunks[0]?.created,
    usage: lastWith('usage'),
    choices: [...choices].sort(([one], [other]) => one - other).map(toChoice),
  }
}

function choiceAt(choices: Map<number, Choice>, index: number): Choice {
  const found = choices.get(index)
  if (found) return found
  const fresh: Choice = { content: '', refusal: '', reasoning: '', calls: new Map() }
  choices.set(index, fresh)
  return fresh
}

const piece = (value: unknown): string => (typeof value === 'string' ? value : '')

function addDelta(choice: Choice, fields: Fields): void {
  choice.finishReason = stringOf(fields.finish_reason) ?? choice.finishReason
  if (typeof fields.text === 'string') choice.text = (choice.text ?? '') + fields.text
  const delta = recordOf(fields.delta)
  if (!delta) return
  choice.role ??= stringOf(delta.role)
  choice.content += piece(delta.content)
  choice.refusal += piece(delta.refusal)
  choice.reasoning += piece(delta.reasoning_content)
  listOf(delta.tool_calls).forEach((call, place) => {
    addCall(choice, recordOf(call), place)
  })
  const single = recordOf(delta.function_call)
  if (single) addCall(choice, { function: single }, 0)
}

function addCall(choice: Choice, fields: Fields | undefined, place: number): void {
  const index = numberOf(fields?.index) ?? place
  const call = choice.calls.get(index) ?? { name: '', arguments: '' }
  const called = recordOf(fields?.function)
  choice.calls.set(index, {
    id: call.id ?? stringOf(fields?.id),
    name: call.name + piece(called?.name),
    arguments: call.arguments + piece(called?.arguments),
  })
}

function toChoice([index, choice]: [number, Choice]): Fields {
  const { text, finishReason } = choice
  if (text !== undefined) return { index, text, finish_reason: finishReason }
  const calls = [...choice.calls].sort(([one], [other]) => one - other)
  return {
    index,
    finish_reason: finishReason,
    message: {
      role: choice.role ?? 'assistant',
      content: choice.content,
      ...(choice.refusal ? { refusal: choice.refusal } : {}),
      ...(choice.reasoning ? { reasoning_content: choice.reasoning } : {}),
      ...(calls.length > 0 ? { tool_calls: calls.map(([, call]) => toToolCall(call)) } : {}),
    },
  }
}

const toToolCall = (call: Call): Fields => ({
  ...(call.id === undefined ? {} : { id: call.id }),
  type: 'function',
  function: { name: call.name, arguments: call.arguments },
})
