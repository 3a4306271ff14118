/** The index of a snapshot: a file of lines sorted by row id, read without loading it. */
import { type FileHandle, open } from 'node:fs/promises'
import path from 'node:path'
import { readLines } from './files/line-file.server.ts'
import { type IndexEntry, indexEntrySchema, indexPath } from './row-index.ts'

/** So many bytes are read at once; a line longer than that is read in several steps. */
const chunkBytes = 64 * 1024

const parse = (line: string): IndexEntry => indexEntrySchema.parse(JSON.parse(line))

/** Entries after a row id, in order, at most `limit` of them. */
export async function entriesAfter(
  folder: string,
  after: string,
  limit: number,
): Promise<IndexEntry[]> {
  const file = await openIndex(folder)
  if (!file) return []
  try {
    const found: IndexEntry[] = []
    let offset = await firstLineFrom(file, after)
    while (found.length < limit) {
      const line = await lineAt(file, offset)
      if (line === undefined) break
      const entry = parse(line.text)
      if (entry.id > after) found.push(entry)
      offset = line.next
    }
    return found
  } finally {
    await file.close()
  }
}

/** The entry of one row. */
export async function findEntry(folder: string, id: string): Promise<IndexEntry | undefined> {
  return (await entriesFrom(folder, id)).find((entry) => entry.id === id)
}

/** Entries whose ids begin so: the rows of one prompt, where that is its fingerprint. */
export async function entriesFrom(folder: string, prefix: string): Promise<IndexEntry[]> {
  const file = await openIndex(folder)
  if (!file) return []
  try {
    const found: IndexEntry[] = []
    let offset = await firstLineFrom(file, prefix)
    for (;;) {
      const line = await lineAt(file, offset)
      if (line === undefined) return found
      const entry = parse(line.text)
      if (entry.id.startsWith(prefix)) found.push(entry)
      else if (entry.id > prefix) return found
      offset = line.next
    }
  } finally {
    await file.close()
  }
}

/** All entries, in order. */
export async function* walkEntries(folder: string): AsyncGenerator<string> {
  yield* readLines(path.join(folder, indexPath))
}

async function openIndex(folder: string): Promise<FileHandle | undefined> {
  try {
    return await open(path.join(folder, indexPath))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The offset of a line at or before the first whose id is not less: found by halving the file. */
async function firstLineFrom(file: FileHandle, id: string): Promise<number> {
  let [low, high] = [0, (await file.stat()).size]
  while (high - low > chunkBytes) {
    const middle = await startOfLineAfter(file, Math.floor((low + high) / 2))
    const line = middle >= high ? undefined : await lineAt(file, middle)
    if (line === undefined) break
    if (parse(line.text).id < id) low = middle
    else high = middle
  }
  return low
}

async function startOfLineAfter(file: FileHandle, offset: number): Promise<number> {
  const line = await lineAt(file, offset)
  return line?.next ?? (await file.stat()).size
}

/** The text from an offset to the end of its line, and where the next begins. */
async function lineAt(
  file: FileHandle,
  offset: number,
): Promise<{ text: string; next: number } | undefined> {
  const parts: Buffer[] = []
  let at = offset
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, at)
    if (bytesRead === 0) return undefined
    const chunk = buffer.subarray(0, bytesRead)
    const end = chunk.indexOf(10)
    parts.push(end < 0 ? chunk : chunk.subarray(0, end))
    at += bytesRead
    if (end >= 0) {
      const text = Buffer.concat(parts)
      return { text: text.toString('utf8'), next: offset + text.length + 1 }
    }
  }
}
