import { LongText } from './long-text.tsx'
import { plainPieces } from './text-pieces.ts'

/** A text as it was written, in paragraphs that each find their direction. */
export function PlainText({ text }: { text: string }) {
  return (
    <div className="prose">
      <LongText text={text} piecesOf={plainPieces} draw={(piece) => <Paragraphs {...piece} />} />
    </div>
  )
}

export const Paragraphs = ({ text }: { text: string }) =>
  text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph, place) => (
      <p key={place} dir="auto" className="whitespace-pre-wrap">
        {paragraph}
      </p>
    ))
