import { useFetcher, useRevalidator } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { ProgressBar } from './progress-bar.tsx'

export interface JobShape {
  status: 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  note: string
  error: string | null
  started_at: number | null
}

const isGoing = (job: JobShape) => job.status === 'queued' || job.status === 'running'

/** How far a job is, asked for each second while it goes on; the page is read anew when it ends. */
export function JobProgress({
  job: first,
  href,
  what,
  unit,
}: {
  job: JobShape
  href: string
  what: string
  unit: (count: number) => string
}) {
  const fetcher = useFetcher<{ job: JobShape }>()
  const { revalidate } = useRevalidator()
  const job = fetcher.data?.job ?? first
  const wasGoing = useRef(isGoing(first))
  const load = useRef(fetcher.load)
  load.current = fetcher.load
  const going = isGoing(job)
  useEffect(() => {
    if (!going) {
      if (wasGoing.current) revalidate()
      wasGoing.current = false
      return
    }
    wasGoing.current = true
    const timer = setInterval(() => {
      if (!document.hidden) load.current(href)
    }, 700)
    return () => clearInterval(timer)
  }, [going, href, revalidate])
  if (job.status === 'failed') return <p className="text-danger">{job.error}</p>
  if (!going) return null
  const share = job.total > 0 ? job.done / job.total : null
  return (
    <div className="grid gap-2">
      <ProgressBar share={share} label={what} />
      <p className="text-sm text-ink-2">
        {job.status === 'queued' ? 'Waiting for its turn…' : `${what}: ${job.note}`}
        {job.total > 0 ? ` · ${unit(job.done)} of ${unit(job.total)}` : ''}
        {timeLeft(job, share)}
      </p>
    </div>
  )
}

function timeLeft(job: JobShape, share: number | null): string {
  if (!share || share < 0.05 || job.started_at === null) return ''
  const passed = (Date.now() - job.started_at) / 1000
  const left = Math.round((passed / share) * (1 - share))
  if (left < 2) return ''
  return left < 90 ? ` · about ${left} s left` : ` · about ${Math.round(left / 60)} min left`
}
