/**
 * In: the fields of a task as an annotation tool holds them, named as its makers liked. Out: which
 * field is the prompt and which are the responses, by their names.
 */

import type { Message } from '../message.ts'
import type { Row } from '../reader.ts'
import { nameOf, scalarsOf } from './row-values.ts'
import { isMessageList, splitAtLastAnswer, toAnswer, toPrompt, withSystem } from './turns.ts'

export interface TaskResponse {
  /** The field's name. */
  name: string
  /** What tells it from its likes: the `1` of `answer1`, or nothing. */
  mark: string
  model?: string | undefined
  messages: Message[]
}

export interface TaskFields {
  prompt: Message[]
  /** The field the prompt is from. */
  promptName: string
  responses: TaskResponse[]
  metadata: Record<string, unknown>
}

/** The likelier a name is a prompt's, the earlier it stands. */
const promptNames = [
  'messages',
  'conversation',
  'conversations',
  'chat',
  'dialog',
  'dialogue',
  'prompt',
  'user_prompt',
  'question',
  'instruction',
  'query',
  'user_message',
  'request',
  'input',
  'context',
  'article',
  'document',
  'post',
  'source_text',
  'text',
]

const responseName =
  /^(?:model_?)?(answer|response|completion|output|reply|generation|generated|summary|candidate|assistant|option|text|model|left|right|chosen|rejected)[_\- ]?(?:text[_\- ]?)?(\d{1,2}|[a-h]|left|right|one|two|first|second)?$/

const systemNames = ['system', 'system_prompt']

/** In lower case, with one sign between words. @example plainName('Response-A') // 'response_a' */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_|_$/g, '')

/**
 * The prompt and the responses of a task. A conversation that ends with an answer holds both. In
 * words, why a task has none: nothing in it reads as a prompt.
 */
export function taskFieldsOf(data: Row): TaskFields | { reason: string } {
  const promptName = promptNameIn(data)
  const prompt = promptName === undefined ? undefined : toPrompt(data[promptName])
  if (promptName === undefined || !prompt) {
    const names = Object.keys(data).slice(0, 8).join(', ')
    return {
      reason: `no field reads as a prompt, such as "prompt" or "question" (fields: ${names || 'none'})`,
    }
  }
  const system = systemNames.map((name) => data[name]).find((text) => typeof text === 'string')
  const responses = responsesIn(data, promptName)
  const split = splitAtLastAnswer(prompt)
  const isAnswered =
    responses.length === 0 &&
    split.prompt.length > 0 &&
    split.answer.length > 0 &&
    split.rest.length === 0
  const used = new Set([promptName, ...systemNames, ...responses.map(({ name }) => name)])
  return {
    promptName,
    prompt: withSystem(system, isAnswered ? split.prompt : prompt),
    responses: isAnswered ? [{ name: promptName, mark: '', messages: split.answer }] : responses,
    metadata: scalarsOf(
      data,
      Object.keys(data).filter((name) => !used.has(name)),
    ),
  }
}

function promptNameIn(data: Row): string | undefined {
  for (const wanted of promptNames) {
    const found = Object.keys(data).find((name) => plainName(name) === wanted)
    if (found !== undefined && isContent(data[found])) return found
  }
  return undefined
}

const isContent = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || isMessageList(value)

/** Fields of like names in the order of what tells them apart: 1 before 2, left before right. */
function responsesIn(data: Row, promptName: string): TaskResponse[] {
  return Object.keys(data)
    .flatMap((name): TaskResponse[] => {
      const [matched, stem = '', suffix] = responseName.exec(plainName(name)) ?? []
      const needsSuffix = stem === 'text' || stem === 'model' || stem === 'option'
      if (matched === undefined || name === promptName || (needsSuffix && !suffix)) return []
      const messages = isContent(data[name]) ? toAnswer(data[name]) : undefined
      if (!messages || isModelName(stem, data, name)) return []
      const mark = suffix ?? (stem === 'left' || stem === 'right' ? stem : '')
      return [{ name, mark, model: modelOf(data, name, mark), messages }]
    })
    .sort((one, other) => orderOf(one.mark) - orderOf(other.mark))
}

const orders = [
  ['1', 'a', 'left', 'one', 'first'],
  ['2', 'b', 'right', 'two', 'second'],
]

function orderOf(mark: string): number {
  const known = orders.findIndex((marks) => marks.includes(mark))
  if (known >= 0) return known + 1
  const number = Number(mark)
  if (mark !== '' && Number.isFinite(number)) return number
  return mark === '' ? 0 : mark.charCodeAt(0) - 'a'.charCodeAt(0) + 1
}

/** `model_a` beside `response_a` names a model; alone it may hold what the model said. */
const isModelName = (stem: string, data: Row, name: string): boolean =>
  stem === 'model' &&
  Object.keys(data).some((other) => {
    const found = responseName.exec(plainName(other))
    return other !== name && found !== null && found[1] !== 'model'
  })

function modelOf(data: Row, name: string, mark: string): string | undefined {
  const wanted = [`${plainName(name)}_model`, `model_${mark}`, `model${mark}`]
  const found = Object.keys(data).find((other) => wanted.includes(plainName(other)))
  const model = found === undefined ? undefined : nameOf(data[found])
  return model ?? (mark === '' ? nameOf(data.model) : undefined)
}

/**
 * The response that a name speaks of: the field itself, a name that holds the field's, or one that
 * ends with the same mark (`rating_1` of `answer_1`). The only response where there is but one and
 * the name is not the prompt's.
 */
export function responseNamed(
  name: string,
  { responses, promptName }: TaskFields,
): TaskResponse | undefined {
  const plain = plainName(name)
  const exact = responses.find((response) => plainName(response.name) === plain)
  if (exact) return exact
  const [only] = responses
  if (responses.length === 1) return plain === plainName(promptName) ? undefined : only
  const holding = responses.filter((response) => ` ${plain} `.includes(plainName(response.name)))
  if (holding.length === 1) return holding[0]
  const [, mark] = /[_a-z](\d{1,2}|_[a-h]|left|right)$/.exec(`_${plain}`) ?? []
  const marked = responses.filter((response) => response.mark === mark?.replace('_', ''))
  return marked.length === 1 ? marked[0] : undefined
}
