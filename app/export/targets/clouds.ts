/**
 * Preference tuning of Gemini and Nova: texts alone, with roles and parts of their own. Sources: Google
 * Cloud’s “Prepare preference tuning data”; Amazon’s Nova customisation guide.
 */
import type { Message } from '#app/import/message.ts'
import { textOf } from '#app/import/message.ts'
import type { Completion } from '../canonical-row.ts'
import { withoutSystem } from './messages.ts'
import { type Demands, linesAlone, target } from './target.ts'

const textsAlone: Demands = {
  toolCalls: false,
  messagesOfCompletion: 'one assistant',
  severalTurns: true,
  systemMessage: true,
  alternating: true,
  endsWithUser: true,
  emptyMessages: false,
  reference: false,
}

const geminiTurn = ({ role, content }: Message) => ({
  role: role === 'assistant' ? 'model' : 'user',
  parts: [{ text: content }],
})

const geminiCompletion = ({ messages }: Completion, score: 0 | 1) => ({
  score,
  completion: { role: 'model', parts: [{ text: textOf(messages) }] },
})

export const geminiPreference = target({
  title: 'Gemini preference tuning',
  recipe: 'preference',
  containers: linesAlone,
  demands: textsAlone,
  limits: { mostRows: 10_000_000, mostBytes: 1e9, mostTokensOfRow: 131_072 },
  print: (row) => {
    const { system, rest } = withoutSystem(row.prompt)
    return {
      ...(system === undefined ? {} : { system_instruction: { parts: [{ text: system }] } }),
      contents: rest.map(geminiTurn),
      completions: [geminiCompletion(row.chosen, 1), geminiCompletion(row.rejected, 0)],
    }
  },
})

const novaCandidate = (
  { messages }: Completion,
  preferenceLabel: 'preferred' | 'non-preferred',
) => ({ content: [{ text: textOf(messages) }], preferenceLabel })

export const novaPreference = target({
  title: 'Amazon Nova preference tuning',
  recipe: 'preference',
  containers: linesAlone,
  demands: textsAlone,
  print: (row) => {
    const { system, rest } = withoutSystem(row.prompt)
    return {
      ...(system === undefined ? {} : { system: [{ text: system }] }),
      messages: [
        ...rest.map(({ role, content }) => ({ role, content: [{ text: content }] })),
        {
          role: 'assistant',
          candidates: [
            novaCandidate(row.chosen, 'preferred'),
            novaCandidate(row.rejected, 'non-preferred'),
          ],
        },
      ],
    }
  },
})
