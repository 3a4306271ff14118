/** In: two conversations that differ in their answer. Out: the prompt they share, and the answers. */
import { printJson } from '#app/base/canonical-json.ts'
import type { Message } from '../message.ts'

export interface ConversationPair {
  prompt: Message[]
  a: Message[]
  b: Message[]
}

/**
 * The prompt that two conversations answer and what each answers, or in words why they are no pair.
 * The answer is what follows the user's last message; with `turn`, what follows the user's message
 * of that number, where there are so many. The conversations must agree in all before the answer:
 * else the two answers have different prompts.
 */
export function pairOf(
  a: readonly Message[],
  b: readonly Message[],
  turn?: number,
): ConversationPair | { reason: string } {
  const [one, other] = [splitAtTurn(a, turn), splitAtTurn(b, turn)]
  if (!one || !other) return { reason: 'one of the conversations does not end with an answer' }
  if (printJson(one.prompt) !== printJson(other.prompt)) {
    return {
      reason:
        'the earlier turns of the two conversations differ, so their last answers cannot be compared',
    }
  }
  return { prompt: one.prompt, a: one.answer, b: other.answer }
}

function splitAtTurn(
  messages: readonly Message[],
  turn: number | undefined,
): { prompt: Message[]; answer: Message[] } | undefined {
  const questions = messages.flatMap(({ role }, place) => (role === 'user' ? [place] : []))
  const named = turn === undefined ? -1 : questions.indexOf(questions[turn - 1] ?? -1)
  const place = named === -1 ? questions.length - 1 : named
  const asked = questions[place]
  if (asked === undefined) return undefined
  const answer = messages.slice(asked + 1, questions[place + 1])
  if (!answer.some(({ role }) => role === 'assistant')) return undefined
  return { prompt: messages.slice(0, asked + 1), answer }
}
