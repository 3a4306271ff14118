import type { Reader, Reading, Row } from '#app/import/reader.ts'
import { contextOf } from './read-rows.ts'

/** Reads rows of one file where only the final answer of each trace is rated. */
export function readFinal(reader: Reader, rows: readonly Row[]): Reading {
  const context = { ...contextOf([{ reader, rows }]), rate: 'final' as const }
  const readings = rows.map((row) => reader.read(row, context))
  return {
    records: readings.flatMap((reading) => reading.records),
    problems: readings.flatMap((reading) => reading.problems),
  }
}
