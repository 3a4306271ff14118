import { useFetcher } from '@remix-run/react'
import { counted } from '#app/base/text.ts'
import { moment } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import type { ModelAnswer } from './model-dialogs.tsx'
import type { ModelHistoryEntry } from './model-history.server.ts'

/** What was done to models, the newest first, with the way back. */
export function ModelHistoryList({
  entries,
  mayChange,
}: {
  entries: readonly ModelHistoryEntry[]
  mayChange: boolean
}) {
  const fetcher = useFetcher<ModelAnswer>()
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  return (
    <section className="card grid gap-3" aria-labelledby="model-history">
      <div>
        <h2 id="model-history">History</h2>
        <div aria-live="polite" className="*:mt-3">
          {answer ? (
            <Notice tone={answer.ok ? 'good' : 'danger'}>
              {answer.ok ? answer.done : answer.reason}
            </Notice>
          ) : null}
        </div>
      </div>
      {entries.length === 0 ? (
        <p className="text-sm text-ink-2">
          Nothing was renamed, merged or split. What is, stands here, and can be undone.
        </p>
      ) : (
        <ol className="grid">
          {entries.map((entry) => (
            <li
              key={entry.id}
              className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t border-line py-2.5 first:border-t-0"
            >
              <div className="min-w-[min(100%,240px)] flex-1">
                <p className={`break-words ${entry.isUndone ? 'text-ink-3' : ''}`}>{entry.words}</p>
                <p className="text-[13px] text-ink-3">
                  {entry.kind === 'renamed' ? '' : `${counted(entry.responses, 'response')} · `}
                  {entry.who} · {moment(entry.at)} UTC
                </p>
              </div>
              {entry.isUndone ? <span className="text-sm text-ink-3">undone</span> : null}
              {entry.mayUndo && mayChange ? (
                <fetcher.Form method="post">
                  <input type="hidden" name="change" value={entry.id} />
                  <button
                    type="submit"
                    name="intent"
                    value="undo"
                    className="btn !min-h-0 !px-3 !py-1.5 text-[13px]"
                    aria-label={`Undo: ${entry.words}`}
                    disabled={fetcher.state !== 'idle'}
                  >
                    Undo
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
