/** What a recorded campaign says of itself against what is here: what may be filled in, what contradicts. */
import { printJson } from '#app/base/canonical-json.ts'
import type { Problem } from '#app/import/import-record.ts'
import type { CampaignLine } from '#app/import/rubrica-campaign-line.ts'
import type { CampaignKind } from '#db/schema.ts'
import {
  type CampaignSettings,
  type Criterion,
  type CriterionDefinition,
  campaignSettingsSchema,
} from './campaign.ts'

export interface RecordedFacts {
  kind: CampaignKind
  criteria: Omit<Criterion, 'id'>[]
  guidelines: NonNullable<CampaignLine['guidelines']>
  /** 0 where the line does not say. */
  overlap: number
  simulated: boolean | undefined
  settings: CampaignSettings
}

export interface CampaignHere {
  campaign: {
    name: string
    kind: CampaignKind
    is_simulated: 0 | 1
    overlap: number
    settings: CampaignSettings
  }
  criteria: readonly Criterion[]
  guidelines: readonly { version: number; text: string }[]
}

/** The first thing in which a line contradicts the campaign of its name, or undefined. */
export function contradictions(facts: RecordedFacts, here: CampaignHere): Problem | undefined {
  const { campaign } = here
  const named = `the campaign "${campaign.name}"`
  if (facts.kind !== campaign.kind) {
    return { field: 'kind', reason: `${named} is ${campaign.kind} here` }
  }
  if (facts.simulated !== undefined && facts.simulated !== (campaign.is_simulated === 1)) {
    const reason = `${named} is ${campaign.is_simulated === 1 ? '' : 'not '}simulated here`
    return { field: 'simulated', reason }
  }
  if (facts.overlap !== 0 && campaign.overlap !== 0 && facts.overlap !== campaign.overlap) {
    return { field: 'overlap', reason: `${named} has an overlap of ${campaign.overlap} here` }
  }
  const criterion = facts.criteria.findIndex((one) => {
    const known = here.criteria.find(({ name }) => name === one.name)
    return known !== undefined && !isSame(known, one) && !isGuess(known, one)
  })
  if (criterion >= 0) {
    const reason = `${named} asks "${facts.criteria[criterion]?.name}" in another way here`
    return { field: `criteria.${criterion}`, reason }
  }
  const other = facts.guidelines.findIndex(({ version, text }) =>
    here.guidelines.some((one) => one.version === version && one.text !== text),
  )
  if (other >= 0) {
    const reason = `${named} has another text as version ${facts.guidelines[other]?.version} here`
    return { field: `guidelines.${other}`, reason }
  }
  return settingsContradiction(facts.settings, campaign.settings, named)
}

/** Settings are taken whole or not at all: half of two campaigns' settings is nobody's. */
function settingsContradiction(
  given: CampaignSettings,
  here: CampaignSettings,
  named: string,
): Problem | undefined {
  const plain = printJson(campaignSettingsSchema.parse({}))
  if ([printJson(here), plain].includes(printJson(given)) || printJson(here) === plain) {
    return undefined
  }
  const differing = Object.keys(here).filter(
    (key) =>
      printJson(here[key as keyof CampaignSettings]) !==
      printJson(given[key as keyof CampaignSettings]),
  )
  const reason = `${named} has other settings here: ${differing.join(', ')}`
  return { field: `settings.${differing[0] ?? ''}`, reason }
}

const contentOf = ({ title, isRequired, definition }: Omit<Criterion, 'id'>): string =>
  printJson({ title, isRequired, definition })

const isSame = (one: Omit<Criterion, 'id'>, other: Omit<Criterion, 'id'>): boolean =>
  contentOf(one) === contentOf(other)

/** Whether a criterion is only what recorded answers let one guess, and another one says more of it. */
export function isGuess(known: Criterion, said: Omit<Criterion, 'id'>): boolean {
  if (isSame(known, said) || known.title !== known.name || known.isRequired) return false
  return allowsAll(said.definition, known.definition)
}

/** Whether a definition is what recording guesses from an answer, and another one allows all of it. */
function allowsAll(said: CriterionDefinition, seen: CriterionDefinition): boolean {
  if (said.kind === 'scale' && seen.kind === 'scale') {
    return seen.points.every(
      ({ value, label, anchor }) =>
        said.points.some((point) => point.value === value) &&
        label === String(value) &&
        anchor === '',
    )
  }
  if (said.kind === 'choice' && seen.kind === 'choice') {
    const [option, ...others] = seen.options
    return others.length === 0 && option !== undefined && said.options.includes(option)
  }
  if (said.kind !== seen.kind) return false
  if (seen.kind === 'preference') return seen.points === 5
  if (seen.kind === 'ranking') return seen.ties && seen.partial
  return seen.kind !== 'spans' || seen.labels.length === 0
}
