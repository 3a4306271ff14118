/** How the records of a plain file lie in it. */
export const containers = ['jsonl', 'json', 'csv', 'parquet'] as const
export type Container = (typeof containers)[number]

/** What a file is wrapped in. */
export type Packing = 'plain' | 'gzip' | 'zstd' | 'zip'

/** How a file's text is written. Latin-1 cannot be told from broken UTF-8, so a person must say it. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin1'] as const
export type Encoding = (typeof encodings)[number]

const startsWith = (bytes: Uint8Array, ...signature: number[]): boolean =>
  signature.every((byte, place) => bytes[place] === byte)

/** What the first bytes of a file say it is wrapped in. */
export function packingOf(head: Uint8Array): Packing {
  if (startsWith(head, 0x1f, 0x8b)) return 'gzip'
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)) return 'zstd'
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06))
    return 'zip'
  return 'plain'
}

export const isParquet = (head: Uint8Array): boolean => startsWith(head, 0x50, 0x41, 0x52, 0x31)

/**
 * How a text is written: by its byte order mark, or by the zero bytes that every second byte of
 * UTF-16 is in European text. UTF-8 otherwise.
 */
export function encodingOf(head: Uint8Array): Encoding {
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be'
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8'
  const looked = head.subarray(0, 4_096)
  const zeros = [0, 0]
  for (const [place, byte] of looked.entries())
    if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  const half = looked.length / 2
  if (odd > half * 0.4 && even < half * 0.1) return 'utf-16le'
  if (even > half * 0.4 && odd < half * 0.1) return 'utf-16be'
  return 'utf-8'
}

/**
 * How the records lie in a text, told from its start. A file whose first lines are values of their
 * own is JSONL; one that opens a list, or an object that goes over several lines, is JSON; all else
 * is a table.
 *
 * @param isWhole whether the start is all there is
 */
export function containerOfText(start: string, isWhole: boolean): Container {
  const text = start.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('[')) return 'json'
  if (!text.startsWith('{')) return 'csv'
  const lines = text.split('\n').slice(0, 50)
  const whole = isWhole ? lines : lines.slice(0, -1)
  if (lines.length === 1) return isWhole ? 'jsonl' : 'json'
  return whole.some(isObjectLine) ? 'jsonl' : startsLikeLines(whole) ? 'jsonl' : 'json'
}

function isObjectLine(line: string): boolean {
  const text = line.trim()
  if (!text.startsWith('{') || !text.endsWith('}')) return false
  try {
    JSON.parse(text)
    return text.length > 2
  } catch {
    return false
  }
}

/** Broken lines are still lines: several that each open an object with its first name. */
const startsLikeLines = (lines: readonly string[]): boolean =>
  lines.length > 1 &&
  lines.filter((line) => line.trim() !== '').every((line) => /^\s*\{\s*"/.test(line))

const endings = /\.(gz|gzip|zst|zstd|zip)$/i

/** A file's name as it is without its wrapping. @example unpackedName('a.jsonl.gz') // 'a.jsonl' */
export const unpackedName = (name: string): string => name.replace(endings, '')
