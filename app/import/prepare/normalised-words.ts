/** The words of a text in one form, whatever its case, white space, punctuation and accents. */
import { numberAt } from './number-words.ts'

const word = String.raw`[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*(?:['’][\p{L}\p{M}\p{N}_]+)*(?:\+\+|#)?`
const listedNumber = String.raw`(?<=[(\[{,])\d+(?:\.\d+)?(?=,)(?!,\d{3}(?!\d))`
const number = String.raw`(?<![^\s(])-?\d+(?:[.,:/]\d+|-\d+-\d+)*|\d+(?:[.,:/]\d+|-\d+-\d+)*`
const sign = String.raw`(?<=\d\s*)%|[!*/%&|^~-]?[<>=+]+|\p{Sc}|\p{So}`
const pieces = new RegExp(`${word}|${listedNumber}|${number}|${sign}|\\p{N}+`, 'gu')

/** Scripts that put no white space between words. */
const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

const beyondAscii = /[^\0-\x7f]/

const foldCase = (text: string): string =>
  beyondAscii.test(text)
    ? text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC')
    : text.toLowerCase()

const foldAccents = (text: string): string =>
  beyondAscii.test(text)
    ? text
        .normalize('NFKD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .normalize('NFC')
    : text

function segmented(text: string): string[] {
  const found: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike) found.push(segment)
  }
  return found
}

/** "1,000", "1.000" and "1000" are one number; "1,2,3" are three; dates and times stay whole. */
function plainNumbers(digits: string): string[] {
  if (/^-?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:\.\d{3})+)$/.test(digits)) {
    return [digits.replaceAll(/[.,]/g, '')]
  }
  if (/^-?\d{1,3}(?:,\d{3})+\.\d+$/.test(digits)) return [digits.replaceAll(',', '')]
  if (/^-?\d{1,3}(?:\.\d{3})+,\d+$/.test(digits)) {
    return [digits.replaceAll('.', '').replace(',', '.')]
  }
  if (/^-?\d+,\d{1,2}$/.test(digits)) return [digits.replace(',', '.')]
  return digits.split(',')
}

const apostrophe = /['’]/

/** What one piece of a text gives: mostly itself. */
function wordsOfPiece(piece: string): readonly string[] {
  const code = piece.charCodeAt(0)
  const isSigned = code === 45 && /^-\d/.test(piece)
  if ((code >= 48 && code <= 57) || isSigned) return plainNumbers(piece)
  if (piece === '%') return ['percent']
  if (unspaced.test(piece)) return segmented(piece)
  return [apostrophe.test(piece) ? piece.replaceAll(/['’]/g, '') : piece]
}

/** The words of a text as they stand, in lower case, numbers in digits without their groups. */
function rawWords(text: string): string[] {
  const found: string[] = []
  for (const piece of foldCase(text).match(pieces) ?? []) {
    for (const part of wordsOfPiece(piece)) found.push(part)
  }
  return found
}

const percentWords = new Set(['percent', 'prozent', 'pct'])
const percentPairs = new Set(['per cent', 'por cento', 'por ciento', 'pour cent'])

const isNumber = (word: string | undefined): boolean => word !== undefined && /^-?\d/.test(word)

/**
 * The words of a text: case and accents folded, punctuation dropped, numbers as digits ("1,000",
 * "1.000" and "one thousand" are "1000", in five languages; "%" is "percent"). Order and repetition
 * are kept. Signs that change a meaning stay: comparisons, "+", currencies, emojis, "c++" and "c#".
 * A text without any word gives its signs as one word, an empty text none.
 * @example normalisedWords('Give me THREE ideas!') // ['give', 'me', '3', 'ideas']
 */
export function normalisedWords(text: string): string[] {
  const raw = rawWords(text)
  const words: string[] = []
  let place = 0
  while (place < raw.length) {
    const current = raw[place] ?? ''
    if (isPercentPair(raw, place) && isNumber(words.at(-1))) {
      words.push('percent')
      place += 2
      continue
    }
    const found = numberAt(raw, place)
    if (found) words.push(String(found.value))
    else pushFolded(words, current)
    place = found ? found.end : place + 1
  }
  if (words.length > 0) return words
  const signs = text.replaceAll(/\s+/g, '')
  return signs === '' ? [] : [signs]
}

const isPercentPair = (raw: readonly string[], place: number): boolean => {
  const first = raw[place]
  if (first !== 'por' && first !== 'pour' && first !== 'per') return false
  return percentPairs.has(`${first} ${raw[place + 1] ?? ''}`)
}

/** Underscores inside a name are part of it; around a word they are emphasis. */
function pushFolded(words: string[], raw: string): void {
  if (percentWords.has(raw)) {
    words.push('percent')
    return
  }
  const isMarked = raw.startsWith('_') || raw.endsWith('_')
  const bare = isMarked ? raw.replaceAll(/^_+|_+$/g, '') : raw
  if (bare !== '') words.push(foldAccents(bare))
}
