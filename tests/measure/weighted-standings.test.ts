import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { findingOf } from '#app/measure/finding.ts'
import { defaultOptions } from '#app/measure/method.ts'
import { type Standings, standings } from '#app/measure/standings.ts'
import { addPairVote, emptyTally, type PairTally } from '#app/measure/tally.ts'
import {
  type CampaignRun,
  makeWorld,
  pairsOfModels,
  runCampaign,
  type World,
} from '#tests/support/simulated-campaign.ts'

const models = 6
const prompts = 150
const campaigns = Number(process.env.RUBRICA_VALIDATE_CAMPAIGNS ?? 500)
/** A machine that does much else may take so long for each campaign. */
const timeout = 240 * campaigns
const pairs = pairsOfModels(models)
const strengths = Float64Array.from([1.6, 0.9, 0.6, -0.4, -0.7, -2])
const nameOf = (model: number) => `m${model}`

function talliesOf(run: CampaignRun, isWeighted: boolean): PairTally[] {
  const tally = emptyTally()
  for (const [place, { pair, prompt, probability, points }] of run.tasks.entries()) {
    const { a, b } = must(pairs[pair], 'the pair')
    for (const point of points) {
      addPairVote(tally, {
        criterionId: 'c',
        promptId: String(prompt).padStart(4, '0'),
        unit: String(place),
        modelA: nameOf(a),
        modelB: nameOf(b),
        winner: point === 1 ? 'a' : point === 0 ? 'b' : 'tie',
        draw: isWeighted ? { taskId: String(place).padStart(6, '0'), probability } : undefined,
      })
    }
  }
  return [...tally.pairs.values()]
}

const measured = (tallies: PairTally[]): Standings =>
  standings({
    pairs: tallies,
    scores: [],
    criterionNames: new Map(),
    models: Array.from({ length: models }, (_, color) => ({
      id: nameOf(color),
      label: nameOf(color),
      color,
    })),
    options: defaultOptions,
    counts: { prompts, raters: 24, judgments: 900 },
  })

/** Estimates of one figure over many campaigns, against its truth. */
class Record {
  readonly errors: number[] = []
  covered = 0
  intervals = 0

  add(truth: number, value: number | null, low: number | null, high: number | null): void {
    if (value === null) return
    this.errors.push(value - truth)
    if (low === null || high === null) return
    this.intervals += 1
    if (low <= truth && truth <= high) this.covered += 1
  }

  get bias(): number {
    return this.errors.reduce((sum, error) => sum + error, 0) / this.errors.length
  }

  get deviation(): number {
    const { bias } = this
    const squares = this.errors.reduce((sum, error) => sum + (error - bias) ** 2, 0)
    return Math.sqrt(squares / (this.errors.length - 1))
  }

  /** The Monte Carlo error of the bias. */
  get error(): number {
    return this.deviation / Math.sqrt(this.errors.length)
  }

  get coverage(): number {
    return this.covered / this.intervals
  }
}

const records = (count: number) => Array.from({ length: count }, () => new Record())

interface Figures {
  winRates: Record[]
  shares: Record[]
}

const figures = (): Figures => ({ winRates: records(models), shares: records(pairs.length) })

/** Expected points of a against b over prompts, raters and sides: what an endless campaign would find. */
function trueShares(worlds: readonly World[]): number[] {
  return pairs.map(({ a, b }) => {
    let sum = 0
    for (const world of worlds) {
      for (let prompt = 0; prompt < prompts; prompt++) sum += world.expected(a, b, prompt)
    }
    return sum / (worlds.length * prompts)
  })
}

function rateOf(model: number, shares: readonly number[]): number {
  const own = pairs.flatMap(({ a, b }, place) =>
    a === model ? [shares[place] ?? 0] : b === model ? [1 - (shares[place] ?? 0)] : [],
  )
  return own.reduce((sum, share) => sum + share, 0) / own.length
}

function note(into: Figures, found: Standings, shares: readonly number[]): void {
  for (const row of found.models) {
    const model = Number(row.model.slice(1))
    into.winRates[model]?.add(
      rateOf(model, shares),
      row.win_rate,
      row.win_rate_low,
      row.win_rate_high,
    )
  }
  for (const row of found.pairs) {
    const place = pairs.findIndex(({ a, b }) => nameOf(a) === row.a_id && nameOf(b) === row.b_id)
    into.shares[place]?.add(shares[place] ?? 0, row.score_a, row.score_a_low, row.score_a_high)
  }
}

const line = (name: string, all: readonly Record[]) => {
  const worst = all.reduce((most, one) => Math.max(most, Math.abs(one.bias)), 0)
  const furthest = all.reduce((most, one) => Math.max(most, Math.abs(one.bias) / one.error), 0)
  const coverage = all.reduce((sum, one) => sum + one.coverage / all.length, 0)
  const lowest = all.reduce((least, one) => Math.min(least, one.coverage), 1)
  return `${name.padEnd(34)} largest bias ${worst.toFixed(4)}, ${furthest.toFixed(1)} Monte Carlo errors; coverage ${(100 * coverage).toFixed(1)} % (least ${(100 * lowest).toFixed(1)} %)`
}

describe('Estimates of an adaptive campaign', () => {
  it('are unbiased when weighted, as raw win rates are not, and their intervals cover', {
    timeout,
  }, () => {
    const worlds = Array.from({ length: campaigns }, (_, place) =>
      makeWorld(7_000 + place, { models, prompts }, strengths),
    )
    const shares = trueShares(worlds)
    const [raw, weighted] = [figures(), figures()]
    let effective = 0
    let judgedTasks = 0
    for (const [place, world] of worlds.entries()) {
      const options = { budget: 900, overlap: 1 + (place % 2), roundSize: 30, hasCurve: false }
      const run = runCampaign(world, { seed: 90_000 + place, ...options })
      note(raw, measured(talliesOf(run, false)), shares)
      const found = measured(talliesOf(run, true))
      note(weighted, found, shares)
      for (const row of found.models) effective += row.effective_tasks ?? 0
      judgedTasks += 2 * run.tasks.length
    }
    console.info(
      [
        `${campaigns} campaigns of ${models} models, ${prompts} prompts, 900 judgments`,
        line('win rates, raw', raw.winRates),
        line('win rates, weighted', weighted.winRates),
        line('head-to-head, raw', raw.shares),
        line('head-to-head, weighted', weighted.shares),
        `effective tasks: ${((100 * effective) / judgedTasks).toFixed(0)} % of the tasks judged`,
      ].join('\n'),
    )
    const biasOf = (all: Record[]) => Math.max(...all.map((one) => Math.abs(one.bias) / one.error))
    expect(biasOf(raw.winRates)).toBeGreaterThan(6)
    expect(biasOf(weighted.winRates)).toBeLessThan(3.5)
    expect(biasOf(weighted.shares)).toBeLessThan(3.5)
    for (const one of weighted.winRates) expect(one.coverage).toBeGreaterThan(0.89)
    for (const one of weighted.shares) expect(one.coverage).toBeGreaterThan(0.93)
  })

  it('leave intervals of Bradley–Terry strengths right without weights, with a lean that fades', {
    timeout,
  }, () => {
    const mean = strengths.reduce((sum, one) => sum + one, 0) / models
    const strengthsAfter = (budget: number, floor: number) => {
      const exact = { models, prompts: budget, luck: 0, sharpness: 0, side: 0, tieBelow: 0 }
      const into = records(models)
      for (let place = 0; place < 200; place++) {
        const world = makeWorld(8_000 + place, exact, strengths)
        const options = { budget, overlap: 1, roundSize: 30, hasCurve: false, floor }
        const run = runCampaign(world, { seed: 95_000 + place, ...options })
        for (const row of measured(talliesOf(run, true)).models) {
          const model = Number(row.model.slice(1))
          const truth = (strengths[model] ?? 0) - mean
          into[model]?.add(truth, row.strength, row.strength_low, row.strength_high)
        }
      }
      return into
    }
    const [few, many, uniform] = [
      strengthsAfter(600, 0.2),
      strengthsAfter(2_400, 0.2),
      strengthsAfter(2_400, 1),
    ] as const
    console.info(
      [
        line('strengths, adaptive,  600', few),
        line('strengths, adaptive, 2400', many),
        line('strengths, uniform,  2400', uniform),
      ].join('\n'),
    )
    const worst = (all: Record[]) => Math.max(...all.map((one) => Math.abs(one.bias)))
    const lean = (all: Record[]) =>
      Math.max(...all.map((one) => Math.abs(one.bias) / one.deviation))
    expect(worst(many)).toBeLessThan(worst(few) / 2)
    expect(lean(many)).toBeLessThan(0.6)
    for (const one of many) expect(one.coverage).toBeGreaterThan(0.9)
  })
})

describe('Standings of drawn tasks', () => {
  const vote = (promptId: string, winner: 'a' | 'b', probability: number | null) => ({
    criterionId: 'c',
    promptId,
    unit: promptId,
    modelA: 'm0',
    modelB: 'm1',
    winner,
    draw: probability === null ? undefined : { taskId: `t${promptId}`, probability },
  })
  const of = (...votes: ReturnType<typeof vote>[]) => {
    const tally = emptyTally()
    for (const one of votes) addPairVote(tally, one)
    return measured([...tally.pairs.values()])
  }

  it('weigh a task by the inverse of its probability and the draws after it, however many raters judged it', () => {
    const found = of(vote('1', 'a', 0.5), vote('1', 'a', 0.5), vote('2', 'b', 0.1))
    const row = must(
      found.models.find(({ model }) => model === 'm0'),
      'the model',
    )
    expect(row.win_rate).toBeCloseTo(3 / 13, 12)
    expect(row.effective_tasks).toBeCloseTo(169 / 109, 12)
    expect(row).toMatchObject({ wins: 2, losses: 1, judgments: 3 })
    expect(found.pairs[0]?.score_a).toBeCloseTo(3 / 13, 12)
    expect(found.method.weights).toContain('inverse of how probable each task was to be chosen')
  })

  it('stay as they were where every task was made', () => {
    const found = of(vote('1', 'a', null), vote('1', 'a', null), vote('2', 'b', null))
    expect(found.models.find(({ model }) => model === 'm0')?.win_rate).toBeCloseTo(2 / 3, 12)
    expect(found.models[0]).not.toHaveProperty('effective_tasks')
    expect(found.method).not.toHaveProperty('weights')
  })

  it('warn where only part of the tasks was drawn', () => {
    const found = of(vote('1', 'a', 0.5), vote('2', 'b', null))
    expect(found.models.find(({ model }) => model === 'm0')?.win_rate).toBe(0.5)
    expect(found.method.warnings.join()).toContain('1 judgment came from tasks made otherwise')
  })

  it('say in the finding that its figure is weighted', () => {
    const votes = Array.from({ length: 40 }, (_, place) =>
      vote(String(place), place % 8 === 0 ? 'b' : 'a', 0.01),
    )
    expect(findingOf(of(...votes)).detail).toContain('weighted')
    expect(
      findingOf(of(...votes.map((one) => ({ ...one, draw: undefined })))).detail,
    ).not.toContain('weighted')
  })
})
