/** HelpSteer3's preferences: two responses to a conversation, compared by several annotators. */
import { z } from 'zod'
import { fromAssistant, type Message } from '../message.ts'
import { type Reader, type ReadProblem, type Row, refused } from '../reader.ts'
import { toMessages } from '../shapes/conversation.ts'
import { helpsteerPrompt, unclearTurns } from '../shapes/helpsteer-prompt.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { listOf, numberOf, parseNested, recordOf } from '../shapes/loose-value.ts'
import { hasAll, markOf, nameOf, reads, requiredText, tagsOf } from '../shapes/row-values.ts'
import { beyondScale, signedPreference } from '../shapes/signed-preference.ts'

const rowSchema = z.looseObject({ response1: requiredText, response2: requiredText })

const columns = ['response1', 'response2', 'overall_preference']

export const helpsteer3Preference: Reader = {
  format: 'helpsteer3-preference',
  title: 'HelpSteer3 preference',
  certainty: 0.99,
  mark: (row) => (hasAll(row, ['context', ...columns]) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const messages = contextOf(row.context)
    if (typeof messages === 'string') return refused('context', messages)
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const { field, score, rater, comment } of givenOf(row)) {
      const preference = score === undefined ? undefined : signedPreference(score)
      if (!preference) problems.push({ field, reason: beyondScale })
      else verdicts.push({ kind: 'pairwise', a: 'a', b: 'b', ...preference, rater, comment })
    }
    const item = {
      prompt: { messages, tags: tagsOf(row, ['domain', 'language']) },
      responses: [
        { key: 'a', messages: fromAssistant(row.response1) },
        { key: 'b', messages: fromAssistant(row.response2) },
      ],
      verdicts,
    }
    return { records: fromItem(item, context), problems }
  }),
}

/** The conversation before the responses, given as a list of messages or as one text. */
function contextOf(context: unknown): Message[] | string {
  const messages = toMessages(context)
  if (messages) return messages
  if (typeof context !== 'string' || context.trim() === '') {
    return 'is neither a list of messages nor a text'
  }
  return helpsteerPrompt(context) ?? unclearTurns
}

interface Given {
  field: string
  score: number | undefined
  rater: string
  comment: string | undefined
}

/** What each annotator gave; where the row tells none of them, what they gave together. */
function givenOf(row: Row): Given[] {
  const each = listOf(parseNested(row.individual_preference)).map((value, place) => {
    const members = recordOf(value) ?? {}
    return {
      field: `individual_preference.${place}.score`,
      score: numberOf(members.score),
      rater: `annotator ${place + 1}`,
      comment: commentOf(members),
    }
  })
  if (each.length > 0) return each
  const score = numberOf(row.overall_preference)
  return [
    { field: 'overall_preference', score, rater: 'HelpSteer3 annotators', comment: undefined },
  ]
}

function commentOf(members: Row): string | undefined {
  const [first, second] = [nameOf(members.feedback1), nameOf(members.feedback2)]
  const parts = [
    nameOf(members.reasoning),
    first && `Response 1: ${first}`,
    second && `Response 2: ${second}`,
  ]
  return parts.filter((part) => part !== undefined).join('\n\n') || undefined
}
