/** Small hashes of words: fast, the same on every machine, and not meant to withstand an attacker. */

/** How many bands a signature has; two texts are candidates when they share one. */
export const bandCount = 8
const rowsPerBand = 2

/** Spreads every bit of a 32-bit number over all of them. */
function mixed(value: number): number {
  let spread = value ^ (value >>> 16)
  spread = Math.imul(spread, 0x85ebca6b)
  spread ^= spread >>> 13
  spread = Math.imul(spread, 0xc2b2ae35)
  return (spread ^ (spread >>> 16)) >>> 0
}

const salts = Array.from({ length: bandCount * rowsPerBand }, (_, row) => ({
  flip: mixed(row * 2 + 1),
  factor: mixed(row * 2 + 2) | 1,
}))

/** A word as two hashes of 32 bits. */
export interface WordHash {
  high: number
  low: number
}

/** The hash of one word. The same word gives the same hash always. */
export function wordHash(word: string): WordHash {
  let high = 0x811c9dc5
  let low = word.length
  for (let place = 0; place < word.length; place += 1) {
    const code = word.charCodeAt(place)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul((low << 5) ^ (low >>> 27) ^ code, 0x2c1b3c6d)
  }
  return { high: mixed(high), low: mixed(low) }
}

/**
 * One hash of 128 bits for counted words in any order, as 32 hex digits: the words' hashes are added,
 * so that order does not count but repetition does.
 */
export function unorderedHash(counted: Iterable<readonly [WordHash, number]>): string {
  let total = 0
  let [one, two, three, four] = [0, 0, 0, 0]
  for (const [{ high, low }, count] of counted) {
    total += count
    one = (one + Math.imul(high, count)) | 0
    two = (two + Math.imul(low, count)) | 0
    three = (three + Math.imul(mixed(high ^ Math.imul(low, 0x9e3779b1)), count)) | 0
    four = (four + Math.imul(mixed(low ^ Math.imul(high, 0x7feb352d)), count)) | 0
  }
  return [one, two, three, four]
    .map((sum, lane) =>
      mixed(sum ^ mixed(total * 4 + lane))
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
}

/**
 * The bands of a set of word hashes. Two sets that share four words of five share a band nearly
 * always; two that share one of ten hardly ever. No hashes give no bands.
 */
export function bandsOf(hashes: ReadonlySet<number>): number[] {
  if (hashes.size === 0) return []
  const lowest = new Uint32Array(salts.length).fill(0xffffffff)
  for (const hash of hashes) {
    for (let row = 0; row < salts.length; row += 1) {
      const salt = salts[row]
      if (!salt) continue
      let salted = Math.imul(hash ^ salt.flip, salt.factor)
      salted = Math.imul(salted ^ (salted >>> 15), 0x2c1b3c6d)
      salted = (salted ^ (salted >>> 13)) >>> 0
      if (salted < (lowest[row] ?? 0)) lowest[row] = salted
    }
  }
  return Array.from({ length: bandCount }, (_, band) => {
    const [first = 0, second = 0] = lowest.subarray(band * rowsPerBand)
    return mixed(mixed(first ^ mixed(band + 1)) ^ Math.imul(second, 0x9e3779b1))
  })
}
