/** In: a received batch and how it is to be read. Out: its first records, as a rater would see them. */
import type { Batch } from './batches.server.ts'
import type { ContentRecord, ImportRecord, JudgmentRecord } from './import-record.ts'
import { noLookups } from './lookups.server.ts'
import type { Message } from './message.ts'
import { listTexts, openText, type PackedText, PackingProblem } from './packing.server.ts'
import type { FilePreview } from './preview.server.ts'
import { firstRecords, readRecords, readStreamedRecords } from './read-file.server.ts'
import { findReader } from './readers.ts'
import type { ModelRef } from './rubrica-line.ts'
import { rowReader, type Source } from './sources.server.ts'

export interface SampleTurn {
  role: string
  text: string
  /** How many characters are left out at the end. */
  hidden: number
}

export interface SampleJudgment {
  rater: string
  kind: 'a' | 'b' | 'tie' | 'both_bad' | 'cant_judge' | 'score' | 'ranking' | 'skipped'
  modelA: string
  modelB: string
  criterion: string
  answer: string
}

export interface SampleProblem {
  line: number | null
  field: string
  reason: string
}

/** What the first rows of a file become, row by row. */
export interface Sample {
  prompt: SampleTurn[]
  promptId: string
  responses: { model: string; turns: SampleTurn[] }[]
  judgments: SampleJudgment[]
  problems: SampleProblem[]
}

const rowsShown = 4
const partsShown = 6
const charactersShown = 600
const mostBytes = 2 * 1024 * 1024

/** The first records of each file that was previewed, in the order of the previews. */
export async function sampleBatch(
  batch: Batch,
  previews: readonly FilePreview[],
): Promise<Sample[][]> {
  const texts = (await Promise.all(batch.files.map(textsOf))).flat()
  return Promise.all(
    previews.map(async (preview, place) => {
      const text = texts[place]
      return text ? sampleOf(text, preview, batch) : []
    }),
  )
}

const entriesShown = 20

async function textsOf(file: Batch['files'][number]): Promise<(PackedText | undefined)[]> {
  try {
    return (await listTexts(file)).slice(0, entriesShown)
  } catch (error) {
    if (error instanceof PackingProblem) return [undefined]
    throw error
  }
}

async function sampleOf(
  text: PackedText,
  { recognition }: FilePreview,
  batch: Batch,
): Promise<Sample[]> {
  const { container, format, missing } = recognition
  const reader = findReader(format)
  const mapping = reader ? undefined : recognition.mapping
  const isReadable = reader !== undefined || (mapping !== undefined && missing.length === 0)
  if (!isReadable || (mapping?.join.length ?? 0) > 0) return []
  if (container === 'parquet' && text.packing !== 'plain') return []
  const source: Source = {
    ordinal: 0,
    name: text.name,
    path: text.path,
    bytes: 0,
    container,
    delimiter: mapping?.delimiter,
    reader,
    mapping,
  }
  const records =
    container === 'parquet'
      ? readRecords(source)
      : readStreamedRecords(untilBroken(openText(text, batch.options.encoding)), source)
  const { rows, problems } = await firstRecords(records, { most: rowsShown, mostBytes })
  const gathered = rows.flatMap((row) => [...(reader?.gather?.(row) ?? [])])
  const byKey = new Map(gathered)
  const read = rowReader(source, batch, {
    ...noLookups,
    find: (key) => byKey.get(key),
    list: (prefix) => gathered.filter(([key]) => key.startsWith(prefix)).map(([, noted]) => noted),
  })
  return [
    ...problems.map(({ line, problem }) => ({ ...nothing(), problems: [{ line, ...problem }] })),
    ...rows.map((row) => toSample(read(row))),
  ].filter(isWorthShowing)
}

/** A preview shows what came before the break; the import itself says where it is. */
async function* untilBroken(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks
  } catch {
    return
  }
}

const nothing = (): Sample => ({
  prompt: [],
  promptId: '',
  responses: [],
  judgments: [],
  problems: [],
})

const isWorthShowing = (sample: Sample): boolean =>
  [sample.prompt, sample.responses, sample.judgments, sample.problems].some(
    (part) => part.length > 0,
  )

function toSample({
  records,
  problems,
}: {
  records: ImportRecord[]
  problems: { field: string; reason: string }[]
}): Sample {
  const sample = nothing()
  for (const record of records) {
    if (record.kind === 'content') addContent(sample, record)
    else if (record.kind !== 'campaign' && record.kind !== 'task') {
      if (sample.judgments.length < partsShown) sample.judgments.push(judgmentOf(record))
    }
  }
  sample.problems = problems
    .slice(0, partsShown)
    .map(({ field, reason }) => ({ line: null, field, reason }))
  return sample
}

function addContent(sample: Sample, { prompt, promptId, responses }: ContentRecord): void {
  if (sample.prompt.length === 0) {
    sample.prompt = prompt?.messages.map(turnOf) ?? []
    sample.promptId = promptId ?? prompt?.externalId ?? ''
  }
  for (const { model, messages } of responses.slice(0, partsShown - sample.responses.length)) {
    const name = [model.name, model.version].filter((part) => part !== '').join(' ')
    sample.responses.push({ model: name, turns: messages.map(turnOf) })
  }
}

function turnOf({ role, content, tool_calls }: Message): SampleTurn {
  const calls = (tool_calls ?? []).map((call) => `→ ${call.function?.name ?? call.id ?? ''}`)
  const text = [content, ...calls].filter((part) => part !== '').join('\n')
  const shown = text.slice(0, charactersShown)
  return { role, text: shown, hidden: text.length - shown.length }
}

const nameOf = (model: ModelRef | undefined): string =>
  typeof model === 'string' ? model : (model?.name ?? '')

function judgmentOf(record: JudgmentRecord): SampleJudgment {
  const shared = { rater: record.line.rater, modelA: '', modelB: '', criterion: '', answer: '' }
  switch (record.kind) {
    case 'pairwise': {
      const { winner, model_a, model_b, criterion } = record.line
      return {
        ...shared,
        kind: winner,
        modelA: nameOf(model_a),
        modelB: nameOf(model_b),
        criterion,
      }
    }
    case 'rubric': {
      const { model, criterion, score, choice, choices, text, ideal } = record.line
      const answer = String(score ?? choice ?? choices?.join(', ') ?? text ?? ideal ?? '')
      return { ...shared, kind: 'score', modelA: nameOf(model), criterion, answer }
    }
    case 'ranking':
      return { ...shared, kind: 'ranking', answer: rankingOf(record.line.ranking) }
    case 'skipped':
      return { ...shared, kind: 'skipped', answer: record.line.skipped }
  }
}

const rankingOf = (
  ranking: Extract<JudgmentRecord, { kind: 'ranking' }>['line']['ranking'],
): string =>
  ranking
    .map((tied) =>
      tied
        .map((place) =>
          typeof place === 'object' && 'response' in place ? String(place.response) : nameOf(place),
        )
        .join(' = '),
    )
    .join(' > ')
