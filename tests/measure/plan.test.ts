/** A lead reckons how many judgments a wish takes, from the campaign’s own, and is promised no more. */
import { describe, expect, it } from 'vitest'
import { defaultOptions } from '#app/measure/method.ts'
import { basisOf, planOf, scorePlans } from '#app/measure/plan.ts'
import { type PlanChoices, planChoicesIn } from '#app/measure/plan-choices.ts'
import {
  basisSentence,
  roughly,
  scoreSentence,
  soFarSentences,
  wishSentence,
} from '#app/measure/plan-sentences.ts'
import { type Standings, standings } from '#app/measure/standings.ts'
import type { PairTally } from '#app/measure/tally.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

const asked = (address = ''): PlanChoices => planChoicesIn(new URLSearchParams(address))

/** Verdicts on pairs of so many models; a prompt's later raters repeat its first so often. */
function campaign({
  models = 2,
  prompts = 400,
  raters = 3,
  alike = 0.5,
  ties = 0,
  seed = 3,
}: Partial<Record<'models' | 'prompts' | 'raters' | 'alike' | 'ties' | 'seed', number>> = {}) {
  const random = seededRandom(seed)
  const names = Array.from({ length: models }, (_, place) => `m${place}`)
  const pairs: PairTally[] = []
  for (let prompt = 0; prompt < prompts; prompt++) {
    for (const [place, modelA] of names.entries()) {
      for (const modelB of names.slice(place + 1)) {
        const counts = { winsA: 0, winsB: 0, ties: 0 }
        const draw = () => (random() < ties ? 'ties' : random() < 0.55 ? 'winsA' : 'winsB')
        const first = draw()
        for (let rater = 0; rater < raters; rater++) {
          counts[rater === 0 || random() < alike ? first : draw()] += 1
        }
        const about = { criterionId: 'c', promptId: `p${prompt}`, modelA, modelB }
        pairs.push({ ...about, ...counts, bothBad: 0, cantJudge: 0 })
      }
    }
  }
  return standings({
    pairs,
    scores: [],
    criterionNames: new Map(),
    models: names.map((id, color) => ({ id, label: id, color })),
    options: defaultOptions,
    counts: { prompts, raters, judgments: prompts * raters * names.length },
  })
}

describe('What judgments so far tell a plan', () => {
  it('is how alike those of one prompt are, as it was planted', () => {
    // Two later raters each repeat the first with probability r: pairs of raters agree by r, r and r².
    for (const [alike, correlation] of [
      [0, 0],
      [0.5, (0.5 + 0.5 + 0.25) / 3],
      [1, 1],
    ] as const) {
      const basis = basisOf(campaign({ alike, prompts: 3_000 }), 'pair', 3)
      expect(basis.correlation).toBeCloseTo(correlation, 1)
      expect(basis).toMatchObject({ figures: 1, judgments: 9_000, overlap: 3, perPair: 1 })
    }
  })

  it('counts the opponents that a model meets on a prompt', () => {
    const basis = basisOf(campaign({ models: 4, prompts: 60, raters: 2 }), 'model', 2)
    expect(basis).toMatchObject({ figures: 4, overlap: 2, perPair: 3, judgments: 360 })
  })

  it('is nothing where each prompt was judged once, and a plan says what it assumes then', () => {
    const basis = basisOf(campaign({ raters: 1 }), 'pair', 1)
    expect(basis.correlation).toBeNull()
    const plan = planOf(basis, asked('overlap=3'))
    expect(plan).toMatchObject({ correlationFrom: 'assumed', designEffect: 2 })
    expect(basisSentence(plan)).toContain('judged more than once')
    expect(basisSentence(plan)).toContain('assumes 0.50')
  })

  it('is nothing before the first judgment, and still a plan can be made', () => {
    const plan = planOf(basisOf(null, 'pair', 2), asked())
    expect(plan.basis).toMatchObject({ figures: 0, correlation: null, ties: null, overlap: 2 })
    expect(plan.needed).toBe(577)
    expect(plan.campaign).toBeNull()
    expect(soFarSentences(plan)).toEqual([])
    expect(basisSentence(plan)).toContain('nothing is measured yet')
  })
})

describe('A plan', () => {
  const alone = basisOf(null, 'pair', 1)

  it.each([
    ['win_rate=55&power=80', 783],
    ['win_rate=60&power=80', 194],
    ['win_rate=65&power=80', 85],
    // 45 wins and 35 losses of a hundred, the rest ties.
    ['win_rate=55&ties=20', 626],
  ])('takes the published numbers of independent verdicts for %s', (address, needed) => {
    expect(planOf(alone, asked(`goal=power&${address}`)).needed).toBe(needed)
  })

  it('takes as many times more as the design effect says', () => {
    const plan = planOf(alone, asked('goal=power&overlap=3&correlation=0.5'))
    expect(plan.needed).toBe(2 * 783)
    expect(plan.prompts).toBe(Math.ceil(1566 / 3))
  })

  it('keeps its word in a campaign that goes on as it began', () => {
    const early = campaign({ prompts: 150, alike: 0.6, ties: 0.2, seed: 11 })
    const plan = planOf(basisOf(early, 'pair', 3), asked('half_width=3'))
    const later = campaign({ prompts: plan.prompts ?? 0, alike: 0.6, ties: 0.2, seed: 12 })
    const [pair] = later.pairs
    const width = ((pair?.score_a_high ?? 1) - (pair?.score_a_low ?? 0)) / 2
    expect(width).toBeGreaterThan(0.025)
    expect(width).toBeLessThan(0.035)
  })

  it('finds the lead about as often as was wished', () => {
    const random = seededRandom(5)
    const plan = planOf(alone, asked('goal=power&win_rate=60&overlap=2&correlation=0.5'))
    let found = 0
    const rounds = 3_000
    for (let round = 0; round < rounds; round++) {
      const clusters = Array.from({ length: plan.prompts ?? 0 }, () => {
        const first = random() < 0.6 ? 1 : 0
        const second = random() < 0.5 ? first : random() < 0.6 ? 1 : 0
        return { sum: first + second, count: 2 }
      })
      const rate = clusteredShare(clusters)
      if ((rate?.low ?? 0) > 0.5) found += 1
    }
    // The test of the report allows for the spread being estimated, the textbook’s does not.
    expect(found / rounds).toBeGreaterThan(0.76)
    expect(found / rounds).toBeLessThan(0.84)
  })

  it.each([
    ['goal=power&win_rate=50', 'No number of judgments'],
    ['goal=power&win_rate=95&ties=20', 'too few decided judgments'],
    ['half_width=0.01', 'ten million'],
  ])('says why %s cannot be had', (address, why) => {
    const choices = asked(address)
    const plan = planOf(alone, choices)
    expect(plan.needed).toBeNull()
    expect(plan.campaign).toBeNull()
    expect(wishSentence(plan, choices)).toContain(why)
  })

  it('draws a line that falls, and reaches the wish where the plan does', () => {
    const choices = asked('half_width=4')
    const plan = planOf(basisOf(campaign(), 'pair', 3), choices)
    const widths = plan.curve.map(({ halfWidth }) => halfWidth)
    expect([...widths].sort((one, other) => other - one)).toEqual(widths)
    for (const { judgments, halfWidth } of plan.curve) {
      expect(halfWidth <= 0.04).toBe(judgments >= (plan.needed ?? 0))
    }
  })

  it('speaks of a plan, in both languages with the same numbers', () => {
    const numbers = (text: string) => (text.match(/\d+/g) ?? []).sort()
    for (const address of [
      'half_width=2.5',
      'goal=power&win_rate=58',
      'figure=model&half_width=6',
    ]) {
      const choices = asked(address)
      const plan = planOf(basisOf(campaign({ models: 3 }), choices.figure, 3), choices)
      for (const sentences of [
        [wishSentence(plan, choices), wishSentence(plan, choices, 'pt')],
        [basisSentence(plan), basisSentence(plan, 'pt')],
        [soFarSentences(plan).join(' '), soFarSentences(plan, 'pt').join(' ')],
      ]) {
        const [english = '', portuguese = ''] = sentences
        expect(portuguese).not.toBe(english)
        expect(numbers(portuguese)).toEqual(numbers(english))
      }
      expect(wishSentence(plan, choices)).toMatch(/^About /)
    }
  })

  it('knows two digits and no more', () => {
    expect([7, 99, 101, 1_234, 98_765].map(roughly)).toEqual([7, 99, 110, 1_300, 99_000])
  })
})

describe('The address of a plan', () => {
  it('is as if it said nothing where it says something wrong', () => {
    expect(asked('goal=luck&half_width=x&power=200&overlap=&correlation=7')).toEqual(asked())
    expect(asked('overlap=2.5&correlation=0&ties=0')).toMatchObject({
      overlap: 2.5,
      correlation: 0,
      ties: 0,
    })
  })
})

describe('The plan of a rubric', () => {
  const score = (change: Partial<Standings['scores'][number]>) => ({
    criterion: 'clarity',
    model: 'm',
    model_id: 'm',
    color: 0,
    mean: 3,
    low: 2.8,
    high: 3.2,
    judgments: 200,
    prompts: 100,
    ...change,
  })

  it('goes by the model whose mean is least known', () => {
    const plans = scorePlans([score({}), score({ low: 2.6, high: 3.4 })], 0.2)
    expect(plans).toEqual([
      { criterion: 'clarity', halfWidth: expect.closeTo(0.4, 9), prompts: 100, morePrompts: 300 },
    ])
    const [plan] = plans
    expect(plan && scoreSentence(plan, 0.2)).toMatch(/^clarity: about 300 more prompts/)
  })

  it('asks for none where the wish is granted, and says what is not known', () => {
    const [enough] = scorePlans([score({})], 0.5)
    expect(enough && scoreSentence(enough, 0.5)).toContain('already')
    const [unknown] = scorePlans([score({ low: null, high: null, prompts: 1 })], 0.5)
    expect(unknown).toMatchObject({ halfWidth: null, morePrompts: null })
    expect(unknown && scoreSentence(unknown, 0.5, 'pt')).toContain('nada dizem')
  })
})
