/** In: a file as it was received. Out: its text as plain UTF-8, streamed, or laid on the disk. */
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, stat, statfs, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import * as yauzl from 'yauzl'
import {
  type Encoding,
  encodingOf,
  isParquet,
  type Packing,
  packingOf,
  unpackedName,
} from './container.ts'

/** What cannot be unpacked, in words for people. */
export class PackingProblem extends Error {}

const headBytes = 64 * 1024
/** More than this from so little is no log: nothing that people write folds as small. */
const bombFactor = 400
const bombBytes = 256 * 1024 * 1024
const leastFreeBytes = 512 * 1024 * 1024
const mostEntries = 2_000

/** One text inside a received file: the file itself, or an entry of an archive. */
export interface PackedText {
  path: string
  /** For people; never used as a place on the disk. */
  name: string
  packing: Packing
  /** The place of the entry in its archive. */
  entry?: number
}

/** The first bytes of a file. */
export async function headOf(file: string, bytes = headBytes): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The texts in a received file: one, or the entries of a zip that are no folders. */
export async function listTexts(file: { path: string; name: string }): Promise<PackedText[]> {
  const packing = packingOf(await headOf(file.path, 16))
  if (packing !== 'zip') {
    return [
      { path: file.path, name: packing === 'plain' ? file.name : unpackedName(file.name), packing },
    ]
  }
  const texts: PackedText[] = []
  await eachEntry(file.path, async (entry, place) => {
    const name = entryName(entry)
    if (name !== '') texts.push({ path: file.path, name, packing, entry: place })
    return texts.length < mostEntries
  })
  return texts
}

/** The last part of an entry's name; empty for folders and for what archivers leave behind. */
function entryName(entry: yauzl.Entry): string {
  const full = yauzl.getFileNameLowLevel(
    entry.generalPurposeBitFlag,
    entry.fileNameRaw,
    entry.extraFields,
    false,
  )
  const parts = full.split(/[\\/]/)
  const last = parts.at(-1) ?? ''
  if (parts.includes('__MACOSX') || last.startsWith('.')) return ''
  return last.replaceAll(/\p{Cc}/gu, '').slice(-120)
}

async function eachEntry(
  file: string,
  visit: (entry: yauzl.Entry, place: number, archive: yauzl.ZipFile) => Promise<boolean>,
): Promise<void> {
  const archive = await openArchive(file)
  try {
    let place = 0
    for await (const entry of archive.eachEntry()) {
      if (!(await visit(entry, place, archive))) return
      place += 1
    }
  } catch (error) {
    if (error instanceof PackingProblem) throw error
    throw new PackingProblem(`the archive is broken: ${wordsOf(error)}`)
  } finally {
    archive.close()
  }
}

const openArchive = async (file: string) => {
  try {
    // Names are read as bytes: one bad name must not cost the other entries, and none is a path here.
    return await yauzl.openPromise(file, {
      decodeStrings: false,
      lazyEntries: true,
      autoClose: false,
    })
  } catch (error) {
    throw new PackingProblem(`the archive cannot be opened: ${wordsOf(error)}`)
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** A text as UTF-8 bytes, unpacked and recoded while they are read. */
export async function* openText(text: PackedText, encoding?: Encoding): AsyncGenerator<Buffer> {
  if (text.entry === undefined) {
    yield* unwrapped(createReadStream(text.path, { highWaterMark: 256 * 1024 }), encoding, 2)
    return
  }
  const archive = await openArchive(text.path)
  try {
    yield* unwrapped(await entryStream(archive, text.entry), encoding, 2)
  } finally {
    archive.close()
  }
}

async function entryStream(archive: yauzl.ZipFile, wanted: number): Promise<Readable> {
  let place = 0
  for await (const entry of archive.eachEntry()) {
    if (place === wanted) {
      if (entry.isEncrypted()) throw new PackingProblem('the entry is locked with a password')
      return archive.openReadStreamPromise(entry)
    }
    place += 1
  }
  throw new PackingProblem('the archive has lost an entry')
}

async function* unwrapped(
  source: Readable,
  encoding: Encoding | undefined,
  layers: number,
): AsyncGenerator<Buffer> {
  const { head, rest } = await peeked(source)
  const packing = packingOf(head)
  if (packing === 'zip') {
    throw new PackingProblem('an archive inside an archive is not opened; unpack it first')
  }
  if (packing !== 'plain') {
    if (layers === 0) throw new PackingProblem('the file is packed too many times over')
    const unpacker = packing === 'gzip' ? createGunzip() : createZstdDecompress()
    const packed = Readable.from(rest, { objectMode: false })
    packed.once('error', (error) => unpacker.destroy(error))
    yield* unwrapped(packed.pipe(unpacker), encoding, layers - 1)
    return
  }
  const found = encoding ?? encodingOf(head)
  if (found === 'utf-8' || isParquet(head)) yield* rest
  else yield* recoded(rest, found)
}

/** The first bytes of a stream, and all of it again. */
async function peeked(source: Readable): Promise<{ head: Buffer; rest: AsyncGenerator<Buffer> }> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first: Buffer[] = []
  let length = 0
  let failure: unknown
  try {
    while (length < 4_096) {
      const { done, value } = await iterator.next()
      if (done) break
      first.push(value)
      length += value.length
    }
  } catch (error) {
    // What came before the break is still good; the error is met again after it.
    failure = error
  }
  async function* rest() {
    yield* first
    if (failure !== undefined) throw failure
    for (;;) {
      const { done, value } = await iterator.next()
      if (done) return
      yield value
    }
  }
  return { head: Buffer.concat(first), rest: rest() }
}

async function* recoded(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding === 'latin1' ? 'windows-1252' : encoding)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  const last = decoder.decode()
  if (last !== '') yield Buffer.from(last)
}

/** A text on the disk as plain UTF-8. */
export interface PlainFile {
  path: string
  bytes: number
  /** Why the text ends before its end, when it does: what came before is good. */
  problem?: string
}

/**
 * Lays a text on the disk as plain UTF-8, once: asked again, gives what is there. A file that is
 * plain already stays where it is. What unfolds like a bomb is stopped and said.
 */
export async function unpack(
  text: PackedText,
  { target, encoding }: { target: string; encoding?: Encoding | undefined },
): Promise<PlainFile> {
  if (await isPlain(text, encoding)) {
    return { path: text.path, bytes: (await stat(text.path)).size }
  }
  if (!existsSync(target)) {
    await mkdir(path.dirname(target), { recursive: true })
    const packedBytes = (await stat(text.path)).size
    const partial = `${target}.part`
    const problem = await writeText(openText(text, encoding), { partial, packedBytes })
    await writeFile(`${target}.problem`, problem ?? '')
    await rename(partial, target)
  }
  const problem = await readFile(`${target}.problem`, 'utf8')
  const { size } = await stat(target)
  return { path: target, bytes: size, ...(problem === '' ? {} : { problem }) }
}

async function isPlain(text: PackedText, encoding: Encoding | undefined): Promise<boolean> {
  if (text.packing !== 'plain') return false
  const head = await headOf(text.path)
  return isParquet(head) || (encoding ?? encodingOf(head)) === 'utf-8'
}

async function writeText(
  chunks: AsyncIterable<Buffer>,
  { partial, packedBytes }: { partial: string; packedBytes: number },
): Promise<string | undefined> {
  let written = 0
  let checkedAt = 0
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written += chunk.length
      if (written > bombBytes && written > packedBytes * bombFactor) {
        done(
          new PackingProblem(
            `it unfolds to more than ${bombFactor} times its size, as no log does; it was stopped there`,
          ),
        )
        return
      }
      if (written - checkedAt < bombBytes) return done(null, chunk)
      checkedAt = written
      statfs(path.dirname(partial)).then(
        ({ bavail, bsize }) =>
          bavail * bsize < leastFreeBytes
            ? done(new PackingProblem('the disk is nearly full; free some room and try again'))
            : done(null, chunk),
        () => done(null, chunk),
      )
    },
  })
  const source = Readable.from(keepGoing(chunks), { objectMode: false })
  try {
    await pipeline(source, guard, createWriteStream(partial))
  } catch (error) {
    if (error instanceof PackingProblem) return error.message
    throw error
  }
  return brokenOff.get(chunks)
}

/** Why a stream of chunks ended before its end; kept apart so that what came before is written. */
const brokenOff = new WeakMap<object, string>()

async function* keepGoing(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks
  } catch (error) {
    const words =
      error instanceof PackingProblem
        ? error.message
        : `the packed data breaks off: ${wordsOf(error)}`
    brokenOff.set(chunks, words)
  }
}
