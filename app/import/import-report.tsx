import { Link, useFetcher } from '@remix-run/react'
import { type MouseEvent, useEffect, useState } from 'react'
import type { Refusal } from './batches.server.ts'
import { Counts } from './import-counts.tsx'
import type { ImportCounts } from './import-options.ts'
import { RefusalTable } from './import-refusals.tsx'
import type { ImportState } from './import-state.server.ts'
import { useWords } from './import-words.tsx'
import type { Say } from './words.ts'

export interface Report {
  slug: string
  id: string
  state: ImportState
  counts: ImportCounts
  refusals: Refusal[]
  /** The names of the files of refused records, in the order of their numbers. */
  refusedFiles: string[]
  campaigns: { id: string; name: string }[]
}

/** What an import kept, what it knew already, and every record it refused with the reason. */
export function ImportReport(report: Report) {
  const { state, counts, refusals } = report
  const { say } = useWords()
  const isDone = state === 'done'
  const isMoving = state === 'waiting' || state === 'running'
  return (
    <>
      {isMoving ? null : (
        <section className="card grid gap-4" aria-labelledby="report">
          <h2 id="report">{say(isDone ? 'report' : 'reportSoFar')}</h2>
          <p role="status" className="text-ink-2 empty:hidden">
            {stateWords(state, say)}
          </p>
          <Counts counts={counts} />
          {isDone && counts.refused === 0 ? (
            <p className="text-sm text-good">{say('nothingRefused')}</p>
          ) : null}
        </section>
      )}
      {isDone ? <GoOn {...report} /> : null}
      {refusals.length > 0 ? <RefusedRecords {...report} /> : null}
    </>
  )
}

function stateWords(state: ImportState, say: Say): string {
  if (state === 'done') return say('reportDone')
  if (state === 'cancelled') return say('reportCancelled')
  return state === 'failed' ? say('reportFailed') : ''
}

function GoOn({ slug, counts, campaigns }: Report) {
  const { say } = useWords()
  return (
    <p className="flex flex-wrap gap-3">
      {counts.created.responses > 0 ? (
        <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
          {say('newCampaign')}
        </Link>
      ) : null}
      {campaigns.map((campaign) => (
        <Link key={campaign.id} to={`/p/${slug}/measure/${campaign.id}`} className="btn">
          {say('standingsOf', { name: campaign.name })}
        </Link>
      ))}
      <Link to={`/p/${slug}/prompts`} className="btn">
        {say('seePrompts')}
      </Link>
      <Link to={`/p/${slug}/import`} className="btn">
        {say('importMore')}
      </Link>
    </p>
  )
}

function RefusedRecords({ slug, id, counts, refusals: first, refusedFiles }: Report) {
  const { say } = useWords()
  const { refusals, showMore, isLoading, last } = useMoreRefusals(first)
  const hasMore = refusals.length < counts.refused && last !== undefined
  return (
    <section className="card grid gap-3">
      <h2 id="refused-records">{say('refusedRecords')}</h2>
      {refusedFiles.length > 0 ? (
        <div className="text-sm">
          <ul className="grid justify-items-start gap-1">
            {refusedFiles.map((name, place) => (
              <li key={name} className="max-w-full break-words">
                <a
                  href={`/files/${slug}/imports/${id}/refused?file=${place}`}
                  className="link"
                  download
                >
                  {say('download', { name })}
                </a>
              </li>
            ))}
          </ul>
          <p className="mt-1 text-ink-3">{say('downloadHint')}</p>
        </div>
      ) : null}
      <RefusalTable refusals={refusals} labelledBy="refused-records" />
      <div className="flex flex-wrap items-center gap-3 text-sm text-ink-3">
        <p role="status">
          {say('shownOf', {
            shown: refusals.length,
            total: Math.max(counts.refused, refusals.length),
          })}
        </p>
        {hasMore ? (
          <Link to={`?after=${last}`} className="btn" onClick={showMore} aria-disabled={isLoading}>
            {say('showMore')}
          </Link>
        ) : null}
      </div>
    </section>
  )
}

/** The refusals shown so far; more are put after them. Without scripts a link shows the next ones. */
function useMoreRefusals(first: Refusal[]) {
  const fetcher = useFetcher<{ refusals: Refusal[] }>()
  const [more, setMore] = useState<Refusal[]>([])
  const known = new Set(first.map((refusal) => refusal.ordinal))
  const refusals = [...first, ...more.filter((refusal) => !known.has(refusal.ordinal))]
  const last = refusals.at(-1)?.ordinal
  useEffect(() => {
    const found = fetcher.data?.refusals ?? []
    setMore((before) => {
      const after = before.at(-1)?.ordinal ?? -1
      return [...before, ...found.filter((refusal) => refusal.ordinal > after)]
    })
  }, [fetcher.data])
  const showMore = (event: MouseEvent) => {
    event.preventDefault()
    if (fetcher.state === 'idle') fetcher.load(`${window.location.pathname}?after=${last}`)
  }
  return { refusals, showMore, isLoading: fetcher.state !== 'idle', last }
}
