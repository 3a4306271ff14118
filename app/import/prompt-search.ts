/** What a person asks of the prompts of a project, as it stands in an address. Pure. */
import { z } from 'zod'

export const promptSorts = ['newest', 'oldest', 'longest', 'shortest'] as const
export type PromptSort = (typeof promptSorts)[number]

const optionalText = z
  .string()
  .trim()
  .max(500)
  .optional()
  .transform((text) => text || undefined)
const day = z.iso.date().optional().catch(undefined)
const whole = z.coerce.number().int().min(0).optional().catch(undefined)

/** The filters, the order and the place of a page of prompts. What makes no sense is left out. */
export const promptSearchSchema = z.object({
  text: optionalText,
  tag: optionalText,
  model: optionalText,
  source: optionalText,
  batch: optionalText,
  /** First and last day of arrival, in UTC. */
  from: day,
  to: day,
  language: optionalText,
  least: whole,
  most: whole,
  judged: z.enum(['yes', 'no']).optional().catch(undefined),
  /** `only` those that have near-duplicates, or `first` of each cluster alone. */
  duplicates: z.enum(['only', 'first']).optional().catch(undefined),
  /** A kind of finding, or `any`. */
  finding: optionalText,
  archived: z.enum(['yes', 'all']).optional().catch(undefined),
  sort: z.enum(promptSorts).catch('newest').default('newest'),
  after: optionalText,
})

export type PromptSearch = z.infer<typeof promptSearchSchema>

/** The search of an address; empty parameters count as absent. */
export const parsePromptSearch = (parameters: URLSearchParams): PromptSearch =>
  promptSearchSchema.parse(
    Object.fromEntries([...parameters].filter(([, value]) => value.trim() !== '')),
  )

/** A word or a quoted phrase; the last word may still be being typed. */
export function searchTerms(text: string): { text: string; isPrefix: boolean }[] {
  const parts = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, phrase, word]) => ({
    text: (phrase ?? word ?? '').replaceAll('"', ' ').trim(),
    isPhrase: phrase !== undefined,
  }))
  const words = parts.filter((part) => /[\p{L}\p{N}]/u.test(part.text))
  return words.map((part, place) => ({
    text: part.text,
    isPrefix: !part.isPhrase && place === words.length - 1 && /^[\p{L}\p{N}]{2,}$/u.test(part.text),
  }))
}
