/** One line of a file as it was found. */
export interface Line {
  /** Counted from 1. */
  number: number
  /** Where the line starts, in bytes. */
  offset: number
  /** Where the next line starts, in bytes. */
  end: number
  /** The text without its line break, or null where `problem` says why there is none. */
  text: string | null
  problem?: 'too-long' | 'not-utf8'
  /** The start of what could not be read, for the report. */
  sample?: string
}

export interface LineOptions {
  /** Longer lines are passed over in constant memory and reported. */
  maxBytes: number
  /** Go on from here: the byte offset and the number of the line that starts there. */
  from?: { offset: number; line: number }
}

const newline = 10
const carriageReturn = 13
const sampleBytes = 200

/**
 * Splits bytes into lines at LF or CRLF. A line that is too long or is no UTF-8 is reported in its
 * place and costs no other line. A byte order mark at the start of the file is dropped.
 * The bytes must start at `from.offset`.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes, from = { offset: 0, line: 1 } }: LineOptions,
): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let kept = 0
  let length = 0
  let offset = from.offset
  let number = from.line

  const add = (part: Uint8Array) => {
    length += part.length
    const room = (length > maxBytes ? sampleBytes : maxBytes) - kept
    if (room <= 0) return
    const piece = part.length > room ? part.subarray(0, room) : part
    parts.push(piece)
    kept += piece.length
  }
  const finish = (breakBytes: number): Line => {
    const end = offset + length + breakBytes
    const line = toLine(parts, { number, offset, end, isTooLong: length > maxBytes })
    parts = []
    kept = 0
    length = 0
    offset = end
    number += 1
    return line
  }

  for await (const chunk of chunks) {
    let start = 0
    for (;;) {
      const at = chunk.indexOf(newline, start)
      if (at < 0) break
      add(chunk.subarray(start, at))
      yield finish(1)
      start = at + 1
    }
    // The chunk's memory may be used again by its source, so what is kept over is copied.
    if (start < chunk.length) add(chunk.slice(start))
  }
  if (length > 0) yield finish(0)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenientDecoder = new TextDecoder('utf-8')

function toLine(
  parts: readonly Uint8Array[],
  place: { number: number; offset: number; end: number; isTooLong: boolean },
): Line {
  const { isTooLong, ...where } = place
  let bytes = joined(parts)
  const sample = () => lenientDecoder.decode(bytes.subarray(0, sampleBytes))
  if (isTooLong) return { ...where, text: null, problem: 'too-long', sample: sample() }
  if (bytes.at(-1) === carriageReturn) bytes = bytes.subarray(0, -1)
  if (where.offset === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    bytes = bytes.subarray(3)
  }
  try {
    return { ...where, text: decoder.decode(bytes) }
  } catch {
    return { ...where, text: null, problem: 'not-utf8', sample: sample() }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  if (parts.length === 1 && first) return first
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
