/** Rows as lines of canonical JSON, written at the pace of the disk. */
import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { printJson } from '#app/base/canonical-json.ts'

export interface LineFile {
  /** Gives the line as it was written. */
  write: (row: unknown) => Promise<string>
  close: () => Promise<LinesWritten>
}

export interface LinesWritten {
  file: string
  rows: number
  bytes: number
  /** Of the bytes written. */
  sha256: string
}

/** So many bytes are handed to the disk at once. */
const chunkBytes = 256 * 1024

export async function openLineFile(file: string): Promise<LineFile> {
  await mkdir(path.dirname(file), { recursive: true })
  const stream = createWriteStream(file)
  const hash = createHash('sha256')
  let [rows, bytes, pending, pendingLength] = [0, 0, [] as string[], 0]
  const flush = async () => {
    if (pending.length === 0) return
    const chunk = Buffer.from(pending.join(''))
    pending = []
    pendingLength = 0
    bytes += chunk.length
    await writeChunk(stream, hash, chunk)
  }
  return {
    write: async (row) => {
      const line = `${printJson(row)}\n`
      rows += 1
      pending.push(line)
      pendingLength += line.length
      if (pendingLength >= chunkBytes) await flush()
      return line
    },
    close: async () => {
      await flush()
      stream.end()
      await once(stream, 'close')
      await syncFile(file)
      return { file, rows, bytes, sha256: hash.digest('hex') }
    },
  }
}

async function writeChunk(stream: WriteStream, hash: Hash, chunk: Buffer): Promise<void> {
  hash.update(chunk)
  if (!stream.write(chunk)) await once(stream, 'drain')
}

export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** The rows of a file that `openLineFile` wrote, in order. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const lines = createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) if (line !== '') yield line
}

export async function hashFile(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The same bytes on every machine: neither a time nor a system's name stands in the head. */
export async function gzipFile(from: string, to: string): Promise<void> {
  const gzip = createGzip({ level: 6 })
  await pipeline(createReadStream(from), gzip, withoutSystem, createWriteStream(to))
  await syncFile(to)
}

/** The tenth byte of a gzip file names the system that wrote it; 255 is “unknown”. RFC 1952, 2.3.1. */
async function* withoutSystem(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let offset = 0
  for await (const chunk of chunks) {
    if (offset <= 9 && offset + chunk.length > 9) chunk[9 - offset] = 255
    offset += chunk.length
    yield chunk
  }
}
