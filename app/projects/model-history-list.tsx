import { useFetcher } from '@remix-run/react'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import type { ModelAnswer } from './model-dialogs.tsx'
import type { ModelHistoryEntry } from './model-history.server.ts'
import { modelSayIn, modelToldIn } from './model-words.ts'

/** What was done to models, the newest first, with the way back. */
export function ModelHistoryList({
  entries,
  mayChange,
}: {
  entries: readonly ModelHistoryEntry[]
  mayChange: boolean
}) {
  const { say, language } = useSaying(modelSayIn)
  const told = modelToldIn(language)
  const fetcher = useFetcher<ModelAnswer>()
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  return (
    <section className="card grid gap-3" aria-labelledby="model-history">
      <div>
        <h2 id="model-history">{say('history')}</h2>
        <div aria-live="polite" className="*:mt-3">
          {answer ? (
            <Notice tone={answer.ok ? 'good' : 'danger'}>
              {told(answer.ok ? answer.done : answer.reason)}
            </Notice>
          ) : null}
        </div>
      </div>
      {entries.length === 0 ? (
        <p className="text-sm text-ink-2">{say('nothingDone')}</p>
      ) : (
        <ol className="grid">
          {entries.map((entry) => (
            <li
              key={entry.id}
              className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-2.5 first:border-t-0"
            >
              <div className="min-w-[min(100%,240px)] flex-1">
                <p className={`break-words ${entry.isUndone ? 'text-ink-3' : ''}`}>
                  {told(entry.words)}
                </p>
                <p className="text-[13px] text-ink-3">
                  {entry.kind === 'renamed'
                    ? ''
                    : `${say('responses', { count: entry.responses })} · `}
                  {entry.who} · {moment(entry.at, language)} UTC
                </p>
              </div>
              {entry.isUndone ? <span className="text-sm text-ink-3">{say('undone')}</span> : null}
              {entry.mayUndo && mayChange ? (
                <fetcher.Form method="post">
                  <input type="hidden" name="change" value={entry.id} />
                  <button
                    type="submit"
                    name="intent"
                    value="undo"
                    className="btn !min-h-0 !px-3 !py-1.5 text-[13px]"
                    aria-label={say('undoNamed', { change: told(entry.words) })}
                    disabled={fetcher.state !== 'idle'}
                  >
                    {say('undo')}
                  </button>
                </fetcher.Form>
              ) : null}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
