/** Questions of Arena-Hard and MT-bench: the prompts that answers elsewhere name by their ids. */
import { z } from 'zod'
import { fromUser } from '../message.ts'
import type { Reader, ReadProblem } from '../reader.ts'
import { reads, requiredName, requiredText, scalarsOf, tagsOf } from '../shapes/row-values.ts'

const turn = z.union([requiredText, z.looseObject({ content: requiredText })])

const rowSchema = z.looseObject({
  question_id: requiredName,
  turns: z.array(turn, { error: 'is no list of turns' }).min(1, 'is a list without turns'),
})

export const arenaHardQuestion: Reader = {
  format: 'arena-hard-question',
  title: 'Arena-Hard questions',
  certainty: 0.9,
  order: -1,
  mark: (row) =>
    row.question_id !== undefined && Array.isArray(row.turns)
      ? 'has "question_id" and a list of "turns"'
      : null,
  read: reads(rowSchema, (row) => {
    const [first, ...later] = row.turns
    const text = typeof first === 'string' ? first : (first?.content ?? '')
    const prompt = {
      externalId: row.question_id,
      messages: fromUser(text),
      tags: tagsOf(row, ['category']),
      metadata: scalarsOf(row, ['cluster']),
    }
    const problems = later.length > 0 ? [laterTurns] : []
    return { records: [{ kind: 'content', prompt, responses: [] }], problems }
  }),
}

/** A later question follows on another answer for each model, so it is no prompt they share. */
const laterTurns: ReadProblem = {
  field: 'turns',
  reason: 'only the first turn was taken: a later one follows on a different answer of each model',
}
