/** In: scores of many versions. Out: the same taken together by weeks, months or more, for a chart. */
import { type ClusterTotal, clusteredMean } from '#app/stats/clustered-mean.ts'

/** More points than these are not drawn one by one. */
export const mostPoints = 72

const calendarUnits = ['week', 'month', 'quarter', 'year'] as const
type CalendarUnit = (typeof calendarUnits)[number]
/** What versions are taken together by; as many of them as it takes where they have no dates. */
export type PeriodUnit = CalendarUnit | 'versions'

export interface DriftPeriod {
  /** Its first day; null where versions have no dates. */
  start: string | null
  /** The labels of its first and its last version. */
  from: string
  to: string
  versions: number
  mean: number
  low: number | null
  high: number | null
  /** Mean scores of a version on a prompt; all of them count the same. */
  scores: number
  prompts: number
}

export interface DriftPeriods {
  unit: PeriodUnit
  points: DriftPeriod[]
}

/** One version: its label, the version alone, and its mean score on each prompt. */
export interface VersionScores {
  label: string
  version: string
  scores: ReadonlyMap<string, number>
}

/**
 * Versions in their order, taken together by the shortest of week, month, quarter and year that leaves
 * at most `mostPoints` periods; without dates, by equal numbers of versions. The mean is that of all
 * scores of the period. Versions answer the same prompts, so that its interval is clustered by prompt
 * over the whole period: intervals of single versions joined as if independent would be too short.
 *
 * Undefined where the versions are few enough to be drawn one by one.
 */
export function periodsOf(
  versions: readonly VersionScores[],
  confidence: number,
): DriftPeriods | undefined {
  if (versions.length <= mostPoints) return undefined
  const days = versions.map(({ version }) => dayIn(version))
  for (const unit of calendarUnits) {
    const starts = days.map((day) => (day === undefined ? undefined : startOf(unit, day)))
    if (starts.includes(undefined)) break
    if (new Set(starts).size > mostPoints) continue
    return { unit, points: pointsBy(versions, (at) => starts[at] ?? '', confidence) }
  }
  const size = Math.ceil(versions.length / mostPoints)
  const points = pointsBy(versions, (at) => String(Math.floor(at / size)), confidence)
  return { unit: 'versions', points: points.map((point) => ({ ...point, start: null })) }
}

function pointsBy(
  versions: readonly VersionScores[],
  keyOf: (at: number) => string,
  confidence: number,
): DriftPeriod[] {
  const groups = Map.groupBy([...versions.entries()], ([at]) => keyOf(at))
  return [...groups].flatMap(([start, members]): DriftPeriod[] => {
    const own = members.map(([, version]) => version)
    const found = clusteredMean(byPrompt(own), { confidence })
    if (!found) return []
    return [
      {
        start,
        from: own[0]?.label ?? '',
        to: own.at(-1)?.label ?? '',
        versions: own.length,
        mean: found.mean,
        low: found.low,
        high: found.high,
        scores: found.count,
        prompts: found.clusters,
      },
    ]
  })
}

function byPrompt(versions: readonly VersionScores[]): ClusterTotal[] {
  const totals = new Map<string, ClusterTotal>()
  for (const { scores } of versions) {
    for (const [promptId, score] of scores) {
      const total = totals.get(promptId) ?? { sum: 0, count: 0 }
      total.sum += score
      total.count += 1
      totals.set(promptId, total)
    }
  }
  return [...totals.values()]
}

const dated = /^(\d{4})-?(\d{2})-?(\d{2})(?!\d)/
const dayMs = 24 * 3_600_000

/** The day that a version begins with. @example dayIn('20240229 p1') // Date.UTC(2024, 1, 29) */
function dayIn(version: string): number | undefined {
  const [, year, month, day] = dated.exec(version) ?? []
  if (year === undefined) return undefined
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const isReal = new Date(time).toISOString().startsWith(`${year}-${month}-${day}`)
  return isReal ? time : undefined
}

/** The first day of the week (Monday), month, quarter or year that a day is in. */
function startOf(unit: CalendarUnit, time: number): string {
  const date = new Date(time)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const starts: Record<CalendarUnit, number> = {
    week: time - ((date.getUTCDay() + 6) % 7) * dayMs,
    month: Date.UTC(year, month),
    quarter: Date.UTC(year, month - (month % 3)),
    year: Date.UTC(year),
  }
  return new Date(starts[unit]).toISOString().slice(0, 10)
}
