/** In: the feedback that Weave keeps of a call. Out: what it says of the answer. */

import type { ReadProblem, Row } from '../reader.ts'
import { answerOf, type Feedback, feedbackProblem } from './call-feedback.ts'
import { firstString, listOf, recordOf, stringOf } from './loose-value.ts'
import { momentOf } from './row-values.ts'

type Said = Pick<Feedback, 'criterion' | 'answer'>

/**
 * Judgments of reactions (thumbs rate, others choose), notes, annotations, feedback of an
 * application's own types, and scorers, which are judges. Feedback that gives no value is a problem.
 */
export function weaveFeedback(entries: unknown): { feedback: Feedback[]; problems: ReadProblem[] } {
  const feedback: Feedback[] = []
  const problems: ReadProblem[] = []
  listOf(entries).forEach((value, place) => {
    const entry = recordOf(value) ?? {}
    const said = saidIn(entry)
    if (said.length === 0) {
      const reason = `feedback of the type "${stringOf(entry.feedback_type) ?? ''}" holds no value we can read`
      problems.push(feedbackProblem(`summary.weave.feedback.${place}`, reason, value))
    }
    feedback.push(...said.map((one) => ({ ...one, ...giverOf(entry) })))
  })
  return { feedback, problems }
}

const annotation = /^wandb\.annotation\.(.+)$/
const scorer = /^wandb\.runnable\.(.+)$/

function giverOf(entry: Row): Pick<Feedback, 'rater' | 'source' | 'judgedAt'> {
  const judge = stringOf(entry.feedback_type)?.match(scorer)?.[1]
  const judgedAt = momentOf(entry.created_at)
  if (judge !== undefined) return { rater: judge, source: 'judge', judgedAt }
  const rater = firstString(entry.creator, entry.wb_user_id) ?? 'Weave feedback'
  return { rater, source: 'human', judgedAt }
}

function saidIn(entry: Row): Said[] {
  const type = stringOf(entry.feedback_type) ?? ''
  const payload = recordOf(entry.payload) ?? {}
  if (type === 'wandb.reaction.1') return reactionIn(payload)
  if (type === 'wandb.note.1') {
    const note = stringOf(payload.note)
    return note === undefined ? [] : [{ criterion: 'note', answer: { text: note } }]
  }
  const judge = type.match(scorer)?.[1]
  if (judge !== undefined) return valuesIn(judge, payload.output)
  const name = type.match(annotation)?.[1] ?? type
  return name === '' ? [] : valuesIn(name, payload.value ?? payload)
}

function reactionIn(payload: Row): Said[] {
  const emoji = firstString(payload.detoned, payload.emoji)
  if (emoji === undefined) return []
  if (emoji.startsWith('👍')) return [{ criterion: 'rating', answer: { choice: 'yes' } }]
  if (emoji.startsWith('👎')) return [{ criterion: 'rating', answer: { choice: 'no' } }]
  return [{ criterion: 'reaction', answer: { choice: emoji } }]
}

/** One value goes by the name alone, several by the name and their own. */
function valuesIn(name: string, value: unknown): Said[] {
  const fields = recordOf(value)
  if (!fields) return answered(name, value)
  return Object.entries(fields).flatMap(([member, inner]) => answered(`${name}.${member}`, inner))
}

/** Longer texts are no choice among few, and a criterion asks one kind of question. */
function answered(name: string, value: unknown): Said[] {
  const answer = answerOf(value)
  if (!answer) return []
  return [{ criterion: 'text' in answer ? `${name} (text)` : name, answer }]
}
