/** In: the address of a page of figures. Out: the choices it names, and back. */
import { z } from 'zod'
import { defaultOptions, type MeasureOptions, measureOptionsSchema, sourcesList } from './method.ts'

/** Whose verdicts a view may count, by the name in the address. */
export const sourceChoices = {
  human: ['human'],
  'human,adjudicator': ['human', 'adjudicator'],
  'human,judge': ['human', 'judge'],
  judge: ['judge'],
} as const satisfies Record<string, MeasureOptions['sources']>

export type SourceChoice = keyof typeof sourceChoices

const { ties, bothBad, interval, control, strengths, from, to } = measureOptionsSchema.shape

const named = z
  .string()
  .transform((name) => (name === '' ? undefined : name))
  .optional()
  .catch(undefined)

const choicesSchema = z.object({
  ties: ties.catch(defaultOptions.ties),
  both_bad: bothBad.catch(defaultOptions.bothBad),
  interval: interval.catch(defaultOptions.interval),
  control: control.catch(defaultOptions.control),
  strengths: strengths.catch(defaultOptions.strengths),
  sources: z.enum(Object.keys(sourceChoices) as [SourceChoice, ...SourceChoice[]]).catch('human'),
  tag: named,
  prompt_version: named,
  rater_group: named,
  from: from.catch(undefined),
  to: to.catch(undefined),
})

export type ViewChoices = z.infer<typeof choicesSchema>

/** What a project offers to narrow a view to; nothing is asked where nothing is offered. */
export type ViewOffers = Record<'tag' | 'prompt_version' | 'rater_group', string[]>

/** The same choices as a program names them: what it says wrongly is a fault. */
export const viewQuestionSchema = z
  .object({
    ties,
    both_bad: measureOptionsSchema.shape.bothBad,
    interval,
    control,
    strengths,
    sources: sourcesList,
    tag: z.string().min(1).optional(),
    prompt_version: z.string().min(1).optional(),
    rater_group: z.string().min(1).optional(),
    from,
    to,
  })
  .transform(({ both_bad, prompt_version, rater_group, ...choices }) =>
    measureOptionsSchema.parse({
      ...choices,
      bothBad: both_bad,
      promptVersion: prompt_version,
      raterGroup: rater_group,
    }),
  )

/** The choices that an address names; what it says wrongly is as if it said nothing. */
export const choicesIn = (address: URLSearchParams): ViewChoices =>
  choicesSchema.parse(Object.fromEntries(address))

/** The same as options of a measurement. */
export const optionsOf = ({
  both_bad,
  sources,
  prompt_version,
  rater_group,
  ...choices
}: ViewChoices): MeasureOptions =>
  measureOptionsSchema.parse({
    ...choices,
    bothBad: both_bad,
    promptVersion: prompt_version,
    raterGroup: rater_group,
    sources: [...sourceChoices[sources]],
  })
