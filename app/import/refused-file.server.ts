/** In: what an import refused. Out: files to mend and import again. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Queries } from '#db/schema.ts'
import { type Batch, batchFolder, listRefusals } from './batches.server.ts'
import { headOf } from './packing.server.ts'
import type { Source } from './sources.server.ts'

const refusalsAtOnce = 200

/**
 * Where the refused records of a batch are: one file for each source that had any, named as the
 * source is.
 */
export const refusedFolder = (dataDir: string, batchId: string): string =>
  path.join(batchFolder(dataDir, batchId), 'refused')

/** The files of refused records, in the order of their sources. */
export async function listRefusedFiles(dataDir: string, batchId: string): Promise<string[]> {
  const folder = refusedFolder(dataDir, batchId)
  const names = await readdir(folder).catch(() => [] as string[])
  return names
    .filter((name) => !name.endsWith('.part'))
    .sort()
    .map((name) => path.join(folder, name))
}

/**
 * Writes the refused records of a source as they were: lines as lines, the rows of a table under
 * their header. A record too long to be kept beside its reason is copied from the upload.
 */
export async function writeRefusedFile(
  read: Queries,
  {
    projectId,
    batch,
    dataDir,
    source,
  }: { projectId: string; batch: Batch; dataDir: string; source: Source },
): Promise<void> {
  const folder = refusedFolder(dataDir, batch.id)
  const records = refusedTexts(read, { projectId, batchId: batch.id, source })
  const first = await records.next()
  if (first.done) return
  const ending = source.container === 'csv' ? 'csv' : 'jsonl'
  const base = path.basename(source.name).replace(/\.[a-z0-9]{1,8}$/i, '')
  const target = path.join(
    folder,
    `${String(source.ordinal + 1).padStart(3, '0')}-${base}.refused.${ending}`,
  )
  async function* all() {
    if (source.container === 'csv') yield await headerOf(source)
    yield* first.value ?? []
    for await (const part of records) yield* part
  }
  await mkdir(folder, { recursive: true })
  await pipeline(Readable.from(all()), createWriteStream(`${target}.part`))
  await rename(`${target}.part`, target)
}

async function headerOf({ path: file }: Source): Promise<string> {
  const head = (await headOf(file)).toString('utf8').replace(/^\uFEFF/, '')
  const end = head.indexOf('\n')
  return end < 0 ? `${head}\n` : head.slice(0, end + 1)
}

/** Each refused record once, however many of its parts were refused, as chunks of text. */
async function* refusedTexts(
  read: Queries,
  { projectId, batchId, source }: { projectId: string; batchId: string; source: Source },
): AsyncGenerator<AsyncIterable<string | Buffer> | Iterable<string>> {
  let after = -1
  let lastLine = -1
  for (;;) {
    const rows = await listRefusals(read, { projectId, batchId, after, limit: refusalsAtOnce })
    for (const row of rows) {
      if (row.file !== source.name || row.raw === '' || row.line === lastLine) continue
      lastLine = row.line
      yield textOfRefusal(row, source)
    }
    const last = rows.at(-1)
    if (rows.length < refusalsAtOnce || !last) return
    after = last.ordinal
  }
}

type Refusal = Awaited<ReturnType<typeof listRefusals>>[number]

function textOfRefusal(
  { raw, byte_offset, byte_length }: Refusal,
  source: Source,
): AsyncIterable<string | Buffer> | Iterable<string> {
  const isLine = source.container === 'jsonl'
  const isWhole =
    byte_offset === null || byte_length === null || byte_length <= Buffer.byteLength(raw) + 2
  if (source.container === 'csv' || source.container === 'parquet') return [`${raw}\n`]
  if (isWhole) return [isLine ? `${raw}\n` : `${onOneLine(raw)}\n`]
  return copied(source.path, { start: byte_offset, length: byte_length, isLine })
}

/** A record that lay over several lines; one that cannot be parsed stays as it is. */
function onOneLine(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw))
  } catch {
    return raw
  }
}

async function* copied(
  file: string,
  { start, length, isLine }: { start: number; length: number; isLine: boolean },
): AsyncGenerator<string | Buffer> {
  yield* createReadStream(file, { start, end: start + length - 1 }) as AsyncIterable<Buffer>
  if (!isLine) yield '\n'
}
