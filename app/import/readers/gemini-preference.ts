/** Google's preference tuning of Gemini: two completions with the scores 1 and 0. */
import { z } from 'zod'
import { textOf } from '../message.ts'
import { type Reader, refused } from '../reader.ts'
import { customaryMetadata, customaryTags, objectOf, optionalNumber } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { reads, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { withSystem } from '../shapes/turns.ts'

const rowSchema = z.looseObject({
  completions: z.array(objectOf({ score: optionalNumber, completion: z.unknown().optional() }), {
    error: 'is no list of completions',
  }),
})
type Completions = z.infer<typeof rowSchema>['completions']

export const geminiPreference: Reader = {
  format: 'gemini-preference',
  title: 'Gemini preference pairs',
  certainty: 0.99,
  mark: (row) => {
    const first = recordOf(listOf(row.completions)[0])
    const isScored = first?.score !== undefined && first.completion !== undefined
    return isScored && row.contents !== undefined
      ? 'has "contents" and "completions" with "score"'
      : null
  },
  read: reads(rowSchema, (row, context) => {
    const contents = toMessages(row.contents)
    if (!contents) return refused('contents', 'is no list of messages')
    const answers = row.completions.map(({ completion }) => toMessages(completion))
    const missing = answers.findIndex((answer) => !answer)
    if (missing >= 0) return refused(`completions.${missing}.completion`, 'holds no answer')
    const verdict = verdictOf(row.completions)
    const records = fromItem(
      {
        prompt: {
          messages: withSystem(systemOf(row.system_instruction ?? row.systemInstruction), contents),
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, customaryMetadata),
        },
        responses: answers.map((answer, place) => ({ key: String(place), messages: answer ?? [] })),
        verdicts: verdict ? [verdict] : [],
      },
      context,
    )
    const reason = 'are not two with a score each, so nothing was compared'
    return { records, problems: verdict ? [] : [{ field: 'completions', reason }] }
  }),
}

const systemOf = (instruction: unknown): string | undefined => {
  if (typeof instruction === 'string') return instruction
  const messages = toMessages(instruction)
  return messages && textOf(messages)
}

function verdictOf(completions: Completions): Verdict | undefined {
  const [a, b] = completions.map(({ score }) => score)
  if (completions.length !== 2 || a === undefined || b === undefined) return undefined
  const winner = a === b ? 'tie' : a > b ? 'a' : 'b'
  return { kind: 'pairwise', a: '0', b: '1', winner, rater: 'Gemini preference pairs annotators' }
}
