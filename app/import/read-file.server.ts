/** In: a file on disk and where to start. Out: its records one by one, each with its place. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse'
import { readLines } from '#app/base/lines.ts'
import { storable } from '#app/base/text.ts'
import type { Row } from './field-mapping.ts'
import type { Problem } from './import-record.ts'
import type { Container } from './source.ts'

/** Longer records are refused: nobody can judge them, and they would have to be held in memory. */
export const mostRecordBytes = 32 * 1024 * 1024
const rawKept = 256 * 1024

/** Where to go on: a byte offset in JSONL, a number of records in CSV. */
export interface Position {
  at: number
  line: number
}

export const fileStart: Position = { at: 0, line: 1 }

export type RawRecord = { line: number; next: Position; raw: string } & (
  | { value: Row; problem?: undefined }
  | { value?: undefined; problem: Problem }
)

export interface FileOptions {
  path: string
  container: Container
  delimiter?: string | undefined
  from?: Position
}

/** Reads a file's records. A bad record is given with its problem; only a missing file throws. */
export const readRecords = (options: FileOptions): AsyncGenerator<RawRecord> =>
  options.container === 'jsonl' ? readJsonl(options) : readCsv(options)

async function* readJsonl({ path, from = fileStart }: FileOptions): AsyncGenerator<RawRecord> {
  const chunks = createReadStream(path, { start: from.at, highWaterMark: 256 * 1024 })
  const lines = readLines(chunks, {
    maxBytes: mostRecordBytes,
    from: { offset: from.at, line: from.line },
  })
  for await (const line of lines) {
    const next = { at: line.end, line: line.number + 1 }
    if (line.text === null) {
      const reason =
        line.problem === 'too-long'
          ? `the line is longer than ${mostRecordBytes / 1024 / 1024} MB, the most that one record may have`
          : 'the line is not valid UTF-8; save the file as UTF-8 and import it again'
      yield { line: line.number, next, raw: line.sample ?? '', problem: { field: '', reason } }
    } else if (line.text.trim() !== '') {
      yield { line: line.number, next, raw: line.text.slice(0, rawKept), ...parsedLine(line.text) }
    }
  }
}

function parsedLine(text: string): { value: Row } | { problem: Problem } {
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return { value: value as Row }
    }
    return { problem: { field: '', reason: 'a line holds one JSON object, in { }' } }
  } catch (error) {
    const detail = error instanceof Error ? error.message : ''
    const reason = /end of JSON|Unterminated/.test(detail)
      ? 'the line ends in the middle of a value; the file may have been cut off'
      : `not valid JSON: ${detail.replaceAll(/\s+/g, ' ').slice(0, 120)}`
    return { problem: { field: '', reason } }
  }
}

async function* readCsv({
  path,
  delimiter,
  from = fileStart,
}: FileOptions): AsyncGenerator<RawRecord> {
  const sign = delimiter ?? (await sniffDelimiter(path))
  const parser = createReadStream(path).pipe(
    parse({
      delimiter: sign,
      bom: true,
      encoding: null,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: mostRecordBytes,
    }),
  )
  let header: string[] | undefined
  let records = 0
  let line = 1
  try {
    for await (const found of parser as AsyncIterable<CsvRecord>) {
      const startLine = line
      line = found.info.lines + 1
      if (!header) {
        header = found.record.map((name) => name.toString('utf8').trim())
        continue
      }
      records += 1
      if (records <= from.at) continue
      yield toCsvRecord(header, found.record, {
        line: startLine,
        next: { at: records, line },
        delimiter: sign,
      })
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield {
      line,
      next: { at: records, line },
      raw: '',
      problem: { field: '', reason: csvReason(error) },
    }
  }
}

interface CsvRecord {
  record: Buffer[]
  info: { lines: number }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function toCsvRecord(
  header: readonly string[],
  cells: readonly Buffer[],
  place: { line: number; next: Position; delimiter: string },
): RawRecord {
  const { delimiter, ...where } = place
  const raw = cells
    .map((bytes) => quoted(bytes.toString('utf8'), delimiter))
    .join(delimiter)
    .slice(0, rawKept)
  if (cells.length !== header.length) {
    const reason = `the row has ${cells.length} cells and the header ${header.length}; is "${delimiter === '\t' ? 'tab' : delimiter}" the separator?`
    return { ...where, raw, problem: { field: '', reason } }
  }
  const value: Row = {}
  for (const [place, name] of header.entries()) {
    try {
      value[name] = storable(utf8.decode(cells[place]))
    } catch {
      const reason = 'the cell is not valid UTF-8; save the file as UTF-8 and import it again'
      return { ...where, raw, problem: { field: name, reason } }
    }
  }
  return { ...where, raw, value }
}

const quoted = (text: string, delimiter: string): string =>
  text.includes('"') || text.includes('\n') || text.includes('\r') || text.includes(delimiter)
    ? `"${text.replaceAll('"', '""')}"`
    : text

function csvReason(error: CsvError): string {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return 'a row does not end within 32 MB; a quotation mark is probably not closed before here'
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return 'a quotation mark opens here and never closes; what follows could not be read'
  }
  return `the rest could not be read as CSV: ${error.message}`
}

const delimiters = [',', ';', '\t', '|'] as const

/** The separator that cuts the first lines most evenly. */
async function sniffDelimiter(path: string): Promise<string> {
  const lines = (await startOf(path, 64 * 1024)).split('\n').filter((line) => line.trim() !== '')
  const head = lines.slice(0, 5)
  const scores = delimiters.map((sign) => {
    const counts = head.map((line) => line.split(sign).length - 1)
    return { sign, score: counts[0] ?? 0, even: counts.every((count) => count === counts[0]) }
  })
  const best = scores
    .filter((candidate) => candidate.score > 0)
    .sort((one, other) => Number(other.even) - Number(one.even) || other.score - one.score)[0]
  return best?.sign ?? ','
}

/** The first bytes of a file as text. */
export async function startOf(path: string, bytes: number): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
  } finally {
    await file.close()
  }
}

/** Whether a file looks like lines of JSON or like a table. */
export async function containerOf(path: string): Promise<Container> {
  const start = await startOf(path, 64 * 1024)
  return /^\s*[{[]/.test(start) ? 'jsonl' : 'csv'
}

/** The first records of a file that could be read, and the first problems. */
export async function firstRecords(
  options: FileOptions,
  limit: number,
): Promise<{ rows: Row[]; problems: { line: number; problem: Problem }[] }> {
  const rows: Row[] = []
  const problems: { line: number; problem: Problem }[] = []
  for await (const record of readRecords(options)) {
    if (record.problem) problems.push({ line: record.line, problem: record.problem })
    else rows.push(record.value)
    if (rows.length + problems.length >= limit) break
  }
  return { rows, problems }
}
