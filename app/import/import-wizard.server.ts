/** In: a received batch and what a form chose. Out: how it would be read, to be looked at first. */
import type { Queries } from '#db/schema.ts'
import type { Batch } from './batches.server.ts'
import { type FieldMapping, suggestedMapping } from './field-mapping.ts'
import {
  type Choices,
  choicesOf,
  drawnMapping,
  type Fields,
  fieldsOfMapping,
} from './import-choices.ts'
import { withGuessedWinners } from './import-columns.ts'
import type { ImportOptions } from './import-options.ts'
import { type Sample, sampleBatch } from './import-sample.server.ts'
import { type FilePreview, previewBatch } from './preview.server.ts'
import {
  findMappingFor,
  headerHash,
  listMappingsFor,
  type SavedMapping,
} from './saved-mappings.server.ts'

/** What a person has chosen, filled up with what the files suggest. */
export interface WizardChoice {
  /** What the person chose to read the files as: `auto`, `mapped`, or a reader's format. */
  format: string
  options: ImportOptions
  previews: FilePreview[]
  /** Present where the columns can be named: one header for all files. */
  mapper: { columns: string[]; values: Record<string, string[]>; mapping: FieldMapping } | null
  badMapping: Choices['badMapping']
}

/** Reads what a form chose against the files themselves. */
export async function readChoice(batch: Batch, fields: Fields): Promise<WizardChoice> {
  const { options, drawn, badMapping } = choicesOf(fields)
  const { mapping, encoding } = options
  const { format } = options
  const reader = format === 'mapped' ? 'auto' : format
  const previews = await previewBatch(batch, { mapping, encoding, format: reader })
  const mappable = mapping ? undefined : mappableFile(previews, format)
  if (!mappable) return { format, options, previews, mapper: null, badMapping }
  const { columns, values } = mappable
  const chosen = drawn
    ? drawnMapping(drawn, mappable.recognition.container)
    : withGuessedWinners(suggestionFor(mappable), values)
  const mapped: ImportOptions = { ...options, format: 'mapped', mapping: chosen }
  return {
    format,
    options: mapped,
    previews: await previewBatch(batch, { mapping: chosen, encoding }),
    mapper: { columns, values, mapping: chosen },
    badMapping,
  }
}

/** The file that stands for all, where none is recognised or the person names the columns. */
function mappableFile(previews: readonly FilePreview[], format: string): FilePreview | undefined {
  const filled = previews.filter(({ columns }) => columns.length > 0)
  const [first] = filled
  if (!first || new Set(filled.map(({ columns }) => headerHash(columns))).size > 1) return undefined
  const isUnknown = filled.every(({ recognition }) => recognition.format === 'mapped')
  return format === 'mapped' || (format === 'auto' && isUnknown) ? first : undefined
}

const suggestionFor = ({ recognition, columns }: FilePreview): FieldMapping =>
  recognition.mapping ?? suggestedMapping(recognition.container, columns)

/** All that the page shows of a batch that is not started yet. */
export interface Wizard extends WizardChoice {
  samples: Sample[][]
  saved: SavedMapping[]
  /** The name of the saved mapping that was just applied. */
  applied: string | null
}

/** Looks at a batch as a form chose, or with a saved mapping where `use` names one. */
export async function openWizard(
  db: Queries,
  { projectId, batch, fields }: { projectId: string; batch: Batch; fields: Fields },
): Promise<Wizard> {
  const { fields: used, applied } = await withSavedMapping(db, { projectId, batch, fields })
  const choice = await readChoice(batch, used)
  const columns = choice.mapper?.columns ?? choice.previews[0]?.columns ?? []
  return {
    ...choice,
    samples: await sampleBatch({ ...batch, options: choice.options }, choice.previews),
    saved: await listMappingsFor(db, projectId, columns),
    applied,
  }
}

async function withSavedMapping(
  db: Queries,
  { projectId, batch, fields }: { projectId: string; batch: Batch; fields: Fields },
): Promise<{ fields: Fields; applied: string | null }> {
  const { use, ...others } = fields
  if (!use) return { fields: others, applied: null }
  const { options } = choicesOf(others)
  const [preview] = await previewBatch(batch, { encoding: options.encoding })
  const columns = preview?.columns ?? []
  const found = await findMappingFor(db, { projectId, id: use, columns })
  if (!found) return { fields: others, applied: null }
  const mapping = { ...found.mapping, format: preview?.recognition.container ?? 'csv' }
  const mapped = Object.fromEntries(fieldsOfMapping(mapping))
  return { fields: { ...withoutMapping(others), format: 'mapped', ...mapped }, applied: found.name }
}

const withoutMapping = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([name]) => !/^(record$|mapping$|column\.|value\.)/.test(name)),
  )
