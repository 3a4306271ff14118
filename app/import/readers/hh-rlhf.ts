/** HH-RLHF: two conversations as marked texts that differ in their last answer. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import { type Reader, refused } from '../reader.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { markedRoles, splitMarkedText } from '../shapes/marked-text.ts'
import { reads, requiredText } from '../shapes/row-values.ts'

const rowSchema = z.looseObject({ chosen: requiredText, rejected: requiredText })

const answerMarker = '\n\nAssistant:'
const looseMarker = /(?<!\n)\n(?:Human|Assistant):/

interface Side {
  prompt: string
  answer: string
}

export const hhRlhf: Reader = {
  format: 'hh-rlhf',
  title: 'HH-RLHF',
  certainty: 0.99,
  mark: ({ chosen, rejected }) => {
    const isMarked = [chosen, rejected].every(
      (text) => typeof text === 'string' && text.includes('\n\nHuman:'),
    )
    return isMarked ? 'has "chosen" and "rejected" texts with "Human:" turns' : null
  },
  read: reads(rowSchema, ({ chosen, rejected }, context) => {
    const [better, worse] = [sideOf(chosen), sideOf(rejected)]
    if (typeof better === 'string') return refused('chosen', better)
    if (typeof worse === 'string') return refused('rejected', worse)
    if (better.prompt !== worse.prompt) {
      const reason = 'the conversation before the last "Assistant:" is not the one of "chosen"'
      return refused('rejected', reason)
    }
    const messages = splitMarkedText(better.prompt)
    if (!messages) return refused('chosen', 'there is no "Human:" turn before the answer')
    const records = fromItem(
      {
        prompt: { messages },
        responses: [
          { key: 'chosen', messages: fromAssistant(better.answer) },
          { key: 'rejected', messages: fromAssistant(worse.answer) },
        ],
        verdicts: [
          {
            kind: 'pairwise',
            a: 'chosen',
            b: 'rejected',
            winner: 'a',
            rater: 'HH-RLHF annotators',
          },
        ],
      },
      context,
    )
    return { records, problems: [] }
  }),
}

/** A text cut at its last answer, or in words why nobody can tell where that begins. */
function sideOf(text: string): Side | string {
  const at = text.lastIndexOf(answerMarker)
  if (at === -1) return 'no turn of "Assistant:" is in it'
  if (looseMarker.test(text)) {
    return 'a "Human:" or "Assistant:" follows a single line break: it may be a turn or a quotation'
  }
  const roles = markedRoles(text)
  if (roles.some((role, place) => role === roles[place - 1])) {
    return 'two turns in a row have the same speaker'
  }
  if (roles.at(-1) === 'user') return 'it ends with a "Human:" turn, not with an answer'
  const answer = text.slice(at + answerMarker.length).replace(/^ /, '')
  if (answer.trim() === '') return 'the last answer is empty'
  return { prompt: text.slice(0, at), answer }
}
