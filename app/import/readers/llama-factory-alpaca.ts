/** Alpaca instructions as LLaMA-Factory takes them: to learn, in pairs, or with a thumb. */
import { z } from 'zod'
import { fromAssistant, fromUser, type Message } from '../message.ts'
import { type Reader, refused } from '../reader.ts'
import { customaryMetadata, customaryTags, optionalText } from '../shapes/cells.ts'
import { readDesirable } from '../shapes/desirable-answer.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { pairOfAnswers, readPair } from '../shapes/preference-pair.ts'
import { hasAll, markOf, reads, requiredText, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { withSystem } from '../shapes/turns.ts'

const rowSchema = z.looseObject({
  instruction: requiredText,
  input: optionalText,
  output: requiredText.nullish(),
  chosen: requiredText.nullish(),
  rejected: requiredText.nullish(),
  system: optionalText,
  history: z
    .array(
      z.tuple([requiredText, requiredText], { error: 'is no pair of a question and an answer' }),
      { error: 'is no list of earlier turns' },
    )
    .nullish(),
})
type AlpacaRow = z.infer<typeof rowSchema>

const pairColumns = ['instruction', 'chosen', 'rejected']
const plainColumns = ['instruction', 'input', 'output']
/** With one of these the row is of another set that begins with an instruction. */
const others = ['generator', 'output_1', 'output_2', 'completions', 'model', 'models', 'annotator']
const rater = 'Alpaca instructions annotators'

export const llamaFactoryAlpaca: Reader = {
  format: 'llama-factory-alpaca',
  title: 'Alpaca instructions',
  certainty: 0.9,
  mark: (row) => {
    if (others.some((name) => row[name] !== undefined)) return null
    if (hasAll(row, pairColumns) && typeof row.chosen === 'string') return markOf(pairColumns)
    return hasAll(row, plainColumns) ? markOf(plainColumns) : null
  },
  read: reads(rowSchema, (row, context) => {
    const prompt = {
      messages: promptOf(row),
      tags: tagsOf(row, customaryTags),
      metadata: scalarsOf(row, customaryMetadata),
    }
    if (typeof row.chosen === 'string' && typeof row.rejected === 'string') {
      const sides = { chosen: fromAssistant(row.chosen), rejected: fromAssistant(row.rejected) }
      return readPair(pairOfAnswers(prompt.messages, sides), { rater, prompt }, context)
    }
    if (typeof row.output !== 'string') {
      return refused('output', 'is missing, and there is no pair of "chosen" and "rejected" either')
    }
    const answer = fromAssistant(row.output)
    if (row.kto_tag !== undefined && row.kto_tag !== null) {
      const labelled = { prompt, answer, label: row.kto_tag, labelField: 'kto_tag', rater }
      return readDesirable(labelled, context)
    }
    const responses = [{ key: 'output', messages: answer }]
    return { records: fromItem({ prompt, responses, verdicts: [] }, context), problems: [] }
  }),
}

/** The earlier turns, then the instruction with its input on a line of its own. */
function promptOf({ instruction, input, system, history }: AlpacaRow): Message[] {
  const earlier = (history ?? []).flatMap(([question, answer]) => [
    ...fromUser(question),
    ...fromAssistant(answer),
  ])
  const text = [instruction, input].filter((part) => part !== undefined && part !== '')
  return withSystem(system, [...earlier, ...fromUser(text.join('\n'))])
}
