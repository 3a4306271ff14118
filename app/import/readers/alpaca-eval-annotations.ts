/** AlpacaEval's annotations: the outputs of two models, and which of them a judge preferred. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader } from '../reader.ts'
import { alpacaPreference } from '../shapes/alpaca-preference.ts'
import { instructionOf } from '../shapes/instruction.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import {
  hasAll,
  markOf,
  nameOf,
  reads,
  requiredName,
  requiredText,
  scalarsOf,
} from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  instruction: requiredText,
  output_1: requiredText,
  output_2: requiredText,
  generator_1: requiredName,
  generator_2: requiredName,
})

const columns = ['output_1', 'output_2', 'generator_1', 'generator_2']

export const alpacaEvalAnnotations: Reader = {
  format: 'alpaca-eval-annotations',
  title: 'AlpacaEval annotations',
  certainty: 0.99,
  mark: (row) => (hasAll(row, ['instruction', ...columns]) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const preference = alpacaPreference(row.preference)
    const rater = nameOf(row.annotator) ?? 'AlpacaEval annotators'
    const records = fromItem(
      {
        prompt: {
          messages: instructionOf(row.instruction, row.input),
          metadata: scalarsOf(row, ['dataset', 'datasplit']),
        },
        responses: [
          { key: 'a', model: row.generator_1, messages: fromAssistant(row.output_1) },
          { key: 'b', model: row.generator_2, messages: fromAssistant(row.output_2) },
        ],
        verdicts: preference.winner
          ? [{ kind: 'pairwise', a: 'a', b: 'b', rater, source: sourceOf(rater), ...preference }]
          : [],
      },
      context,
    )
    const reason = 'reason' in preference ? preference.reason : undefined
    return { records, problems: reason === undefined ? [] : [{ field: 'preference', reason }] }
  }),
}

/** The set names judges by their configuration, people by a number or as humans. */
const sourceOf = (rater: string): 'human' | 'judge' =>
  /^\d+$|human|^AlpacaEval annotators$/i.test(rater) ? 'human' : 'judge'
