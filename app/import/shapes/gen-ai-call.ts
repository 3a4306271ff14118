/** In: the attributes of a span by OpenTelemetry's conventions for models. Out: its model call. */

import { fromAssistant, type Message } from '../message.ts'
import { callAnswer, callInput } from './call-text.ts'
import { systemText, toConversation, toMessages, withSystem } from './conversation.ts'
import type { CallOutput, LoggedCall } from './logged-call.ts'
import { listOf, parseNested, recordOf, textOrJson } from './loose-value.ts'
import {
  type Attributes,
  attributeAt,
  listAt,
  numberAt,
  parametersAt,
  promptVersionOf,
  textAt,
} from './span-attributes.ts'

/**
 * The call in the attributes: in today's names, in the flat names before them (one text, or numbered
 * messages), or in those of Vercel's AI SDK. Without texts it still tells the model.
 */
export function genAiCall(attributes: Attributes): LoggedCall {
  const { messages, tools } = inputOf(attributes)
  const offered = parseNested(
    attributeAt(attributes, 'gen_ai.tool.definitions') ??
      attributeAt(attributes, 'ai.prompt.tools'),
  )
  const definitions = Array.isArray(offered) ? offered.map(parseNested) : tools
  const version = promptVersionOf(
    textAt(attributes, 'gen_ai.prompt.name', 'langfuse.observation.prompt.name'),
    textAt(attributes, 'gen_ai.prompt.version', 'langfuse.observation.prompt.version'),
  )
  const asked = textAt(attributes, 'gen_ai.request.model', 'ai.model.id', 'llm.request.model')
  const answered = textAt(attributes, 'gen_ai.response.model', 'ai.response.model')
  return {
    messages,
    outputs: outputsOf(attributes),
    ...(asked ? { requestModel: asked } : {}),
    ...(answered ? { responseModel: answered } : {}),
    ...(version ? { promptVersion: version } : {}),
    parameters: parametersAt(attributes, 'gen_ai.request'),
    ...usageOf(attributes),
    ...(definitions.length > 0 ? { tools: definitions } : {}),
  }
}

function usageOf(attributes: Attributes): Pick<LoggedCall, 'usage' | 'cost'> {
  const named = (name: string, before: string) =>
    numberAt(attributes, `gen_ai.usage.${name}`, `gen_ai.usage.${before}`)
  const usage = Object.fromEntries(
    [
      ['input_tokens', named('input_tokens', 'prompt_tokens')],
      ['output_tokens', named('output_tokens', 'completion_tokens')],
    ].filter(([, count]) => count !== undefined),
  )
  const cost = numberAt(attributes, 'gen_ai.usage.cost')
  return {
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
    ...(cost === undefined ? {} : { cost }),
  }
}

function inputOf(attributes: Attributes): { messages: Message[]; tools: unknown[] } {
  const system = systemText(attributeAt(attributes, 'gen_ai.system_instructions'))
  const today = toConversation(
    attributeAt(attributes, 'gen_ai.input.messages') ??
      attributeAt(attributes, 'ai.prompt.messages'),
  )
  if (today) return { ...today, messages: withSystem(system, today.messages) }
  const numbered = numberedMessages(attributes, 'gen_ai.prompt', 'user')
  if (numbered.length > 0) return { messages: withSystem(system, numbered), tools: [] }
  const whole =
    attributeAt(attributes, 'gen_ai.prompt') ??
    attributeAt(attributes, 'ai.prompt') ??
    attributeAt(attributes, 'input')
  const given = callInput(isNamed(whole) ? undefined : whole)
  return given.messages.length > 0
    ? { ...given, messages: withSystem(system, given.messages) }
    : given
}

/** `gen_ai.prompt` may itself be an object that only names the template. */
const isNamed = (value: unknown): boolean => {
  const fields = recordOf(value)
  return (
    fields !== undefined && ('name' in fields || 'version' in fields) && !('messages' in fields)
  )
}

function outputsOf(attributes: Attributes): CallOutput[] {
  const reasons = listOf(parseNested(attributeAt(attributes, 'gen_ai.response.finish_reasons')))
  const outputs = saidIn(attributes)
  return outputs.map((output, place) => {
    const reason = output.finishReason ?? reasons[place]
    return typeof reason === 'string' ? { ...output, finishReason: reason } : output
  })
}

function saidIn(attributes: Attributes): CallOutput[] {
  const today = callAnswer(attributeAt(attributes, 'gen_ai.output.messages'))
  if (today) return today.outputs
  const vercel = vercelAnswer(attributes)
  if (vercel) return [{ messages: vercel }]
  const numbered = listAt(attributes, 'gen_ai.completion').map((element) =>
    toMessages([numberedMessage(element, 'assistant')]),
  )
  const answers = numbered.filter((messages) => messages !== undefined)
  if (answers.length > 0) {
    return answers.map((messages, index) => ({
      messages,
      index,
      ...finishOf(listAt(attributes, 'gen_ai.completion')[index]),
    }))
  }
  const whole = attributeAt(attributes, 'gen_ai.completion') ?? attributeAt(attributes, 'output')
  return callAnswer(whole)?.outputs ?? []
}

const finishOf = (element: unknown): Pick<CallOutput, 'finishReason'> => {
  const reason = recordOf(element)?.finish_reason
  return typeof reason === 'string' ? { finishReason: reason } : {}
}

function vercelAnswer(attributes: Attributes): Message[] | undefined {
  const text = attributeAt(attributes, 'ai.response.text')
  const calls = parseNested(attributeAt(attributes, 'ai.response.toolCalls'))
  if (Array.isArray(calls) && calls.length > 0) {
    return toMessages([{ role: 'assistant', content: text ?? '', tool_calls: calls }])
  }
  const said = text ?? attributeAt(attributes, 'ai.response.object')
  return said === undefined ? undefined : fromAssistant(textOrJson(said))
}

const numberedMessages = (attributes: Attributes, name: string, role: string): Message[] => {
  const elements = listAt(attributes, name)
  if (!elements.some((element) => recordOf(element))) return []
  return toMessages(elements.map((element) => numberedMessage(element, role))) ?? []
}

/** A message whose members are attributes; its calls may be numbered within. */
function numberedMessage(element: unknown, role: string): unknown {
  const fields = recordOf(element)
  if (!fields || 'parts' in fields) return element
  const content = parseNested(fields.content)
  return {
    ...fields,
    role: fields.role ?? role,
    content: Array.isArray(content) ? content : (fields.content ?? null),
    tool_calls: listAt(fields, 'tool_calls'),
  }
}
