import { type ReactNode, startTransition, useEffect, useMemo, useState } from 'react'
import { useLanguage } from './language.tsx'
import { fillPhrase } from './languages.ts'
import { cutBefore, plainPieces, type TextPiece } from './text-pieces.ts'
import { type TextWordKey, textWords } from './text-words.ts'

/** Of a longer text the rest comes when it is asked for. */
const shownAtFirst = 200_000
/** What lies beyond is never parsed. */
const mostMarkup = 1_000_000
/** Pieces that are drawn at once: about a screen. */
const firstPieces = 1

/** What is said about texts, in the page's language. */
export function useTextWords() {
  const language = useLanguage()
  return (key: TextWordKey, values: Readonly<Record<string, number>> = {}): string =>
    fillPhrase(language, textWords[language][key], values)
}

/**
 * A text of any length, piece by piece: its beginning at once, the rest while the page has nothing
 * else to do. What is not shown is said, with its length.
 */
export function LongText({
  text,
  piecesOf,
  draw,
}: {
  text: string
  piecesOf: (text: string) => TextPiece[]
  draw: (piece: TextPiece) => ReactNode
}) {
  const [isAll, setIsAll] = useState(false)
  const shown = isAll ? text.length : cutBefore(text, 0, shownAtFirst)
  const pieces = useMemo(() => {
    const parsed = shown > mostMarkup ? cutBefore(text, 0, mostMarkup) : shown
    return [...piecesOf(text.slice(0, parsed)), ...plainPieces(text.slice(parsed, shown))]
  }, [text, shown, piecesOf])
  const drawn = useGrowing(pieces.length)
  return (
    <>
      {pieces.length === 1 && pieces[0]
        ? draw(pieces[0])
        : pieces.slice(0, drawn).map((piece, place) => (
            <div
              key={place}
              className="text-piece"
              data-goes-on={place === drawn - 1 && drawn < pieces.length ? '' : undefined}
              style={{ containIntrinsicBlockSize: `auto ${likelyHeight(piece)}px` }}
            >
              {draw(piece)}
            </div>
          ))}
      <Remainder
        shown={shown}
        total={text.length}
        isCut={piecesOf !== plainPieces && shown > mostMarkup}
        onAll={() => setIsAll(true)}
      />
    </>
  )
}

function Remainder({
  shown,
  total,
  isCut,
  onAll,
}: {
  shown: number
  total: number
  isCut: boolean
  onAll: () => void
}) {
  const say = useTextWords()
  if (shown >= total) {
    return isCut ? <p className="text-note">{say('plainRest', { limit: mostMarkup })}</p> : null
  }
  return (
    <p className="text-note">
      {say('showingFirst', { shown, total })}{' '}
      <button type="button" className="link" onClick={onAll}>
        {say('showAll')}
      </button>
    </p>
  )
}

/** A guess in pixels, so that the scroll bar is nearly right before a piece was ever seen. */
function likelyHeight({ text }: TextPiece): number {
  const lines = text.split('\n')
  const rows = lines.reduce((sum, line) => sum + Math.ceil(line.length / likelyMeasure), 0)
  return Math.max(60, rows * likelyLine)
}

/** Letters in a line, and pixels from one to the next with what stands between paragraphs. */
const likelyMeasure = 75
const likelyLine = 30

/** How many pieces are drawn: a few, then more whenever the page is idle. */
function useGrowing(total: number): number {
  const [drawn, setDrawn] = useState(firstPieces)
  useEffect(() => {
    if (drawn >= total) return
    return whenIdle(() => startTransition(() => setDrawn((now) => now + 1)))
  }, [drawn, total])
  return drawn
}

function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(act, 30)
    return () => clearTimeout(timer)
  }
  const asked = requestIdleCallback(act, { timeout: 250 })
  return () => cancelIdleCallback(asked)
}
