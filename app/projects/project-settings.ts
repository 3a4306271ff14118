import { z } from 'zod'

/**
 * What a project does with personal data and secrets in texts. The texts stay as they came; what is
 * removed is removed where texts are shown or given away, so that an administrator can undo it.
 */
export const redactionPolicySchema = z.object({ kinds: z.array(z.string()).default([]) })
export type RedactionPolicy = z.infer<typeof redactionPolicySchema>

/** A search of prompts that somebody named, for everybody of the project. */
export const savedViewSchema = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'give the view a name')
    .max(80, 'a name has at most 80 characters'),
  /** The parameters of the address, without the question mark. */
  query: z.string().max(2_000),
})
export type SavedView = z.infer<typeof savedViewSchema>

export const mostViews = 50

/** The settings of a project, as its row holds them. */
export const projectSettingsSchema = z.looseObject({
  redaction: redactionPolicySchema.default({ kinds: [] }),
  views: z.array(savedViewSchema).default([]),
})
export type ProjectSettings = z.infer<typeof projectSettingsSchema>

/** The views with one more; a view of the same name gives way to it. */
export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] =>
  [...views.filter(({ name }) => name !== view.name), view].sort((one, other) =>
    one.name.localeCompare(other.name, 'en'),
  )

/** The settings of a project as they are stored; one that never changed any has the defaults. */
export const readProjectSettings = (stored: string | undefined): ProjectSettings =>
  projectSettingsSchema.parse(JSON.parse(stored ?? '{}'))
