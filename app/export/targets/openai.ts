/**
 * OpenAI's fine-tuning files and those of the hosts that read them. Source: OpenAI's guides to supervised
 * and direct preference fine-tuning; those of Azure, Together and Fireworks for their limits.
 */
import { plainMessages } from './messages.ts'
import { anyConversation, type Demands, type Limits, linesAlone, target } from './target.ts'

const oneAnswer: Demands = {
  ...anyConversation,
  toolCalls: false,
  messagesOfCompletion: 'one assistant',
}

const preference = (title: string, demands: Demands, limits: Limits = {}) =>
  target({
    title,
    recipe: 'preference',
    containers: linesAlone,
    demands,
    limits,
    print: (row) => ({
      input: {
        messages: plainMessages(row.prompt),
        ...(row.tools === undefined || row.tools.length === 0 ? {} : { tools: row.tools }),
      },
      preferred_output: plainMessages(row.chosen.messages),
      non_preferred_output: plainMessages(row.rejected.messages),
    }),
  })

export const openaiPreference = preference('OpenAI preference (DPO)', oneAnswer, {
  fewestRows: 10,
})
export const azurePreference = preference('Azure preference (DPO)', {
  ...anyConversation,
  messagesOfCompletion: 'several',
})
export const togetherPreference = preference(
  'Together preference (DPO)',
  { ...oneAnswer, alternating: true },
  { mostBytes: 100e9 },
)
export const fireworksPreference = preference('Fireworks preference (DPO)', oneAnswer, {
  fewestRows: 3,
  mostRows: 3_000_000,
})

export const openaiDemonstration = target({
  title: 'OpenAI supervised fine-tuning (SFT)',
  recipe: 'demonstration',
  containers: linesAlone,
  demands: anyConversation,
  limits: { fewestRows: 10 },
  print: (row) => ({
    messages: plainMessages([...row.prompt, ...row.completion.messages]),
    ...(row.tools === undefined || row.tools.length === 0 ? {} : { tools: row.tools }),
  }),
})

export const openaiReinforcement = target({
  title: 'OpenAI and Azure reinforcement fine-tuning (RFT)',
  recipe: 'prompt',
  containers: linesAlone,
  demands: { ...anyConversation, endsWithUser: true },
  print: (row) => ({
    messages: plainMessages(row.prompt),
    ...(row.reference === null ? {} : { reference_answer: row.reference }),
    ...(row.tools === undefined || row.tools.length === 0 ? {} : { tools: row.tools }),
  }),
})

export const openaiEvaluation = target({
  title: 'OpenAI Evals (input and ideal)',
  recipe: 'prompt',
  containers: linesAlone,
  demands: { ...anyConversation, toolCalls: false, reference: true },
  print: (row) => ({
    input: row.prompt.map(({ role, content }) => ({ role, content })),
    ideal: [row.reference ?? ''],
  }),
})
