/** Marked stretches of a text: where they start and end, how they overlap, and a cursor of words. */

export interface Mark {
  /** Which response, by its place on the page. */
  place: number
  /** In UTF-16 code units of the response's plain text. */
  start: number
  end: number
  label: string
}

/** A stretch of text that the same marks cover throughout. */
export interface Stretch {
  start: number
  end: number
  /** Indexes of the marks that cover it. */
  marks: number[]
}

/** Cuts a text at every start and end of its marks, so that overlapping ones can each be drawn. */
export function stretchesOf(
  length: number,
  marks: readonly Pick<Mark, 'start' | 'end'>[],
): Stretch[] {
  const cuts = [...new Set([0, length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((cut) => cut >= 0 && cut <= length)
    .sort((one, other) => one - other)
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1] ?? length
    const covering = marks.flatMap((mark, index) =>
      mark.start <= start && mark.end >= end ? [index] : [],
    )
    return { start, end, marks: covering }
  })
}

/** The same list with one mark more; the very same mark is not kept twice. */
export function withMark(marks: readonly Mark[], added: Mark): Mark[] {
  const isThere = marks.some(
    (mark) =>
      mark.place === added.place &&
      mark.start === added.start &&
      mark.end === added.end &&
      mark.label === added.label,
  )
  if (isThere) return [...marks]
  return [...marks, added].sort(
    (one, other) => one.place - other.place || one.start - other.start || one.end - other.end,
  )
}

export interface TextRange {
  start: number
  end: number
}

/** Without white space at its ends; undefined where nothing else is in it. */
export function trimmedRange(text: string, { start, end }: TextRange): TextRange | undefined {
  const piece = text.slice(start, end)
  const from = start + piece.length - piece.trimStart().length
  const until = start + piece.trimEnd().length
  return from < until ? { start: from, end: until } : undefined
}

/** The words of a text in any script; punctuation between them belongs to none. */
export function wordsOf(text: string): TextRange[] {
  const words: TextRange[] = []
  for (const { segment, index, isWordLike } of new Intl.Segmenter(undefined, {
    granularity: 'word',
  }).segment(text)) {
    if (isWordLike) words.push({ start: index, end: index + segment.length })
  }
  return words
}

/** A cursor over words: the word it stands on, and the one its selection began with. */
export interface WordCursor {
  at: number
  from: number
}

/** The cursor some words on; with `isExtending` the selection grows from where it began. */
export function movedCursor(
  { at, from }: WordCursor,
  step: number,
  isExtending: boolean,
  count: number,
): WordCursor {
  const next = Math.max(0, Math.min(count - 1, at + step))
  return { at: next, from: isExtending ? from : next }
}

/** What a cursor has selected. */
export function cursorRange(
  { at, from }: WordCursor,
  words: readonly TextRange[],
): TextRange | undefined {
  const first = words[Math.min(at, from)]
  const last = words[Math.max(at, from)]
  return first && last && { start: first.start, end: last.end }
}

/** How many words on the next line begins, or (step -1) how many back the line before. */
export function lineStep(
  text: string,
  words: readonly TextRange[],
  at: number,
  step: -1 | 1,
): number {
  const startsLine = (place: number): boolean => {
    const [before, word] = [words[place - 1], words[place]]
    return !before || !word || text.slice(before.end, word.start).includes('\n')
  }
  if (step > 0) {
    let next = at + 1
    while (next < words.length && !startsLine(next)) next += 1
    return Math.min(next, words.length - 1) - at
  }
  let first = at
  while (first > 0 && !startsLine(first)) first -= 1
  let before = Math.max(0, first - 1)
  while (before > 0 && !startsLine(before)) before -= 1
  return before - at
}
