import { toImportRecord } from '../import-record.ts'
import type { Reader, Row } from '../reader.ts'
import { campaignLineSchema, taskLineSchema } from '../rubrica-campaign-line.ts'
import {
  type LineKind,
  lineKindOf,
  pairwiseLineSchema,
  promptLineSchema,
  rankingLineSchema,
  responseLineSchema,
  rubricLineSchema,
  skippedLineSchema,
} from '../rubrica-line.ts'

const titles: Record<LineKind, string> = {
  prompt: 'prompts with their responses',
  response: 'one response a line',
  pairwise: 'recorded pairwise judgments',
  rubric: 'recorded rubric judgments',
  ranking: 'recorded rankings',
  skipped: 'recorded skips',
  campaign: 'campaigns',
  task: 'tasks of a campaign',
}

const namesOf = (schema: { shape: Record<string, unknown> }) => new Set(Object.keys(schema.shape))

const knownNames: Record<LineKind, ReadonlySet<string>> = {
  prompt: namesOf(promptLineSchema),
  response: namesOf(responseLineSchema),
  pairwise: namesOf(pairwiseLineSchema),
  rubric: namesOf(rubricLineSchema),
  ranking: namesOf(rankingLineSchema),
  skipped: namesOf(skippedLineSchema),
  campaign: namesOf(campaignLineSchema),
  task: namesOf(taskLineSchema),
}

/** Our own lines, which the raw export writes; `docs/formats.md` describes them. */
export const rubrica: Reader = {
  format: 'rubrica',
  title: 'Rubrica JSONL',
  certainty: 0.96,
  // The cells of a table are all text; the column mapper turns them into what our fields are.
  containers: ['jsonl', 'json', 'parquet'],
  mark: (row) => {
    const kind = lineKindOf(row)
    if (kind === null || !hasOnlyKnownNames(row, kind)) return null
    if (!toImportRecord(row).ok) return null
    // A bare prompt is as much anybody's as ours.
    if (kind === 'prompt' && Object.keys(row).length === 1) return null
    if (kind === 'prompt' && endsWithAnswer(row.messages)) return null
    return `holds ${titles[kind]}`
  },
  read: (row) => {
    const result = toImportRecord(row)
    return result.ok
      ? { records: result.records, problems: [] }
      : { records: [], problems: [result.problem] }
  },
}

/** A line with names that we do not know would lose what they say. */
const hasOnlyKnownNames = (row: Row, kind: LineKind): boolean =>
  Object.keys(row).every((name) => knownNames[kind].has(name))

/** A conversation that ends with an answer is a sample to train on, not a prompt. */
function endsWithAnswer(messages: unknown): boolean {
  const last: unknown = Array.isArray(messages) ? messages.at(-1) : undefined
  return last !== null && typeof last === 'object' && 'role' in last && last.role === 'assistant'
}
