/** How figures were made, part by part, in the language of the page. */
import { useLanguage } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { measuredSayIn } from './measured-words.ts'
import { methodNameIn } from './method-words.ts'
import { storedSayIn } from './stored-words.ts'

/** What people named themselves: it is the same in every language. */
const named: ReadonlySet<string> = new Set(['tag', 'question', 'criterion'])

/** A part of a method as a reader of the language reads it. */
function writtenPart(language: Language, part: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => writtenPart(language, part, one)).join(', ')
  if (typeof value === 'number') return figuresOf(language).exact(value)
  if (value === null) return methodNameIn(language)('none')
  return named.has(part) ? String(value) : storedSayIn(language)(String(value))
}

export function MethodList({
  method,
  isStacked = false,
}: {
  method: object
  /** Whether each part has its own lines, as where all are long. */
  isStacked?: boolean
}) {
  const language = useLanguage()
  const nameOf = methodNameIn(language)
  return (
    <details className={`text-sm text-ink-2 ${isStacked ? 'max-w-[75ch]' : ''}`}>
      <summary>{measuredSayIn(language)('howMade')}</summary>
      <dl
        className={
          isStacked ? 'mt-3 grid gap-y-2' : 'mt-3 grid gap-x-5 gap-y-1.5 sm:grid-cols-[auto_1fr]'
        }
      >
        {Object.entries(method).map(([part, value]) => (
          <div key={part} className={isStacked ? undefined : 'contents'}>
            <dt className="text-ink-3">{nameOf(part)}</dt>
            <dd dir="auto">{writtenPart(language, part, value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
