/** In: the files of a batch. Out: the plain files in them, each with how it is read. */
import path from 'node:path'
import { sha256 } from '#app/base/hash.server.ts'
import { type Batch, batchFolder } from './batches.server.ts'
import type { Container } from './container.ts'
import { type FieldMapping, toLines, valueAt } from './field-mapping.ts'
import type { ReceivedFile } from './import-options.ts'
import { type ImportRecord, type Problem, toImportRecord } from './import-record.ts'
import type { Lookups } from './lookups.server.ts'
import { listTexts, type PackedText, PackingProblem, unpack } from './packing.server.ts'
import { containerOf, firstRecords, readRecords } from './read-file.server.ts'
import type { ReadContext, Reader, ReadProblem, Row } from './reader.ts'
import { findReader } from './readers.ts'
import { looked, recognise, sure } from './source.ts'

/** A plain file of a batch and how its rows become records. */
export interface Source {
  /** Its place among the plain files of the batch: what a prompt remembers of where it came from. */
  ordinal: number
  name: string
  path: string
  bytes: number
  container: Container
  delimiter: string | undefined
  reader: Reader | undefined
  mapping: FieldMapping | undefined
  /** Why nothing of it can be read. */
  problem?: Problem
  /** Why it ends before its end; what came before is good. */
  brokenOff?: string
}

/** Unpacks the files of a batch and recognises each; files that are only looked up are left out. */
export async function openSources(batch: Batch, dataDir: string): Promise<Source[]> {
  const folder = path.join(batchFolder(dataDir, batch.id), 'plain')
  const joined = joinedFileNames(batch)
  const sources: Source[] = []
  for (const file of batch.files.filter(({ name }) => !joined.has(name))) {
    for (const text of await textsOf(file)) {
      const ordinal = sources.length
      const target = path.join(folder, String(ordinal))
      sources.push(await openSource(text, { batch, ordinal, target }))
    }
  }
  return sources
}

/** Sources in the order they are read: those that others speak of come first. */
export const inReadingOrder = (sources: readonly Source[]): Source[] =>
  [...sources].sort(
    (one, other) =>
      (one.reader?.order ?? 0) - (other.reader?.order ?? 0) || one.ordinal - other.ordinal,
  )

type TextOrProblem = PackedText & { problem?: string }

async function textsOf(file: ReceivedFile): Promise<TextOrProblem[]> {
  try {
    return await listTexts(file)
  } catch (error) {
    if (!(error instanceof PackingProblem)) throw error
    return [{ path: file.path, name: file.name, packing: 'plain', problem: error.message }]
  }
}

async function openSource(
  text: TextOrProblem,
  { batch, ordinal, target }: { batch: Batch; ordinal: number; target: string },
): Promise<Source> {
  const { options } = batch
  const nothing = {
    ordinal,
    name: text.name,
    path: text.path,
    bytes: 0,
    container: 'jsonl' as const,
    delimiter: options.mapping?.delimiter,
    reader: undefined,
    mapping: undefined,
  }
  if (text.problem) return { ...nothing, problem: { field: '', reason: text.problem } }
  const plain = await unpack(text, { target, encoding: options.encoding })
  const found = {
    ...nothing,
    path: plain.path,
    bytes: plain.bytes,
    ...(plain.problem ? { brokenOff: plain.problem } : {}),
  }
  if (plain.bytes === 0) {
    const reason = plain.problem ?? 'the file is empty'
    return { ...nothing, path: plain.path, problem: { field: '', reason } }
  }
  return { ...found, ...(await howToRead(found, batch)) }
}

async function howToRead(
  source: Source,
  { options }: Batch,
): Promise<Pick<Source, 'container' | 'reader' | 'mapping'> & { problem?: Problem }> {
  const container = options.mapping?.format ?? (await containerOf(source.path))
  if (options.format !== 'auto' && options.format !== 'mapped') {
    const reader = findReader(options.format)
    if (reader) return { container, reader, mapping: undefined }
    const reason = `no format is called "${options.format}"`
    return { container, reader: undefined, mapping: undefined, problem: { field: '', reason } }
  }
  const { path: place, delimiter } = source
  const records = readRecords({ path: place, container, delimiter })
  const { rows } = await firstRecords(records, looked)
  if (options.mapping) {
    const problem = missingColumns(options.mapping, rows)
    return { container, reader: undefined, mapping: options.mapping, ...(problem && { problem }) }
  }
  const found = recognise(container, rows)
  const reader = findReader(found.format)
  if (reader) return { container, reader, mapping: undefined }
  if (found.mapping && found.missing.length === 0 && found.confidence >= sure) {
    return { container, reader: undefined, mapping: found.mapping }
  }
  if (rows.length === 0) return { container, reader: findReader('rubrica'), mapping: undefined }
  const reason = `the format is not known (${found.reasons.join('; ')}); say which column is what with a mapping`
  return { container, reader: undefined, mapping: undefined, problem: { field: '', reason } }
}

function missingColumns(mapping: FieldMapping, rows: readonly Row[]): Problem | undefined {
  const known = new Set(rows.flatMap((row) => Object.keys(row)))
  if (!['csv', 'parquet'].includes(mapping.format) || rows.length === 0) return undefined
  const wanted = [...Object.values(mapping.columns), ...mapping.join.map((join) => join.on.here)]
  const absent = wanted.filter((column) => !column.startsWith('/') && !known.has(column))
  if (absent.length === 0) return undefined
  const reason = `the header has no column "${absent.join('", "')}"; it has: ${[...known].join(', ')}. Is the separator right?`
  return { field: absent[0] ?? '', reason }
}

/** Files that a mapping only looks things up in. */
export const joinedFileNames = (batch: Pick<Batch, 'options'>): Set<string> =>
  new Set(batch.options.mapping?.join.map((join) => path.basename(join.file)) ?? [])

export interface RowReading {
  records: ImportRecord[]
  problems: ReadProblem[]
}

const shortHash = (text: string) => sha256(text).slice(0, 32)

/** How the rows of a source become records. */
export function rowReader(
  source: Pick<Source, 'reader' | 'mapping'>,
  batch: Pick<Batch, 'options'>,
  lookups: Lookups,
): (row: Row) => RowReading {
  const { reader, mapping } = source
  if (reader) {
    const context: ReadContext = {
      hash: shortHash,
      find: lookups.find,
      list: lookups.list,
      rate: batch.options.rate,
    }
    const campaign =
      batch.options.campaign ?? (reader.format === 'rubrica' ? undefined : reader.title)
    return (row) => inCampaign(reader.read(row, context), campaign)
  }
  if (mapping) return (row) => fromMappedRow(mapping, lookups, row)
  return () => ({ records: [], problems: [] })
}

/** Judgments of a set go into a campaign of its name, where neither they nor the person name one. */
function inCampaign(reading: RowReading, campaign: string | undefined): RowReading {
  if (campaign === undefined) return reading
  const records = reading.records.map((record): ImportRecord => {
    if (record.kind === 'content' || record.line.campaign !== undefined) return record
    return { ...record, line: { ...record.line, campaign } } as ImportRecord
  })
  return { ...reading, records }
}

function fromMappedRow(mapping: FieldMapping, lookups: Lookups, row: Row): RowReading {
  const joined: Row[] = []
  for (const join of lookups.joins) {
    const key = valueAt(row, join.here)
    const text = key === undefined ? undefined : join.get(String(key))
    if (text === undefined) {
      const reason = `${join.file} has no row whose ${join.theirs} is "${String(key)}"`
      return { records: [], problems: [{ field: join.here, reason }] }
    }
    joined.push(JSON.parse(text) as Row)
  }
  const records: ImportRecord[] = []
  for (const line of toLines(mapping, row, joined)) {
    const result = toImportRecord(line)
    if (!result.ok) return { records: [], problems: [result.problem] }
    records.push(...result.records)
  }
  return { records, problems: [] }
}
