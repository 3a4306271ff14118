/** In: a trace and the call that gave its final answer. Out: that answer to what the user said. */
import { preview } from '#app/base/text.ts'
import { fromUser, type Message } from '../message.ts'
import { askedText, isSaid } from './call-text.ts'
import { toMessages } from './conversation.ts'
import type { LoggedCall } from './logged-call.ts'
import { textOrJson } from './loose-value.ts'
import type { CallSpan, Trace } from './trace-calls.ts'
import type { TraceSpan } from './trace-span.ts'

/** The final answer to what the user said, with the steps that led to it. */
export function finalCall(span: CallSpan, trace: Trace): LoggedCall {
  const inputKey = trace.root?.inputKey ?? span.call.inputKey
  const steps = trace.spans.filter((step) => step !== trace.root).map(toStep)
  return {
    ...withContext(span.call, trace.spans),
    messages: askedIn(trace),
    outputs: span.call.outputs.filter(isSaid),
    ...(inputKey ? { inputKey } : {}),
    ...(steps.length > 0 ? { trace: steps } : {}),
  }
}

/** A call with what was retrieved for it, unless its log tells that itself. */
export function withContext(call: LoggedCall, spans: readonly TraceSpan[]): LoggedCall {
  const documents = spans.flatMap((span) => span.documents ?? [])
  return documents.length > 0 && call.context === undefined ? { ...call, context: documents } : call
}

/** What the user said: to the program, or to the first model where the program does not tell. */
function askedIn({ root, calls }: Trace): Message[] {
  const isProgram = !calls.some((call) => call === root)
  const given = isProgram ? dialogueOf(toMessages(root?.input)) : []
  if (given.length > 0) return given
  const text = isProgram ? askedText(root?.input) : undefined
  if (text !== undefined) return fromUser(text)
  const first = calls[0]?.call.messages
  const dialogue = dialogueOf(first)
  return dialogue.length > 0 ? dialogue : [...(first ?? [])]
}

/** What the user said, and the answers between: without instructions and the work of tools. */
function dialogueOf(messages: readonly Message[] | undefined): Message[] {
  const last = messages?.findLastIndex((message) => message.role === 'user') ?? -1
  return (messages ?? [])
    .slice(0, last + 1)
    .filter(({ role, content }) => role === 'user' || (role === 'assistant' && content !== ''))
    .map(({ role, content }) => ({ role, content }))
}

const longestStep = 500

function toStep(span: TraceSpan): Record<string, string> {
  const given = span.call?.messages.at(-1)?.content || textOrJson(span.input)
  const said = span.call?.outputs[0]?.messages.at(-1)
  const called = said?.tool_calls?.map((call) => call.function?.name).join(', ')
  const gave = said?.content || (called ? `calls ${called}` : textOrJson(span.output))
  return {
    name: span.name,
    kind: span.kind,
    ...(given ? { input: preview(given, longestStep) } : {}),
    ...(gave ? { output: preview(gave, longestStep) } : {}),
  }
}
