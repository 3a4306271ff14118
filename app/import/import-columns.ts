/** In: a mapping as people draw it. Out: what it lacks, what its values mean, whether it can be drawn. */
import { type FieldMapping, fieldsOf } from './field-mapping.ts'

export const winners = ['a', 'b', 'tie', 'both_bad', 'cant_judge'] as const
export type WinnerWord = (typeof winners)[number]
const isWinner = (value: unknown): value is WinnerWord => winners.some((word) => word === value)

const winnerMarks: [RegExp, WinnerWord][] = [
  [/^(a|left|model_a|first|1|chosen_a|response_a)$/i, 'a'],
  [/^(b|right|model_b|second|2|response_b)$/i, 'b'],
  [/both.?bad|neither|tie.*bad/i, 'both_bad'],
  [/tie|equal|same|draw|^0$/i, 'tie'],
  [/can.?t|unsure|skip/i, 'cant_judge'],
]

/** What a value of a winner column probably means. @example guessedWinner('left') // 'a' */
export const guessedWinner = (value: string): WinnerWord | undefined =>
  winnerMarks.find(([pattern]) => pattern.test(value.trim()))?.[1]

/** A suggested mapping with the winner's values translated as far as they can be guessed. */
export function withGuessedWinners(
  mapping: FieldMapping,
  valuesOf: Readonly<Record<string, readonly string[]>>,
): FieldMapping {
  const column = mapping.columns.winner
  if (mapping.record !== 'pairwise' || column === undefined) return mapping
  const meant = (valuesOf[column] ?? []).flatMap((value) => {
    const winner = guessedWinner(value)
    return winner === undefined ? [] : [[value, winner] as const]
  })
  if (meant.length === 0) return mapping
  return { ...mapping, values: { ...mapping.values, winner: Object.fromEntries(meant) } }
}

/** The groups of fields of which none is mapped; empty when the mapping can be used. */
export function lackingFields(mapping: FieldMapping): (readonly string[])[] {
  const mapped = new Set([
    ...Object.keys(mapping.columns),
    ...mapping.join.flatMap((join) => Object.keys(join.columns)),
  ])
  return fieldsOf[mapping.record].needed.filter(
    (choices) => !choices.some((field) => mapped.has(field)),
  )
}

/** Whether the column choices can show a mapping; one with more in it is shown as JSON. */
export const isDrawable = ({ join, delimiter, values, record, columns }: FieldMapping): boolean =>
  join.length === 0 &&
  delimiter === undefined &&
  Object.entries(values).every(
    ([field, meant]) =>
      field === 'winner' &&
      Object.entries(meant).every(([theirs, ours]) => theirs !== '' && isWinner(ours)),
  ) &&
  Object.keys(columns).every((field) => (fieldsOf[record].all as readonly string[]).includes(field))

/** Formats whose records are traces of several model calls. */
export const isTraceFormat = (format: string): boolean =>
  /^(otlp-traces|otlp-logs|langfuse-.+|langsmith|phoenix|mlflow|weave|openinference-attributes)$/.test(
    format,
  )

/** Whether a mapping only looks things up in a file. */
export const isOnlyLookedUp = (mapping: FieldMapping | undefined, file: string): boolean =>
  mapping?.join.some((join) => join.file.split(/[\\/]/).at(-1) === file) ?? false
