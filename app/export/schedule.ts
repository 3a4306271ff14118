/** How often a dataset is frozen by itself. */
export const schedules = ['daily', 'weekly'] as const
export type Schedule = (typeof schedules)[number]

const dayMs = 24 * 60 * 60_000

/** When the next snapshot is due: a day or a week from now. */
export const nextDue = (schedule: Schedule, now: number): number =>
  now + (schedule === 'daily' ? dayMs : 7 * dayMs)
