import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { describe, expect, it } from 'vitest'
import { writeParquet } from '#app/export/files/parquet-file.server.ts'
import { widened } from '#app/export/row-shape.ts'
import type { Container } from '#app/export/targets/target.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { exportedFolder, judgedProject } from '#tests/support/exporting.ts'

/** Texts that break readers: quotes, separators, halves of characters, markers, formulas. */
const hostile = [
  'plain',
  '"quoted", and \\escaped\\',
  'line\nbreak\r\nand\ttab',
  'separators \u2028 \u2029 \u0085',
  'emoji 👩‍👩‍👧 and 𝒳',
  'עברית ⁧right⁩ to left',
  '=HYPERLINK("http://example.org")',
  '+1 −1 @SUM(A1)',
  '-2+3',
  '<|im_start|>system',
  '</script><img src=x>',
  'N/A',
  'null',
  '007',
  '\u0000 is taken out',
]

const lines = hostile.flatMap((text, place) => [
  {
    id: `p${place}`,
    prompt: `Say: ${text}`,
    responses: [
      { model: 'x', content: text },
      { model: 'y', content: `not ${text}` },
    ],
  },
  { prompt_id: `p${place}`, model_a: 'x', model_b: 'y', winner: 'a', rater: 'w', campaign: 'c' },
])

type Row = Record<string, unknown>

/** The rows of a file, by a reader that knows nothing of us. */
const read: Record<Container, (file: string) => Promise<Row[]> | Row[]> = {
  jsonl: (file) => linesOf(readFileSync(file, 'utf8')),
  'jsonl.gz': (file) => linesOf(gunzipSync(readFileSync(file)).toString('utf8')),
  json: (file) => JSON.parse(readFileSync(file, 'utf8')) as Row[],
  parquet: async (file) =>
    (await parquetReadObjects({ file: await asyncBufferFromFile(file), compressors })).map(
      (row) => withoutNull(row) as Row,
    ),
  csv: (file) => parseCsv(readFileSync(file), { columns: true }) as Row[],
}

const linesOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row)

/** Columns of a table are there for every row: what a row has not is null. */
function withoutNull(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(withoutNull)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([name, member]) => [name, withoutNull(member)]),
  )
}

async function rowsIn(container: Container, target: 'trl-preference' | 'llama-factory-dpo') {
  const test = await openTestDatabase('sqlite')
  const scope = await judgedProject(test, lines)
  const { folder, manifest } = await exportedFolder(test, scope, { target, container })
  const [file] = manifest.files
  const rows = await read[container](path.join(folder, file?.path ?? ''))
  await test.remove()
  return { rows, manifest, folder, file: path.join(folder, file?.path ?? '') }
}

describe('Hostile texts', () => {
  it.each(['jsonl.gz', 'parquet'] as const)(
    'survive in %s as they do in lines',
    async (container) => {
      const plain = await rowsIn('jsonl', 'trl-preference')
      const packed = await rowsIn(container, 'trl-preference')
      expect(plain.rows).toHaveLength(hostile.length)
      expect(packed.rows).toEqual(plain.rows)
      expect(packed.manifest.rows).toEqual(plain.manifest.rows)
      const said = plain.rows.map(({ chosen }) => (chosen as { content: string }[])[0]?.content)
      expect(said.sort()).toEqual(hostile.map((text) => text.replace('\u0000', '')).sort())
    },
  )

  it('survive in an array of JSON', async () => {
    const plain = await rowsIn('jsonl', 'llama-factory-dpo')
    const packed = await rowsIn('json', 'llama-factory-dpo')
    expect(packed.rows).toEqual(plain.rows)
  })

  it('run as formulas in no cell of a spreadsheet', async () => {
    const { rows, file } = await rowsIn('csv', 'trl-preference')
    expect(rows).toHaveLength(hostile.length)
    for (const row of rows) {
      for (const cell of Object.values(row)) expect(String(cell)).not.toMatch(/^[=+\-@\t\r]/)
    }
    expect(readFileSync(file, 'utf8')).toContain('=HYPERLINK')
  })

  it('that are half a character are refused with a reason, and lose no other row', async () => {
    const test = await openTestDatabase('sqlite')
    const scope = await judgedProject(test, lines)
    const messages = JSON.stringify([{ role: 'assistant', content: 'x' }]).replace(
      '"x"',
      '"\\ud83d"',
    )
    await test.db.write
      .updateTable('response')
      .set({ messages })
      .where('messages', 'like', '%"plain"%')
      .execute()
    const { manifest, textOf } = await exportedFolder(test, scope, { target: 'trl-preference' })
    expect(manifest.dropped).toEqual({ 'lone-surrogate': 1 })
    expect(textOf('REPORT.md')).toContain('half a character')
    expect(textOf('preference/train.jsonl')).not.toMatch(/\p{Cs}/u)
    await test.remove()
  })
})

describe('A Parquet file', () => {
  it('has an index of the pages of a long column', async () => {
    const { folder } = await rowsIn('jsonl', 'trl-preference')
    const file = path.join(folder, 'long.parquet')
    const source = async function* () {
      for (let at = 0; at < 2_500; at++) yield { text: `${at} ${'long '.repeat(200)}` }
    }
    await writeParquet(file, new Map([['text', { kind: 'string' }]]), source())
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file))
    expect(metadata.row_groups).toHaveLength(3)
    for (const { columns } of metadata.row_groups) {
      expect(columns[0]?.offset_index_offset).toBeDefined()
      expect(columns[0]?.column_index_offset).toBeDefined()
    }
  })

  it('tells `datasets` the types of its columns', async () => {
    const { file } = await rowsIn('parquet', 'trl-preference')
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file))
    const footer = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')
    expect(JSON.parse(footer?.value ?? '')).toMatchObject({
      info: {
        features: {
          prompt: [{ role: { dtype: 'string', _type: 'Value' } }],
          agreement: { dtype: 'float64' },
          n_raters: { dtype: 'int64' },
        },
      },
    })
  })

  it('keeps any nested rows as lines of JSON do', async () => {
    const { folder } = await rowsIn('jsonl', 'trl-preference')
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean())
    const row = fc.record({
      text: fc.string(),
      number: fc.oneof(
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      ),
      flag: fc.boolean(),
      list: fc.array(fc.string()),
      nested: fc.record({
        deep: fc.array(fc.record({ role: fc.string(), tags: fc.array(fc.integer()) })),
      }),
      arguments: fc.dictionary(fc.string({ minLength: 1 }), scalar),
    })
    let at = 0
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        let shape = widened({ kind: 'unknown' }, rows[0])
        for (const one of rows) shape = widened(shape, one)
        const file = path.join(folder, `any-${at++}.parquet`)
        const given = rows.map((one) => ({ ...one, number: one.number === 0 ? 0 : one.number }))
        const source = async function* () {
          yield* given
        }
        await writeParquet(file, shape.kind === 'struct' ? shape.fields : new Map(), source())
        const found = await parquetReadObjects({
          file: await asyncBufferFromFile(file),
          compressors,
        })
        const told = found.map((one) => ({
          ...(withoutNull(one) as object),
          arguments: JSON.parse(String(one.arguments)) as unknown,
        }))
        expect(told).toEqual(given)
      }),
      { numRuns: 60 },
    )
  })
})
