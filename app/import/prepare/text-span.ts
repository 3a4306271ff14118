/** A stretch of a text, as `text.slice(start, end)` takes it. */
export interface Span {
  start: number
  end: number
}

/**
 * The spans of a sorted list, and those of another that overlap none of them, in order. Both lists
 * are sorted and free of overlaps; so is the result.
 *
 * @example
 * withoutOverlaps([{ start: 2, end: 5 }], [{ start: 0, end: 1 }, { start: 4, end: 9 }])
 * // [{ start: 0, end: 1 }, { start: 2, end: 5 }]
 */
export function withoutOverlaps<Kept extends Span, Added extends Span>(
  kept: readonly Kept[],
  added: readonly Added[],
): (Kept | Added)[] {
  if (added.length === 0) return [...kept]
  const merged: (Kept | Added)[] = []
  let next = 0
  for (const span of added) {
    let before = kept[next]
    while (before && before.end <= span.start) {
      merged.push(before)
      next += 1
      before = kept[next]
    }
    if (!before || span.end <= before.start) merged.push(span)
  }
  return [...merged, ...kept.slice(next)]
}

/**
 * Where a global pattern matches a text. Every detector runs on every text, most of which are short
 * and match nothing, so we reuse the pattern where `matchAll` would copy it.
 */
export function spansOf(text: string, pattern: RegExp): Span[] {
  const found: Span[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push({ start: match.index, end: match.index + match[0].length })
  }
  return found
}
