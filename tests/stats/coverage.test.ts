/**
 * How often intervals hold the truth they were made for, in simulated judgments that are alike within a
 * prompt. At a moderate number of runs here, at a large one by `npm run validate:stats`.
 */
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { bradleyTerry, type PairTotal } from '#app/stats/bradley-terry.ts'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { krippendorffAlpha, krippendorffAlphaInterval } from '#app/stats/krippendorff-alpha.ts'
import { cell } from '#app/stats/matrix.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { type StyledTotal, styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import { wilsonInterval } from '#app/stats/wilson-interval.ts'

const runs = Number(process.env.RUBRICA_VALIDATE_RUNS ?? 1_000)
/** A machine that does much else may take so long for each run. */
const patienceMs = 120 * runs
const manyPrompts = 60_000
const numbersOfPrompts = [13, 50, 200]

function expectCoverage(found: number, name: string): void {
  console.info(`${name}: ${(100 * found).toFixed(1)} % of ${runs} runs`)
  expect(found, name).toBeGreaterThanOrEqual(0.935)
  expect(found, name).toBeLessThanOrEqual(0.965)
}

const chanceOf = (lead: number): number => 1 / (1 + Math.exp(-lead))

describe('Intervals of a win rate', () => {
  /** Verdicts of five raters on each prompt, who share its luck. */
  const draw = (random: () => number, prompts: number) =>
    Array.from({ length: prompts }, () => {
      const luck = chanceOf(0.5 + 2 * drawNormal(random))
      let sum = 0
      for (let rater = 0; rater < 5; rater++) {
        sum += random() < 0.15 ? 0.5 : random() < luck ? 1 : 0
      }
      return { sum, count: 5 }
    })
  const truth = must(clusteredMean(draw(seededRandom(7), 20 * manyPrompts)), 'the truth').mean

  it.each(numbersOfPrompts)(
    'hold with %i prompts, as those of independent votes do not',
    (prompts) => {
      const random = seededRandom(100 + prompts)
      let [held, naive] = [0, 0]
      for (let run = 0; run < runs; run++) {
        const clusters = draw(random, prompts)
        const found = must(clusteredMean(clusters), 'a win rate')
        if ((found.low ?? 1) <= truth && truth <= (found.high ?? 0)) held += 1
        const wilson = must(wilsonInterval(found.mean * found.count, found.count), 'an interval')
        if (wilson.low <= truth && truth <= wilson.high) naive += 1
      }
      expectCoverage(held / runs, `win rate, ${prompts} prompts`)
      expect(naive / runs).toBeLessThan(0.86)
    },
  )
})

describe('Intervals of Bradley–Terry strengths', () => {
  const strengths = [0.8, 0.3, -0.3, -0.8]
  /** Verdicts of three raters on every pair of each prompt, on which each model has its luck. */
  function draw(random: () => number, prompts: number): PairTotal[] {
    const totals: PairTotal[] = []
    for (let prompt = 0; prompt < prompts; prompt++) {
      const luck = strengths.map((strength) => strength + 0.8 * drawNormal(random))
      for (let a = 0; a < strengths.length; a++) {
        for (let b = a + 1; b < strengths.length; b++) {
          let points = 0
          for (let rater = 0; rater < 3; rater++) {
            const isTie = random() < 0.1
            points += isTie ? 0.5 : random() < chanceOf((luck[a] ?? 0) - (luck[b] ?? 0)) ? 1 : 0
          }
          totals.push({ a, b, count: 3, points, cluster: prompt })
        }
      }
    }
    return totals
  }
  const truth = bradleyTerry(4, draw(seededRandom(5), manyPrompts)).strengths

  it.each(numbersOfPrompts)('hold with %i prompts, as those by verdict do not', (prompts) => {
    const random = seededRandom(1_000 + prompts)
    let [held, naive, all] = [0, 0, 0]
    for (let run = 0; run < runs; run++) {
      const totals = draw(random, prompts)
      const fit = bradleyTerry(4, totals)
      const single = bradleyTerry(
        4,
        totals.map((total, cluster) => ({ ...total, cluster })),
      )
      const quantile = studentTQuantile(0.975, prompts - 1)
      for (let item = 0; item < 4; item++) {
        const away = Math.abs((fit.strengths[item] ?? 0) - (truth[item] ?? 0))
        const error = (covariance: typeof fit.covariance) =>
          Math.sqrt(cell(must(covariance, 'a covariance'), item, item))
        all += 1
        if (away <= quantile * error(fit.covariance)) held += 1
        if (away <= 1.96 * error(single.covariance)) naive += 1
      }
    }
    expectCoverage(held / all, `strengths, ${prompts} prompts`)
    expect(naive / all).toBeLessThan(0.93)
  })
})

describe('Intervals of what a style is worth', () => {
  const strengths = [0.5, 0, -0.5]
  const worths = [0.8, 0]
  /** Two raters on every pair of each prompt; they share its luck and read the same two responses. */
  function draw(random: () => number, prompts: number): StyledTotal[] {
    const totals: StyledTotal[] = []
    for (let prompt = 0; prompt < prompts; prompt++) {
      const luck = strengths.map((strength) => strength + 0.6 * drawNormal(random))
      const looks = strengths.map(() => worths.map(() => random()))
      for (const [a, b] of [
        [0, 1],
        [1, 2],
        [2, 0],
      ] as const) {
        const styles = worths.map((_, style) => (looks[a]?.[style] ?? 0) - (looks[b]?.[style] ?? 0))
        const lead = styles.reduce(
          (sum, own, style) => sum + own * (worths[style] ?? 0),
          (luck[a] ?? 0) - (luck[b] ?? 0),
        )
        const points = [0, 1].filter(() => random() < chanceOf(lead)).length
        totals.push({ a, b, count: 2, points, cluster: prompt, styles })
      }
    }
    return totals
  }
  /** Of each style the worth of one whole unit, and how much a unit is in standard deviations. */
  const spreadOf = (totals: readonly StyledTotal[], style: number): number =>
    Math.sqrt(totals.reduce((sum, one) => sum + (one.styles[style] ?? 0) ** 2, 0) / totals.length)
  const many = draw(seededRandom(6), manyPrompts)
  const truth = styleControlledRatings(3, many).coefficients.map(
    ({ value }, style) => value / spreadOf(many, style),
  )

  it.each([50, 200])('hold with %i prompts', { timeout: patienceMs }, (prompts) => {
    const random = seededRandom(2_000 + prompts)
    let held = 0
    for (let run = 0; run < runs; run++) {
      const totals = draw(random, prompts)
      const { coefficients } = styleControlledRatings(3, totals)
      for (const [style, { low, high }] of coefficients.entries()) {
        const worth = (truth[style] ?? 0) * spreadOf(totals, style)
        if ((low ?? 1) <= worth && worth <= (high ?? -1)) held += 1
      }
    }
    expectCoverage(held / (runs * worths.length), `style, ${prompts} prompts`)
  })
})

describe('Intervals of Krippendorff’s alpha', () => {
  /** Three tasks on each prompt, each judged by three raters; some prompts are easier than others. */
  const draw = (random: () => number, prompts: number) =>
    Array.from({ length: prompts }, () => {
      const ease = random() < 0.5 ? 0.85 : 0.45
      return Array.from({ length: 3 }, () => {
        const own = Math.floor(random() * 3)
        return Array.from({ length: 3 }, () => (random() < ease ? own : Math.floor(random() * 3)))
      })
    })
  const truth = must(
    krippendorffAlpha(draw(seededRandom(99), manyPrompts).flat(), 'nominal').alpha,
    'the truth',
  )

  it.each(numbersOfPrompts)('hold with %i prompts', { timeout: patienceMs }, (prompts) => {
    const random = seededRandom(prompts)
    let held = 0
    for (let run = 0; run < runs; run++) {
      const clusters = draw(random, prompts)
      const options = { rounds: 300, seed: run }
      const { low, high } = krippendorffAlphaInterval(clusters, 'nominal', options)
      if (low !== null && high !== null && low <= truth && truth <= high) held += 1
    }
    expectCoverage(held / runs, `alpha, ${prompts} prompts`)
  })
})
