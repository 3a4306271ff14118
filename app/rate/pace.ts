/** How a rater works: when verdicts come faster than texts can be read, and what a batch sums up to. */
import type { TaskView } from './task-view.ts'

/** One judgment as pace sees it. */
export interface PaceEntry {
  /** Characters that had to be read. */
  characters: number
  activeMs: number
}

const charactersASecond = 30
const leastMs = 1_500
const looksAt = 10
const fastAmong = 8
const quietMs = 15 * 60_000
const longActiveMs = 50 * 60_000

/** The shortest time, in milliseconds, in which texts of so many characters can be read. */
export const plausibleMs = (characters: number): number =>
  Math.max(leastMs, (characters / charactersASecond) * 1_000)

/** Whether 8 of the last 10 judgments came faster than their texts can be read. */
export const isTooFast = (entries: readonly PaceEntry[]): boolean =>
  entries.length >= looksAt &&
  entries.slice(-looksAt).filter(({ characters, activeMs }) => activeMs < plausibleMs(characters))
    .length >= fastAmong

/** Characters of a task that a rater reads: the prompt, what was retrieved, and every response. */
export function charactersOf({ prompt, responses, context = [] }: TaskView): number {
  const messages = [...prompt, ...responses.flatMap((response) => response.messages)]
  const documents = [...context, ...responses.flatMap((response) => response.context ?? [])]
  return (
    messages.reduce((sum, { content }) => sum + content.length, 0) +
    documents.reduce((sum, { text }) => sum + text.length, 0)
  )
}

export interface BatchFigures {
  judged: number
  skipped: number
  /** Milliseconds the rater was active, altogether and for the judgment in the middle. */
  activeMs: number
  medianMs: number
  /** Whether a pause would do good: 50 minutes of activity since the last. */
  isPauseDue: boolean
}

export interface Pace {
  /** The last judgments, at most ten. */
  recent: PaceEntry[]
  /** Of this batch. */
  times: number[]
  skipped: number
  /** Activity since the rater last paused. */
  sincePauseMs: number
  notedAt: number | null
  /** What to show: a gentle note, the figures of a batch that is full. */
  isNoted: boolean
  batch: BatchFigures | null
}

export const freshPace: Pace = {
  recent: [],
  times: [],
  skipped: 0,
  sincePauseMs: 0,
  notedAt: null,
  isNoted: false,
  batch: null,
}

/**
 * The pace after a judgment, at a time in milliseconds of any clock that only goes forward. A note comes
 * once in 15 minutes at most; a batch of `batchSize` judgments is summed up when it is full.
 */
export function afterJudgment(
  pace: Pace,
  judgment: { entry: PaceEntry; now: number; batchSize: number },
): Pace {
  const { entry, now, batchSize } = judgment
  const recent = [...pace.recent, entry].slice(-looksAt)
  const times = [...pace.times, entry.activeMs]
  const sincePauseMs = pace.sincePauseMs + entry.activeMs
  const mayNote = pace.notedAt === null || now - pace.notedAt >= quietMs
  const isNoted = mayNote && isTooFast(recent)
  const counted = {
    ...pace,
    recent: isNoted ? [] : recent,
    sincePauseMs,
    notedAt: isNoted ? now : pace.notedAt,
    isNoted: isNoted || pace.isNoted,
  }
  if (times.length < batchSize) return { ...counted, times }
  const isPauseDue = sincePauseMs >= longActiveMs
  const batch = { ...figuresOf(times, pace.skipped), isPauseDue }
  return { ...counted, times: [], skipped: 0, batch, sincePauseMs: isPauseDue ? 0 : sincePauseMs }
}

export const afterSkip = (pace: Pace): Pace => ({ ...pace, skipped: pace.skipped + 1 })
/** The rater was away for some minutes: that was a pause. */
export const afterPause = (pace: Pace): Pace => ({ ...pace, sincePauseMs: 0 })

function figuresOf(times: readonly number[], skipped: number): Omit<BatchFigures, 'isPauseDue'> {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (place: number) => sorted[place] ?? 0
  const middle = (sorted.length - 1) / 2
  return {
    judged: sorted.length,
    skipped,
    activeMs: sorted.reduce((sum, time) => sum + time, 0),
    medianMs: Math.round((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2),
  }
}
