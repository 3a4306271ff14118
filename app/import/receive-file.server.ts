/** In: a request's body. Out: files on disk, in constant memory. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import busboy from 'busboy'
import type { ReceivedFile } from './import-options.ts'

export interface ReceivedForm {
  fields: Record<string, string>
  files: ReceivedFile[]
}

export type Received = { ok: true; form: ReceivedForm } | { ok: false; reason: string }

export interface ReceiveOptions {
  folder: string
  /** A file longer than this is refused and removed. */
  mostBytes: number
}

/** Writes the files of a multipart form into a folder. What arrives half is removed. */
export async function receiveForm(
  request: Request,
  { folder, mostBytes }: ReceiveOptions,
): Promise<Received> {
  if (!request.body) return { ok: false, reason: 'The form arrived empty.' }
  await mkdir(folder, { recursive: true })
  const form: ReceivedForm = { fields: {}, files: [] }
  const writing: Promise<void>[] = []
  let problem: string | undefined
  try {
    const parser = busboy({
      headers: Object.fromEntries(request.headers),
      defParamCharset: 'utf8',
      limits: { fileSize: mostBytes, files: 20, fields: 50, fieldSize: 8 * 1024 * 1024 },
    })
    parser.on('field', (name, value) => {
      form.fields[name] = value
    })
    parser.on('file', (_field, stream, info) => {
      const name = safeName(info.filename)
      if (info.filename === '' || info.filename === undefined) {
        stream.resume()
        return
      }
      const target = path.join(folder, `${form.files.length + 1}-${name}`)
      const file: ReceivedFile = { name, path: target, bytes: 0 }
      form.files.push(file)
      stream.on('limit', () => {
        problem = `"${name}" is larger than the ${mostBytes / 1024 ** 3} GB allowed here.`
      })
      writing.push(
        pipeline(stream, createWriteStream(target)).then(async () => {
          file.bytes = (await stat(target)).size
        }),
      )
    })
    await pipeline(Readable.fromWeb(request.body as WebStream), parser)
    await Promise.all(writing)
  } catch (error) {
    problem ??= `The upload broke off: ${error instanceof Error ? error.message : 'unknown reason'}.`
    await Promise.allSettled(writing)
  }
  if (problem === undefined) return { ok: true, form }
  await rm(folder, { recursive: true, force: true })
  return { ok: false, reason: problem }
}

/** Writes a whole body into one file: how scripts upload. */
export async function receiveBody(
  request: Request,
  { folder, mostBytes, name }: ReceiveOptions & { name: string },
): Promise<{ ok: true; file: ReceivedFile } | { ok: false; reason: string }> {
  if (!request.body) return { ok: false, reason: 'The body is empty.' }
  await mkdir(folder, { recursive: true })
  const target = path.join(folder, `1-${safeName(name)}`)
  let bytes = 0
  const capped = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > mostBytes) done(new Error('too large'))
      else done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(request.body as WebStream), capped, createWriteStream(target))
    return { ok: true, file: { name: safeName(name), path: target, bytes } }
  } catch {
    await rm(folder, { recursive: true, force: true })
    const isLarge = bytes > mostBytes
    return { ok: false, reason: isLarge ? 'The body is too large.' : 'The upload broke off.' }
  }
}

/** A file name without folders or characters that a disk dislikes. */
const safeName = (name: string | undefined): string =>
  path
    .basename(name ?? 'file')
    .replaceAll(/[^\p{L}\p{N}._ -]/gu, '_')
    .slice(-120) || 'file'

/** Keeps pasted lines as a file like any other. */
export async function writePasted(folder: string, text: string): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true })
  const name = /^\s*[{[]/.test(text) ? 'pasted.jsonl' : 'pasted.csv'
  const target = path.join(folder, `0-${name}`)
  await writeFile(target, `${text}\n`)
  return { name, path: target, bytes: (await stat(target)).size }
}
