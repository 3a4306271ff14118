/** AlpacaEval's outputs of a model: an instruction with one answer. */
import { z } from 'zod'
import { fromAssistant } from '../message.ts'
import type { Reader } from '../reader.ts'
import { instructionOf } from '../shapes/instruction.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import {
  hasAll,
  markOf,
  reads,
  requiredName,
  requiredText,
  scalarsOf,
} from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  instruction: requiredText,
  output: requiredText,
  generator: requiredName,
})

const columns = ['instruction', 'output', 'generator']

export const alpacaEvalOutputs: Reader = {
  format: 'alpaca-eval-outputs',
  title: 'AlpacaEval outputs',
  certainty: 0.95,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const item = {
      prompt: {
        messages: instructionOf(row.instruction, row.input),
        metadata: scalarsOf(row, ['dataset', 'datasplit']),
      },
      responses: [{ key: 'output', model: row.generator, messages: fromAssistant(row.output) }],
      verdicts: [],
    }
    return { records: fromItem(item, context), problems: [] }
  }),
}
