/** What a reader of one format is: how its rows are known, and what they become. Pure. */
import type { Container } from './container.ts'
import type { ImportRecord, Problem } from './import-record.ts'

/** One record of a file as it was parsed: a JSON object, or a table's row by its column names. */
export type Row = Record<string, unknown>

/** What a reader may ask of its surroundings. */
export interface ReadContext {
  /** 32 hexadecimal digits that stand for a text: ids for what has none. */
  hash: (text: string) => string
  /** What `gather` noted under a key in any file of the import. */
  find: (key: string) => string | undefined
  /** What `gather` noted under keys that start so, in the order of the keys. */
  list: (prefix: string) => string[]
  /** What of a trace with several model calls is rated: each call, or the final answer alone. */
  rate: 'steps' | 'final'
}

/** A part of a record that could not be used; `raw` where it is less than the whole record. */
export interface ReadProblem extends Problem {
  raw?: unknown
}

export interface Reading {
  records: ImportRecord[]
  problems: ReadProblem[]
}

export interface Reader {
  /** Names the format in options, addresses and the command line. */
  format: string
  /** Names it for people, and the campaign of its judgments where the person names none. */
  title: string
  /**
   * The mark by which one row shows this format, in words for people, or null where it shows none.
   * Judges by keys and a few values: it is run on the first rows of every file.
   */
  mark: (row: Row) => string | null
  /** How sure we are when every row bears the mark, from 0 to 1. */
  certainty: number
  /** Absent where the format is found in any container. */
  containers?: readonly Container[]
  /** Files of formats with a lower order are read first, because others speak of their records. */
  order?: number
  /** Notes what other rows will ask for; run over all files before any row is read. */
  gather?: (row: Row) => (readonly [key: string, text: string])[]
  /** Makes records of a row. Never throws for what the row holds. */
  read: (row: Row, context: ReadContext) => Reading
}

/** A reading of nothing but a problem. */
export const refused = (field: string, reason: string): Reading => ({
  records: [],
  problems: [{ field, reason }],
})
