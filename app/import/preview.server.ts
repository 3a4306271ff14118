/** In: a received batch. Out: what each file seems to be, with its first records, before anything is kept. */
import type { Batch } from './batches.server.ts'
import { type FieldMapping, missingFields, type Row, toLines } from './field-mapping.ts'
import { type ImportRecord, toImportRecord } from './import-record.ts'
import { textOf } from './message.ts'
import { containerOf, firstRecords } from './read-file.server.ts'
import { type Recognition, recognise } from './source.ts'

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
const rowsRead = 500
const mostValues = 12

/** Recognises each file of a batch; with a mapping, shows what the mapping would make of it. */
export const previewBatch = (batch: Batch, mapping?: FieldMapping): Promise<FilePreview[]> =>
  Promise.all(
    batch.files.map(async (file): Promise<FilePreview> => {
      const container = mapping?.format ?? (await containerOf(file.path))
      const source = { path: file.path, container, delimiter: mapping?.delimiter }
      const { rows, problems } = await firstRecords(source, rowsRead)
      const guess = recognise(container, rows.slice(0, 50))
      const used = mapping ?? guess.mapping
      const shown = rows.slice(0, rowsShown)
      return {
        name: file.name,
        bytes: file.bytes,
        recognition: mapping
          ? { ...guess, format: 'mapped', mapping, missing: missingFields(mapping) }
          : guess,
        columns: [...new Set(rows.flatMap((row) => Object.keys(row)))],
        rows: shown.map(shortRow),
        records: [
          ...problems.slice(0, 3).map(({ line, problem }) => ({
            kind: 'refused' as const,
            title: `Line ${line}`,
            detail: problem.reason,
          })),
          ...shown.flatMap((row) =>
            describeRow(row, guess.format === 'rubrica' && !mapping ? undefined : used),
          ),
        ],
        values: valuesOf(rows),
        isEmpty: file.bytes === 0,
      }
    }),
  )

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
    Object.entries(row).map(([key, value]) => [
      key,
      cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 80),
    ]),
  )

function describeRow(row: Row, mapping: FieldMapping | undefined): RecordPreview[] {
  const isReady = mapping && missingFields(mapping).length === 0 && mapping.join.length === 0
  if (mapping && !isReady) return []
  const lines = mapping ? toLines(mapping, row, []) : [row]
  return lines.flatMap((line) => {
    const result = toImportRecord(line)
    if (result.ok) return result.records.flatMap(describeRecord)
    const { field, reason } = result.problem
    return [{ kind: 'refused', title: field || 'record', detail: reason }]
  })
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
  const { line } = record
  const answer =
    'winner' in line ? line.winner : 'score' in line ? `score ${String(line.score)}` : record.kind
  return [
    {
      kind: 'judgment',
      title: `${line.rater} on prompt ${line.prompt_id}`,
      detail: String(answer),
    },
  ]
}
