/** Rows of a line file as Parquet, with a page index and the types that `datasets` reads from the footer. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import type { Shape } from '../row-shape.ts'
import { shaped } from '../row-shape.ts'
import { featuresOf, parquetSchema } from '../table-features.ts'
import { syncFile } from './line-file.server.ts'

/** A row group is held in memory while it is written. */
const rowsAGroup = 1_000
/** Small enough that a group of long texts has several, which is when an index of them is of use. */
const pageBytes = 128 * 1024

/** Names of models and raters repeat and fit in it; texts do not, and are not tried for long. */
const dictionaryBytes = 64 * 1024

/** The engine’s own code is several times as fast as one in JavaScript. */
const compressors = { ZSTD: (bytes: Uint8Array) => zstdCompressSync(bytes) }

export async function writeParquet(
  file: string,
  fields: ReadonlyMap<string, Shape>,
  rows: AsyncIterable<Record<string, unknown>>,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  const columns = [...fields]
  await parquetWriteRows({
    writer: fileWriter(file),
    rows: shapedRows(rows, columns),
    columns: columns.map(([name]) => ({ name, columnIndex: true, offsetIndex: true })),
    schema: parquetSchema(fields),
    rowGroupSize: rowsAGroup,
    pageSize: pageBytes,
    dictionarySize: dictionaryBytes,
    codec: 'ZSTD',
    compressors,
    createdBy: 'Rubrica',
    kvMetadata: [
      { key: 'huggingface', value: JSON.stringify({ info: { features: featuresOf(fields) } }) },
    ],
  })
  await syncFile(file)
}

async function* shapedRows(
  rows: AsyncIterable<Record<string, unknown>>,
  columns: readonly (readonly [string, Shape])[],
): AsyncGenerator<Record<string, unknown>> {
  for await (const row of rows) {
    yield Object.fromEntries(columns.map(([name, shape]) => [name, shaped(row[name], shape)]))
  }
}
