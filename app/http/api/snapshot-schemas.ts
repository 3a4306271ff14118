/** Snapshots as callers see them: what each is, its manifest, its rows and what changed between two. */
import { z } from 'zod'
import { datasetChecks } from '#app/export/dataset-report.ts'
import { dropRules } from '#app/export/policy.ts'
import { rowChecks } from '#app/export/row-checks.ts'
import type { Snapshot } from '#app/export/snapshots.server.ts'
import { splitNames } from '#app/export/splits.ts'
import { targetNames } from '#app/export/targets/all.ts'
import { containers } from '#app/export/targets/target.ts'
import { findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { shownPolicy } from './dataset-schemas.ts'
import { snakeKeys } from './snake-keys.ts'
import { isoTime, isoTimeOrNull, moment } from './times.ts'

const count = z.number().int()

/** An object that may have some of these fields, so that the document can name every one. */
const someOf = <Name extends string, Value extends z.ZodType>(
  names: readonly Name[],
  value: Value,
) =>
  z.object(
    Object.fromEntries(names.map((name) => [name, value.optional()])) as Record<
      Name,
      z.ZodOptional<Value>
    >,
  )

const keysOf = <Name extends string>(record: Record<Name, unknown>): Name[] =>
  Object.keys(record) as Name[]

const share = z
  .object({
    share: z.number(),
    low: z.number().nullable(),
    high: z.number().nullable(),
    of: count.describe('Pairs that it is a share of.'),
  })
  .nullable()
const range = z.array(z.number()).length(2)

const report = z.object({
  rows: count,
  rows_of_split: someOf(splitNames, count),
  found: someOf(keysOf(datasetChecks), count),
  better_longer: share,
  better_first: share,
  rows_by_raters: z
    .array(z.object({ raters: count, rows: count }))
    .describe('Rows by how many judged them.'),
  low_agreement: count.describe('Rows on which fewer than two thirds of the raters agree.'),
  labels: z.object({ good: count, bad: count }),
  weights: z.object({ good: range, bad: range }).nullable(),
  characters: z.array(count),
  tokens: z.array(count).nullable(),
})

const written = z.object({ config: z.string(), split: z.string() })
const checksAndRules = [...new Set([...keysOf(dropRules), ...keysOf(rowChecks)])]

const manifestSchema = z
  .object({
    format: z.literal(1),
    target: z.enum(targetNames),
    container: z.enum(containers),
    policy: shownPolicy,
    campaigns: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        is_simulated: z.boolean(),
        guidelines: z.object({ version: count, text: z.string() }).nullable(),
      }),
    ),
    redacted: z.array(z.string()).describe('Kinds of personal data that were removed.'),
    prompts: count,
    judgments: count,
    judgments_by_source: someOf(['human', 'judge', 'adjudicator'], count),
    raters: count,
    alpha: z.number().nullable().describe('Krippendorff’s alpha of the verdicts counted.'),
    considered: count,
    dropped: someOf(keysOf(dropRules), count).describe('What gave no row, by the rule.'),
    warned: someOf(keysOf(rowChecks), count),
    examples: someOf(checksAndRules, z.array(z.string())).describe('Some ids for each.'),
    personal: someOf(findingKinds, count).describe(
      'Rows that still hold personal data or secrets, by kind.',
    ),
    unprepared: count,
    report: report.nullable().describe('What a check of the whole found; null for raw judgments.'),
    rows: z.array(written.extend({ rows: count, sha256: z.string() })),
    files: z.array(
      written.extend({ path: z.string(), rows: count, bytes: count, sha256: z.string() }),
    ),
    sha256: z.string(),
  })
  .meta({
    id: 'Manifest',
    description: 'As in `.meta/manifest.json`, whose fields are in camelCase.',
  })

/** A snapshot as lists show it. */
export const snapshotSchema = z
  .object({
    id: z.string(),
    dataset_id: z.string(),
    number: count,
    status: z.enum(['queued', 'ready', 'failed']),
    sha256: z.string().nullable().describe('Of its rows and all that decided them.'),
    rows: count.nullable(),
    job_id: z.string().nullable(),
    description: z.string(),
    deprecated_at: moment.nullable(),
    deprecated_reason: z.string().nullable(),
    problem: z.string().nullable().describe('Why there is none, where a check forbade it.'),
    created_at: moment,
    finished_at: moment.nullable(),
  })
  .meta({ id: 'Snapshot' })

/** A snapshot with everything that decided its rows. */
export const snapshotDetailSchema = snapshotSchema
  .extend({ manifest: manifestSchema.nullable().describe('Null until it is ready.') })
  .meta({ id: 'SnapshotDetail' })

/** A snapshot as callers see it in lists. */
export const showSnapshot = (snapshot: Snapshot) => ({
  id: snapshot.id,
  dataset_id: snapshot.datasetId,
  number: snapshot.number,
  status: snapshot.status,
  sha256: snapshot.sha256,
  rows: snapshot.rows,
  job_id: snapshot.jobId,
  description: snapshot.description,
  deprecated_at: isoTimeOrNull(snapshot.deprecatedAt),
  deprecated_reason: snapshot.deprecatedReason,
  problem: snapshot.problem,
  created_at: isoTime(snapshot.createdAt),
  finished_at: isoTimeOrNull(snapshot.finishedAt),
})

/** The manifest as callers see it. */
export const showManifest = (manifest: Snapshot['manifest']) => {
  if (manifest === null) return null
  const { report: found, ...rest } = snakeKeys(manifest)
  return {
    ...rest,
    report: found && { ...found, weights: found.weights && pairsOf(found.weights) },
  }
}

const pairsOf = ({ good, bad }: { good: readonly number[]; bad: readonly number[] }) => ({
  good: [...good],
  bad: [...bad],
})
