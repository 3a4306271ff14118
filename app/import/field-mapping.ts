/**
 * In: a row of somebody's CSV or JSONL and which of its columns is what. Out: a Rubrica line.
 * The mapping is what `--map` reads and what the wizard saves.
 */
import { z } from 'zod'
import { containers } from './container.ts'
import type { Row } from './reader.ts'

const columns = z.record(z.string(), z.string().min(1))

export const fieldMappingSchema = z.object({
  format: z.enum(containers),
  record: z.enum(['response', 'prompt', 'pairwise', 'rubric']),
  columns,
  values: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  /** Fields that are the same in every row, where no column says otherwise. */
  constants: z.record(z.string(), z.unknown()).optional(),
  /** A score made of the row: whether the last of some words in one column is that of another. */
  scoring: z
    .object({
      answer: z.string().min(1),
      words: z.array(z.string().min(1)).min(2),
      reference: z.string().min(1),
    })
    .optional(),
  join: z
    .array(
      z.object({
        file: z.string().min(1),
        on: z.object({ theirs: z.string().min(1), here: z.string().min(1) }),
        columns,
      }),
    )
    .default([]),
  delimiter: z.string().length(1).optional(),
})

export type FieldMapping = z.infer<typeof fieldMappingSchema>

/** Our fields, by what a row holds: what the column mapper offers, and which it cannot do without. */
export const fieldsOf = {
  prompt: {
    needed: [['prompt', 'messages']],
    all: ['id', 'input_key', 'prompt', 'messages', 'system', 'tags'],
  },
  response: {
    needed: [['content', 'messages'], ['model'], ['prompt_id', 'prompt', 'prompt_messages']],
    all: [
      'id',
      'prompt_id',
      'input_key',
      'prompt',
      'prompt_messages',
      'system',
      'tags',
      'model',
      'version',
      'prompt_version',
      'content',
      'messages',
      'sample',
      'created_at',
      'latency_ms',
      'cost',
      'finish_reason',
      'context',
    ],
  },
  pairwise: {
    needed: [['prompt_id', 'prompt'], ['model_a'], ['model_b'], ['winner'], ['rater']],
    all: [
      'prompt_id',
      'prompt',
      'model_a',
      'model_b',
      'response_a',
      'response_b',
      'content_a',
      'content_b',
      'winner',
      'strength',
      'criterion',
      'shown_first',
      'rater',
      'source',
      'campaign',
      'comment',
      'active_ms',
      'created_at',
      'tags',
    ],
  },
  rubric: {
    needed: [
      ['prompt_id', 'prompt'],
      ['model'],
      ['criterion'],
      ['score', 'choice', 'text'],
      ['rater'],
    ],
    all: [
      'prompt_id',
      'prompt',
      'model',
      'response',
      'content',
      'criterion',
      'score',
      'choice',
      'text',
      'rater',
      'source',
      'campaign',
      'comment',
      'active_ms',
      'created_at',
      'tags',
    ],
  },
} as const satisfies Record<
  FieldMapping['record'],
  { needed: readonly (readonly string[])[]; all: readonly string[] }
>

/** Which fields a mapping lacks, in words; empty when it can be used. */
export function missingFields(mapping: FieldMapping): string[] {
  const mapped = new Set([
    ...Object.keys(mapping.columns),
    ...mapping.join.flatMap((join) => Object.keys(join.columns)),
    ...Object.keys(mapping.constants ?? {}),
    ...(mapping.scoring ? ['score'] : []),
  ])
  return fieldsOf[mapping.record].needed
    .filter((choices) => !choices.some((field) => mapped.has(field)))
    .map((choices) => choices.join(' or '))
}

/** What a column name or a JSON pointer finds in a row. @example valueAt({ a: [1] }, '/a/0') // 1 */
export function valueAt(row: Row, column: string): unknown {
  if (!column.startsWith('/')) return Object.hasOwn(row, column) ? row[column] : undefined
  return column
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((found, part) => {
      if (Array.isArray(found)) return found[Number(part)]
      if (found !== null && typeof found === 'object' && Object.hasOwn(found, part)) {
        return (found as Row)[part]
      }
      return undefined
    }, row)
}

/** Text where a number is meant: these fields are numbers in a Rubrica line. */
const numberFields = new Set(['sample', 'strength', 'score', 'active_ms', 'latency_ms', 'cost'])
const listFields = new Set(['tags', 'reasons'])
const structuredFields = new Set(['messages', 'prompt_messages', 'rendered'])

/**
 * A row as the Rubrica lines it stands for: a prompt, a response, or a judgment, with the texts the
 * row carries beside it as content of their own.
 *
 * @param joined for each join of the mapping, the other file's row
 */
export function toLines(mapping: FieldMapping, row: Row, joined: readonly Row[]): Row[] {
  const line: Row = {}
  for (const [field, value] of Object.entries(mapping.constants ?? {})) place(line, field, value)
  const take = (from: Row, names: Record<string, string>) => {
    for (const [field, column] of Object.entries(names)) {
      const value = mappedValue(mapping, field, valueAt(from, column))
      if (value !== undefined) place(line, field, value)
    }
  }
  take(row, mapping.columns)
  mapping.join.forEach((join, index) => {
    take(joined[index] ?? {}, join.columns)
  })
  if (mapping.scoring) place(line, 'score', scoreOf(row, mapping.scoring))
  return shapes[mapping.record](line)
}

/**
 * 1 where the last of the words in an answer is the word of the reference, 0 where it is another or
 * none. Words are found whole and in any case.
 *
 * @example scoreOf({ said: 'No. Or yes: [Yes]', right: 'yes' },
 *   { answer: 'said', words: ['yes', 'no'], reference: 'right' }) // 1
 */
export function scoreOf(
  row: Row,
  { answer, words, reference }: NonNullable<FieldMapping['scoring']>,
): 0 | 1 {
  const wordsIn = (column: string) => {
    const said = String(valueAt(row, column) ?? '').toLowerCase()
    const parts = said.split(/[^\p{L}\p{N}]+/u)
    return parts.filter((part) => words.some((word) => word.toLowerCase() === part))
  }
  const last = wordsIn(answer).at(-1)
  return last !== undefined && last === wordsIn(reference).at(-1) ? 1 : 0
}

function mappedValue(mapping: FieldMapping, field: string, value: unknown): unknown {
  if (value === undefined || value === null || value === '') {
    const forNothing = mapping.values[field]?.['']
    const isSaid = value !== undefined && (field === 'content' || field.startsWith('content_'))
    return forNothing ?? (isSaid ? '' : undefined)
  }
  const translated = mapping.values[field]?.[String(value)]
  if (translated !== undefined) return translated
  if (numberFields.has(field) && typeof value === 'string') {
    const number = Number(value)
    return value.trim() === '' || Number.isNaN(number) ? value : number
  }
  if (listFields.has(field) && typeof value === 'string') {
    return value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  }
  if (structuredFields.has(field) && typeof value === 'string') return parsedOr(value)
  if (field === 'created_at' && typeof value === 'string' && /^\d{10,13}$/.test(value)) {
    return value.length === 10 ? Number(value) * 1000 : Number(value)
  }
  return value
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Puts `metadata.x` and `parameters.x` into the object they name. */
function place(line: Row, field: string, value: unknown): void {
  const dot = field.indexOf('.')
  if (dot < 0) {
    line[field] = value
    return
  }
  const outer = field.slice(0, dot)
  if (outer === '__proto__') return
  const inside = line[outer]
  line[outer] = {
    ...(inside !== null && typeof inside === 'object' ? inside : {}),
    [field.slice(dot + 1)]: value,
  }
}

const shapes: Record<FieldMapping['record'], (line: Row) => Row[]> = {
  prompt: (line) => [withSystem(line, 'prompt', 'messages')],
  response: (line) => [withSystem(line, 'prompt', 'prompt_messages')],
  pairwise: (line) => {
    const { prompt, content_a, content_b, tags, ...judgment } = line
    const content = [
      { model: judgment.model_a, content: content_a, id: judgment.response_a },
      { model: judgment.model_b, content: content_b, id: judgment.response_b },
    ]
    return withContent(judgment, { prompt, tags }, content)
  },
  rubric: (line) => {
    const { prompt, content, tags, ...judgment } = line
    return withContent(judgment, { prompt, tags }, [
      { model: judgment.model, content, id: judgment.response },
    ])
  },
}

/** A system text beside a prompt becomes the first message of its conversation. */
function withSystem(line: Row, promptField: string, messagesField: string): Row {
  const { system, ...rest } = line
  if (system === undefined || rest[messagesField] !== undefined) return rest
  const { [promptField]: prompt, ...others } = rest
  return {
    ...others,
    [messagesField]: [
      { role: 'system', content: system },
      { role: 'user', content: prompt ?? '' },
    ],
  }
}

/** A judgment whose row carries its texts: the texts first, under an id that both lines share. */
function withContent(
  judgment: Row,
  { prompt, tags }: { prompt: unknown; tags: unknown },
  responses: { model: unknown; content: unknown; id: unknown }[],
): Row[] {
  if (prompt === undefined) return [judgment]
  const id = judgment.prompt_id ?? `text:${String(prompt)}`
  const given = responses.filter((response) => response.content !== undefined)
  return [
    { id, prompt, ...(tags === undefined ? {} : { tags }), responses: given },
    { ...judgment, prompt_id: id },
  ]
}

/** Other names under which our fields are often found. */
const otherNames: Record<string, readonly string[]> = {
  prompt: ['question', 'instruction', 'query', 'input', 'user_prompt'],
  content: ['response', 'output', 'completion', 'answer', 'text', 'result'],
  model: ['model_name', 'generator'],
  prompt_id: ['question_id', 'item_id'],
  rater: ['annotator', 'worker', 'judge', 'user', 'labeler'],
  winner: ['preference', 'verdict', 'choice'],
  model_a: ['model_1', 'model_x'],
  model_b: ['model_2', 'model_y'],
  content_a: ['response_a', 'output_1', 'answer_a'],
  content_b: ['response_b', 'output_2', 'answer_b'],
  criterion: ['dimension', 'aspect'],
  score: ['rating', 'value'],
}

/** The mapping that a header suggests; columns it says nothing of stay unmapped. */
export function suggestedMapping(
  format: FieldMapping['format'],
  header: readonly string[],
): FieldMapping {
  const lower = new Map(header.map((column) => [column.trim().toLowerCase(), column]))
  const record = suggestedRecord(lower)
  const found: Record<string, string> = {}
  const taken = new Set<string>()
  for (const field of fieldsOf[record].all) {
    const names = [field, ...(otherNames[field] ?? [])]
    const name = names.find((candidate) => lower.has(candidate) && !taken.has(candidate))
    const column = name === undefined ? undefined : lower.get(name)
    if (name === undefined || column === undefined) continue
    taken.add(name)
    found[field] = column
  }
  return { format, record, columns: found, values: {}, join: [] }
}

function suggestedRecord(lower: ReadonlyMap<string, string>): FieldMapping['record'] {
  const hasOne = (field: string) =>
    [field, ...(otherNames[field] ?? [])].some((name) => lower.has(name))
  if (hasOne('winner') && hasOne('model_a') && hasOne('model_b')) return 'pairwise'
  if (hasOne('criterion') && hasOne('score')) return 'rubric'
  if (hasOne('model') && hasOne('content')) return 'response'
  return 'prompt'
}
