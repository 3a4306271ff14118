/**
 * In: the events that instrumentations of models log beside their spans. Out: what they tell of the
 * call, and the judgments among them.
 */

import type { Message } from '../message.ts'
import { toMessages } from './conversation.ts'
import { genAiCall } from './gen-ai-call.ts'
import type { CallOutput, LoggedCall } from './logged-call.ts'
import { numberOf, parseNested, recordOf, stringOf } from './loose-value.ts'
import { type Attributes, attributeAt, numberAt, textAt } from './span-attributes.ts'
import { answerOf, type SpanJudgment } from './span-judgment.ts'

export interface GenAiEvent {
  name: string
  /** Its attributes and, in logs, the members of its body. */
  fields: Attributes
  /** Milliseconds since 1970. */
  at?: number
}

const roles: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
])

/** What the events tell of one call: their messages in order, and its answers by their index. */
export function callInEvents(events: readonly GenAiEvent[]): LoggedCall {
  const call: LoggedCall = { messages: [], outputs: [] }
  for (const { name, fields } of events) {
    const role = roles.get(name)
    if (role) call.messages.push(...(messageIn(fields, role) ?? []))
    if (name === 'gen_ai.choice') call.outputs.push(...choiceIn(fields))
    if (isWhole(name)) complete(call, genAiCall(fields))
  }
  return call
}

/** Events that tell a call, or half of it, in attributes. */
const isWhole = (name: string): boolean =>
  name === 'gen_ai.client.inference.operation.details' ||
  name === 'gen_ai.content.prompt' ||
  name === 'gen_ai.content.completion'

/** Whether an event tells something of a call. */
export const isCallEvent = ({ name }: GenAiEvent): boolean =>
  roles.has(name) || name === 'gen_ai.choice' || isWhole(name)

function complete(call: LoggedCall, told: LoggedCall): void {
  const { messages, outputs, ...rest } = told
  Object.assign(call, rest)
  call.messages.push(...messages)
  call.outputs.push(...outputs)
}

function messageIn(fields: Attributes, role: string): Message[] | undefined {
  const content = contentIn(fields)
  return toMessages([
    {
      role: fields.role ?? role,
      content: content ?? null,
      tool_calls: parseNested(fields.tool_calls),
      ...(role === 'tool' ? { tool_call_id: fields.id ?? fields.tool_call_id } : {}),
      name: fields.name,
    },
  ])
}

/** Content as text, or as parts that were encoded; other JSON is the text itself. */
function contentIn(fields: Attributes): unknown {
  const parts = parseNested(fields.content)
  return Array.isArray(parts) && parts.every((part) => recordOf(part)?.type)
    ? parts
    : fields.content
}

function choiceIn(fields: Attributes): CallOutput[] {
  const given = parseNested(attributeAt(fields, 'message'))
  const message =
    typeof given === 'string'
      ? { content: given }
      : (recordOf(given) ?? {
          content: attributeAt(fields, 'message.content') ?? fields.content,
          tool_calls: attributeAt(fields, 'message.tool_calls') ?? fields.tool_calls,
        })
  const messages = messageIn(message, 'assistant')
  const index = numberOf(fields.index)
  const finishReason = stringOf(fields.finish_reason)
  if (!messages) return []
  return [
    {
      messages,
      ...(index === undefined ? {} : { index }),
      ...(finishReason ? { finishReason } : {}),
    },
  ]
}

/** What an evaluation says; `responseId` where it names the answer by the provider's id. */
export interface EventJudgment {
  judgment: SpanJudgment
  responseId?: string
}

/** The judgments among the events: results of evaluations. */
export const judgmentsInEvents = (events: readonly GenAiEvent[]): EventJudgment[] =>
  events.flatMap(({ name, fields, at }) => {
    const criterion = textAt(fields, 'gen_ai.evaluation.name')
    if (name !== 'gen_ai.evaluation.result' || criterion === undefined) return []
    const answer = answerOf(
      numberAt(fields, 'gen_ai.evaluation.score.value'),
      textAt(fields, 'gen_ai.evaluation.score.label'),
    )
    if (!answer) return []
    const comment = textAt(fields, 'gen_ai.evaluation.explanation')
    const responseId = textAt(fields, 'gen_ai.response.id')
    const judgment: SpanJudgment = {
      name: criterion,
      source: 'judge',
      rater: 'OpenTelemetry evaluation',
      ...answer,
      ...(comment ? { comment } : {}),
      ...(at === undefined ? {} : { judgedAt: Math.round(at) }),
    }
    return [{ judgment, ...(responseId ? { responseId } : {}) }]
  })
