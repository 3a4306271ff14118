/** In: a text as it was imported. Out: the text as people see it, with what was found marked. */
import { findPersonalData, type TextFinding } from './prepare/detect-personal-data.ts'
import type { FindingKind } from './prepare/finding-kinds.ts'
import { redactionMarks, redactJson } from './prepare/redact.ts'

/** A stretch of a text; of a kind where something was found, or removed, there. */
export interface TextPart {
  text: string
  kind?: FindingKind
  isRemoved?: boolean
}

export interface ShownText {
  text: string
  /** The text in parts where something stands out in it; else null. */
  parts: TextPart[] | null
}

/** What of personal data people see. */
export interface Visibility {
  /** What is removed for everybody. */
  kinds: ReadonlySet<FindingKind>
  /** Shows what was removed, to somebody who may see it. */
  isOriginal: boolean
}

/** No longer text is looked through for things to mark; what is removed is removed everywhere. */
const mostMarked = 200_000

/** A text as people see it. */
export function showText(text: string, visibility: Visibility): ShownText {
  const shown = visibleText(text, visibility)
  return { text: shown, parts: partsOf(shown, visibility) }
}

/** The text alone, where nothing needs a mark. */
export const visibleText = (text: string, { kinds, isOriginal }: Visibility): string =>
  isOriginal || kinds.size === 0 ? text : redactJson(text, kinds).text

/** Marks what stands out in a text that may be seen as it is. */
export function partsOf(text: string, { kinds, isOriginal }: Visibility): TextPart[] | null {
  const looked = text.slice(0, mostMarked)
  const removed = isOriginal ? [] : marksIn(looked, kinds)
  const found = [...removed, ...findPersonalData(looked).map(asFound)].sort(
    (one, other) => one.start - other.start,
  )
  if (found.length === 0) return null
  const parts: TextPart[] = []
  let from = 0
  for (const { kind, start, end, isRemoved } of found) {
    if (start < from) continue
    if (start > from) parts.push({ text: text.slice(from, start) })
    parts.push({ text: text.slice(start, end), kind, ...(isRemoved ? { isRemoved } : {}) })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return parts
}

interface Marked extends TextFinding {
  isRemoved: boolean
}

const asFound = (finding: TextFinding): Marked => ({ ...finding, isRemoved: false })

function marksIn(text: string, kinds: ReadonlySet<FindingKind>): Marked[] {
  return [...kinds].flatMap((kind) => {
    const mark = redactionMarks[kind]
    const found: Marked[] = []
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      found.push({ kind, start: at, end: at + mark.length, isRemoved: true })
    }
    return found
  })
}
