/** In: a plain file on disk and where to start. Out: its records one by one, each with its place. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseExactJson } from '#app/base/exact-json.ts'
import { type JsonElement, readJsonElements } from '#app/base/json-elements.ts'
import { type Line, readLines } from '#app/base/lines.ts'
import { type Container, containerOfText, isParquet } from './container.ts'
import type { Problem } from './import-record.ts'
import { headOf } from './packing.server.ts'
import { readCsv } from './read-csv.server.ts'
import { readParquet } from './read-parquet.server.ts'
import type { Row } from './reader.ts'

/** Longer records are refused: nobody can judge them, and they would have to be held in memory. */
export const defaultMostRecordBytes = 16 * 1024 * 1024
/** Of a refused record, what is kept beside its reason; the rest is read from the upload again. */
const rawKept = 64 * 1024

/** Where to go on: a byte in JSON and JSONL, a number of records in tables. */
export interface Position {
  at: number
  line: number
}

export const fileStart: Position = { at: 0, line: 1 }

export type RawRecord = {
  line: number
  next: Position
  /** The record's text, or its start where it is long. */
  raw: string
  /** Where the record lies in the plain file, when that is known. */
  bytes?: { offset: number; length: number }
} & ({ value: Row; problem?: undefined } | { value?: undefined; problem: Problem })

export interface FileOptions {
  path: string
  container: Container
  delimiter?: string | undefined
  from?: Position
  mostRecordBytes?: number
}

/** Reads a file's records. A bad record is given with its problem; only a missing file throws. */
export function readRecords(options: FileOptions): AsyncGenerator<RawRecord> {
  const open = (start = 0) => createReadStream(options.path, { start, highWaterMark: 256 * 1024 })
  switch (options.container) {
    case 'jsonl':
      return readJsonl(open(options.from?.at), options)
    case 'json':
      return readJson(options)
    case 'csv':
      return readCsv(open(), options)
    case 'parquet':
      return readParquet(options)
  }
}

/** Reads records from bytes that come from anywhere, such as the start of a packed file. */
export function readStreamedRecords(
  chunks: AsyncIterable<Uint8Array>,
  options: Omit<FileOptions, 'path' | 'from'>,
): AsyncGenerator<RawRecord> {
  if (options.container === 'jsonl') return readJsonl(chunks, options)
  if (options.container === 'csv') return readCsv(chunks, options)
  return readElements(chunks, { ...options, walk: 'values' })
}

type JsonOptions = Omit<FileOptions, 'path'>

async function* readJsonl(
  chunks: AsyncIterable<Uint8Array>,
  { from = fileStart, mostRecordBytes = defaultMostRecordBytes }: JsonOptions,
): AsyncGenerator<RawRecord> {
  const lines = readLines(chunks, {
    maxBytes: mostRecordBytes,
    from: { offset: from.at, line: from.line },
  })
  for await (const line of lines) {
    const next = { at: line.end, line: line.number + 1 }
    const bytes = { offset: line.offset, length: line.end - line.offset }
    if (line.text === null) {
      const problem = unreadable(line, mostRecordBytes)
      yield { line: line.number, next, bytes, raw: line.sample ?? '', problem }
    } else if (line.text.trim() !== '') {
      const raw = line.text.length > rawKept ? line.text.slice(0, rawKept) : line.text
      yield { line: line.number, next, bytes, raw, ...toRow(line.text) }
    }
  }
}

/** One object too large to hold is gone into; everything else is read value by value. */
async function* readJson(options: FileOptions): AsyncGenerator<RawRecord> {
  const { path, from, mostRecordBytes = defaultMostRecordBytes } = options
  const head = (await headOf(path))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  const isGreat = head.startsWith('{') && (await stat(path)).size > mostRecordBytes
  const chunks = createReadStream(path, { highWaterMark: 256 * 1024 })
  yield* readElements(chunks, {
    ...options,
    from: from ?? fileStart,
    walk: isGreat && !(await isManyValues(path, mostRecordBytes)) ? 'members' : 'values',
  })
}

async function isManyValues(path: string, maxBytes: number): Promise<boolean> {
  const chunks = createReadStream(path, { highWaterMark: 256 * 1024 })
  for await (const first of readJsonElements(chunks, { maxBytes, walk: 'values' })) {
    return first.problem !== 'too-long'
  }
  return false
}

async function* readElements(
  chunks: AsyncIterable<Uint8Array>,
  options: JsonOptions & { walk: 'values' | 'members' },
): AsyncGenerator<RawRecord> {
  const { from = fileStart, walk, mostRecordBytes = defaultMostRecordBytes } = options
  const elements = readJsonElements(chunks, { maxBytes: mostRecordBytes, walk, from: from.at })
  for await (const element of elements) {
    const place = {
      line: element.line,
      next: { at: element.end, line: element.line },
      bytes: { offset: element.offset, length: element.end - element.offset },
    }
    if (element.text === null) {
      const problem = unreadable(element, mostRecordBytes)
      yield { ...place, raw: element.sample ?? '', problem }
      continue
    }
    const raw = element.text.length > rawKept ? element.text.slice(0, rawKept) : element.text
    const found = toRow(element.text)
    if (found.value === undefined || element.member === undefined) yield { ...place, raw, ...found }
    else yield { ...place, raw, value: { [element.member]: [found.value] } }
  }
}

function unreadable(part: Line | JsonElement, mostRecordBytes: number): Problem {
  const length = part.end - part.offset
  if (part.problem === 'too-long') {
    const most = `${Math.round(mostRecordBytes / 1024 / 1024)} MB`
    const reason = `the record is ${length.toLocaleString('en')} bytes long, from byte ${part.offset.toLocaleString('en')} on; one record may have ${most} at most`
    return { field: '', reason }
  }
  if (part.problem === 'cut-off') {
    const reason = `the file ends in the middle of this record, which starts at byte ${part.offset.toLocaleString('en')}`
    return { field: '', reason }
  }
  const reason =
    'the text is not valid UTF-8; if the file is written in Latin-1, say so under “Text encoding”, or save it as UTF-8'
  return { field: '', reason }
}

function toRow(
  text: string,
): { value: Row; problem?: undefined } | { value?: undefined; problem: Problem } {
  const parsed = parseExactJson(text)
  if (!parsed.ok) return { problem: { field: '', reason: parsed.reason } }
  const { value } = parsed
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return { value: value as Row }
  }
  return { problem: { field: '', reason: 'a record is one JSON object, in { }' } }
}

/** How the records of a plain file lie in it. */
export async function containerOf(path: string): Promise<Container> {
  const head = await headOf(path)
  if (isParquet(head)) return 'parquet'
  const isWhole = head.length === (await stat(path)).size
  return containerOfText(head.toString('utf8'), isWhole)
}

/** The first records of a file that could be read, and the first problems. */
export async function firstRecords(
  records: AsyncIterable<RawRecord>,
  { most, mostBytes }: { most: number; mostBytes: number },
): Promise<{ rows: Row[]; problems: { line: number; problem: Problem }[] }> {
  const rows: Row[] = []
  const problems: { line: number; problem: Problem }[] = []
  let bytes = 0
  for await (const record of records) {
    if (record.problem) problems.push({ line: record.line, problem: record.problem })
    else rows.push(record.value)
    bytes += record.bytes?.length ?? record.raw.length
    if (rows.length + problems.length >= most || bytes >= mostBytes) break
  }
  return { rows, problems }
}
