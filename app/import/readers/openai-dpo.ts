/** OpenAI's preference fine-tuning, as Azure, Together and Fireworks take it too. */

import { type Reader, type Row, refused } from '../reader.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { recordOf } from '../shapes/loose-value.ts'
import { withTools } from '../shapes/offered-tools.ts'
import { pairOfAnswers, readPair } from '../shapes/preference-pair.ts'
import { scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { toAnswer, toPrompt } from '../shapes/turns.ts'

/** The names of today and those of the older schema. */
const namings = [
  ['preferred_output', 'non_preferred_output'],
  ['preferred_completion', 'non_preferred_completion'],
] as const

export const openaiDpo: Reader = {
  format: 'openai-dpo',
  title: 'OpenAI preference pairs',
  certainty: 0.99,
  mark: (row) => {
    const naming = namingOf(row)
    return naming && row.input !== undefined
      ? `has "input", "${naming[0]}" and "${naming[1]}"`
      : null
  },
  read: (row, context) => {
    const [better, worse] = namingOf(row) ?? namings[0]
    const input = recordOf(row.input)
    const prompt = input ? toMessages(input.messages) : toPrompt(row.input)
    const [chosen, rejected] = [toAnswer(row[better]), toAnswer(row[worse])]
    if (!prompt) return refused(input ? 'input.messages' : 'input', 'is no list of messages')
    if (!chosen) return refused(better, 'holds no answer')
    if (!rejected) return refused(worse, 'holds no answer')
    const pair = pairOfAnswers(prompt, { chosen, rejected })
    if ('reason' in pair) return refused(pair.field === 'chosen' ? better : worse, pair.reason)
    const reading = readPair(
      pair,
      {
        rater: 'OpenAI preference pairs annotators',
        prompt: { tags: tagsOf(row, customaryTags), metadata: scalarsOf(row, customaryMetadata) },
      },
      context,
    )
    return { ...reading, records: withTools(reading.records, input?.tools) }
  },
}

const namingOf = (row: Row) =>
  namings.find(([better, worse]) => row[better] !== undefined && row[worse] !== undefined)
