/** A stored file as an answer: whole or in part, or not at all to whoever has it already. */
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { ByteRange, StoredFile } from '#app/export/files/snapshot-store.ts'
import { isKnown } from './api/answer.server.ts'

export interface SentFile extends StoredFile {
  /** With its quotes; strong where the bytes are known by their hash. */
  etag: string
  open: (range?: ByteRange) => Promise<NodeJS.ReadableStream>
}

/** Sends a file by what the request says of ranges and of what it knows. */
export async function sendStored(
  request: Request,
  response: Response,
  file: SentFile,
): Promise<void> {
  const name = file.path.split('/').at(-1) ?? file.path
  response.type(name.includes('.') ? name.slice(name.lastIndexOf('.')) : 'bin')
  response.set({
    ETag: file.etag,
    'Accept-Ranges': 'bytes',
    'Content-Disposition': `attachment; filename="${encodeURIComponent(name)}"`,
    // Packed on the way, the bytes would not be those of the hash.
    'Cache-Control': 'private, max-age=0, must-revalidate, no-transform',
    'X-Content-Type-Options': 'nosniff',
  })
  if (isKnown(request.get('If-None-Match') ?? null, file.etag)) {
    response.status(304).end()
    return
  }
  const range = rangeOf(request, file)
  if (range === 'none') {
    response.status(416).set('Content-Range', `bytes */${file.bytes}`).end()
    return
  }
  if (range) {
    response.status(206)
    response.set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`)
  }
  response.set('Content-Length', String(range ? range.end - range.start + 1 : file.bytes))
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  await sendStream(response, await file.open(range))
}

/** Sends a stream to its end; a reader who leaves in the middle is no fault of ours. */
export async function sendStream(response: Response, stream: NodeJS.ReadableStream): Promise<void> {
  await pipeline(stream, response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  })
}

/** The part that is asked for; undefined for all of it, `none` where the file has no such part. */
function rangeOf(request: Request, { bytes, etag }: SentFile): ByteRange | 'none' | undefined {
  const condition = request.get('If-Range')
  // A weak tag does not say that the bytes are the same, and a date is none of what we send.
  const isSame = condition === undefined || (condition === etag && !etag.startsWith('W/'))
  const ranges = isSame ? request.range(bytes) : undefined
  if (ranges === -1) return 'none'
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes') return undefined
  const [first, ...others] = ranges
  // Of several parts, the whole is sent, as it may be.
  return first && others.length === 0 ? { start: first.start, end: first.end } : undefined
}
