/** Reads what campaigns store, the same text once: what comes out is shared, so nobody may change it. */
import {
  type CampaignSettings,
  type CriterionDefinition,
  campaignSettingsSchema,
  criterionDefinitionSchema,
} from './campaign.ts'

const mostKnown = 200

function readingOnce<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    const value = read(text)
    if (known.size >= mostKnown) known.clear()
    known.set(text, value)
    return value
  }
}

/** The settings of a campaign from their text. */
export const readSettings: (text: string) => CampaignSettings = readingOnce((text) =>
  campaignSettingsSchema.parse(JSON.parse(text)),
)

/** What a criterion asks, from its text. */
export const readDefinition: (text: string) => CriterionDefinition = readingOnce((text) =>
  criterionDefinitionSchema.parse(JSON.parse(text)),
)
