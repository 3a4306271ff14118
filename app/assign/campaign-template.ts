/** What a campaign can begin with, whatever language it speaks. */
import type { CampaignSettings, NewCampaign, NewCriterion } from './campaign.ts'

type TemplateId =
  | 'which-is-better'
  | 'helpful-harmless'
  | 'rag-groundedness'
  | 'code'
  | 'summary'
  | 'translation'
  | 'safety'
  | 'ranking'

export interface CampaignTemplate {
  id: TemplateId
  title: string
  kind: NewCampaign['kind']
  overlap: number
  criteria: readonly NewCriterion[]
  guidelines: string
  settings: Partial<CampaignSettings>
}

/** Templates and the questions that a form offers, in the words of one language. */
export interface Beginnings {
  /** What a campaign of each kind begins with where nothing else was chosen. */
  firstCriterion: Readonly<Record<NewCampaign['kind'], NewCriterion>>
  fivePoints: (title: string) => NewCriterion
  yesNo: (title: string) => NewCriterion
  ideal: NewCriterion
  templates: readonly CampaignTemplate[]
}

/** A scale with a point for each anchor, from 1. */
export const scale = (title: string, anchors: readonly string[]): NewCriterion => ({
  title,
  isRequired: true,
  definition: {
    kind: 'scale',
    points: anchors.map((anchor, place) => ({
      value: place + 1,
      label: String(place + 1),
      anchor,
    })),
  },
})

/** Which of two responses is better, in one respect or altogether. */
export const preference = (title: string, points: 3 | 5 | 7): NewCriterion => ({
  title,
  isRequired: true,
  definition: { kind: 'preference', points },
})

/** One of some options, or several. */
export const choice = (
  title: string,
  options: string[],
  { multiple = false, isRequired = true } = {},
): NewCriterion => ({ title, isRequired, definition: { kind: 'choice', options, multiple } })

/** Words of a response to mark with labels. */
export const spans = (title: string, labels: string[]): NewCriterion => ({
  title,
  isRequired: false,
  definition: { kind: 'spans', labels },
})

/** A better response, in the rater's own words. */
export const ideal = (title: string): NewCriterion => ({
  title,
  isRequired: false,
  definition: { kind: 'ideal' },
})

/** All responses in order, some of them perhaps tied. */
export const ranking = (title: string): NewCriterion => ({
  title,
  isRequired: true,
  definition: { kind: 'ranking', ties: true, partial: false },
})
