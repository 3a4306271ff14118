/**
 * Hugging Face TRL. Conversational columns are lists of messages, standard ones texts; a row never mixes
 * them. Source: TRL documentation, “Dataset formats and types”.
 */
import { textOf } from '#app/import/message.ts'
import { originColumns, plainMessages, toolsColumn } from './messages.ts'
import { anyConversation, linesOrColumns, target } from './target.ts'

/** The margin column: on every row or on none, because trainers look at the first row alone. */
const marginColumn = (margin: number | null) => (margin === null ? {} : { margin })

const oneTurn = {
  ...anyConversation,
  toolCalls: false,
  messagesOfCompletion: 'one assistant',
  severalTurns: false,
  systemMessage: false,
} as const

export const trlPreference = target({
  title: 'TRL preference, explicit prompt (DPO, ORPO, CPO, reward)',
  recipe: 'preference',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    prompt: plainMessages(row.prompt),
    chosen: plainMessages(row.chosen.messages),
    rejected: plainMessages(row.rejected.messages),
    ...marginColumn(row.margin),
    ...toolsColumn(row),
    ...originColumns(row),
    chosen_model: row.chosen.model,
    rejected_model: row.rejected.model,
  }),
})

export const trlReward = target({
  title: 'TRL preference, implicit prompt (reward)',
  recipe: 'preference',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    chosen: plainMessages([...row.prompt, ...row.chosen.messages]),
    rejected: plainMessages([...row.prompt, ...row.rejected.messages]),
    ...marginColumn(row.margin),
    ...toolsColumn(row),
    ...originColumns(row),
  }),
})

export const trlPreferenceStandard = target({
  title: 'TRL preference, plain texts',
  recipe: 'preference',
  containers: linesOrColumns,
  demands: oneTurn,
  print: (row) => ({
    prompt: textOf(row.prompt),
    chosen: textOf(row.chosen.messages),
    rejected: textOf(row.rejected.messages),
    ...marginColumn(row.margin),
    ...originColumns(row),
  }),
})

export const trlUnpaired = target({
  title: 'TRL unpaired preference (KTO, BCO)',
  recipe: 'unpaired',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    prompt: plainMessages(row.prompt),
    completion: plainMessages(row.completion.messages),
    label: row.isGood,
    ...toolsColumn(row),
    ...originColumns(row),
    model: row.completion.model,
  }),
})

export const trlDemonstration = target({
  title: 'TRL prompt and completion (SFT)',
  recipe: 'demonstration',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    prompt: plainMessages(row.prompt),
    completion: plainMessages(row.completion.messages),
    ...toolsColumn(row),
    ...originColumns(row),
    model: row.completion.model,
  }),
})

export const trlPrompt = target({
  title: 'TRL prompts only (GRPO, RLOO, online DPO)',
  recipe: 'prompt',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    prompt: plainMessages(row.prompt),
    ...(row.reference === null ? {} : { reference: row.reference }),
    ...toolsColumn(row),
    ...originColumns(row),
  }),
})

export const trlLanguageModelling = target({
  title: 'TRL messages (SFT on whole conversations)',
  recipe: 'demonstration',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    messages: plainMessages([...row.prompt, ...row.completion.messages]),
    ...toolsColumn(row),
    ...originColumns(row),
    model: row.completion.model,
  }),
})
