/** In: the address of a plan. Out: what it asks for; what it says wrongly is as if it said nothing. */
import { z } from 'zod'

const percentage = (least: number, most: number) => z.coerce.number().min(least).max(most)
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([z.literal('').transform(() => undefined), schema])
    .optional()
    .catch(undefined)

export const planGoals = ['width', 'power'] as const
export const planFigures = ['pair', 'model'] as const

const choicesSchema = z.object({
  goal: z.enum(planGoals).catch('width'),
  figure: z.enum(planFigures).catch('pair'),
  /** Half the interval, in points of a hundred; of a rubric, in points of its scale. */
  half_width: percentage(0.01, 50).catch(5),
  /** The true win rate that should be found, in percent. */
  win_rate: percentage(0, 100).catch(55),
  /** How often it should be found, in percent. */
  power: percentage(50, 99).catch(80),
  /** Judgments of one prompt and pair. */
  overlap: optional(percentage(1, 50)),
  /** How alike judgments of one prompt are, from 0 to 1. */
  correlation: optional(percentage(0, 1)),
  /** Ties and both bad among all judgments, in percent. */
  ties: optional(percentage(0, 95)),
})

export type PlanChoices = z.infer<typeof choicesSchema>

/** The plan that an address asks for. */
export const planChoicesIn = (address: URLSearchParams): PlanChoices =>
  choicesSchema.parse(Object.fromEntries(address))
