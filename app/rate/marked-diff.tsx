/** What differs between two responses, marked in the markdown that they are read as. */
import type { Token } from 'markdown-it'
import { type ComponentType, Fragment, type ReactNode } from 'react'
import { drawTokens } from '#app/ui/draw-tokens.tsx'
import { useTextWords } from '#app/ui/long-text.tsx'
import { readLinks, readTokens } from '#app/ui/markdown-tokens.ts'
import { type DiffPart, diffTexts, type TextDiff } from './word-diff.ts'

/** Characters of a text that is parsed and drawn at once. */
const mostDrawn = 60_000

export interface MarkedText {
  tokens: Token[]
  /** What each token says, in parts that the other text has or has not. */
  parts: ReadonlyMap<Token, DiffPart[]>
}

export interface MarkedPair {
  diff: TextDiff
  sides: readonly [MarkedText, MarkedText]
}

/**
 * Compares what two texts say without the signs of their markup. Undefined where they differ in
 * nothing else, cannot be compared, or are too long or too deep to be drawn at once.
 */
export function diffMarkdown(first: string, second: string): MarkedPair | undefined {
  if (Math.max(first.length, second.length) > mostDrawn) return undefined
  const [one, other] = [saidIn(first), saidIn(second)]
  if (!one || !other) return undefined
  const diff = diffTexts(one.text, other.text)
  if (diff.kind !== 'compared') return undefined
  return { diff, sides: [withParts(one, diff.first), withParts(other, diff.second)] }
}

interface Said {
  tokens: Token[]
  /** Everything that is said, one block after the other. */
  text: string
  places: { token: Token; start: number; end: number }[]
}

const saying = new Set(['text', 'code_inline', 'fence', 'code_block', 'maths', 'maths_block'])

function saidIn(markdown: string): Said | undefined {
  const tokens = readTokens(markdown, readLinks(''))
  if (!tokens) return undefined
  let text = ''
  const places: Said['places'] = []
  for (const token of tokens.flatMap((one) =>
    one.type === 'inline' ? (one.children ?? []) : one,
  )) {
    if (saying.has(token.type)) {
      places.push({ token, start: text.length, end: text.length + token.content.length })
      text += token.content
    }
    const isEnd = token.block && token.nesting <= 0
    if (isEnd || token.type.endsWith('break')) text += '\n'
  }
  return { tokens, text, places }
}

function withParts({ tokens, places }: Said, all: readonly DiffPart[]): MarkedText {
  const parts = new Map<Token, DiffPart[]>()
  let [at, from] = [0, 0]
  for (const { token, start, end } of places) {
    while (at < all.length && from + (all[at]?.text.length ?? 0) <= start) {
      from += all[at]?.text.length ?? 0
      at += 1
    }
    const own: DiffPart[] = []
    for (let next = at, begin = from; next < all.length && begin < end; next += 1) {
      const { text, isShared } = all[next] ?? { text: '', isShared: true }
      const piece = text.slice(Math.max(0, start - begin), end - begin)
      if (piece !== '') own.push({ text: piece, isShared })
      begin += text.length
    }
    parts.set(token, own)
  }
  return { tokens, parts }
}

/** One of the two, with what only it says marked. */
export function MarkedMarkdown({
  text: { tokens, parts },
  isFirst,
  Maths,
}: {
  text: MarkedText
  isFirst: boolean
  Maths: ComponentType<{ tex: string; isDisplay: boolean }> | undefined
}) {
  const say = useTextWords()
  const marked = (children: ReactNode, key: string) =>
    isFirst ? (
      <del key={key} className="only-first">
        {children}
      </del>
    ) : (
      <ins key={key} className="only-second">
        {children}
      </ins>
    )
  const drawWords = (token: Token, draw: (text: string, key: string) => ReactNode) => {
    const own = parts.get(token)
    if (!own || own.every(({ isShared }) => isShared)) return undefined
    // A formula is one thing, whatever of it differs.
    if (token.type.startsWith('maths')) return marked(draw(token.content, 'whole'), 'whole')
    return own.map(({ text, isShared }, place) => {
      const key = String(place)
      const drawn = draw(text, key)
      return isShared ? <Fragment key={key}>{drawn}</Fragment> : marked(drawn, key)
    })
  }
  return (
    <div className="prose diff-marked">
      {drawTokens(tokens, { Maths, Code: undefined, imageWord: say('image'), drawWords })}
    </div>
  )
}
