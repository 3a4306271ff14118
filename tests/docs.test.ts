import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fieldMappingSchema, missingFields } from '#app/import/field-mapping.ts'
import { toImportRecord } from '#app/import/import-record.ts'
import { printSchema, schemaPath } from '../scripts/write-schema.ts'

const docs = path.resolve(import.meta.dirname, '..', 'docs')
const blocksOf = (file: string) =>
  [...readFileSync(path.join(docs, file), 'utf8').matchAll(/```json\n([\s\S]*?)```/g)].map(
    ([, block = '']) => block,
  )

describe('The documentation', () => {
  it('has the schema of Rubrica JSONL that the importer uses', () => {
    expect(readFileSync(schemaPath, 'utf8')).toBe(printSchema())
  })

  it('shows lines and mappings that can be imported', () => {
    const blocks = blocksOf('formats.md')
    const [prompt = '', responses = '', judgments = '', campaign = '', tasks = ''] = blocks
    const mapping = blocks[5] ?? ''
    const lines = [
      prompt.replaceAll('\n', ' '),
      ...responses.trim().split('\n'),
      ...judgments.trim().split('\n'),
      campaign.replaceAll('\n', ' '),
      ...tasks.trim().split('\n'),
    ]
    for (const line of lines)
      expect(toImportRecord(JSON.parse(line)), line).toMatchObject({ ok: true })
    for (const block of [mapping, ...blocksOf('importing.md')]) {
      expect(missingFields(fieldMappingSchema.parse(JSON.parse(block)))).toEqual([])
    }
  })
})
