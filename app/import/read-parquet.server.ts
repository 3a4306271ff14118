/** In: a Parquet file. Out: its rows, nested values as objects and lists. */

import { open } from 'node:fs/promises'
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
} from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { storable } from '#app/base/text.ts'
import type { FileOptions, RawRecord } from './read-file.server.ts'
import type { Row } from './reader.ts'

/** A row group is decoded as a whole, so this bounds the memory. */
export const mostRowGroupBytes = 32 * 1024 * 1024

const rawKept = 64 * 1024

/**
 * Reads a Parquet file row group by row group. A group larger than {@link mostRowGroupBytes} is
 * refused with the way out, and so is a group that is broken; the others are read.
 */
export async function* readParquet({
  path,
  from = { at: 0, line: 1 },
}: Pick<FileOptions, 'path' | 'from'>): AsyncGenerator<RawRecord> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const file: AsyncBuffer = {
      byteLength: size,
      slice: async (start, end = size) => {
        const length = Math.max(0, end - start)
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start)
        return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + bytesRead) as ArrayBuffer
      },
    }
    const metadata = await footerOf(file)
    if (typeof metadata === 'string') {
      if (from.at === 0) yield problemAt(0, 1, metadata)
      return
    }
    let first = 0
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows)
      const end = first + rows
      if (end > from.at)
        yield* readGroup(file, {
          metadata,
          first,
          end,
          from: from.at,
          bytes: Number(group.total_byte_size),
        })
      first = end
    }
  } finally {
    await handle.close()
  }
}

const problemAt = (at: number, line: number, reason: string, rows = 0): RawRecord => ({
  line,
  next: { at: at + rows, line: line + rows },
  raw: '',
  problem: { field: '', reason },
})

async function footerOf(file: AsyncBuffer): Promise<FileMetaData | string> {
  try {
    return await parquetMetadataAsync(file)
  } catch (error) {
    return `the footer of the Parquet file cannot be read (${wordsOf(error)}); the file was probably cut off or is still being written`
  }
}

const wordsOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 160)

async function* readGroup(
  file: AsyncBuffer,
  group: { metadata: FileMetaData; first: number; end: number; from: number; bytes: number },
): AsyncGenerator<RawRecord> {
  const { metadata, first, end, bytes } = group
  const rows = end - first
  if (bytes > mostRowGroupBytes) {
    const reason = `rows ${first + 1} to ${end} are one row group of ${Math.round(bytes / 1024 / 1024)} MB; 32 MB is the most that is read at once. Write the file anew with smaller row groups, for example with pyarrow: pq.write_table(table, path, row_group_size=1000)`
    yield problemAt(first, first + 1, reason, rows)
    return
  }
  let found: Row[]
  try {
    found = await parquetReadObjects({ file, metadata, rowStart: first, rowEnd: end, compressors })
  } catch (error) {
    const reason = `rows ${first + 1} to ${end} cannot be read: ${wordsOf(error)}`
    yield problemAt(first, first + 1, reason, rows)
    return
  }
  for (let place = 0; place < found.length; place++) {
    const at = first + place
    if (at < group.from) continue
    const value = plain(found[place]) as Row
    // Rows that were given are let go of: the group is by far the largest thing in memory.
    found[place] = {}
    const raw = JSON.stringify(value)
    yield { line: at + 1, next: { at: at + 1, line: at + 2 }, raw: raw.slice(0, rawKept), value }
  }
}

/** Values as JSON has them: large integers keep their digits as text, dates and bytes become text. */
function plain(value: unknown): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  }
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(plain)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]))
}
