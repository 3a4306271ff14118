import { useFetcher, useLocation, useRevalidator } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { jobNoteIn } from './job-notes.ts'
import { type JobWords, jobWordsEn } from './job-words.ts'
import { jobWordsPt } from './job-words-pt.ts'
import { useLanguage } from './language.tsx'
import { figuresOf, fillPhrase, type Language, type Phrase, type Values } from './languages.ts'
import { ProgressBar } from './progress-bar.tsx'

export interface JobShape {
  status: 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number
  note: string
  error: string | null
  started_at: number | null
}

type Status = JobShape['status']
type Ask = 'pause' | 'resume' | 'cancel' | 'retry'

const asksIn: Record<Status, readonly Ask[]> = {
  queued: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  failed: ['retry'],
  cancelled: ['retry'],
  done: [],
}

const ownWords: Record<Language, JobWords> = { en: jobWordsEn, pt: jobWordsPt }

const isGoing = (status: Status) => status === 'queued' || status === 'running'
const waitsMs = (status: Status) => (isGoing(status) ? 700 : status === 'paused' ? 3_000 : 0)

interface JobProgressProps {
  job: JobShape
  /** Where the job is asked after, and where it is asked to pause and the like. */
  href: string
  what: string
  unit: (count: number) => string
  words?: JobWords
  /** How the job's own note is shown, where not in the words that all jobs share. */
  note?: (note: string) => ReactNode
  /** Shows buttons to pause, resume, cancel and retry. */
  isControlled?: boolean
}

/** How far a job is, asked for each second while it goes on; the page is read anew when it ends. */
export function JobProgress(props: JobProgressProps) {
  const { what, unit, note } = props
  const language = useLanguage()
  const words = props.words ?? ownWords[language]
  const job = useJob(props.job, props.href)
  const pace = usePace(job)
  const say = (phrase: Phrase, values?: Values) => fillPhrase(language, phrase, values)
  const asks = props.isControlled ? asksIn[job.status] : []
  const isOpen = isGoing(job.status) || job.status === 'paused'
  if (!isOpen && job.status !== 'failed' && asks.length === 0) return null
  const share = job.total > 0 ? Math.min(1, job.done / job.total) : null
  const percent = share === null ? '' : figuresOf(language).percent(Math.floor(share * 4) / 4)
  return (
    <div className="grid gap-3">
      {isOpen ? (
        <ProgressBar share={job.status === 'paused' ? (share ?? 0) : share} label={what} />
      ) : null}
      {job.status === 'failed' ? (
        <p role="alert" className="text-danger">
          {say(words.failed, { reason: '' })}
          <span lang="en">{job.error}</span>
        </p>
      ) : (
        <p className="flex flex-wrap gap-x-2 text-sm text-ink-2">
          <span>
            {stateWords(job, words, () => (note ? note(job.note) : jobNoteIn(language)(job.note)))}
          </span>
          {isOpen && job.total > 0 ? (
            <span>· {say(words.of, { done: unit(job.done), total: unit(job.total) })}</span>
          ) : null}
          {job.status === 'running' && pace.rate > 0 ? (
            <>
              <span>· {say(words.perSecond, { rate: unit(Math.round(pace.rate)) })}</span>
              <span>{timeLeft(pace.left, words, say)}</span>
            </>
          ) : null}
        </p>
      )}
      <p role="status" className="sr-only">
        {job.status === 'running'
          ? say(words.reached, { what, share: percent })
          : stateWords(job, words, () => '')}
      </p>
      {asks.length > 0 ? <AskButtons href={props.href} asks={asks} words={words} /> : null}
    </div>
  )
}

function stateWords(job: JobShape, words: JobWords, running: () => ReactNode): ReactNode {
  if (job.status === 'queued') return words.waiting
  if (job.status === 'paused') return words.paused
  if (job.status === 'cancelled') return words.cancelled
  return running()
}

function timeLeft(
  seconds: number,
  words: JobWords,
  say: (phrase: Phrase, values?: Values) => string,
): string {
  if (seconds < 2) return ''
  if (seconds < 90) return `· ${say(words.secondsLeft, { count: Math.round(seconds) })}`
  if (seconds < 5_400) return `· ${say(words.minutesLeft, { count: Math.round(seconds / 60) })}`
  return `· ${say(words.hoursLeft, { count: Math.round(seconds / 3_600) })}`
}

function AskButtons({
  href,
  asks,
  words,
}: {
  href: string
  asks: readonly Ask[]
  words: JobWords
}) {
  const fetcher = useFetcher()
  const { pathname } = useLocation()
  return (
    <fetcher.Form method="post" action={href} className="flex flex-wrap gap-3">
      <noscript>
        <input type="hidden" name="from" value={pathname} />
      </noscript>
      {asks.map((ask) => (
        <button
          key={ask}
          type="submit"
          name="request"
          value={ask}
          className={`btn ${ask === 'cancel' ? 'btn-quiet' : ''}`}
          disabled={fetcher.state !== 'idle'}
        >
          {words[ask]}
        </button>
      ))}
    </fetcher.Form>
  )
}

/**
 * The job as it is now; the page is read anew when it ends. It is asked after beside the router, which
 * would give the question up, and say so in the console, whenever the page is read or left.
 */
function useJob(first: JobShape, href: string): JobShape {
  const { revalidate } = useRevalidator()
  const [job, setJob] = useState(first)
  useEffect(() => setJob(first), [first])
  const wasOpen = useRef(waitsMs(first.status) > 0)
  const wait = waitsMs(job.status)
  useEffect(() => {
    if (wait === 0) {
      if (wasOpen.current) revalidate()
      wasOpen.current = false
      return
    }
    wasOpen.current = true
    const left = new AbortController()
    let isAsking = false
    const timer = setInterval(async () => {
      if (document.hidden || isAsking) return
      isAsking = true
      const found = await askAfter(href, left.signal)
      isAsking = false
      if (found && !left.signal.aborted) setJob(found)
    }, wait)
    return () => {
      clearInterval(timer)
      left.abort()
    }
  }, [wait, href, revalidate])
  return job
}

/** Undefined where no answer comes; the next question will find out. */
async function askAfter(href: string, signal: AbortSignal): Promise<JobShape | undefined> {
  try {
    const response = await fetch(href, { signal })
    return response.ok ? ((await response.json()) as { job: JobShape }).job : undefined
  } catch {
    return undefined
  }
}

const paceOverMs = 12_000

/** How fast a job has gone of late; a job that was paused or starts a second walk is timed anew. */
function usePace(job: JobShape): { rate: number; left: number } {
  const seen = useRef<{ at: number; done: number }[]>([])
  const [pace, setPace] = useState({ rate: 0, left: 0 })
  const { done, total, status } = job
  useEffect(() => {
    const at = performance.now()
    const last = seen.current.at(-1)
    if (status !== 'running' || (last && done < last.done)) seen.current = []
    seen.current = [...seen.current.filter((one) => at - one.at < paceOverMs), { at, done }]
    const [from] = seen.current
    const seconds = from ? (at - from.at) / 1_000 : 0
    const rate = from && seconds > 1 ? (done - from.done) / seconds : 0
    setPace({ rate, left: rate > 0 ? (total - done) / rate : 0 })
  }, [done, total, status])
  return pace
}
