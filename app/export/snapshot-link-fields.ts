import { z } from 'zod'
import { mostLinkMinutes } from './snapshot-link.ts'

/** What the form of a link says. */
export const linkFields = z
  .object({
    path: z.string().min(1).max(500),
    days: z.coerce
      .number('say for how many days')
      .int('say for how many whole days')
      .min(1, 'a day is the least')
      .max(mostLinkMinutes / (24 * 60), 'seven days are the most'),
  })
  .transform(({ path, days }) => ({ path, minutes: days * 24 * 60 }))
