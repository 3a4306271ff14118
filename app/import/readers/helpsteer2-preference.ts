/** HelpSteer2's preferences: two responses, and how much better each annotator found one of them. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import { type Reader, type ReadProblem, type Row, refused } from '../reader.ts'
import { helpsteerPrompt, unclearTurns } from '../shapes/helpsteer-prompt.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { listOf, numberOf, parseNested, recordOf } from '../shapes/loose-value.ts'
import { hasAll, markOf, nameOf, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'
import { beyondScale, signedPreference } from '../shapes/signed-preference.ts'

const rowSchema = z.looseObject({
  prompt: requiredText,
  response_1: requiredText,
  response_2: requiredText,
})

const columns = ['response_1', 'response_2', 'preference_strength']

export const helpsteer2Preference: Reader = {
  format: 'helpsteer2-preference',
  title: 'HelpSteer2 preference',
  certainty: 0.99,
  mark: (row) => (hasAll(row, ['prompt', ...columns]) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const messages = helpsteerPrompt(row.prompt)
    if (!messages) return refused('prompt', unclearTurns)
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const given of givenOf(row)) {
      const { field, strength, rater, comment } = given
      const preference = strength === undefined ? undefined : signedPreference(strength)
      if (!preference) problems.push({ field, reason: beyondScale })
      else verdicts.push({ kind: 'pairwise', a: 'a', b: 'b', ...preference, rater, comment })
    }
    const item = {
      prompt: { messages, metadata: scalarsOf(row, ['split', 'preference_strength']) },
      responses: [
        { key: 'a', messages: fromAssistant(row.response_1) },
        { key: 'b', messages: fromAssistant(row.response_2) },
      ],
      verdicts,
    }
    return { records: fromItem(item, context), problems }
  }),
}

interface Given {
  field: string
  strength: number | undefined
  rater: string
  comment: string | undefined
}

/** What each annotator gave; where the row tells none of them, what they gave together. */
function givenOf(row: Row): Given[] {
  const each = listOf(parseNested(row.all_preferences_unprocessed)).map((value, place) => {
    const members = recordOf(value) ?? {}
    return {
      field: `all_preferences_unprocessed.${place}.strength`,
      strength: numberOf(members.strength),
      rater: `annotator ${place + 1}`,
      comment: nameOf(members.justification),
    }
  })
  if (each.length > 0) return each
  const words = [nameOf(row.preference_statement), nameOf(row.preference_elaboration)]
  return [
    {
      field: 'preference_strength',
      strength: numberOf(row.preference_strength),
      rater: 'HelpSteer2 annotators',
      comment: words.filter((text) => text !== undefined).join(' ') || undefined,
    },
  ]
}
