/** What can be done to prompts once they are here, to one or to many. */
import { z } from 'zod'
import { counted, storable } from '#app/base/text.ts'

const tag = z
  .string()
  .transform((text) => storable(text).trim())
  .pipe(z.string().min(1, 'name the tag').max(100, 'a tag has at most 100 characters'))

export const promptChangeSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('add-tag'), tag }),
  z.object({ intent: z.literal('remove-tag'), tag }),
  z.object({ intent: z.literal('archive') }),
  z.object({ intent: z.literal('unarchive') }),
])
export type PromptChange = z.infer<typeof promptChangeSchema>

/** At most so many prompts are changed at once. */
export const mostChanged = 10_000

/** What was done, in words. @example saidOf({ intent: 'archive' }, 2) // '2 prompts were archived.' */
export function saidOf(change: PromptChange, count: number): string {
  const prompts = counted(count, 'prompt')
  const were = count === 1 ? 'was' : 'were'
  if (change.intent === 'add-tag') return `The tag “${change.tag}” was added to ${prompts}.`
  if (change.intent === 'remove-tag') return `The tag “${change.tag}” was taken off ${prompts}.`
  if (change.intent === 'archive') return `${prompts} ${were} archived.`
  return `${prompts} ${were} brought back from the archive.`
}
