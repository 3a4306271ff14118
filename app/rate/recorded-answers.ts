/** What a recorded line answers, in the canonical order of its task. */
import type { CriterionDefinition } from '#app/assign/campaign.ts'
import type { JudgmentRecord } from '#app/import/import-record.ts'
import type { PlainAnswer } from '#app/import/rubrica-campaign-line.ts'
import type { Answer } from './judgment.ts'
import { RefusedLine } from './refused-line.ts'

export type AnsweredRecord = Exclude<JudgmentRecord, { kind: 'skipped' }>

export interface NamedAnswer {
  name: string
  definition: CriterionDefinition
  position: number
  answer: Answer
}

/** Where a line's responses lie. */
export interface AnswerPlaces {
  /** The responses of the task, in canonical order. */
  responseIds: readonly string[]
  /** Those that the answer itself names, in the order it names them. */
  filed: readonly string[]
  /** A response by the id it has in the file. */
  idOf: (name: string) => string
}

/** All that a line answers: its main answer, and an ideal response and spans beside it. */
export function answersOf(record: AnsweredRecord, places: AnswerPlaces): NamedAnswer[] {
  const { line } = record
  const main = mainAnswer(record, places)
  const answers = main ? [main] : []
  const [name, position] =
    record.kind === 'rubric' && !main ? [record.line.criterion, subject(record, places)] : []
  if (line.ideal !== undefined) {
    answers.push({
      name: name ?? 'ideal',
      definition: { kind: 'ideal' },
      position: position ?? -1,
      answer: { kind: 'ideal', text: line.ideal },
    })
  }
  if (line.spans !== undefined && (line.spans.length > 0 || name !== undefined)) {
    answers.push({
      name: name ?? 'spans',
      definition: { kind: 'spans', labels: [] },
      position: position ?? -1,
      answer: { kind: 'spans', spans: spansOf(record, places) },
    })
  }
  return answers
}

const isFlipped = ({ kind }: AnsweredRecord, { filed, responseIds }: AnswerPlaces): boolean =>
  kind === 'pairwise' && responseIds.indexOf(filed[0] ?? '') === 1

function spansOf(record: AnsweredRecord, places: AnswerPlaces) {
  const flipped = isFlipped(record, places)
  return (record.line.spans ?? []).map(({ response, response_id, start, end, label }) => ({
    position:
      response_id === undefined
        ? (response === 'b') !== flipped
          ? 1
          : 0
        : positionOf(places, response_id, 'spans'),
    start,
    end,
    label,
  }))
}

/** The place of a response in its task, by its id in the file. */
export function positionOf(
  { responseIds, idOf }: Omit<AnswerPlaces, 'filed'>,
  name: string,
  field: string,
): number {
  const position = responseIds.indexOf(idOf(name))
  if (position < 0) throw new RefusedLine(field, `"${name}" is no response of this task`)
  return position
}

const flippedWinner = {
  a: 'b',
  b: 'a',
  tie: 'tie',
  both_bad: 'both_bad',
  cant_judge: 'cant_judge',
} as const

/** The response that a line is about: one, or all where it names none beside `responses`. */
function subject(
  { line }: Extract<AnsweredRecord, { kind: 'rubric' }>,
  { filed, responseIds }: AnswerPlaces,
): number {
  if (line.responses === undefined) return 0
  return filed[0] === undefined ? -1 : responseIds.indexOf(filed[0])
}

function mainAnswer(record: AnsweredRecord, places: AnswerPlaces): NamedAnswer | undefined {
  if (record.kind === 'pairwise') {
    const { criterion, winner, strength } = record.line
    const canonical = isFlipped(record, places) ? flippedWinner[winner] : winner
    const answer: Answer = { kind: 'preference', winner: canonical, ...(strength && { strength }) }
    const definition = { kind: 'preference', points: 5 } as const
    return { name: criterion, definition, position: -1, answer }
  }
  if (record.kind === 'ranking') {
    const { criterion } = record.line
    return {
      name: criterion,
      definition: { kind: 'ranking', ties: true, partial: true },
      position: -1,
      answer: { kind: 'ranking', ranking: rankingOf(record.line.ranking, places) },
    }
  }
  const found = rubricAnswer(record.line)
  return found && { name: record.line.criterion, position: subject(record, places), ...found }
}

/** Positions best first; the responses are filed in the order in which the ranking names them. */
function rankingOf(
  ranking: readonly (readonly unknown[])[],
  { filed, responseIds }: AnswerPlaces,
): number[][] {
  let next = 0
  return ranking.map((tied) => tied.map(() => responseIds.indexOf(filed[next++] ?? '')))
}

type AnswerOfKind = Pick<NamedAnswer, 'definition' | 'answer'>

function rubricAnswer({
  score,
  choice,
  choices,
  text,
}: Pick<PlainAnswer, 'score' | 'choice' | 'choices' | 'text'>): AnswerOfKind | undefined {
  if (score !== undefined) {
    const points = [{ value: score, label: String(score), anchor: '' }]
    return { definition: { kind: 'scale', points }, answer: { kind: 'scale', score } }
  }
  if (choice !== undefined) {
    const definition = { kind: 'choice' as const, options: [choice], multiple: false }
    return { definition, answer: { kind: 'choice', choice } }
  }
  if (choices !== undefined) {
    const definition = { kind: 'choice' as const, options: choices, multiple: true }
    return { definition, answer: { kind: 'choices', choices } }
  }
  if (text === undefined) return undefined
  return { definition: { kind: 'text' }, answer: { kind: 'text', text } }
}

/** An answer that a task is held to. Undefined where it says none. */
export function plainAnswer(
  given: PlainAnswer,
  places: Omit<AnswerPlaces, 'filed'>,
): NamedAnswer | undefined {
  const { criterion: name, winner, strength, ranking } = given
  if (winner !== undefined) {
    const answer: Answer = { kind: 'preference', winner, ...(strength && { strength }) }
    return { name, definition: { kind: 'preference', points: 5 }, position: -1, answer }
  }
  if (ranking !== undefined) {
    const levels = ranking.map((tied) =>
      tied.map(({ response }) => positionOf(places, response, 'expected')),
    )
    const definition = { kind: 'ranking', ties: true, partial: true } as const
    return { name, definition, position: -1, answer: { kind: 'ranking', ranking: levels } }
  }
  const found = rubricAnswer(given)
  const position = places.responseIds.length === 1 ? 0 : -1
  return found && { name, position, ...found }
}
