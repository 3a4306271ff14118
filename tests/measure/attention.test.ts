/** A lead is told what waits in a campaign, and nothing where nothing does. */
import { describe, expect, it } from 'vitest'
import { type AttentionInput, attentionIn } from '#app/measure/attention.ts'
import { type DriftSeries, type DriftStep, driftReport } from '#app/measure/drift.ts'
import { shownOf } from '#app/measure/drift-shown.ts'

const quiet: AttentionInput = {
  base: '/p/bots',
  campaignId: 'c1',
  doubtful: { count: 0, isCapped: false },
  flaggedRaters: 0,
  openFlags: 0,
  drift: null,
  missesDeadline: false,
}

const step = (change: Partial<DriftStep>): DriftStep => ({
  from: 'bot-v1',
  to: 'bot-v2',
  tag: null,
  first: 0.9,
  second: 0.5,
  difference: -0.4,
  low: -0.5,
  high: -0.3,
  p_value: 0.0001,
  adjusted_p: 0.0002,
  prompts: 80,
  isAlarm: true,
  ...change,
})

const driftOf = (...steps: DriftStep[]) => {
  const series: DriftSeries = {
    family: 'bot',
    criterion: 'accuracy',
    points: [],
    steps,
    changes: [],
  }
  const { method } = driftReport({
    scores: [],
    criterionNames: new Map(),
    models: [],
    tagsOf: new Map(),
    source: 'human',
    options: { confidence: 0.95, seed: 1 },
  })
  return shownOf({ series: [series], source: 'human', method })
}

describe('What needs attention in a campaign', () => {
  it('is nothing where all is well', () => {
    expect(attentionIn(quiet, 'en')).toEqual([])
    const drift = driftOf(step({ isAlarm: false }))
    expect(attentionIn({ ...quiet, drift }, 'en')).toEqual([])
  })

  it('leads to the place where each is dealt with', () => {
    const waiting = attentionIn(
      {
        ...quiet,
        doubtful: { count: 18, isCapped: false },
        flaggedRaters: 1,
        openFlags: 2,
        missesDeadline: true,
      },
      'en',
    )
    expect(waiting).toEqual([
      {
        words: '18 disagreements wait for a decision',
        href: '/p/bots/assign/c1/adjudicate',
      },
      { words: '1 rater is worth a look', href: '/p/bots/assign/c1/raters' },
      { words: '2 tasks were flagged by raters', href: '/p/bots/assign/c1#flags' },
      { words: 'At this pace it is not done by its deadline', href: '/p/bots/assign/c1' },
    ])
  })

  it('names what changed between versions first, with how sure that is', () => {
    const drift = driftOf(step({ tag: 'maths', difference: -0.6 }), step({}))
    const [first, ...rest] = attentionIn({ ...quiet, drift, openFlags: 1 }, 'en')
    expect(first?.href).toBe('/p/bots/measure/c1/drift')
    expect(first?.words).toMatch(/^bot fell from 90\.0 % \(bot-v1\) to 50\.0 % \(bot-v2\)/)
    expect(first?.words).toContain('1 more change is sure.')
    expect(rest).toHaveLength(1)
  })

  it('says that a thousand is where counting stopped', () => {
    const doubtful = { count: 1_000, isCapped: true }
    const words = (language: 'en' | 'pt') =>
      attentionIn({ ...quiet, doubtful }, language).map((one) => one.words)
    expect(words('en')).toEqual(['1,000 or more disagreements wait for a decision'])
    expect(words('pt')).toEqual(['1.000 ou mais divergências esperam uma decisão'])
  })

  it('shows no queue to who may not decide', () => {
    expect(attentionIn({ ...quiet, doubtful: null }, 'en')).toEqual([])
  })
})
