/** Moments as a form writes them: a clock on a wall in some time zone. */

const partsIn = (time: number, zone: string): number => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const found = new Map(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]))
  const at = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? 0
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'))
}

/** A zone that this machine knows, else UTC. @example knownZone('Mars/Olympus') // 'UTC' */
export function knownZone(zone: string): string {
  if (zone === '') return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/**
 * The moment at which the clocks of a zone show this, in milliseconds; null for what is no date and
 * time. Where clocks are put forward, a time that is skipped is read as the hour after; where they
 * are put back, a time that comes twice is the first of the two.
 *
 * @example timeOnClock('2026-07-01T09:00', 'America/Sao_Paulo') // Date.UTC(2026, 6, 1, 12)
 */
export function timeOnClock(text: string, zone: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d)?)?$/.exec(text)
  if (!match) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match
    .slice(1)
    .map((part) => +(part ?? 0))
  const wall = Date.UTC(year, month - 1, day, hour, minute)
  const isReal =
    new Date(wall).getUTCMonth() === month - 1 && new Date(wall).getUTCDate() === day && hour < 24
  if (!isReal || minute > 59) return null
  const known = knownZone(zone)
  const offsets = [wall - 86_400_000, wall + 86_400_000].map((at) => partsIn(at, known) - at)
  const fitting = offsets
    .map((offset) => wall - offset)
    .filter((time) => partsIn(time, known) === wall)
  return fitting.length > 0 ? Math.min(...fitting) : wall - Math.min(...offsets)
}

/** What the clocks of a zone show at a moment, as a form writes it. The inverse of `timeOnClock`. */
export const clockAt = (time: number, zone: string): string =>
  new Date(partsIn(time, knownZone(zone))).toISOString().slice(0, 16)
