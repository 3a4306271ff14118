/** In: the bytes of a table. Out: its rows by the names of its header. */
import { CsvError, parse } from 'csv-parse'
import { storable } from '#app/base/text.ts'
import type { FileOptions, RawRecord } from './read-file.server.ts'
import type { Row } from './reader.ts'

const rawKept = 64 * 1024
const defaultMostBytes = 16 * 1024 * 1024
const sniffedBytes = 64 * 1024
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/** Reads a CSV, TSV or the like. A bad row is given with its problem. */
export async function* readCsv(
  chunks: AsyncIterable<Uint8Array>,
  { delimiter, from, mostRecordBytes = defaultMostBytes }: Omit<FileOptions, 'path'>,
): AsyncGenerator<RawRecord> {
  const { head, markBytes, all } = await withHead(chunks)
  const sign = delimiter ?? sniffDelimiter(head)
  const rows = rowsOf(all, { delimiter: sign, mostRecordBytes })
  let header: string[] | undefined
  let records = 0
  let line = 1
  let offset = markBytes
  for await (const found of rows) {
    if (found instanceof CsvError) {
      const reason = csvReason(found, mostRecordBytes)
      yield { line, next: { at: records, line }, raw: '', problem: { field: '', reason } }
      return
    }
    const startLine = line
    const startOffset = offset
    line = found.info.lines + 1
    offset = markBytes + found.info.bytes
    if (!header) {
      header = found.record.map((name) => name.toString('utf8').trim())
      continue
    }
    records += 1
    if (records <= (from?.at ?? 0)) continue
    yield toCsvRecord(header, found.record, {
      line: startLine,
      next: { at: records, line },
      bytes: { offset: startOffset, length: offset - startOffset },
      delimiter: sign,
    })
  }
}

/**
 * The rows as the parser finds them, and at last the error that ended it, if any. Rows are taken out
 * after every chunk: a stream that fails forgets what nobody took.
 */
async function* rowsOf(
  chunks: AsyncIterable<Uint8Array>,
  { delimiter, mostRecordBytes }: { delimiter: string; mostRecordBytes: number },
): AsyncGenerator<CsvRecord | CsvError> {
  const parser = parse({
    delimiter,
    encoding: null,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: mostRecordBytes,
  })
  let failure: Error | undefined
  parser.on('error', (error) => {
    failure = error
  })
  function* taken(): Generator<CsvRecord> {
    for (let row = parser.read(); row !== null; row = parser.read()) yield row as CsvRecord
  }
  for await (const chunk of chunks) {
    parser.write(chunk)
    yield* taken()
    if (failure) break
  }
  if (!failure) {
    const ended = new Promise((resolve) => parser.once('end', resolve).once('close', resolve))
    parser.end()
    yield* taken()
    await ended
  }
  if (failure instanceof CsvError) yield failure
  else if (failure) throw failure
}

interface CsvRecord {
  record: Buffer[]
  info: { lines: number; bytes: number }
}

async function withHead(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  while (length < sniffedBytes) {
    const { done, value } = await iterator.next()
    if (done) break
    first.push(value)
    length += value.length
  }
  const start = Buffer.concat(first)
  // Not left to the parser: where it meets a byte order mark, it decodes cells, broken or not.
  const markBytes = start.subarray(0, 3).equals(byteOrderMark) ? 3 : 0
  async function* all() {
    yield start.subarray(markBytes)
    for (;;) {
      const { done, value } = await iterator.next()
      if (done) return
      yield value
    }
  }
  const head = start.subarray(markBytes, sniffedBytes).toString('utf8')
  return { head, markBytes, all: all() }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function toCsvRecord(
  header: readonly string[],
  cells: readonly Buffer[],
  place: Pick<RawRecord, 'line' | 'next' | 'bytes'> & { delimiter: string },
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
      define(value, name, storable(utf8.decode(cells[place])))
    } catch {
      const reason =
        'the cell is not valid UTF-8; if the file is written in Latin-1, say so under “Text encoding”, or save it as UTF-8'
      return { ...where, raw, problem: { field: name, reason } }
    }
  }
  return { ...where, raw, value }
}

/** A column may have any name, also one that plain assignment would take for the prototype. */
const define = (row: Row, name: string, value: unknown) =>
  Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true })

/** A cell as it stands in a table. */
export const quoted = (text: string, delimiter: string): string =>
  text.includes('"') || text.includes('\n') || text.includes('\r') || text.includes(delimiter)
    ? `"${text.replaceAll('"', '""')}"`
    : text

function csvReason(error: CsvError, mostBytes: number): string {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return `a row does not end within ${Math.round(mostBytes / 1024 / 1024)} MB; a quotation mark is probably not closed before here`
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return 'a quotation mark opens here and never closes; what follows could not be read'
  }
  return `the rest could not be read as CSV: ${error.message}`
}

const delimiters = [',', ';', '\t', '|'] as const

/** The separator that cuts the first lines most evenly. */
function sniffDelimiter(start: string): string {
  const lines = start.split('\n').filter((line) => line.trim() !== '')
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
