import { Link } from '@remix-run/react'
import { Notice } from '#app/ui/notice.tsx'
import { isOnlyLookedUp } from './import-columns.ts'
import { useWords } from './import-words.tsx'
import type { FilePreview } from './preview.server.ts'
import type { WordKey } from './words.ts'

/** How sure a guess is, in words. */
export const surenessKey = (confidence: number): WordKey => {
  if (confidence >= 0.9) return 'certain'
  if (confidence >= 0.7) return 'quiteSure'
  return confidence >= 0.5 ? 'unsure' : 'guess'
}

/** What a file seems to be, how sure that is and why, and what else it might be. */
export function ImportPreview({
  preview,
  format,
  addressOf,
}: {
  preview: FilePreview
  /** What was chosen: `auto`, `mapped`, or a reader's format. */
  format: string
  /** Where the page is with another format chosen. */
  addressOf: (format: string) => string
}) {
  const { say, figures } = useWords()
  const { recognition } = preview
  const { title, reasons, others, confidence, container } = recognition
  const isLookedUp = isOnlyLookedUp(recognition.mapping, preview.name)
  const isMapped = recognition.format === 'mapped'
  const isChosen = format !== 'auto' && !isMapped
  const share = figures.percent(confidence)
  return (
    <section className="card grid gap-3" aria-label={preview.name}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="min-w-0 grow break-words">{preview.name}</h2>
        <span className="text-sm text-ink-3">
          {container.toUpperCase()}
          {preview.bytes > 0 ? ` · ${figures.bytes(preview.bytes)}` : ''}
        </span>
      </div>
      {preview.isEmpty ? <Notice tone="danger">{say('fileEmpty')}</Notice> : null}
      {preview.isEmpty ? null : (
        <>
          <p>
            {isLookedUp ? (
              say('lookedUp')
            ) : isMapped ? (
              say(format === 'mapped' ? 'mappedChosen' : 'notRecognised')
            ) : (
              <>
                {say('recognisedAs')}{' '}
                <strong lang="en" className="font-serif">
                  {title}
                </strong>
                {isChosen ? null : (
                  <>
                    {' '}
                    <span className="text-ink-2">
                      ({say('sureness', { words: say(surenessKey(confidence)), share })})
                    </span>
                  </>
                )}
              </>
            )}
          </p>
          {isChosen ? <p className="text-sm text-ink-2">{say('chosenByYou')}</p> : null}
          <details className="text-sm text-ink-2" open={format === 'auto' && confidence < 0.9}>
            <summary>{say('why')}</summary>
            <ul lang="en" className="mt-1.5 list-disc pl-5 break-words">
              {reasons.map((reason) => (
                <li key={reason}>{reason.replace(` look like ${title}`, ' look like it')}</li>
              ))}
            </ul>
          </details>
          {others.length > 0 ? (
            <div className="text-sm">
              <p className="text-ink-2">{say('couldBe')}</p>
              <ul className="mt-1.5 flex flex-wrap gap-2">
                {others.slice(0, 4).map((other) => (
                  <li key={other.format}>
                    <Link to={addressOf(other.format)} reloadDocument className="chip">
                      {say('readAsThis', {
                        title: other.title,
                        share: figures.percent(other.confidence),
                      })}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          ) : null}
        </>
      )}
    </section>
  )
}
