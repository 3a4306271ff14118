/** Finds numbers that are written in words: English, Portuguese, Spanish, French and German. */
import { articles, spelledBelowThousand } from './number-spelling.ts'

interface Node {
  value?: number
  next: Map<string, Node>
}

const root: Node = { next: new Map() }
for (const [words, value] of spelledBelowThousand()) {
  let node = root
  for (const word of words.split(' ')) {
    const known: Node = node.next.get(word) ?? { next: new Map() }
    node.next.set(word, known)
    node = known
  }
  node.value ??= value
}

const scales = new Map<string, number>([
  ...['thousand', 'mil', 'mille', 'tausend'].map((word): [string, number] => [word, 1000]),
  ...['million', 'millions', 'milhão', 'milhões', 'millón', 'millones', 'millionen'].map(
    (word): [string, number] => [word, 1_000_000],
  ),
])

const joints = new Set(['and', 'e', 'y', 'et', 'und'])

/** A number found in a list of words, and the place after its last word. */
export interface FoundNumber {
  value: number
  end: number
}

/**
 * The number that begins at a place of a list of lower-case words, as long as it can be read, or
 * null where none begins there. Digits count where a scale follows ("12 thousand"). An article
 * counts before a scale only ("a million").
 * @example numberAt(['two', 'hundred', 'and', 'five', 'cats'], 0) // { value: 205, end: 4 }
 */
export function numberAt(words: readonly string[], start: number): FoundNumber | null {
  const word = words[start] ?? ''
  if (!root.next.has(word) && !scales.has(word) && !startsScaled(words, start)) return null
  let total = 0
  let place = start
  let limit = Number.POSITIVE_INFINITY
  let isFound = false
  while (place < words.length) {
    const group = isFound ? nextGroup(words, place, limit) : groupAt(words, place)
    if (!group) break
    const scale = scales.get(words[group.end] ?? '') ?? 1
    if (scale >= limit) break
    total += group.value * scale
    place = scale === 1 ? group.end : group.end + 1
    limit = scale
    isFound = true
    if (scale === 1) break
  }
  return isFound ? { value: total, end: place } : null
}

const startsScaled = (words: readonly string[], start: number): boolean => {
  const word = words[start] ?? ''
  if (word.length > 7 && word.includes('tausend')) return germanThousand(word) !== null
  return scales.has(words[start + 1] ?? '') && (articles.has(word) || /^\d{1,3}$/.test(word))
}

/** A group that goes on with a number: it may be joined by "and", and must not outgrow the scale. */
function nextGroup(words: readonly string[], place: number, limit: number): FoundNumber | null {
  const start = joints.has(words[place] ?? '') ? place + 1 : place
  const group = groupAt(words, start)
  if (!group || group.value === 0 || /^\d/.test(words[start] ?? '')) return null
  const scale = scales.get(words[group.end] ?? '') ?? 1
  return scale < limit && group.value < limit ? group : null
}

function groupAt(words: readonly string[], start: number): FoundNumber | null {
  const word = words[start] ?? ''
  if (scales.has(word)) return { value: 1, end: start }
  if (startsScaled(words, start)) {
    const thousand = germanThousand(word)
    if (thousand !== null) return { value: thousand, end: start + 1 }
    return { value: articles.has(word) ? 1 : Number(word), end: start + 1 }
  }
  return longestBelowThousand(words, start)
}

/** "one hundred and five hundred" are two numbers: an end before another "hundred" does not count. */
function longestBelowThousand(words: readonly string[], start: number): FoundNumber | null {
  let node: Node | undefined = root
  let found: FoundNumber | null = null
  for (let place = start; place < words.length; place += 1) {
    node = node.next.get(words[place] ?? '')
    if (!node) break
    const isCut = words[place + 1] === 'hundred' && node.next.get('hundred') === undefined
    if (node.value !== undefined && !isCut) found = { value: node.value, end: place + 1 }
  }
  return found
}

function germanThousand(word: string): number | null {
  const [before, after, ...more] = word.split('tausend')
  if (before === undefined || after === undefined || more.length > 0) return null
  const count = before === '' || before === 'ein' ? 1 : root.next.get(before)?.value
  const rest = after === '' ? 0 : root.next.get(after.replace(/^und/, ''))?.value
  return count === undefined || rest === undefined ? null : count * 1000 + rest
}
