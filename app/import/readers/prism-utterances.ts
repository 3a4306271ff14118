/** PRISM utterances: one answer of a model a row; what it answers is spread over other rows. */
import { z } from 'zod'
import { fromAssistant, fromUser, type Message } from '../message.ts'
import { type ReadContext, type Reader, type Row, refused } from '../reader.ts'
import { optionalFlag, optionalName, optionalNumber, requiredNumber } from '../shapes/cells.ts'
import { fromItem, unknownModel } from '../shapes/labelled-item.ts'
import { type PrismCandidate, prismItem } from '../shapes/prism-turn.ts'
import {
  hasAll,
  markOf,
  momentOf,
  reads,
  requiredName,
  requiredText,
  scalarsOf,
  tagsOf,
} from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  conversation_id: requiredName,
  user_id: requiredName,
  turn: requiredNumber,
  user_prompt: requiredText,
  model_response: requiredText,
  model_name: optionalName,
  model_provider: optionalName,
  score: optionalNumber,
  if_chosen: optionalFlag,
  within_turn_id: requiredNumber,
})
type Utterance = z.infer<typeof rowSchema>

const columns = ['utterance_id', 'user_prompt', 'model_response', 'if_chosen']

export const prismUtterances: Reader = {
  format: 'prism-utterances',
  title: 'PRISM',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  gather: (row) => {
    const found = rowSchema.safeParse(row)
    if (!found.success || found.data.if_chosen !== true) return []
    return [[chosenKey(found.data), JSON.stringify(chosenOf(found.data))]]
  },
  read: reads(rowSchema, (row, context) => {
    const chosen = chosenTurns(row, context)
    const before = chosen.filter(({ turn }) => turn < row.turn)
    if (new Set(before.map(({ turn }) => turn)).size < row.turn) {
      const reason = `the chosen answers of the ${row.turn} turns before it are not all in the files, so what it answers is unknown`
      return refused('turn', reason)
    }
    const preferred = chosen.find(({ turn }) => turn === row.turn)?.candidate
    const own = candidateOf(row)
    const isAlone = preferred === undefined || preferred.number === own.number
    const item = prismItem(
      {
        conversation: row.conversation_id,
        user: row.user_id,
        turn: row.turn,
        before: before.flatMap(said),
        prompt: row.user_prompt,
        tags: tagsOf(row, ['conversation_type']),
        metadata: scalarsOf(row, ['included_in_balanced_subset']),
        saidAt: momentOf(row.generated_datetime),
      },
      isAlone ? [own] : [preferred, own],
      new Set([own.number]),
    )
    return { records: fromItem(item, context), problems: [] }
  }),
}

interface ChosenTurn {
  turn: number
  prompt: string
  candidate: PrismCandidate
}

const keyPrefix = (row: Row) => `prism-chosen|${row.conversation_id}|`
const chosenKey = (row: Utterance) => `${keyPrefix(row)}${String(row.turn).padStart(4, '0')}`

const chosenOf = (row: Utterance): ChosenTurn => ({
  turn: row.turn,
  prompt: row.user_prompt,
  candidate: candidateOf(row),
})

const candidateOf = (row: Utterance): PrismCandidate => ({
  number: row.within_turn_id,
  text: row.model_response,
  model: row.model_name ?? unknownModel,
  provider: row.model_provider,
  score: row.score,
  isChosen: row.if_chosen === true,
})

/** What `gather` noted of the conversation, the first turn first. */
const chosenTurns = (row: Utterance, context: ReadContext): ChosenTurn[] =>
  context.list(keyPrefix(row)).map((noted) => JSON.parse(noted) as ChosenTurn)

const said = ({ prompt, candidate }: ChosenTurn): Message[] => [
  ...fromUser(prompt),
  ...fromAssistant(candidate.text),
]
