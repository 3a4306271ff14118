import { type ComponentType, lazy, Suspense, useMemo, useState } from 'react'
import { hasLooseSpaces, hiddenName, rawParts } from './hidden-characters.ts'
import { LongText, useTextWords } from './long-text.tsx'
import { mayHoldMaths } from './maths-text.ts'
import { PlainText } from './plain-text.tsx'
import { plainPieces } from './text-pieces.ts'

/** Markup is looked for in the beginning of a text. */
const mostLooked = 1_000_000

const markup =
  /(^|\n)[ \t]{0,3}(#{1,6} |[-*+] |\d{1,9}[.)] |>|```|~~~|\||===|---|:?-{2,}:?[ \t]*\||\*{3}|\t| {4})|\*\*|__|~~|`|\]\(|\]\[|\]:|!\[|https?:\/\/|&#?\w{1,31};|\\[!-/:-@[-`{-~]|<br|(^|[^*])\*[^*\s]|(^|\s)_[^_\s]/i

/** Whether a text uses markup that plain paragraphs would not show. */
export const needsMarkup = (text: string): boolean => {
  const looked = text.slice(0, mostLooked)
  return markup.test(looked) || mayHoldMaths(looked)
}

const hasCode = (text: string): boolean => /(```|~~~)[ \t]*\w/.test(text.slice(0, mostLooked))

type Drawn = ComponentType<{ text: string }>
const drawers = new Map<string, Drawn>()

/**
 * What draws a text, with the parts that it needs. Where they cannot be loaded the text is shown as it
 * was written, and the next text tries again.
 */
function drawerFor(text: string): Drawn {
  const needs = { maths: mayHoldMaths(text), code: hasCode(text) }
  const key = `${needs.maths} ${needs.code}`
  const known = drawers.get(key)
  if (known) return known
  const made = lazy(async (): Promise<{ default: Drawn }> => {
    try {
      const [{ RichText }, maths, code] = await Promise.all([
        import('./rich-text.tsx'),
        needs.maths ? import('./rich-maths.tsx') : undefined,
        needs.code ? import('./rich-code.tsx') : undefined,
      ])
      const [Maths, Code] = [maths?.Maths, code?.Code]
      return { default: (props) => <RichText {...props} Maths={Maths} Code={Code} /> }
    } catch {
      drawers.delete(key)
      return { default: PlainText }
    }
  })
  drawers.set(key, made)
  return made
}

/**
 * Text that a person or a model wrote, as markdown. It is untrusted: no HTML, no images from elsewhere,
 * no styles. What draws markup, maths and code is loaded only for texts that have some.
 */
export function Markdown({ text }: { text: string }) {
  const Drawer = useMemo(() => (needsMarkup(text) ? drawerFor(text) : undefined), [text])
  if (!Drawer) return <PlainText text={text} />
  return (
    <Suspense
      fallback={
        <div className="contents" data-goes-on="">
          <PlainText text={text} />
        </div>
      }
    >
      <Drawer text={text} />
    </Suspense>
  )
}

/** The characters as they are: monospaced, with those that hide made visible. */
export function RawText({ text }: { text: string }) {
  const say = useTextWords()
  const [withSpaces, setWithSpaces] = useState(false)
  const isLoose = useMemo(() => hasLooseSpaces(text), [text])
  return (
    <div className="raw-box">
      <LongText
        text={text}
        piecesOf={plainPieces}
        draw={(piece) => <RawPiece text={piece.text} withSpaces={withSpaces} />}
      />
      {isLoose ? (
        <label className="text-note flex items-center gap-2">
          <input
            type="checkbox"
            checked={withSpaces}
            onChange={(event) => setWithSpaces(event.currentTarget.checked)}
          />
          {say('showSpaces')}
        </label>
      ) : null}
    </div>
  )
}

function RawPiece({ text, withSpaces }: { text: string; withSpaces: boolean }) {
  const parts = useMemo(() => rawParts(text, { withSpaces }), [text, withSpaces])
  return (
    <pre className="raw-text" dir="auto">
      {parts.map((part, place) =>
        part.isHidden ? <HiddenRun key={place} run={part.text} /> : part.text,
      )}
    </pre>
  )
}

/** A run of one character that cannot be seen: its code point and how many there are. */
function HiddenRun({ run }: { run: string }) {
  const [first = ''] = run
  const count = run.length / first.length
  const name = hiddenName(first)
  const times = count > 1 ? ` × ${count}` : ''
  const shown = first === ' ' ? '·'.repeat(count) : first === '\t' ? '→'.repeat(count) : undefined
  return (
    <span className="hidden-character" title={`${name}${times}`}>
      {shown ?? `${name.split(' ', 1)[0]}${times}`}
      {first === '\t' ? run : null}
    </span>
  )
}
