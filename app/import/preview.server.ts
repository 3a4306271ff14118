/** In: a received batch. Out: what each file in it seems to be, with its first records, before anything is kept. */
import { sha256 } from '#app/base/hash.server.ts'
import type { Batch } from './batches.server.ts'
import { type Container, containerOfText, isParquet } from './container.ts'
import { type FieldMapping, missingFields, toLines } from './field-mapping.ts'
import type { ImportOptions, ReceivedFile } from './import-options.ts'
import { type ImportRecord, type Problem, toImportRecord } from './import-record.ts'
import { textOf } from './message.ts'
import { listTexts, openText, type PackedText, PackingProblem } from './packing.server.ts'
import {
  firstRecords,
  type RawRecord,
  readRecords,
  readStreamedRecords,
} from './read-file.server.ts'
import type { Reader, Row } from './reader.ts'
import { findReader } from './readers.ts'
import { looked, type Recognition, recognise } from './source.ts'

export interface RecordPreview {
  kind: 'prompt' | 'response' | 'judgment' | 'refused'
  title: string
  detail: string
}

export interface FilePreview {
  name: string
  bytes: number
  recognition: Recognition
  columns: string[]
  /** The first rows as they are, cut short. */
  rows: Record<string, string>[]
  records: RecordPreview[]
  /** The few distinct values of each column, as far as the first rows tell. */
  values: Record<string, string[]>
  isEmpty: boolean
}

const rowsShown = 5
const headBytes = 64 * 1024
const mostValues = 12
const filesShown = 20

/** What a person has chosen so far: it changes what the first records become. */
export interface PreviewChoice {
  mapping?: FieldMapping | undefined
  format?: string | undefined
  encoding?: ImportOptions['encoding']
}

/** Recognises each file of a batch; with a mapping, shows what the mapping would make of it. */
export async function previewBatch(
  batch: Pick<Batch, 'files'>,
  choice: PreviewChoice = {},
): Promise<FilePreview[]> {
  const previews: FilePreview[] = []
  for (const file of batch.files) {
    if (previews.length >= filesShown) break
    previews.push(...(await previewFile(file, choice)))
  }
  return previews.slice(0, filesShown)
}

async function previewFile(file: ReceivedFile, choice: PreviewChoice): Promise<FilePreview[]> {
  try {
    const texts = await listTexts(file)
    const previews: FilePreview[] = []
    for (const text of texts.slice(0, filesShown)) {
      previews.push(await previewText(text, { file, choice, isAlone: texts.length === 1 }))
    }
    return previews
  } catch (error) {
    if (!(error instanceof PackingProblem)) throw error
    return [
      toPreview(
        { name: file.name, bytes: file.bytes },
        {
          rows: [],
          problems: [{ line: 0, problem: { field: '', reason: error.message } }],
          container: 'jsonl',
        },
        choice,
      ),
    ]
  }
}

async function previewText(
  text: PackedText,
  { file, choice, isAlone }: { file: ReceivedFile; choice: PreviewChoice; isAlone: boolean },
): Promise<FilePreview> {
  const named = { name: text.name, bytes: isAlone ? file.bytes : 0 }
  const head = await startOf(text, choice)
  const container = choice.mapping?.format ?? head.container
  const records = recordsOf(text, { container, choice, isPacked: head.isPacked })
  const found = await firstRecords(records, looked)
  return toPreview(named, { ...found, container }, choice)
}

/** The start of a text, unpacked, and what it looks like. */
async function startOf(text: PackedText, { encoding }: PreviewChoice) {
  const parts: Buffer[] = []
  let length = 0
  let isWhole = true
  try {
    for await (const part of openText(text, encoding)) {
      parts.push(part)
      length += part.length
      if (length > headBytes) {
        isWhole = false
        break
      }
    }
  } catch {
    isWhole = false
  }
  const start = Buffer.concat(parts)
  const container: Container = isParquet(start)
    ? 'parquet'
    : containerOfText(start.toString('utf8'), isWhole)
  return { container, isPacked: text.packing !== 'plain' }
}

function recordsOf(
  text: PackedText,
  {
    container,
    choice,
    isPacked,
  }: { container: Container; choice: PreviewChoice; isPacked: boolean },
): AsyncIterable<RawRecord> {
  const delimiter = choice.mapping?.delimiter
  if (container === 'parquet') {
    return isPacked ? notBeforeUnpacking() : readRecords({ path: text.path, container })
  }
  return readStreamedRecords(limited(openText(text, choice.encoding)), { container, delimiter })
}

async function* notBeforeUnpacking(): AsyncGenerator<RawRecord> {
  const reason = 'a Parquet file inside an archive is looked at when it is imported'
  yield { line: 0, raw: '', next: { at: 0, line: 1 }, problem: { field: '', reason } }
}

/** Enough bytes for the first records, however large the first of them is. */
async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks
  } catch {
    // The import itself says where the packed data breaks off; a preview shows what came before.
  }
}

interface Found {
  rows: Row[]
  problems: { line: number; problem: Problem }[]
  container: Container
}

function toPreview(
  { name, bytes }: { name: string; bytes: number },
  { rows, problems, container }: Found,
  choice: PreviewChoice,
): FilePreview {
  const guess = recognise(container, rows)
  const recognition = chosen(guess, choice)
  const shown = rows.slice(0, rowsShown)
  const toRecords = describer(recognition)
  return {
    name,
    bytes,
    recognition,
    columns: [...new Set(rows.flatMap((row) => Object.keys(row)))],
    rows: shown.map(shortRow),
    records: [
      ...problems.slice(0, 3).map(({ line, problem }) => ({
        kind: 'refused' as const,
        title: line === 0 ? name : `Line ${line}`,
        detail: problem.reason,
      })),
      ...shown.flatMap(toRecords),
    ],
    values: valuesOf(rows),
    isEmpty: rows.length === 0 && problems.length === 0,
  }
}

function chosen(guess: Recognition, { mapping, format }: PreviewChoice): Recognition {
  if (mapping) return { ...guess, format: 'mapped', mapping, missing: missingFields(mapping) }
  if (format === undefined || format === 'auto') return guess
  const reader = findReader(format)
  if (!reader) return guess
  return { ...guess, format, title: reader.title, missing: [] }
}

/** Columns with many or long values are left out: they are no list of choices. */
function valuesOf(rows: readonly Row[]): Record<string, string[]> {
  const found = new Map<string, Set<string>>()
  for (const row of rows) {
    for (const [column, value] of Object.entries(row)) {
      if (typeof value === 'object' || value === '') continue
      const values = found.get(column) ?? new Set()
      if (values.size <= mostValues) values.add(String(value))
      found.set(column, values)
    }
  }
  const isList = (values: ReadonlySet<string>) =>
    values.size <= mostValues && [...values].every((value) => value.length < 40)
  return Object.fromEntries(
    [...found]
      .filter(([, values]) => isList(values))
      .map(([column, values]) => [column, [...values].sort()]),
  )
}

const cut = (text: string, length = 140) =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text

const shortRow = (row: Row): Record<string, string> =>
  Object.fromEntries(
    Object.entries(row)
      .slice(0, 40)
      .map(([key, value]) => [
        key,
        cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 80),
      ]),
  )

function describer({ format, mapping, missing }: Recognition): (row: Row) => RecordPreview[] {
  const reader = findReader(format)
  if (reader) return (row) => describeReading(reader, row)
  if (!mapping || missing.length > 0 || mapping.join.length > 0) return () => []
  return (row) =>
    toLines(mapping, row, []).flatMap((line) => {
      const result = toImportRecord(line)
      if (result.ok) return result.records.flatMap(describeRecord)
      const { field, reason } = result.problem
      return [{ kind: 'refused', title: field || 'record', detail: reason }]
    })
}

function describeReading(reader: Reader, row: Row): RecordPreview[] {
  const gathered = new Map(reader.gather?.(row) ?? [])
  const { records, problems } = reader.read(row, {
    hash: (text) => sha256(text).slice(0, 32),
    find: (key) => gathered.get(key),
    list: (prefix) =>
      [...gathered].filter(([key]) => key.startsWith(prefix)).map(([, text]) => text),
    rate: 'steps',
  })
  return [
    ...records.slice(0, 12).flatMap(describeRecord),
    ...problems.slice(0, 3).map(({ field, reason }) => ({
      kind: 'refused' as const,
      title: field || 'record',
      detail: reason,
    })),
  ]
}

function describeRecord(record: ImportRecord): RecordPreview[] {
  if (record.kind === 'content') {
    const prompt = record.prompt
      ? [{ kind: 'prompt' as const, title: 'prompt', detail: cut(textOf(record.prompt.messages)) }]
      : []
    const responses = record.responses.map((response) => ({
      kind: 'response' as const,
      title: [response.model.name, response.model.version].filter(Boolean).join(' '),
      detail: cut(textOf(response.messages)),
    }))
    return [...prompt, ...responses]
  }
  if (record.kind === 'campaign') {
    const detail = record.line.criteria.map(({ name }) => name).join(', ')
    return [{ kind: 'judgment', title: `campaign ${cut(record.line.campaign, 40)}`, detail }]
  }
  if (record.kind === 'task') {
    const title = `task on prompt ${cut(record.line.prompt_id, 40)}`
    return [{ kind: 'judgment', title, detail: record.line.task }]
  }
  const { line } = record
  const answer =
    'winner' in line ? line.winner : 'score' in line ? `score ${String(line.score)}` : record.kind
  return [
    {
      kind: 'judgment',
      title: `${line.rater} on prompt ${cut(line.prompt_id, 40)}`,
      detail: String(answer),
    },
  ]
}
