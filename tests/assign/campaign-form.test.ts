import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  campaignSettingsSchema,
  type NewCampaign,
  newCampaignSchema,
  overallPreference,
} from '#app/assign/campaign.ts'
import { emptyFields, fieldsFrom, fieldsOf } from '#app/assign/campaign-fields.ts'
import { readCampaign, readPlan } from '#app/assign/campaign-form.ts'
import { beginningsIn, campaignOf, withKind, withTemplate } from '#app/assign/campaign-templates.ts'
import { clockAt, timeOnClock } from '#app/assign/zoned-time.ts'

const now = Date.UTC(2026, 5, 1, 12)

/** A form as a browser sends it. */
const sent = (fields: ReturnType<typeof emptyFields>) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (name === 'criteria') return [[name, JSON.stringify(value)]]
      if (typeof value === 'boolean') return value ? [[name, 'on']] : []
      if (Array.isArray(value)) return value.length > 0 ? [[name, value.join('\n')]] : []
      return [[name, String(value)]]
    }),
  )

const rich: NewCampaign = newCampaignSchema.parse({
  name: 'Everything',
  kind: 'pairwise',
  overlap: 3,
  guidelines: 'Read first.\n\nThen judge.',
  criteria: [
    overallPreference(7),
    { title: 'Why?', isRequired: false, definition: { kind: 'text' } },
  ],
  settings: {
    modelIds: ['m1', 'm2'],
    tags: ['billing'],
    pairing: {
      kind: 'two_dates',
      modelId: 'm1',
      before: { from: Date.UTC(2026, 0, 1), until: Date.UTC(2026, 0, 15) },
      after: { from: Date.UTC(2026, 2, 1), until: Date.UTC(2026, 2, 15) },
    },
    pairsAPrompt: 2,
    identical: 'leave_out',
    order: 'adaptive',
    adaptiveOrder: { roundSize: 40, floor: 0.25 },
    adaptiveOverlap: { most: 6, confidence: 0.925 },
    budget: 1_000,
    deadlineAt: Date.UTC(2026, 6, 1, 9, 30),
    raterIds: ['p1'],
    groups: ['experts'],
    matchLanguages: true,
    mostPerRater: 50,
    goldRate: 0.075,
    repeatRate: 0.05,
    goldTolerance: 1,
    training: true,
    qualification: { tasks: 12, passMark: 0.75, attempts: 2, onFailure: 'work_anyway' },
    adjudicationFeedback: true,
    bothBad: false,
    cantJudge: false,
    comment: false,
    reasons: ['Wrong, plainly', 'Vague'],
    showContext: false,
    batchSize: 30,
    undoWindowMs: 90 * 60_000,
  },
})

describe('The form of a campaign', () => {
  it('gives back a campaign as it was filled in, in whatever time zone', () => {
    for (const zone of ['', 'America/Sao_Paulo', 'Asia/Kolkata']) {
      const fields = fieldsFrom(sent(fieldsOf(rich, zone)))
      expect(readCampaign(fields, now)).toEqual({ ok: true, campaign: rich })
    }
  })

  it('keeps what was typed and says at each field what is wrong with it', () => {
    const typed = {
      ...fieldsOf(rich),
      name: ' ',
      overlap: 'two',
      goldRate: '80',
      most: '2',
      deadline: '2020-01-01T00:00',
      afterFrom: '2026-01-10',
      reasons: 'x'.repeat(100),
    }
    const fields = fieldsFrom(sent(typed))
    expect(fields).toEqual(typed)
    const read = readCampaign(fields, now)
    expect(read).toEqual({
      ok: false,
      errors: expect.objectContaining({
        name: 'give the campaign a name',
        overlap: 'give a whole number from 1 to 50',
        goldRate: 'give a number from 0 to 50 percent',
        deadline: 'this moment has passed',
        afterFrom: 'the later days begin before the earlier ones end',
        reasons: expect.stringContaining('longer than 80 characters'),
      }),
    })
  })

  it('says where a question lacks words', () => {
    const fields = {
      ...emptyFields([
        overallPreference(),
        {
          title: '',
          isRequired: true,
          definition: { kind: 'choice', options: ['A', ''], multiple: false },
        },
      ]),
      name: 'Draft',
    }
    const read = readCampaign(fieldsFrom(sent(fields)), now)
    expect(read).toEqual({
      ok: false,
      errors: {
        'criteria.1.title': 'say what is asked',
        'criteria.1.definition.options': 'a choice has at least two options',
      },
    })
  })

  it('asks for the model, the pairs and the days of a pairing that needs them', () => {
    const errorsOf = (next: object) => {
      const read = readCampaign({ ...emptyFields([overallPreference()]), name: 'A', ...next }, now)
      return read.ok ? {} : read.errors
    }
    expect(errorsOf({ pairing: 'baseline' })).toEqual({ baseline: 'choose the baseline' })
    expect(errorsOf({ pairing: 'chosen' })).toEqual({ pairs: 'choose at least one pair of models' })
    expect(errorsOf({ pairing: 'two_dates', datedModel: 'm' })).toMatchObject({
      beforeFrom: 'choose the first day',
      afterUntil: 'choose the last day',
    })
    expect(errorsOf({ adaptsOverlap: true, overlap: '4', most: '3' })).toEqual({
      most: 'the most raters a task gets cannot be fewer than its overlap',
    })
  })

  it('lets be what stands in fields that do not count', () => {
    const fields = {
      ...emptyFields([overallPreference()]),
      name: 'A',
      pairing: 'all' as const,
      beforeFrom: 'nonsense',
      qualificationTasks: 'many',
      roundSize: '',
      confidence: '',
    }
    expect(readCampaign(fields, now)).toMatchObject({ ok: true })
  })

  it('never breaks on anything a script may send', () => {
    const names = Object.keys(emptyFields([]))
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.json())),
        (body) => {
          const fields = fieldsFrom(body)
          const read = readCampaign(fields, now)
          if (read.ok) newCampaignSchema.parse(read.campaign)
          else expect(Object.keys(read.errors).length).toBeGreaterThan(0)
          readPlan(fields)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('Templates', () => {
  const { templates: campaignTemplates } = beginningsIn('en')

  it.each(campaignTemplates.map((template) => [template.title, template] as const))(
    '%s can be made as it stands',
    (_, template) => {
      const campaign = campaignOf(template)
      expect(newCampaignSchema.parse(campaign)).toEqual(campaign)
      expect(campaign.guidelines.length).toBeGreaterThan(200)
      const fields = withTemplate(emptyFields([overallPreference()]), template)
      expect(readCampaign(fieldsFrom(sent(fields)), now)).toMatchObject({
        ok: true,
        campaign: { name: template.title, kind: template.kind, criteria: campaign.criteria },
      })
    },
  )

  it('cover every kind of campaign and have names of their own', () => {
    expect(new Set(campaignTemplates.map(({ kind }) => kind)).size).toBe(3)
    expect(new Set(campaignTemplates.map(({ id }) => id)).size).toBe(campaignTemplates.length)
    expect(new Set(campaignTemplates.map(({ title }) => title)).size).toBe(campaignTemplates.length)
  })

  it('leave models, prompts and raters as they were chosen', () => {
    const [template] = campaignTemplates
    if (!template) throw new Error('There are no templates.')
    const chosen = { ...fieldsOf(rich), name: 'My own name' }
    expect(withTemplate(chosen, template)).toMatchObject({
      name: 'My own name',
      models: ['m1', 'm2'],
      tags: ['billing'],
      raters: ['p1'],
      deadline: chosen.deadline,
      guidelines: template.guidelines,
    })
  })

  it('a campaign of another kind keeps the questions that any kind may ask', () => {
    const fields = fieldsOf(rich)
    const rubric = withKind(fields, { kind: 'rubric', language: 'en' })
    expect(rubric.criteria.map(({ definition }) => definition.kind)).toEqual(['scale', 'text'])
    expect(rubric.order).toBe('balanced')
    expect(readCampaign(rubric, now)).toMatchObject({ ok: true })
    const ranking = withKind(rubric, { kind: 'ranking', language: 'en' })
    const back = withKind(ranking, { kind: 'pairwise', language: 'en' })
    expect(back.criteria.map(({ definition }) => definition.kind)).toEqual(['preference', 'text'])
  })

  it('a campaign without settings of its own has the standard ones in its form', () => {
    const read = readCampaign({ ...emptyFields([overallPreference()]), name: 'Plain' }, now)
    expect(read).toMatchObject({
      ok: true,
      campaign: { settings: campaignSettingsSchema.parse({}) },
    })
  })
})

describe('A deadline', () => {
  it('is the moment at which the person’s own clock shows it', () => {
    expect(timeOnClock('2026-07-01T09:00', 'America/Sao_Paulo')).toBe(Date.UTC(2026, 6, 1, 12))
    expect(timeOnClock('2026-07-01T09:00', 'Asia/Kolkata')).toBe(Date.UTC(2026, 6, 1, 3, 30))
    expect(timeOnClock('2026-07-01T09:00', 'Mars/Olympus')).toBe(Date.UTC(2026, 6, 1, 9))
  })

  it('has a meaning where clocks are put forward and back', () => {
    // New York, 8 March and 1 November 2026.
    expect(timeOnClock('2026-03-08T02:30', 'America/New_York')).toBe(Date.UTC(2026, 2, 8, 7, 30))
    expect(timeOnClock('2026-11-01T01:30', 'America/New_York')).toBe(Date.UTC(2026, 10, 1, 5, 30))
  })

  it('is refused where there is no such day', () => {
    for (const text of ['', 'soon', '2026-02-30T10:00', '2026-13-01T10:00', '2026-01-01T25:00']) {
      expect(timeOnClock(text, 'UTC')).toBeNull()
    }
  })

  it('is written as it was read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }),
        fc.constantFrom('UTC', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia'),
        (time, zone) => {
          const minute = Math.floor(time / 60_000) * 60_000
          const read = timeOnClock(clockAt(minute, zone), zone) ?? 0
          // An hour that comes twice is read as its first.
          expect([0, 3_600_000]).toContain(minute - read)
        },
      ),
    )
  })
})
