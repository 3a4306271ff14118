/**
 * Axolotl, LLaMA-Factory, NeMo-RL, OpenRLHF, verl and HelpSteer’s shape. Sources: each project’s own
 * documentation of its dataset formats.
 */
import { type Message, textOf } from '#app/import/message.ts'
import type { Completion } from '../canonical-row.ts'
import { originColumns, plainMessage, plainMessages, withoutSystem } from './messages.ts'
import { anyConversation, type Demands, linesAlone, linesOrColumns, target } from './target.ts'

const oneAnswer: Demands = {
  ...anyConversation,
  toolCalls: false,
  messagesOfCompletion: 'one assistant',
}

/** The one message of a completion; targets that need it demand that there is one alone. */
const answerOf = ({ messages }: Completion) =>
  plainMessage(messages.at(-1) ?? { role: 'assistant', content: '' })

export const axolotlPreference = target({
  title: 'Axolotl preference (dpo, chat_template.default)',
  recipe: 'preference',
  containers: linesOrColumns,
  demands: oneAnswer,
  print: (row) => ({
    messages: plainMessages(row.prompt),
    chosen: answerOf(row.chosen),
    rejected: answerOf(row.rejected),
  }),
})

export const llamaFactoryPreference = target({
  title: 'LLaMA-Factory preference (sharegpt, ranking)',
  recipe: 'preference',
  containers: ['json', 'jsonl', 'parquet'],
  demands: { ...oneAnswer, alternating: true },
  print: (row) => ({
    conversations: plainMessages(row.prompt),
    chosen: answerOf(row.chosen),
    rejected: answerOf(row.rejected),
  }),
})

export const llamaFactoryUnpaired = target({
  title: 'LLaMA-Factory KTO',
  recipe: 'unpaired',
  containers: ['json', 'jsonl', 'parquet'],
  demands: { ...oneAnswer, alternating: true },
  print: (row) => ({
    messages: plainMessages([...row.prompt, ...row.completion.messages]),
    label: row.isGood,
  }),
})

export const nemoPreference = target({
  title: 'NeMo-RL preference',
  recipe: 'preference',
  containers: linesAlone,
  demands: anyConversation,
  print: (row) => ({
    context: plainMessages(row.prompt),
    completions: [row.chosen, row.rejected].map(({ messages }, rank) => ({
      rank,
      completion: plainMessages(messages),
    })),
  }),
})

export const openRlhfPreference = target({
  title: 'OpenRLHF preference (apply_chat_template, prompt_key)',
  recipe: 'preference',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    prompt: plainMessages(row.prompt),
    chosen: plainMessages(row.chosen.messages),
    rejected: plainMessages(row.rejected.messages),
    ...(row.margin === null ? {} : { margin: row.margin }),
  }),
})

export const verlPrompt = target({
  title: 'verl reinforcement learning',
  recipe: 'prompt',
  containers: ['parquet'],
  demands: { ...anyConversation, toolCalls: false },
  print: (row) => ({
    data_source: row.origin.campaign,
    prompt: plainMessages(row.prompt),
    ability: row.origin.tags[0] ?? 'general',
    reward_model: { style: 'rule', ground_truth: row.reference ?? '' },
    extra_info: { id: row.origin.id, prompt_id: row.origin.promptId },
  }),
})

/** A conversation as one text, as HelpSteer writes earlier turns. */
const asText = (messages: readonly Message[]): string => {
  const said = messages.filter(({ role }) => role !== 'system')
  return said.length === 1
    ? textOf(said)
    : said
        .map(({ role, content }) => `${role === 'user' ? 'User' : 'Assistant'}: ${content}`)
        .join('\n\n')
}

export const helpSteerScores = target({
  title: 'HelpSteer scores',
  recipe: 'scores',
  containers: linesOrColumns,
  demands: oneAnswer,
  print: (row) => ({
    prompt: asText(row.prompt),
    response: textOf(row.completion.messages),
    ...Object.fromEntries(Object.entries(row.scores).map(([name, { mean }]) => [name, mean])),
    disagreements: Object.fromEntries(
      Object.entries(row.scores).map(([name, { byRater }]) => [name, byRater]),
    ),
    ...originColumns(row),
  }),
})

export const llamaFactoryDemonstration = target({
  title: 'LLaMA-Factory SFT (sharegpt with OpenAI roles)',
  recipe: 'demonstration',
  containers: ['json', 'jsonl', 'parquet'],
  demands: { ...oneAnswer, alternating: true },
  print: (row) => ({ messages: plainMessages([...row.prompt, ...row.completion.messages]) }),
})

export const axolotlDemonstration = target({
  title: 'Axolotl SFT (chat_template)',
  recipe: 'demonstration',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({ messages: plainMessages([...row.prompt, ...row.completion.messages]) }),
})

export const axolotlUnpaired = target({
  title: 'Axolotl KTO (chatml.prompt_pairs)',
  recipe: 'unpaired',
  containers: linesOrColumns,
  demands: { ...oneAnswer, severalTurns: false },
  print: (row) => {
    const { system, rest } = withoutSystem(row.prompt)
    return {
      ...(system === undefined ? {} : { system }),
      prompt: textOf(rest),
      completion: textOf(row.completion.messages),
      label: row.isGood,
    }
  },
})

/** Answers with ranks, the shape of Nectar. */
export const nectarRanking = target({
  title: 'Ranked answers (the shape of Nectar)',
  recipe: 'ranking',
  containers: linesOrColumns,
  demands: anyConversation,
  print: (row) => ({
    prompt: plainMessages(row.prompt),
    answers: row.ranked.map(({ completion, rank, score }) => ({
      answer: plainMessages(completion.messages),
      model: completion.model,
      rank,
      score,
    })),
    ...originColumns(row),
  }),
})
