/** In: what Gemini's `generateContent` gives, whole or as the pieces of its stream. Out: its answers. */

import { fromAssistant } from '../message.ts'
import { toMessages } from './conversation.ts'
import type { CallOutput } from './logged-call.ts'
import { listOf, numberOf, recordOf, stringOf } from './loose-value.ts'
import type { ProviderAnswer } from './provider-answer.ts'
import { momentOf } from './row-values.ts'

type Fields = Record<string, unknown>

/** The answers of the candidates, one for each index. Undefined where the value has none. */
export function geminiAnswer(value: unknown): ProviderAnswer | undefined {
  const bodies = (Array.isArray(value) ? value : [value]).flatMap((body) => {
    const fields = recordOf(body)
    return fields && Array.isArray(fields.candidates) ? [fields] : []
  })
  const last = bodies.at(-1)
  if (!last) return undefined
  return {
    outputs: outputsOf(bodies),
    id: stringOf(last.responseId),
    model: stringOf(last.modelVersion),
    answeredAt: momentOf(last.createTime),
    usage: recordOf(last.usageMetadata) ?? recordOf(last.usage_metadata),
  }
}

interface Candidate {
  parts: unknown[]
  finishReason?: string
}

function outputsOf(bodies: readonly Fields[]): CallOutput[] {
  const candidates = new Map<number, Candidate>()
  for (const body of bodies) {
    listOf(body.candidates).forEach((value, place) => {
      const fields = recordOf(value)
      const index = numberOf(fields?.index) ?? place
      const candidate = candidates.get(index) ?? { parts: [] }
      candidate.parts.push(...listOf(recordOf(fields?.content)?.parts))
      candidate.finishReason = stringOf(fields?.finishReason ?? fields?.finish_reason)
      candidates.set(index, candidate)
    })
  }
  return [...candidates].sort(([one], [other]) => one - other).map(toOutput)
}

const toOutput = ([index, { parts, finishReason }]: [number, Candidate]): CallOutput => ({
  messages: toMessages([{ role: 'model', parts }]) ?? fromAssistant(''),
  index,
  finishReason,
})
