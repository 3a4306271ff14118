import { z } from 'zod'

/**
 * What a project does with personal data and secrets in texts. The texts stay as they came; what is
 * removed is removed where texts are shown or given away, so that an administrator can undo it.
 */
export const redactionPolicySchema = z.object({ kinds: z.array(z.string()).default([]) })
export type RedactionPolicy = z.infer<typeof redactionPolicySchema>

/** The settings of a project, as its row holds them. */
export const projectSettingsSchema = z.looseObject({
  redaction: redactionPolicySchema.default({ kinds: [] }),
})
