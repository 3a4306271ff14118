/** In: the attributes of an OpenInference span. Out: its model call. */

import type { Message } from '../message.ts'
import { callAnswer, callInput } from './call-text.ts'
import { toMessages } from './conversation.ts'
import { type CallOutput, type LoggedCall, variablesKey } from './logged-call.ts'
import { jsonText, listOf, numberOf, parseNested, recordOf } from './loose-value.ts'
import {
  type Attributes,
  attributeAt,
  listAt,
  numberAt,
  promptVersionOf,
  textAt,
} from './span-attributes.ts'

/** The call in the attributes, from its messages or else from the span's plain input and output. */
export function openInferenceCall(attributes: Attributes): LoggedCall {
  const settings = recordOf(parseNested(attributeAt(attributes, 'llm.invocation_parameters'))) ?? {}
  const answered = textAt(attributes, 'llm.model_name')
  const asked = textAt(settings, 'model', 'model_name') ?? answered
  const given = messagesAt(attributes, 'llm.input_messages')
  const input =
    given.length > 0 ? given : callInput(attributeAt(attributes, 'input.value')).messages
  const tools = listAt(attributes, 'llm.tools').map((tool) =>
    parseNested(attributeAt(tool, 'tool.json_schema') ?? tool),
  )
  const variables = parseNested(attributeAt(attributes, 'llm.prompt_template.variables'))
  const version = promptVersionOf(
    textAt(attributes, 'llm.prompt_template.name', 'prompt.name'),
    textAt(attributes, 'llm.prompt_template.version', 'prompt.version'),
  )
  return {
    messages: input,
    outputs: outputsOf(attributes),
    ...(asked ? { requestModel: asked } : {}),
    ...(answered ? { responseModel: answered } : {}),
    ...(version ? { promptVersion: version } : {}),
    ...(hasMembers(variables) ? { inputKey: variablesKey(parseNested(jsonText(variables))) } : {}),
    parameters: settings,
    ...usageOf(attributes),
    ...(tools.length > 0 ? { tools } : {}),
  }
}

const hasMembers = (value: unknown): boolean => Object.keys(recordOf(value) ?? {}).length > 0

function usageOf(attributes: Attributes): Pick<LoggedCall, 'usage' | 'cost'> {
  const usage = Object.fromEntries(
    [
      ['input_tokens', numberAt(attributes, 'llm.token_count.prompt')],
      ['output_tokens', numberAt(attributes, 'llm.token_count.completion')],
      ['total_tokens', numberAt(attributes, 'llm.token_count.total')],
    ].filter(([, count]) => count !== undefined),
  )
  const cost = numberAt(attributes, 'llm.cost.total')
  return {
    ...(Object.keys(usage).length > 0 ? { usage } : {}),
    ...(cost === undefined ? {} : { cost }),
  }
}

/** Several texts are several answers; texts and calls of tools together are one. */
function outputsOf(attributes: Attributes): CallOutput[] {
  const messages = messagesAt(attributes, 'llm.output_messages')
  const answer = callAnswer(attributeAt(attributes, 'output.value'))
  if (messages.length === 0) return answer?.outputs ?? []
  const areAnswers = messages.length > 1 && messages.every(isText)
  const finishReason = answer?.outputs[0]?.finishReason
  const said = areAnswers ? messages.map((message) => [message]) : [messages]
  return said.map((some, index) => ({
    messages: some,
    index,
    ...(finishReason ? { finishReason } : {}),
  }))
}

const isText = ({ content, tool_calls }: Message): boolean =>
  content !== '' && tool_calls === undefined

const messagesAt = (attributes: Attributes, name: string): Message[] =>
  toMessages(listAt(attributes, name).map(plainMessage)) ?? []

/** A message without the names that OpenInference puts before each member. */
function plainMessage(value: unknown): unknown {
  const fields = recordOf(value)
  const message = recordOf(fields?.message) ?? fields
  if (!message) return value
  const at = (name: string) => attributeAt(fields, `message.${name}`) ?? message[name]
  const parts = partsOf(message)
  return {
    role: at('role') ?? 'user',
    content: parts.length > 0 ? parts : (at('content') ?? null),
    tool_call_id: at('tool_call_id'),
    name: at('name'),
    tool_calls: callsOf(message),
    function_call: at('function_call_name') && {
      name: at('function_call_name'),
      arguments: at('function_call_arguments_json'),
    },
  }
}

const memberList = (message: Attributes, name: string): unknown[] => {
  const prefixed = listAt(message, `message.${name}`)
  return prefixed.length > 0 ? prefixed : listAt(message, name)
}

const partsOf = (message: Attributes): unknown[] =>
  memberList(message, 'contents').map((part) => {
    const at = (name: string) => attributeAt(part, `message_content.${name}`)
    const type = at('type')
    return type === undefined ? part : { type, text: at('text') }
  })

const callsOf = (message: Attributes): unknown[] =>
  memberList(message, 'tool_calls').map((call) => {
    const at = (name: string) => attributeAt(call, `tool_call.${name}`)
    const name = at('function.name')
    if (name === undefined) return call
    return { id: at('id'), function: { name, arguments: at('function.arguments') } }
  })

/** The documents that a retriever or a reranker gave, as plain objects. */
export const openInferenceDocuments = (attributes: Attributes): unknown[] => {
  const lists = ['retrieval.documents', 'reranker.output_documents'].map((name) =>
    listAt(attributes, name),
  )
  return listOf(lists.find((list) => list.length > 0)).map((document) => ({
    id: attributeAt(document, 'document.id'),
    content: attributeAt(document, 'document.content'),
    score: numberOf(attributeAt(document, 'document.score')),
    metadata: attributeAt(document, 'document.metadata'),
  }))
}
