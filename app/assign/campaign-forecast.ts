/** In: how many judgments came on each of the last days. Out: when a campaign may end, and how sure that is. */
import { studentTQuantile } from '#app/stats/student-t.ts'

export const dayMs = 86_400_000
/** Days that are looked back upon. */
export const forecastDays = 14

export interface Pace {
  /** Judgments still wanted. */
  left: number
  /** Judgments of each span of 24 hours before now, the newest first; days before the opening left out. */
  perDay: readonly number[]
  /** When the campaign was opened; null where that is not known. */
  openedAt: number | null
  now: number
}

export type Forecast =
  | { kind: 'done' }
  /** Too little has happened to say anything. */
  | { kind: 'too_early' }
  /** Nothing came in all the days that are looked back upon. */
  | { kind: 'standing_still' }
  | {
      kind: 'end'
      /** Judgments a day. */
      pace: number
      likely: number
      /** Where eight in ten forecasts end; null for what cannot be said. */
      earliest: number | null
      latest: number | null
    }

const fewestJudgments = 10
const fewestDays = 3
/** Beyond ten years a date says nothing. */
const mostDays = 3_650

/**
 * Carries the pace of the last days forward. The range takes days as draws from one distribution
 * and gives the mean's 80 % interval by Student's t; it needs three whole days, and knows nothing of
 * weekends or of raters who come and go. A lower end at or below zero leaves the latest day open.
 */
export function forecastEnd({ left, perDay, openedAt, now }: Pace): Forecast {
  if (left <= 0) return { kind: 'done' }
  const elapsed = openedAt === null ? perDay.length : Math.max(0, (now - openedAt) / dayMs)
  const days = Math.min(perDay.length, elapsed)
  const seen = perDay.slice(0, Math.ceil(days))
  const total = seen.reduce((sum, count) => sum + count, 0)
  if (total === 0 && days >= fewestDays) return { kind: 'standing_still' }
  if (total < fewestJudgments || days < 0.25) return { kind: 'too_early' }
  const pace = total / days
  const endAt = (rate: number) =>
    rate > 0 && left / rate < mostDays ? now + (left / rate) * dayMs : null
  const likely = endAt(pace)
  if (likely === null) return { kind: 'standing_still' }
  const spread = spreadOf(seen.slice(0, Math.floor(days)))
  return {
    kind: 'end',
    pace,
    likely,
    earliest: spread === null ? null : endAt(pace + spread),
    latest: spread === null ? null : endAt(pace - spread),
  }
}

/** Half the 80 % interval of the mean of some days; null for fewer than three. */
function spreadOf(counts: readonly number[]): number | null {
  const days = counts.length
  if (days < fewestDays) return null
  const mean = counts.reduce((sum, count) => sum + count, 0) / days
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (days - 1)
  return studentTQuantile(0.9, days - 1) * Math.sqrt(variance / days)
}

/**
 * What a forecast says of a deadline: surely before it (the whole range is), probably (the likely end
 * is), doubtful (only the earliest is), or not. Null where there is no forecast or no deadline.
 */
export function deadlineVerdict(
  forecast: Forecast,
  deadlineAt: number | null,
): 'surely' | 'probably' | 'doubtful' | 'not' | null {
  if (forecast.kind !== 'end' || deadlineAt === null) return null
  if (forecast.latest !== null && forecast.latest <= deadlineAt) return 'surely'
  if (forecast.likely <= deadlineAt) return 'probably'
  return forecast.earliest !== null && forecast.earliest <= deadlineAt ? 'doubtful' : 'not'
}
