/** PKU-SafeRLHF: two answers, of which one is more helpful and one less harmful. */
import { z } from 'zod'
import { fromAssistant, fromUser } from '../message.ts'
import type { Reader, ReadProblem, Row } from '../reader.ts'
import { requiredNumber } from '../shapes/cells.ts'
import { type Candidate, fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { hasAll, markOf, nameOf, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  prompt: requiredText,
  response_0: requiredText,
  response_1: requiredText,
})

const columns = ['response_0', 'response_1', 'better_response_id']

const questions = [
  { field: 'better_response_id', criterion: 'helpfulness' },
  { field: 'safer_response_id', criterion: 'harmlessness' },
] as const

export const pkuSaferlhf: Reader = {
  format: 'pku-saferlhf',
  title: 'PKU-SafeRLHF',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const { field, criterion } of questions) {
      if (row[field] === undefined || row[field] === null) continue
      const better = requiredNumber.safeParse(row[field]).data
      if (better !== 0 && better !== 1) {
        problems.push({ field, reason: 'is neither 0 nor 1, so nobody knows which one is meant' })
        continue
      }
      const winner = better === 0 ? 'a' : 'b'
      verdicts.push({
        kind: 'pairwise',
        a: '0',
        b: '1',
        winner,
        criterion,
        rater: 'PKU-SafeRLHF annotators',
      })
    }
    const records = fromItem(
      {
        prompt: {
          messages: fromUser(row.prompt),
          metadata: scalarsOf(row, ['prompt_source', 'split']),
        },
        responses: [responseOf(row, row.response_0, 0), responseOf(row, row.response_1, 1)],
        verdicts,
      },
      context,
    )
    return { records, problems }
  }),
}

function responseOf(row: Row, text: string, number: 0 | 1): Candidate {
  const model = nameOf(row[`response_${number}_source`])
  const safety = scalarsOf(row, [`is_response_${number}_safe`, `response_${number}_severity_level`])
  return {
    key: String(number),
    messages: fromAssistant(text),
    ...(model === undefined ? {} : { model }),
    metadata: Object.fromEntries(
      Object.entries(safety).map(([name, value]) => [
        name.replace(`response_${number}_`, ''),
        value,
      ]),
    ),
  }
}
