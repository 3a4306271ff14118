/** In: the fields of the import form, or of its address. Out: how the files are to be read, and back. */
import { encodings } from './container.ts'
import { type FieldMapping, fieldMappingSchema, fieldsOf } from './field-mapping.ts'
import { isDrawable } from './import-columns.ts'
import { type ImportOptions, importOptionsSchema } from './import-options.ts'
import { problemOf } from './import-record.ts'
import { findReader } from './readers.ts'

export type Fields = Readonly<Record<string, string>>

/** The columns as a form chose them; the file says in which container they lie. */
export interface DrawnMapping {
  record: FieldMapping['record']
  columns: Record<string, string>
  winners: Record<string, string>
}

/** What a form chose before any file is looked at. */
export interface Choices {
  options: ImportOptions
  /** Present where the column choices were part of the form. */
  drawn?: DrawnMapping
  /** Why the mapping that was written as JSON cannot be used; the field may be empty. */
  badMapping?: { field: string; reason: string }
}

const pick = (fields: Fields, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.startsWith(prefix) && value !== '')
      .map(([name, value]) => [name.slice(prefix.length), value]),
  )

/** Reads the choices of a form; what it does not know falls back to what is usual. */
export function choicesOf(fields: Fields): Choices {
  const format = fields.format ?? 'auto'
  const options = importOptionsSchema.parse({
    format: format === 'mapped' || findReader(format) ? format : 'auto',
    encoding: encodings.find((encoding) => encoding === fields.encoding),
    rate: fields.rate === 'final' ? 'final' : 'steps',
    campaign: fields.campaign?.trim() || undefined,
    allowMissingText: fields.allowMissingText === 'on',
  })
  const written = fields.mapping?.trim()
  if (written) {
    const read = readMapping(written)
    if ('reason' in read) return { options, badMapping: read }
    return { options: { ...options, format: 'mapped', mapping: read.mapping } }
  }
  if (!isRecord(fields.record)) return { options }
  const drawn = {
    record: fields.record,
    columns: pick(fields, 'column.'),
    winners: pick(fields, 'value.'),
  }
  return { options, drawn }
}

const isRecord = (record: string | undefined): record is FieldMapping['record'] =>
  record !== undefined && Object.hasOwn(fieldsOf, record)

function readMapping(text: string): { mapping: FieldMapping } | { field: string; reason: string } {
  try {
    const mapping = fieldMappingSchema.safeParse(JSON.parse(text))
    return mapping.success ? { mapping: mapping.data } : problemOf(mapping.error)
  } catch {
    return { field: '', reason: '' }
  }
}

/** The mapping that was drawn in the form, of fields that such a record has. */
export function drawnMapping(
  { record, columns, winners }: DrawnMapping,
  format: FieldMapping['format'],
): FieldMapping {
  const known: readonly string[] = fieldsOf[record].all
  return {
    format,
    record,
    columns: Object.fromEntries(Object.entries(columns).filter(([field]) => known.includes(field))),
    values: record === 'pairwise' && Object.keys(winners).length > 0 ? { winner: winners } : {},
    join: [],
  }
}

/** The choices as fields of an address, so that a page can be left and found again. */
export function fieldsOfOptions(options: ImportOptions): [string, string][] {
  const { format, mapping, encoding, rate, campaign, allowMissingText } = options
  return [
    ['format', format],
    ...(mapping ? fieldsOfMapping(mapping) : []),
    ...(encoding ? ([['encoding', encoding]] as [string, string][]) : []),
    ...(rate === 'final' ? ([['rate', rate]] as [string, string][]) : []),
    ...(campaign ? ([['campaign', campaign]] as [string, string][]) : []),
    ...(allowMissingText ? ([['allowMissingText', 'on']] as [string, string][]) : []),
  ]
}

/** A mapping as fields of the form. */
export function fieldsOfMapping(mapping: FieldMapping): [string, string][] {
  if (!isDrawable(mapping)) return [['mapping', JSON.stringify(mapping)]]
  return [
    ['record', mapping.record],
    ...Object.entries(mapping.columns).map(([field, column]): [string, string] => [
      `column.${field}`,
      column,
    ]),
    ...Object.entries(mapping.values.winner ?? {}).map(([theirs, ours]): [string, string] => [
      `value.${theirs}`,
      String(ours),
    ]),
  ]
}
