/** The rows of a snapshot as callers see them, and what changed between two. */
import { z } from 'zod'
import { indexEntrySchema } from '#app/export/row-index.ts'
import { type Change, changes } from '#app/export/snapshot-changes.ts'

const count = z.number().int()

/** A row, and what leads from it to its judgments. */
export const snapshotRowSchema = indexEntrySchema.meta({ id: 'SnapshotRow' })

const side = indexEntrySchema
  .pick({ verdict: true, raters: true, split: true })
  .nullable()
  .describe('Null where the row is not there.')

const countOfChange = Object.fromEntries(changes.map((change) => [change, count])) as Record<
  Change,
  typeof count
>

/** What changed from one snapshot to another. */
export const differencesSchema = z
  .object({
    same: count.describe('Rows that are the same in both.'),
    counts: z.object(countOfChange).describe('Rows that differ; one may differ in several ways.'),
    first: z
      .array(
        z.object({
          id: z.string(),
          prompt: z.string(),
          config: z.string(),
          changes: z.array(z.enum(changes)),
          before: side,
          after: side,
        }),
      )
      .describe('The first of the rows that differ.'),
  })
  .meta({ id: 'Differences' })
