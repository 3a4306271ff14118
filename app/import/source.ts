/** In: the first records of a file. Out: which format it has, how sure we are, and why. */
import type { Container } from './container.ts'
import { type FieldMapping, missingFields, suggestedMapping } from './field-mapping.ts'
import type { Reader, Row } from './reader.ts'
import { readers } from './readers.ts'

export interface Guess {
  format: string
  title: string
  /** From 0 (a guess) to 1 (certain). */
  confidence: number
}

export interface Recognition extends Guess {
  container: Container
  reasons: string[]
  /** What else it might be, the likeliest first. */
  others: Guess[]
  /** Present for `mapped`: what the header suggests, to be looked at by a person. */
  mapping?: FieldMapping
  /** What the mapping still lacks; a file can be imported when this is empty. */
  missing: string[]
}

/** Below this a format is offered, never taken by itself. */
export const sure = 0.45
const mappedTitle = 'Columns that you name'

/** How much of a file is looked at to recognise it. */
export const looked = { most: 500, mostBytes: 4 * 1024 * 1024 }

/** Recognises a file from its first records, with the reasons to show beside the guess. */
export function recognise(container: Container, records: readonly Row[]): Recognition {
  const guesses = readers
    .filter((reader) => reader.containers?.includes(container) ?? true)
    .map((reader) => guessOf(reader, records))
    .filter((guess) => guess.confidence > 0)
    .sort((one, other) => other.confidence - one.confidence)
  const [best] = guesses
  const others = guesses
    .slice(1, 6)
    .map(({ format, title, confidence }) => ({ format, title, confidence }))
  if (best && best.confidence >= sure) return { ...best, container, others, missing: [] }
  return { ...recogniseByHeader(container, records), others: guesses.slice(0, 5) }
}

const rounded = (share: number) => Math.round(share * 100) / 100

function guessOf(reader: Reader, rows: readonly Row[]): Guess & { reasons: string[] } {
  const marks = rows.map((row) => reader.mark(row)).filter((mark) => mark !== null)
  const share = rows.length === 0 ? 0 : marks.length / rows.length
  return {
    format: reader.format,
    title: reader.title,
    confidence: rounded(reader.certainty * share),
    reasons: [
      `${marks.length} of the first ${rows.length} ${rows.length === 1 ? 'record' : 'records'} look like ${reader.title}`,
      ...new Set(marks),
    ].slice(0, 5),
  }
}

function recogniseByHeader(
  container: Container,
  records: readonly Row[],
): Omit<Recognition, 'others'> {
  const header = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const mapping = suggestedMapping(container, header)
  const missing = missingFields(mapping)
  const used = new Set(Object.values(mapping.columns))
  const unused = header.filter((column) => !used.has(column))
  const mapped = Object.entries(mapping.columns).map(([ours, theirs]) => `${theirs} → ${ours}`)
  return {
    format: 'mapped',
    title: mappedTitle,
    container,
    confidence: missing.length > 0 ? 0.2 : unused.length > 0 ? 0.4 : 0.7,
    reasons: [
      `columns: ${header.slice(0, 12).join(', ') || 'none'}`,
      mapped.length > 0 ? `by their names: ${mapped.join(', ')}` : 'no column name is known',
      ...missing.map((fields) => `no column for ${fields}`),
      ...(unused.length > 0 ? [`not used: ${unused.slice(0, 12).join(', ')}`] : []),
    ],
    mapping,
    missing,
  }
}
