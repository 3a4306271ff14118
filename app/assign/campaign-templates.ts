/** In: a template or a kind, and the page's language. Out: a campaign, or a form that begins with it. */
import type { Language } from '#app/ui/languages.ts'
import { campaignSettingsSchema, type NewCampaign } from './campaign.ts'
import { type CampaignFields, type DraftCriterion, fieldsOf } from './campaign-fields.ts'
import type { Beginnings, CampaignTemplate } from './campaign-template.ts'
import { beginningsEn } from './campaign-templates-en.ts'
import { beginningsPt } from './campaign-templates-pt.ts'

const beginnings: Readonly<Record<Language, Beginnings>> = { en: beginningsEn, pt: beginningsPt }

/** Templates and first questions in a language. What is made of them keeps the words it was made with. */
export const beginningsIn = (language: Language): Beginnings => beginnings[language]

/** The template of an id in a language. */
export const findTemplate = (id: string | null, language: Language): CampaignTemplate | undefined =>
  beginnings[language].templates.find((template) => template.id === id)

/** A template as a whole campaign, over all prompts and models. */
export const campaignOf = (template: CampaignTemplate): NewCampaign => ({
  name: template.title,
  kind: template.kind,
  overlap: template.overlap,
  guidelines: template.guidelines,
  criteria: [...template.criteria],
  settings: campaignSettingsSchema.parse({ comment: true, ...template.settings }),
})

const asked = [
  'kind',
  'guidelines',
  'criteria',
  'bothBad',
  'cantJudge',
  'comment',
  'reasons',
  'showContext',
  'batchSize',
  'responsesATask',
  'matchLanguages',
  'overlap',
] as const satisfies readonly (keyof CampaignFields)[]

/** A form as a template has it: what is asked changes, what meets what and who judges stay. */
export function withTemplate(fields: CampaignFields, template: CampaignTemplate): CampaignFields {
  const wanted = fieldsOf(campaignOf(template))
  const taken = Object.fromEntries(asked.map((name) => [name, wanted[name]]))
  const name =
    fields.name.trim() === '' || isTemplateName(fields.name) ? template.title : fields.name
  return withinKind({ ...fields, ...taken, name })
}

/** In whatever language: the page may have spoken another when the template was taken. */
const isTemplateName = (name: string) =>
  Object.values(beginnings).some(({ templates }) => templates.some(({ title }) => title === name))

/** What only pairs can have goes when there are none. */
const withinKind = (fields: CampaignFields): CampaignFields =>
  fields.kind !== 'pairwise' && fields.order === 'adaptive'
    ? { ...fields, order: 'balanced' }
    : fields

const moveable: readonly string[] = ['choice', 'text', 'spans', 'ideal']

/** What a form of a kind begins with. */
export const firstQuestion = ({
  kind,
  language,
}: {
  kind: NewCampaign['kind']
  language: Language
}): DraftCriterion => ({
  ...beginnings[language].firstCriterion[kind],
  key: `first-${kind}`,
})

/** A form of another kind: its first question is new, those that may stand beside any kind stay. */
export function withKind(
  fields: CampaignFields,
  { kind, language }: { kind: NewCampaign['kind']; language: Language },
): CampaignFields {
  if (fields.kind === kind) return fields
  const first = firstQuestion({ kind, language })
  const kept = fields.criteria.filter(({ definition }) => moveable.includes(definition.kind))
  return withinKind({ ...fields, kind, criteria: [first, ...kept] })
}
