import type { Token } from 'markdown-it'
import { Component, type ComponentType, memo, type ReactNode, useMemo } from 'react'
import { drawTokens } from './draw-tokens.tsx'
import { LongText, useTextWords } from './long-text.tsx'
import { readLinks, readTokens, type SharedLinks } from './markdown-tokens.ts'
import { Paragraphs } from './plain-text.tsx'
import { linkDefinitions, markdownPieces, type TextPiece } from './text-pieces.ts'

export interface Drawers {
  /** Draws formulas; without it they stay as they were written. */
  Maths: ComponentType<{ tex: string; isDisplay: boolean }> | undefined
  /** Draws code in colours; without it there are none. */
  Code: ComponentType<{ text: string; language: string }> | undefined
}

/** Markdown of any length, drawn piece by piece. */
export function RichText({ text, ...drawers }: { text: string } & Drawers) {
  const shared = useMemo(() => readLinks(linkDefinitions(text)), [text])
  return (
    <div className="prose">
      <LongText
        text={text}
        piecesOf={markdownPieces}
        draw={(piece) => (
          <PlainOnFailure text={piece.text}>
            <Piece piece={piece} shared={shared} {...drawers} />
          </PlainOnFailure>
        )}
      />
    </div>
  )
}

const Piece = memo(function Piece({
  piece,
  shared,
  Maths,
  Code,
}: { piece: TextPiece; shared: SharedLinks } & Drawers) {
  const say = useTextWords()
  const tokens = useMemo(
    (): Token[] | undefined =>
      piece.kind === 'markdown' ? readTokens(piece.text, shared) : undefined,
    [piece, shared],
  )
  if (tokens) return <>{drawTokens(tokens, { Maths, Code, imageWord: say('image') })}</>
  if (piece.kind === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      <pre dir="ltr" tabIndex={0}>
        <code>{piece.text}</code>
      </pre>
    )
  }
  return (
    <>
      {piece.kind === 'markdown' ? <p className="text-note">{say('plainDeep')}</p> : null}
      <Paragraphs text={piece.text} />
    </>
  )
})

/** A piece that cannot be drawn is shown as it was written; it never takes the page with it. */
class PlainOnFailure extends Component<{ text: string; children: ReactNode }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    return this.state.hasFailed ? <Paragraphs text={this.props.text} /> : this.props.children
  }
}
