/** HelpSteer2 before its ratings were merged: a list of ratings by the annotators in their order. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import { type Reader, type ReadProblem, refused } from '../reader.ts'
import { helpsteerPrompt, unclearTurns } from '../shapes/helpsteer-prompt.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { numberOf, parseNested } from '../shapes/loose-value.ts'
import { hasAll, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'
import { helpsteerAttributes } from './helpsteer2.ts'

const rowSchema = z.looseObject({ prompt: requiredText, response: requiredText })

export const helpsteer2Disagreements: Reader = {
  format: 'helpsteer2-disagreements',
  title: 'HelpSteer2 disagreements',
  certainty: 0.99,
  mark: (row) => {
    if (!hasAll(row, ['prompt', 'response', ...helpsteerAttributes])) return null
    const areLists = helpsteerAttributes.every((name) => Array.isArray(parseNested(row[name])))
    return areLists ? 'has "prompt", "response" and lists of ratings such as "helpfulness"' : null
  },
  read: reads(rowSchema, (row, context) => {
    const messages = helpsteerPrompt(row.prompt)
    if (!messages) return refused('prompt', unclearTurns)
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const criterion of helpsteerAttributes) {
      const rated = ratingsOf(criterion, parseNested(row[criterion]))
      verdicts.push(...rated.verdicts)
      problems.push(...rated.problems)
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

/** A place in the list stands for one annotator; one that is null was not filled in. */
function ratingsOf(
  criterion: string,
  ratings: unknown,
): { verdicts: Verdict[]; problems: ReadProblem[] } {
  if (!Array.isArray(ratings)) {
    return { verdicts: [], problems: [{ field: criterion, reason: 'is no list of ratings' }] }
  }
  const verdicts: Verdict[] = []
  const problems: ReadProblem[] = []
  for (const [place, value] of ratings.entries()) {
    const score = numberOf(value)
    const rater = `annotator ${place + 1}`
    if (score !== undefined) {
      verdicts.push({ kind: 'rubric', response, criterion, answer: { score }, rater })
    } else if (value !== null) {
      problems.push({ field: `${criterion}.${place}`, reason: 'is not a number', raw: value })
    }
  }
  return { verdicts, problems }
}
