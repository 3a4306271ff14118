import { describe, expect, it } from 'vitest'
import { type NewCampaign, type NewCriterion, newCampaignSchema } from '#app/assign/campaign.ts'
import { emptyFields, isAsBegun } from '#app/assign/campaign-fields.ts'
import type { Beginnings, CampaignTemplate } from '#app/assign/campaign-template.ts'
import {
  beginningsIn,
  campaignOf,
  findTemplate,
  withKind,
  withTemplate,
} from '#app/assign/campaign-templates.ts'
import { campaignSayIn } from '#app/assign/campaign-words.ts'
import { criteriaOf } from '#app/assign/campaigns.server.ts'
import { languages } from '#app/ui/languages.ts'

const kinds: NewCampaign['kind'][] = ['pairwise', 'rubric', 'ranking']

/** A question without its words: what it asks for, and how much of it. */
function shapeOf({ isRequired, definition }: NewCriterion) {
  switch (definition.kind) {
    case 'scale':
      return {
        isRequired,
        kind: definition.kind,
        points: definition.points.map(({ value, label, anchor }) => [value, label, anchor !== '']),
      }
    case 'choice':
      return { isRequired, ...definition, options: definition.options.length }
    case 'spans':
      return { isRequired, ...definition, labels: definition.labels.length }
    default:
      return { isRequired, ...definition }
  }
}

const paragraphs = /^(\d\.|-)?.+$/gm

/** The layout of guidelines: each paragraph by its mark, and how often something is bold. */
const layoutOf = (guidelines: string) => ({
  marks: [...guidelines.matchAll(paragraphs)].map(([, mark]) => mark ?? 'text'),
  bold: guidelines.split('**').length,
})

const templateShape = ({ title, criteria, guidelines, settings, ...others }: CampaignTemplate) => ({
  ...others,
  criteria: criteria.map(shapeOf),
  guidelines: layoutOf(guidelines),
  settings: { ...settings, reasons: settings.reasons?.length },
})

const shapesOf = ({ templates, firstCriterion, fivePoints, yesNo, ideal }: Beginnings) => ({
  templates: templates.map(templateShape),
  offers: [...kinds.map((kind) => firstCriterion[kind]), fivePoints(''), yesNo(''), ideal].map(
    shapeOf,
  ),
})

/** Every word of a campaign that a rater may read. */
const wordsOf = ({ title, criteria, guidelines, settings }: CampaignTemplate): string[] => [
  title,
  ...guidelines.split('\n').filter((line) => line !== ''),
  ...(settings.reasons ?? []),
  ...criteria.flatMap(({ title, definition }) => [
    title,
    ...(definition.kind === 'scale' ? definition.points.map(({ anchor }) => anchor) : []),
    ...(definition.kind === 'choice' ? definition.options : []),
    ...(definition.kind === 'spans' ? definition.labels : []),
  ]),
]

describe('Templates in Portuguese', () => {
  it('ask the same as the English ones, as many questions of the same kinds and points', () => {
    expect(shapesOf(beginningsIn('pt'))).toEqual(shapesOf(beginningsIn('en')))
  })

  it('share no words with the English ones, but for two that both languages have', () => {
    const english = new Set(beginningsIn('en').templates.flatMap(wordsOf))
    const shared = beginningsIn('pt')
      .templates.flatMap(wordsOf)
      .filter((words) => english.has(words))
    expect(shared).toEqual(['Bug', 'grave'])
  })
})

describe.each(languages)('Templates in the language %s', (language) => {
  const { templates } = beginningsIn(language)

  it.each(templates.map((template) => [template.title, template] as const))(
    '%s can be made as it stands, under the name that its card has',
    (title, template) => {
      const campaign = campaignOf(template)
      expect(newCampaignSchema.parse(campaign)).toEqual(campaign)
      expect(title).toBe(campaignSayIn(language)(`template.${template.id}`))
      expect(findTemplate(template.id, language)).toBe(template)
    },
  )

  it('have names of their own', () => {
    expect(new Set(templates.map(({ title }) => title)).size).toBe(templates.length)
  })

  it('keep the overall preference under the one name by which measures find it', () => {
    for (const template of templates) {
      const names = criteriaOf(campaignOf(template)).map(({ name }) => name)
      expect(names[0] === 'preference').toBe(template.kind === 'pairwise')
      expect(names.slice(1)).not.toContain('preference')
      for (const name of names) expect(name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/)
    }
  })

  it('begin a form of another kind with a question in that language', () => {
    const { firstCriterion } = beginningsIn(language)
    const blank = emptyFields([firstCriterion.pairwise])
    for (const kind of ['rubric', 'ranking'] as const) {
      expect(withKind(blank, { kind, language }).criteria).toEqual([
        { ...firstCriterion[kind], key: `first-${kind}` },
      ])
    }
  })
})

describe('A form whose page changes its language', () => {
  it('counts as untouched until something is typed, whatever zone the browser has filled in', () => {
    const begun = emptyFields([beginningsIn('en').firstCriterion.pairwise])
    expect(isAsBegun({ ...begun, zone: 'America/Sao_Paulo' }, begun)).toBe(true)
    expect(isAsBegun({ ...begun, name: 'R' }, begun)).toBe(false)
    expect(isAsBegun({ ...begun, zone: 'UTC', deadline: '2026-07-01T09:00' }, begun)).toBe(false)
    const [template] = beginningsIn('en').templates
    if (!template) throw new Error('There are no templates.')
    expect(isAsBegun(withTemplate(begun, template), begun)).toBe(false)
  })

  it('is renamed by the next template, and keeps a name that somebody typed', () => {
    const blank = emptyFields([beginningsIn('en').firstCriterion.pairwise])
    for (const before of beginningsIn('en').templates) {
      for (const after of beginningsIn('pt').templates) {
        const taken = withTemplate(withTemplate(blank, before), after)
        expect(taken).toMatchObject({ name: after.title, guidelines: after.guidelines })
        expect(withTemplate({ ...taken, name: 'Rodada 1' }, before).name).toBe('Rodada 1')
      }
    }
  })
})
