/** Datasets as callers send and see them: fields in snake_case, moments in ISO 8601. */
import { z } from 'zod'
import type { Dataset } from '#app/export/datasets.server.ts'
import { policySchema } from '#app/export/policy.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { schedules } from '#app/export/schedule.ts'
import { splitsSchema } from '#app/export/splits.ts'
import { targetNames } from '#app/export/targets/all.ts'
import { containers } from '#app/export/targets/target.ts'
import { readingSnake, snakeKeys, writingSnake } from './snake-keys.ts'
import { isoTime, isoTimeOrNull, moment } from './times.ts'

/** A policy whose unknown fields are refused rather than passed over. */
const sentPolicySchema = policySchema
  .extend({ splits: splitsSchema.strict().prefault({}) })
  .strict()

/** The policy of a dataset or a snapshot, as it is answered. */
export const shownPolicy = writingSnake(policySchema)

/** A dataset as lists show it. */
export const datasetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    target: z.enum(targetNames),
    snapshots: z.number().int().describe('How often it was frozen, or is about to be.'),
    created_at: moment,
  })
  .meta({ id: 'Dataset' })

/** A dataset with its recipe. */
export const datasetDetailSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    campaigns: z.array(z.string()).describe('Ids of the campaigns whose judgments it takes.'),
    target: z.enum(targetNames),
    container: z.enum(containers).nullable().describe('Null for what the target prefers.'),
    policy: shownPolicy,
    schedule: z.enum(schedules).nullable().describe('How often it is frozen by itself.'),
    due_at: moment.nullable().describe('When it is frozen by itself next.'),
    created_at: moment,
  })
  .meta({ id: 'DatasetDetail' })

const { shape } = newDatasetSchema

/** What is sent to make a dataset, or to change one: always all of it. */
export const newDatasetBody = readingSnake(
  z.strictObject({
    name: shape.name,
    description: shape.description,
    campaigns: shape.campaignIds.describe('Ids of the campaigns whose judgments it takes.'),
    target: shape.target,
    container: shape.container.describe('Null, or left out, for what the target prefers.'),
    policy: sentPolicySchema
      .prefault({})
      .describe('What counts and how it is dealt out; what is left out is as in a new form.'),
    schedule: shape.schedule.describe('How often it is frozen by itself; null for never.'),
  }),
)

/** A dataset as callers see it. */
export const showDataset = (dataset: Dataset) => ({
  id: dataset.id,
  name: dataset.name,
  description: dataset.description,
  campaigns: dataset.campaignIds,
  target: dataset.target,
  container: dataset.container,
  policy: snakeKeys(dataset.policy),
  schedule: dataset.schedule,
  due_at: isoTimeOrNull(dataset.dueAt),
  created_at: isoTime(dataset.createdAt),
})
