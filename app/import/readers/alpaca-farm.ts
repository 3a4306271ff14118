/** AlpacaFarm: two outputs of models that are not named, with a preference where one was given. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader } from '../reader.ts'
import { alpacaPreference } from '../shapes/alpaca-preference.ts'
import { instructionOf } from '../shapes/instruction.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { hasAll, markOf, nameOf, reads, requiredText, scalarsOf } from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  instruction: requiredText,
  output_1: requiredText,
  output_2: requiredText,
})

const columns = ['instruction', 'output_1', 'output_2']

export const alpacaFarm: Reader = {
  format: 'alpaca-farm',
  title: 'AlpacaFarm',
  certainty: 0.9,
  mark: (row) =>
    hasAll(row, columns) && row.generator_1 === undefined && row.generator_2 === undefined
      ? markOf(columns)
      : null,
  read: reads(rowSchema, (row, context) => {
    const preference = alpacaPreference(row.preference)
    const rater = nameOf(row.annotator) ?? 'AlpacaFarm annotators'
    const records = fromItem(
      {
        prompt: {
          messages: instructionOf(row.instruction, row.input),
          metadata: scalarsOf(row, ['dataset', 'datasplit', 'raw_preference']),
        },
        responses: [
          { key: 'a', messages: fromAssistant(row.output_1) },
          { key: 'b', messages: fromAssistant(row.output_2) },
        ],
        verdicts: preference.winner
          ? [{ kind: 'pairwise', a: 'a', b: 'b', rater, ...preference }]
          : [],
      },
      context,
    )
    const reason = 'reason' in preference ? preference.reason : undefined
    return { records, problems: reason === undefined ? [] : [{ field: 'preference', reason }] }
  }),
}
