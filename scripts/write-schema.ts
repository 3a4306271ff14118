/** Writes the JSON Schema of Rubrica JSONL from the schemas that the importer uses. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { campaignLineSchema, taskLineSchema } from '#app/import/rubrica-campaign-line.ts'
import {
  pairwiseLineSchema,
  promptLineSchema,
  rankingLineSchema,
  responseLineSchema,
  rubricLineSchema,
  skippedLineSchema,
} from '#app/import/rubrica-line.ts'

const lines = {
  prompt: promptLineSchema,
  response: responseLineSchema,
  pairwise: pairwiseLineSchema,
  rubric: rubricLineSchema,
  ranking: rankingLineSchema,
  skipped: skippedLineSchema,
  campaign: campaignLineSchema,
  task: taskLineSchema,
}

export const schemaPath = path.resolve(
  import.meta.dirname,
  '..',
  'docs',
  'rubrica-line.schema.json',
)

/** The schema as it stands in the documentation. */
export function printSchema(): string {
  const kinds = Object.entries(lines).map(([title, schema]) => {
    const { $schema: _dialect, ...body } = z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
    })
    return { title, ...body }
  })
  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A line of Rubrica JSONL',
    anyOf: kinds,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

if (import.meta.main) writeFileSync(schemaPath, printSchema())
