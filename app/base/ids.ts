const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const timeCharacters = 9
const randomCharacters = 13

let lastTime = 0
let lastTail = new Uint8Array(randomCharacters)

/**
 * A new id that sorts after every id this process made before: 9 characters of the time and 13 of
 * chance (65 bits), in Crockford's base 32, lower case.
 *
 * @example newId(0).startsWith('000000000') // true for the first id of a process
 */
export function newId(now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now
    lastTail = crypto.getRandomValues(new Uint8Array(randomCharacters)).map((byte) => byte & 31)
  } else {
    increase(lastTail)
  }
  return timeText(lastTime) + tailText(lastTail)
}

const tailText = (tail: Uint8Array): string => Array.from(tail, (digit) => alphabet[digit]).join('')

/**
 * An id of the time of another one and soon after it in order, as if both had been made together. Not
 * sure to be free: ids made together are as near to each other.
 */
export function idBeside(id: string): string {
  const tail = Uint8Array.from(id.slice(timeCharacters), (character) => alphabet.indexOf(character))
  increase(tail)
  return id.slice(0, timeCharacters) + tailText(tail)
}

/** What no id that is made at this moment or later sorts before. */
export const firstIdAt = (time: number): string => timeText(Math.max(0, time))

function timeText(time: number): string {
  let rest = time
  let text = ''
  for (let place = 0; place < timeCharacters; place++) {
    text = alphabet[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

const pool = new Uint8Array(1_024)
let poolAt = pool.length

/** A random byte; they are drawn many at a time, for each draw is a call out of JavaScript. */
function randomByte(): number {
  if (poolAt >= pool.length) {
    crypto.getRandomValues(pool)
    poolAt = 0
  }
  const byte = pool[poolAt] ?? 0
  poolAt += 1
  return byte
}

/** Adds a random step, so that ids of one millisecond sort yet cannot be counted. */
function increase(tail: Uint8Array): void {
  let carry = 1 + randomByte()
  for (let place = tail.length - 1; place >= 0 && carry > 0; place--) {
    const sum = (tail[place] ?? 0) + carry
    tail[place] = sum & 31
    carry = sum >> 5
  }
}
