/** In: a canonical row and what a target demands. Out: what is wrong with it, as a report names it. */
import type { Message } from '#app/import/message.ts'
import { type CanonicalRow, completionsOf } from './canonical-row.ts'
import { normalText } from './normal-text.ts'
import type { Demands } from './targets/target.ts'

/** Blocked rows are left out; warnings are counted and kept. */
export const rowChecks = {
  empty: { blocks: true, words: 'a completion is empty or white space' },
  identical: { blocks: true, words: 'chosen and rejected say the same' },
  'prompt-empty': {
    blocks: true,
    words: 'the prompt has no message, or the user says nothing in it',
  },
  'prompt-end': { blocks: true, words: 'the prompt does not end with a user or tool message' },
  'no-user': { blocks: true, words: 'the prompt has no message of a user' },
  'system-place': { blocks: true, words: 'a system message is not first, or there are several' },
  'completion-role': { blocks: true, words: 'a completion does not begin with the assistant' },
  'tool-calls': { blocks: true, words: 'it calls tools, which this target does not carry' },
  'several-messages': {
    blocks: true,
    words: 'a completion has several messages, and this target takes one',
  },
  'several-turns': {
    blocks: true,
    words: 'the prompt has several turns, and this target takes one',
  },
  'system-message': { blocks: true, words: 'it has a system message, which this target lacks' },
  'not-alternating': {
    blocks: true,
    words: 'user and assistant do not take turns, as this target demands',
  },
  'ends-with-tool': {
    blocks: true,
    words: 'the prompt ends with what a tool gave, and this target wants the user',
  },
  'empty-message': {
    blocks: true,
    words: 'a message is without text, which this target does not take',
  },
  'no-reference': { blocks: true, words: 'nothing to hold answers against' },
  'lone-surrogate': { blocks: true, words: 'a text holds half a character, which no file may' },
  'prompt-repeated': { blocks: false, words: 'a completion repeats the prompt; it was cut off' },
  'white-space': { blocks: false, words: 'a text begins or ends with white space' },
  'template-marker': {
    blocks: false,
    words: 'a text holds a marker of a chat template, such as <|im_start|>',
  },
} as const satisfies Record<string, { blocks: boolean; words: string }>

export type RowCheck = keyof typeof rowChecks

const callsTools = (messages: readonly Message[]): boolean =>
  messages.some(
    ({ role, tool_calls }) =>
      role === 'tool' || (tool_calls !== undefined && tool_calls.length > 0),
  )

const isSystem = ({ role }: Message) => role === 'system' || role === 'developer'

/** A completion without what it repeats of the prompt, and whether it repeated anything. */
export function withoutPrompt(
  prompt: readonly Message[],
  completion: readonly Message[],
): { messages: readonly Message[]; isCut: boolean } {
  const isCut =
    prompt.length > 0 &&
    completion.length > prompt.length &&
    normalText(completion.slice(0, prompt.length)) === normalText(prompt)
  return { messages: isCut ? completion.slice(prompt.length) : completion, isCut }
}

/** A row whose completions hold the continuation alone. */
export function cutToContinuation<Row extends CanonicalRow>(
  row: Row,
): { row: Row; isCut: boolean } {
  let isCut = false
  const cut = <One extends { messages: readonly Message[] }>(completion: One): One => {
    const found = withoutPrompt(row.prompt, completion.messages)
    isCut ||= found.isCut
    return { ...completion, messages: found.messages }
  }
  const changed: CanonicalRow = cutRow(row, cut)
  return { row: changed as Row, isCut }
}

/** A row whose texts neither begin nor end with white space. */
export function trimmed(row: CanonicalRow): CanonicalRow {
  const trim = (messages: readonly Message[]): Message[] =>
    messages.map((message) => ({ ...message, content: message.content.trim() }))
  const changed = cutRow(row, (completion) => ({
    ...completion,
    messages: trim(completion.messages),
  }))
  return { ...changed, prompt: trim(row.prompt) }
}

function cutRow(
  row: CanonicalRow,
  cut: <One extends { messages: readonly Message[] }>(completion: One) => One,
): CanonicalRow {
  switch (row.recipe) {
    case 'preference':
      return { ...row, chosen: cut(row.chosen), rejected: cut(row.rejected) }
    case 'ranking':
      return {
        ...row,
        ranked: row.ranked.map((one) => ({ ...one, completion: cut(one.completion) })),
      }
    case 'prompt':
      return row
    default:
      return { ...row, completion: cut(row.completion) }
  }
}

/** Everything that is wrong with a row for a target, each once. */
export function checksOf(row: CanonicalRow, demands: Demands): RowCheck[] {
  const completions = completionsOf(row).map(({ messages }) => messages)
  const found = new Set<RowCheck>([
    ...promptChecks(row.prompt),
    ...completions.flatMap(completionChecks),
    ...demandChecks(row.prompt, completions, demands),
    ...textChecks([...row.prompt, ...completions.flat()]),
  ])
  if (row.recipe === 'prompt' && demands.reference && row.reference === null) {
    found.add('no-reference')
  }
  if (row.recipe === 'preference') {
    if (normalText(row.chosen.messages) === normalText(row.rejected.messages))
      found.add('identical')
  }
  return (Object.keys(rowChecks) as RowCheck[]).filter((check) => found.has(check))
}

function promptChecks(prompt: readonly Message[]): RowCheck[] {
  const found: RowCheck[] = []
  const last = prompt.at(-1)
  if (!last) return ['prompt-empty']
  if (prompt.every((message) => message.role !== 'user' || isBlank(message))) {
    found.push('prompt-empty')
  }
  if (last.role !== 'user' && last.role !== 'tool') found.push('prompt-end')
  if (!prompt.some(({ role }) => role === 'user')) found.push('no-user')
  const systems = prompt.filter(isSystem)
  const [first] = prompt
  if (systems.length > 1 || (systems.length === 1 && first !== systems[0])) {
    found.push('system-place')
  }
  return found
}

function completionChecks(messages: readonly Message[]): RowCheck[] {
  const found: RowCheck[] = []
  if (!messages.some(saysSomething)) found.push('empty')
  if (messages[0] && messages[0].role !== 'assistant') found.push('completion-role')
  return found
}

const saysSomething = ({ role, content, tool_calls }: Message): boolean =>
  role === 'assistant' && (content.trim() !== '' || (tool_calls ?? []).length > 0)

function demandChecks(
  prompt: readonly Message[],
  completions: readonly (readonly Message[])[],
  demands: Demands,
): RowCheck[] {
  const found: RowCheck[] = []
  if (!demands.toolCalls && [prompt, ...completions].some(callsTools)) found.push('tool-calls')
  if (
    demands.messagesOfCompletion === 'one assistant' &&
    completions.some((messages) => messages.length > 1)
  ) {
    found.push('several-messages')
  }
  const said = prompt.filter((message) => !isSystem(message))
  if (!demands.severalTurns && said.length > 1) found.push('several-turns')
  if (!demands.systemMessage && said.length < prompt.length) found.push('system-message')
  if (demands.alternating && !isAlternating(said)) found.push('not-alternating')
  if (demands.endsWithUser && prompt.at(-1)?.role === 'tool') found.push('ends-with-tool')
  if (!demands.emptyMessages && [prompt, ...completions].flat().some(isBlank)) {
    found.push('empty-message')
  }
  return found
}

const isBlank = ({ content }: Message): boolean => content.trim() === ''

const isAlternating = (messages: readonly Message[]): boolean =>
  messages.every(({ role }, place) => role === (place % 2 === 0 ? 'user' : 'assistant'))

/** Of the templates of Llama, Mistral, ChatML, Gemma, Phi, Qwen and of the HH-RLHF texts. */
const markers =
  /<\|(?:im_start|im_end|begin_of_text|end_of_text|eot_id|start_header_id|end_header_id|endoftext|system|user|assistant|end)\|>|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|\n\n(?:Human|Assistant):/

/** Every marker has one of these; most texts have none. */
const mayHoldMarker = /[<[]|\n\n[HA]/

const hasWhiteEnds = (text: string): boolean => {
  const ends = text.trim()
  return ends.length !== text.length && ends !== ''
}

function textChecks(messages: readonly Message[]): RowCheck[] {
  const found: RowCheck[] = []
  const texts = messages.map(({ content }) => content)
  if (texts.some((text) => !text.isWellFormed())) found.push('lone-surrogate')
  if (texts.some(hasWhiteEnds)) found.push('white-space')
  if (texts.some((text) => mayHoldMarker.test(text) && markers.test(text))) {
    found.push('template-marker')
  }
  return found
}
