/** HelpSteer2: a response with one rating for each of five attributes. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import { type Reader, type ReadProblem, refused } from '../reader.ts'
import { helpsteerPrompt, unclearTurns } from '../shapes/helpsteer-prompt.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { numberOf } from '../shapes/loose-value.ts'
import { hasAll, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'

/** What each response of HelpSteer2 is rated for, from 0 to 4. */
export const helpsteerAttributes = [
  'helpfulness',
  'correctness',
  'coherence',
  'complexity',
  'verbosity',
]

const rowSchema = z.looseObject({ prompt: requiredText, response: requiredText })

export const helpsteer2: Reader = {
  format: 'helpsteer2',
  title: 'HelpSteer2',
  certainty: 0.99,
  mark: (row) => {
    if (!hasAll(row, ['prompt', 'response', ...helpsteerAttributes])) return null
    const areRatings = helpsteerAttributes.every((name) => !Array.isArray(row[name]))
    return areRatings ? 'has "prompt", "response" and ratings such as "helpfulness"' : null
  },
  read: reads(rowSchema, (row, context) => {
    const messages = helpsteerPrompt(row.prompt)
    if (!messages) return refused('prompt', unclearTurns)
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const criterion of helpsteerAttributes) {
      const score = numberOf(row[criterion])
      if (score === undefined) problems.push({ field: criterion, reason: 'is not a number' })
      else verdicts.push({ kind: 'rubric', response, criterion, answer: { score }, rater })
    }
    const item = {
      prompt: { messages, metadata: scalarsOf(row, ['split']) },
      responses: [{ key: response, messages: fromAssistant(row.response) }],
      verdicts,
    }
    return { records: fromItem(item, context), problems }
  }),
}

const response = 'response'
const rater = 'HelpSteer2 annotators'
