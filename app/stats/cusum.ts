import type { TimedFigure } from './change-points.ts'

export interface CusumPoint {
  /** What has gathered of a rise, and of a fall, in standard errors. */
  up: number
  down: number
  isAlarm: boolean
}

/**
 * The two-sided cumulative sum chart: each point adds how far it lies from the target in standard
 * errors, less an allowance; what gathers above `limit` is an alarm. It sees a small lasting change
 * earlier than limits on single points do. After an alarm both sums begin anew.
 *
 * @param allowance half of the change to be seen soonest, in standard errors
 * @param limit an unchanged series alarms once in about `averageRun({ allowance, limit })` points
 * Source: E. S. Page, Biometrika 41 (1954) 100–115; D. C. Montgomery, Introduction to Statistical
 * Quality Control, 6th ed. (2009), section 9.1.
 */
export function cusum(
  series: readonly TimedFigure[],
  { target, allowance = 0.5, limit = 5 }: { target: number; allowance?: number; limit?: number },
): CusumPoint[] {
  let [up, down] = [0, 0]
  return series.map(({ value, standardError }) => {
    const away = standardError > 0 ? (value - target) / standardError : 0
    up = Math.max(0, up + away - allowance)
    down = Math.max(0, down - away - allowance)
    const point = { up, down, isAlarm: up > limit || down > limit }
    if (point.isAlarm) [up, down] = [0, 0]
    return point
  })
}

/** Siegmund's allowance for how far a sum overshoots its limit. */
const overshoot = 1.166

/**
 * After how many points on average a two-sided chart alarms where the level lies `shift` standard
 * errors from the target; with no shift, how long it stays quiet where nothing changes.
 *
 * Source: D. Siegmund, Sequential Analysis (1985), section II.7, as in Montgomery (2009), equation 9.6.
 *
 * @example averageRun({ allowance: 0.5, limit: 5 }) // 469.1…
 */
export function averageRun({
  allowance,
  limit,
  shift = 0,
}: {
  allowance: number
  limit: number
  shift?: number
}): number {
  const reach = limit + overshoot
  const oneSided = (drift: number) =>
    drift === 0
      ? reach ** 2
      : (Math.exp(-2 * drift * reach) + 2 * drift * reach - 1) / (2 * drift ** 2)
  return 1 / (1 / oneSided(shift - allowance) + 1 / oneSided(-shift - allowance))
}
