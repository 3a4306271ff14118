/** What is said of imports, and how a file is to be read. */
import { z } from 'zod'
import type { Batch } from '#app/import/batches.server.ts'
import { importCountsSchema, importOptionsSchema } from '#app/import/import-options.ts'
import { isoTime, isoTimeOrNull, moment } from './times.ts'

/** An import as lists show it. */
export const importSchema = z
  .object({
    id: z.string(),
    source: z.string().describe('Ids of other systems are unique within it.'),
    format: z.string(),
    status: z.enum(['received', 'queued', 'done', 'failed', 'cancelled']),
    files: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
    counts: importCountsSchema,
    job_id: z.string().nullable(),
    created_at: moment,
    finished_at: moment.nullable(),
  })
  .meta({ id: 'Import' })

/** The same with why records were refused. */
export const importDetailSchema = importSchema
  .extend({
    refusals: z
      .array(z.object({ field: z.string(), reason: z.string(), count: z.number().int() }))
      .describe('The most frequent reasons among the first 10 000 refused records.'),
  })
  .meta({ id: 'ImportDetail' })

/** A record that was not taken. */
export const refusalSchema = z
  .object({
    file: z.string(),
    line: z.number().int(),
    field: z.string(),
    reason: z.string(),
  })
  .meta({ id: 'Refusal' })

/** An import as callers see it. */
export const showImport = ({ id, source, format, status, files, counts, ...batch }: Batch) => ({
  id,
  source,
  format,
  status,
  files: files.map(({ name, bytes }) => ({ name, bytes })),
  counts,
  job_id: batch.job_id,
  created_at: isoTime(batch.created_at),
  finished_at: isoTimeOrNull(batch.finished_at),
})

const { campaign, format, encoding, rate } = importOptionsSchema.shape

/** How an uploaded file is to be read. */
export const uploadQuery = z.object({
  name: z.string().default('upload.jsonl').describe('The name of the file; its ending tells much.'),
  source: z.string().default('default').describe('Ids of records are unique within a source.'),
  campaign: campaign.describe('Where recorded judgments go that name no campaign.'),
  format: format.describe('The name of a format; recognised where it is not said.'),
  encoding,
  rate: rate.describe('Of a trace with several model calls: each, or the final answer alone.'),
})
