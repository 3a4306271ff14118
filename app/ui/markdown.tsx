import { lazy, Suspense } from 'react'

const Rich = lazy(() => import('./rich-text.tsx'))

/** Whether a text uses markup that plain paragraphs would not show. */
export const needsMarkup = (text: string): boolean =>
  /(^|\n)\s{0,3}(#{1,6} |[-*+] |\d+[.)] |>|```|~~~|\|)|\*\*|__|`|\[[^\]]+\]\(|\$|\\\(|\\\[|(^|[^*])\*[^*\s]/.test(
    text,
  )

/**
 * Text that a person or a model wrote, as markdown. It is untrusted: no HTML, no images from elsewhere,
 * no styles. What draws markup is loaded only for texts that have some.
 */
export function Markdown({ text }: { text: string }) {
  if (!needsMarkup(text)) return <Paragraphs text={text} />
  return (
    <Suspense fallback={<Paragraphs text={text} />}>
      <Rich text={text} />
    </Suspense>
  )
}

function Paragraphs({ text }: { text: string }) {
  return (
    <div className="prose" dir="auto">
      {text.split(/\n{2,}/).map((paragraph, place) => (
        <p key={place} className="whitespace-pre-wrap">
          {paragraph}
        </p>
      ))}
    </div>
  )
}

const hidden = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** The bytes as they are: monospaced, with characters that hide made visible. */
export function RawText({ text }: { text: string }) {
  const parts: (string | { code: string })[] = []
  let last = 0
  for (const match of text.matchAll(hidden)) {
    parts.push(text.slice(last, match.index))
    const code = match[0].codePointAt(0) ?? 0
    parts.push({ code: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` })
    last = match.index + match[0].length
  }
  parts.push(text.slice(last))
  return (
    <pre className="raw-text">
      {parts.map((part, place) =>
        typeof part === 'string' ? (
          part
        ) : (
          <span key={place} className="hidden-character">
            {part.code}
          </span>
        ),
      )}
    </pre>
  )
}
