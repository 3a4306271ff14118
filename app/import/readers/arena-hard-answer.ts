/** Answers of one model to the questions of Arena-Hard or MT-bench, which they name by their ids. */
import { z } from 'zod'
import type { ResponseRecord } from '../import-record.ts'
import { fromAssistant } from '../message.ts'
import type { Reader, Reading, ReadProblem } from '../reader.ts'
import { numberOf } from '../shapes/loose-value.ts'
import {
  hasAll,
  markOf,
  momentOf,
  nameOf,
  reads,
  requiredName,
  requiredText,
} from '../shapes/row-values.ts'

const turn = z.union([requiredText, z.looseObject({ content: requiredText })])

const choiceSchema = z.looseObject({
  index: z.unknown(),
  turns: z.array(turn, { error: 'is no list of turns' }).min(1, 'is a list without turns'),
})

const rowSchema = z.looseObject({
  question_id: requiredName,
  model_id: requiredName,
  choices: z.array(choiceSchema, { error: 'is no list of answers' }).min(1, 'is an empty list'),
})
type AnswerRow = z.infer<typeof rowSchema>

const columns = ['question_id', 'model_id', 'choices']

export const arenaHardAnswer: Reader = {
  format: 'arena-hard-answer',
  title: 'Arena-Hard answers',
  certainty: 0.95,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  read: reads(rowSchema, (row): Reading => {
    const responses = row.choices.map((choice, place) => responseOf(row, choice, place))
    const problems = row.choices.some((choice) => choice.turns.length > 1) ? [laterTurns] : []
    return { records: [{ kind: 'content', promptId: row.question_id, responses }], problems }
  }),
}

const laterTurns: ReadProblem = {
  field: 'choices',
  reason: 'only the answer to the first turn was taken: later ones answer what no other model saw',
}

function responseOf(
  row: AnswerRow,
  choice: AnswerRow['choices'][number],
  place: number,
): ResponseRecord {
  const first = choice.turns[0]
  const id = nameOf(row.answer_id)
  const sample = numberOf(choice.index) ?? place
  const answeredAt = momentOf(row.tstamp)
  return {
    ...(id === undefined ? {} : { externalId: row.choices.length === 1 ? id : `${id}#${sample}` }),
    model: { name: row.model_id, version: '', promptVersion: '', parameters: {} },
    messages: fromAssistant(typeof first === 'string' ? first : (first?.content ?? '')),
    ...(Number.isInteger(sample) && sample > 0 ? { sample } : {}),
    ...(answeredAt === undefined ? {} : { answeredAt }),
    metadata: {},
  }
}
