/** In: a file of lines. Out: the same rows in the container that was asked for. */
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { csvCell } from '#app/measure/csv-cell.ts'
import type { Shape } from '../row-shape.ts'
import type { Split } from '../splits.ts'
import type { Container } from '../targets/target.ts'
import { gzipFile, hashFile, type LinesWritten, readLines, syncFile } from './line-file.server.ts'
import { writeParquet } from './parquet-file.server.ts'
import type { WrittenFile } from './written-file.ts'

export interface PackFile {
  folder: string
  config: string
  split: Split
  container: Container
  lines: LinesWritten
  /** The columns of all splits together: files of one config have the same. */
  fields: ReadonlyMap<string, Shape>
}

/** So many bytes of lines go into one Parquet file, as the Hub cuts them. */
const bytesAShard = 256 * 1024 * 1024

/** Writes the container and removes the lines, unless they are what was asked for. */
export async function packFile(asked: PackFile): Promise<WrittenFile[]> {
  const { folder, config, split, container, lines } = asked
  const pathOf = (name: string) => path.posix.join(config, name)
  const whole = { config, split, rows: lines.rows }
  if (container === 'jsonl') {
    const name = pathOf(`${split}.jsonl`)
    await mkdir(path.join(folder, config), { recursive: true })
    await rename(lines.file, path.join(folder, name))
    return [{ ...whole, path: name, bytes: lines.bytes, sha256: lines.sha256 }]
  }
  if (container === 'parquet') {
    const files = await writeShards(asked)
    await rm(lines.file)
    return files
  }
  const name = pathOf(`${split}.${container}`)
  const target = path.join(folder, name)
  await mkdir(path.dirname(target), { recursive: true })
  if (container === 'jsonl.gz') await gzipFile(lines.file, target)
  else if (container === 'json') await writeText(target, asArray(lines.file))
  else await writeText(target, asTable(lines.file, asked.fields))
  await rm(lines.file)
  return [{ ...whole, path: name, ...(await hashFile(target)) }]
}

async function writeText(file: string, parts: AsyncIterable<string>): Promise<void> {
  await pipeline(parts, createWriteStream(file))
  await syncFile(file)
}

async function* asArray(lines: string): AsyncGenerator<string> {
  let before = '[\n'
  for await (const line of readLines(lines)) {
    yield before + line
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** Cells of a spreadsheet: nested values as JSON, and no cell that would run as a formula. */
async function* asTable(lines: string, fields: ReadonlyMap<string, Shape>): AsyncGenerator<string> {
  const names = [...fields.keys()]
  yield `${names.map(csvCell).join(',')}\r\n`
  for await (const line of readLines(lines)) {
    const row = JSON.parse(line) as Record<string, unknown>
    yield `${names.map((name) => csvCell(cellOf(row[name]))).join(',')}\r\n`
  }
}

function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

async function writeShards(asked: PackFile): Promise<WrittenFile[]> {
  const { folder, config, split, lines, fields } = asked
  const shards = Math.max(1, Math.ceil(lines.bytes / bytesAShard))
  const rowsAShard = Math.ceil(lines.rows / shards)
  const source = rowsOf(lines.file)
  const files: WrittenFile[] = []
  for (let shard = 0; shard < shards; shard++) {
    const numbers = [shard, shards].map((number) => String(number).padStart(5, '0'))
    const name = path.posix.join(config, `${split}-${numbers.join('-of-')}.parquet`)
    const target = path.join(folder, name)
    const rows = Math.min(rowsAShard, lines.rows - shard * rowsAShard)
    await writeParquet(target, fields, taken(source, rows))
    files.push({ config, split, path: name, rows, ...(await hashFile(target)) })
  }
  return files
}

async function* rowsOf(file: string): AsyncGenerator<Record<string, unknown>> {
  for await (const line of readLines(file)) yield JSON.parse(line) as Record<string, unknown>
}

/** The next rows of a source, which stays open for those after them. */
async function* taken<Row>(source: AsyncIterator<Row>, count: number): AsyncGenerator<Row> {
  for (let row = 0; row < count; row++) {
    const next = await source.next()
    if (next.done) return
    yield next.value
  }
}
