/** In: a query string or flags. Out: what the gate is asked, or which part of it is wrong. */
import { z } from 'zod'
import { measureOptionsSchema, sourcesList } from './method.ts'

const { bothBad } = measureOptionsSchema.shape
const ties = z.enum(['half', 'drop']).default('half')

export const gateQuestionSchema = z
  .object({
    candidate: z.string({ error: 'name the model that is to ship' }).min(1),
    baseline: z.string({ error: 'name the model to hold it against' }).min(1),
    min_win_rate: z.coerce.number().min(0).max(1).default(0.5),
    confidence: z.coerce.number().min(0.5).max(0.999).default(0.95),
    tag: z.string().min(1).optional(),
    campaign: z.string().min(1).optional(),
    sources: sourcesList,
    ties,
    both_bad: bothBad,
    anytime: z.stringbool().prefault('false'),
  })
  .transform(({ min_win_rate, both_bad, anytime, ...asked }) => ({
    ...asked,
    minWinRate: min_win_rate,
    bothBad: both_bad,
    isAnytime: anytime,
  }))

export type GateQuestion = z.infer<typeof gateQuestionSchema>

const fields = [
  'candidate',
  'baseline',
  'min_win_rate',
  'confidence',
  'tag',
  'campaign',
  'sources',
  'ties',
  'both_bad',
  'anytime',
] as const

/** What an address or a form says of a gate: its fields that are not empty. */
export function givenOf(parameters: URLSearchParams): Record<string, string> {
  const given: Record<string, string> = {}
  for (const name of fields) {
    const values = parameters.getAll(name).filter((value) => value !== '')
    if (values.length > 0) given[name] = values.join(',')
  }
  return given
}
