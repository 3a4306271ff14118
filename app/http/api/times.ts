/** Moments in JSON: ISO 8601 in UTC. Inside they are milliseconds since 1970. */
import { z } from 'zod'

/** A moment that is answered. */
export const moment = z.iso
  .datetime({ precision: 3 })
  .meta({ id: 'Moment', examples: ['2026-01-31T12:00:00.000Z'] })

/** A moment that is sent, read as milliseconds. */
export const sentMoment = z.iso
  .datetime({ offset: true, error: 'is no moment as 2026-01-31T12:00:00Z' })
  .transform((text) => Date.parse(text))

/** Writes a moment. */
export const isoTime = (time: number): string => new Date(time).toISOString()

/** Writes a moment that may be unknown. */
export const isoTimeOrNull = (time: number | null): string | null =>
  time === null ? null : isoTime(time)
