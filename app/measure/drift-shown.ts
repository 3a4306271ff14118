/** In: a drift report. Out: the part of it that its page draws and says, however many versions there are. */
import type { DriftPoint, DriftReport, DriftSeries, DriftStep } from './drift.ts'
import { alarmsIn, isShare } from './drift-finding.ts'
import { mostPoints } from './drift-periods.ts'

/** With more steps than these a series shows its sure changes alone. */
const mostSteps = 60
const mostAlarms = 12
const mostChanges = 12

export interface ShownChange {
  at: number
  before: number
  after: number
  /** The first version after it. */
  model: string
}

export interface ShownSeries extends Pick<DriftSeries, 'family' | 'criterion' | 'periods'> {
  isShare: boolean
  /** Each version; none where periods are drawn in their place. */
  points: DriftPoint[]
  /** All steps, or the largest of those that are sure. */
  steps: DriftStep[]
  /** All changes of level, or those that are farthest apart. */
  changes: ShownChange[]
  /** How many there are, shown or not. */
  all: { versions: number; steps: number; alarms: number; changes: number }
}

export interface DriftShown extends Omit<DriftReport, 'series'> {
  series: ShownSeries[]
}

/** Leaves out single versions and steps where they are many, and counts what it leaves out. */
export const shownOf = ({ series, ...report }: DriftReport): DriftShown => ({
  ...report,
  series: series.map(shownSeries),
})

function shownSeries(series: DriftSeries): ShownSeries {
  const { family, criterion, periods, points, steps, changes } = series
  const alarms = alarmsIn(steps)
  const told = new Set(alarms.slice(0, mostAlarms))
  const farthest = changes
    .toSorted((one, other) => other.z - one.z)
    .slice(0, mostChanges)
    .sort((one, other) => one.at - other.at)
  return {
    family,
    criterion,
    isShare: isShare(series),
    ...(periods ? { periods } : {}),
    points: points.length > mostPoints ? [] : points,
    steps: steps.length > mostSteps ? steps.filter((step) => told.has(step)) : steps,
    changes: farthest.map(({ at, before, after }) => ({
      at,
      before,
      after,
      model: points[at]?.model ?? '',
    })),
    all: {
      versions: points.length,
      steps: steps.length,
      alarms: alarms.length,
      changes: changes.length,
    },
  }
}
