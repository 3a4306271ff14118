/** One value of a JSON text as it was found. */
export interface JsonElement {
  /** Where the value starts and ends, in bytes of the file. */
  offset: number
  end: number
  /** The line it starts on, counted from 1. */
  line: number
  /** The value's text, or null where `problem` says why there is none. */
  text: string | null
  problem?: 'too-long' | 'not-utf8' | 'cut-off'
  /** The start of what could not be read, for the report. */
  sample?: string
  /** The member of the outer object whose list holds the value, where there is one. */
  member?: string
}

export interface JsonElementOptions {
  /** Longer values are passed over in constant memory and reported. */
  maxBytes: number
  /**
   * `values`: the values of the text one after another; of a list, its elements.
   * `members`: of one object too large to hold, the elements of its lists.
   */
  walk: 'values' | 'members'
  /** Values that start before this byte are passed over. */
  from?: number
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const newline = 0x0a
const opens = (byte: number) => byte === 0x7b || byte === 0x5b
const closes = (byte: number) => byte === 0x7d || byte === 0x5d
const listOpens = 0x5b
const objectOpens = 0x7b
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

const sampleBytes = 200

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new TextDecoder('utf-8')

/** Collects one value's bytes, up to a limit, and turns them into text. */
class Collector {
  offset = 0
  line = 0
  length = 0
  #parts: Uint8Array[] = []
  #kept = 0
  readonly #maxBytes: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  start(offset: number, line: number): void {
    this.offset = offset
    this.line = line
    this.length = 0
    this.#parts = []
    this.#kept = 0
  }

  add(part: Uint8Array): void {
    this.length += part.length
    const room = (this.length > this.#maxBytes ? sampleBytes : this.#maxBytes) - this.#kept
    if (room <= 0) return
    const piece = part.length > room ? part.slice(0, room) : part.slice()
    this.#parts.push(piece)
    this.#kept += piece.length
  }

  finish(problem?: JsonElement['problem']): JsonElement {
    const place = { offset: this.offset, end: this.offset + this.length, line: this.line }
    const bytes = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts)
    this.#parts = []
    const sample = () => lenient.decode(bytes?.subarray(0, sampleBytes))
    if (this.length > this.#maxBytes) {
      return { ...place, text: null, problem: 'too-long', sample: sample() }
    }
    if (problem) return { ...place, text: null, problem, sample: sample() }
    try {
      return { ...place, text: strict.decode(bytes) }
    } catch {
      return { ...place, text: null, problem: 'not-utf8', sample: sample() }
    }
  }
}

/**
 * Cuts a JSON text of any size into its values, with the place of each, in constant memory. A value
 * that is broken inside is given as it stands; one that is too long or cut off is reported in its
 * place. Libraries that stream JSON give neither places to go on from nor the neighbours of a
 * broken value.
 *
 * @example // '[{"a":1}, {"a":2}]' gives '{"a":1}' at byte 1 and '{"a":2}' at byte 10
 */
export async function* readJsonElements(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes, walk, from = 0 }: JsonElementOptions,
): AsyncGenerator<JsonElement> {
  const cutter = new Cutter(maxBytes, walk)
  for await (const chunk of chunks) {
    for (const element of cutter.cut(chunk)) {
      if (element.offset >= from) yield element
    }
  }
  const last = cutter.end()
  if (last && last.offset >= from) yield last
}

type State =
  /** Between values. */
  | 'outside'
  /** In an object or a list that is given. */
  | 'value'
  /** In a number, a word or a string that is given. */
  | 'scalar'
  /** In a member of the outer object that is no list. */
  | 'passing'

/** Goes over the bytes once; keeps only where it is and the value it is in. */
class Cutter {
  readonly #value: Collector
  readonly #walk: JsonElementOptions['walk']
  #state: State = 'outside'
  #depth = 0
  /** The depth at which values are given. */
  #level = 0
  #inString = false
  #isEscaped = false
  #isStart = true
  #position = 0
  #line = 1
  /** The name of the outer object's member, while it is read and after. */
  #name: number[] | undefined
  #member: string | undefined

  constructor(maxBytes: number, walk: JsonElementOptions['walk']) {
    this.#value = new Collector(maxBytes)
    this.#walk = walk
  }

  *cut(chunk: Uint8Array): Generator<JsonElement> {
    let start = this.#isGiven() ? 0 : -1
    let at = 0
    while (at < chunk.length) {
      if (this.#inString) {
        at = this.#passString(chunk, at)
        continue
      }
      const byte = chunk[at] ?? 0
      if (byte === newline) this.#line += 1
      const wasGiven = this.#isGiven()
      const end = this.#step(byte, at)
      if (!wasGiven && this.#isGiven()) start = at
      if (end !== 'goes on') {
        this.#value.add(chunk.subarray(start, end === 'with this byte' ? at + 1 : at))
        start = -1
        yield this.#finish()
      }
      at += 1
    }
    if (start >= 0) this.#value.add(chunk.subarray(start))
    this.#position += chunk.length
  }

  /** The value the text broke off in, if it did. A bare scalar at the end is whole. */
  end(): JsonElement | undefined {
    if (!this.#isGiven()) return undefined
    const isWhole = this.#state === 'scalar' && this.#depth === 0 && !this.#inString
    return this.#finish(isWhole ? undefined : 'cut-off')
  }

  #isGiven(): boolean {
    return this.#state === 'value' || this.#state === 'scalar'
  }

  #finish(problem?: JsonElement['problem']): JsonElement {
    this.#state = 'outside'
    const element = this.#value.finish(problem)
    return this.#member === undefined ? element : { ...element, member: this.#member }
  }

  /** Goes to the end of a string, or of the chunk. */
  #passString(chunk: Uint8Array, from: number): number {
    let at = from
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0
      at += 1
      if (byte === newline) this.#line += 1
      if (this.#isEscaped) this.#isEscaped = false
      else if (byte === backslash) this.#isEscaped = true
      else if (byte === quote) {
        this.#inString = false
        this.#endName()
        return at
      }
      if (this.#name && this.#name.length < sampleBytes) this.#name.push(byte)
    }
    return at
  }

  #endName(): void {
    if (!this.#name) return
    this.#member = lenient.decode(Uint8Array.from(this.#name))
    this.#name = undefined
  }

  #step(byte: number, at: number): 'goes on' | 'before this byte' | 'with this byte' {
    if (this.#isStart && this.#open(byte, at)) return 'goes on'
    if (this.#state === 'outside') return this.#stepOutside(byte, at)
    if (byte === quote) this.#inString = true
    else if (opens(byte)) this.#depth += 1
    else if (closes(byte)) return this.#close()
    else if (this.#state === 'scalar' && (byte === comma || isSpace(byte)))
      return 'before this byte'
    return 'goes on'
  }

  /** The first bytes say what the whole is. True where they are spent by that. */
  #open(byte: number, at: number): boolean {
    if (isSpace(byte) || (this.#position + at < 3 && byteOrderMark.has(byte))) return true
    this.#isStart = false
    if (byte === listOpens) this.#level = 1
    else if (byte === objectOpens && this.#walk === 'members') this.#level = 2
    else return false
    this.#depth = 1
    return true
  }

  #stepOutside(byte: number, at: number): 'goes on' {
    if (isSpace(byte) || byte === comma) return 'goes on'
    if (closes(byte)) {
      if (this.#depth > 0) this.#depth -= 1
    } else if (this.#level === 2 && this.#depth === 1) this.#stepBetweenMembers(byte)
    else this.#begin(byte, at)
    return 'goes on'
  }

  #stepBetweenMembers(byte: number): void {
    if (byte === quote) {
      this.#inString = true
      this.#name = []
    } else if (opens(byte)) {
      this.#depth = 2
      if (byte === objectOpens) this.#state = 'passing'
    }
  }

  #begin(byte: number, at: number): void {
    this.#value.start(this.#position + at, this.#line)
    this.#state = opens(byte) ? 'value' : 'scalar'
    if (opens(byte)) this.#depth += 1
    else if (byte === quote) this.#inString = true
  }

  #close(): 'goes on' | 'before this byte' | 'with this byte' {
    this.#depth -= 1
    if (this.#state === 'scalar') return 'before this byte'
    if (this.#state === 'passing') {
      if (this.#depth === 1) this.#state = 'outside'
      return 'goes on'
    }
    return this.#depth === this.#level ? 'with this byte' : 'goes on'
  }
}

const byteOrderMark = new Set([0xef, 0xbb, 0xbf])
