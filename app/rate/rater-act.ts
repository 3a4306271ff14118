/** What a lead may do about a rater of a campaign; each with a reason for the audit log. */
import { z } from 'zod'

const reason = z.string().trim().min(1, 'say why: it is kept in the audit log').max(500)
const confirmed = z.coerce.number().int().min(0)

/** A day as a date field gives it; an empty one is none. */
export const daySchema = z
  .union([z.literal(''), z.iso.date('give a date')])
  .transform((day) => (day === '' ? null : Date.parse(`${day}T00:00:00Z`)))

export const raterActSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('pause'), reason }),
  z.object({ intent: z.literal('resume'), reason }),
  z.object({ intent: z.literal('release'), reason }),
  z.object({ intent: z.literal('admit'), reason }),
  z.object({
    intent: z.literal('withdraw'),
    reason,
    /** Judgments from this day on, in UTC; all where it is empty. */
    since: daySchema.default(null),
    confirmed,
  }),
  z.object({
    intent: z.literal('restore'),
    reason,
    withdrawnAt: z.coerce.number().int(),
    withdrawnReason: z.string(),
    confirmed,
  }),
])
export type RaterAct = z.infer<typeof raterActSchema>
