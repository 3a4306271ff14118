/** In: the first records of a file. Out: which format it has, how sure we are, and why. */
import { type FieldMapping, missingFields, type Row, suggestedMapping } from './field-mapping.ts'
import { toImportRecord } from './import-record.ts'
import { lineKindOf } from './rubrica-line.ts'

export type Container = 'jsonl' | 'csv'
export type Format = 'rubrica' | 'mapped'

export interface Recognition {
  format: Format
  container: Container
  /** From 0 (a guess) to 1 (certain). */
  confidence: number
  reasons: string[]
  /** Present for `mapped`: what the header suggests, to be looked at by a person. */
  mapping?: FieldMapping
  /** What the mapping still lacks; a file can be imported when this is empty. */
  missing: string[]
}

const sure = 0.6

/** Recognises a file from its first records, with the reasons to show beside the guess. */
export function recognise(container: Container, records: readonly Row[]): Recognition {
  if (container === 'jsonl') {
    const rubrica = recogniseRubrica(records)
    if (rubrica.confidence >= sure) return rubrica
  }
  return recogniseByHeader(container, records)
}

const titles = {
  prompt: 'prompts with their responses',
  response: 'one response a line',
  pairwise: 'recorded pairwise judgments',
  rubric: 'recorded rubric judgments',
  ranking: 'recorded rankings',
  skipped: 'recorded skips',
}

function recogniseRubrica(records: readonly Row[]): Recognition {
  const readable = records.filter((record) => toImportRecord(record).ok)
  const kinds = new Set(readable.map(lineKindOf).filter((kind) => kind !== null))
  return {
    format: 'rubrica',
    container: 'jsonl',
    confidence: records.length === 0 ? 0 : readable.length / records.length,
    reasons: [
      `${readable.length} of the first ${records.length} lines are Rubrica JSONL`,
      ...[...kinds].map((kind) => `holds ${titles[kind]}`),
    ],
    missing: [],
  }
}

function recogniseByHeader(container: Container, records: readonly Row[]): Recognition {
  const header = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const mapping = suggestedMapping(container, header)
  const missing = missingFields(mapping)
  const mapped = Object.entries(mapping.columns).map(([ours, theirs]) => `${theirs} → ${ours}`)
  return {
    format: 'mapped',
    container,
    confidence: missing.length === 0 ? 0.7 : 0.2,
    reasons: [
      `columns: ${header.slice(0, 12).join(', ') || 'none'}`,
      mapped.length > 0 ? `by their names: ${mapped.join(', ')}` : 'no column name is known',
      ...missing.map((fields) => `no column for ${fields}`),
    ],
    mapping,
    missing,
  }
}
