/**
 * How long the statistics take as judgments grow: ratings from counts and from raw rows, their
 * intervals, agreement, and the model of labels. Everything on seeded, made-up judgments.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import {
  bradleyTerryOfColumns,
  fitPairs,
  type PairColumns,
  pooled,
} from '#app/stats/bradley-terry.ts'
import { bradleyTerryBootstrap } from '#app/stats/bradley-terry-bootstrap.ts'
import { dawidSkene, type Labels } from '#app/stats/dawid-skene.ts'
import { krippendorffAlpha, krippendorffAlphaInterval } from '#app/stats/krippendorff-alpha.ts'
import { packClusters, packUnits } from '#app/stats/packed-units.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { measureCharts } from './bench-measure-charts.ts'
import { measureFromDatabase } from './bench-measure-database.ts'

const { values: options } = parseArgs({
  options: {
    most: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '1000' },
    only: { type: 'string', default: 'statistics,database,charts' },
  },
  args: process.argv.slice(3),
})
const most = Number(options.most)
const rounds = Number(options.rounds)
const models = 100
const raters = 500
const classes = 5

const say = (words: string) => process.stdout.write(`${words}\n`)

/** What it gave, and its least time in milliseconds over some runs. */
function timed<Result>(run: () => Result, runs = 3): { result: Result; ms: number } {
  let best = Number.POSITIVE_INFINITY
  let result: Result
  let turn = 0
  do {
    const started = performance.now()
    result = run()
    best = Math.min(best, performance.now() - started)
    turn += 1
  } while (turn < runs)
  return { result, ms: best }
}

const ms = (time: number) => `${time < 100 ? time.toFixed(1) : time.toFixed(0)} ms`
const promptsFor = (judgments: number) => Math.ceil(judgments * 0.3)

/** Judgments of pairs of models whose strengths differ, with luck that a prompt's judgments share. */
function pairsOf(judgments: number): PairColumns {
  const random = seededRandom(judgments)
  const strengths = Float64Array.from({ length: models }, () => drawNormal(random))
  const prompts = promptsFor(judgments)
  const a = new Int32Array(judgments)
  const b = new Int32Array(judgments)
  const points = new Float64Array(judgments)
  const cluster = new Int32Array(judgments)
  for (let row = 0; row < judgments; row++) {
    a[row] = Math.floor(random() * models)
    b[row] = ((a[row] ?? 0) + 1 + Math.floor(random() * (models - 1))) % models
    const lead = (strengths[a[row] ?? 0] ?? 0) - (strengths[b[row] ?? 0] ?? 0)
    const draw = random()
    const chance = 1 / (1 + Math.exp(-lead))
    points[row] = draw < 0.1 ? 0.5 : random() < chance ? 1 : 0
    cluster[row] = row % prompts
  }
  return { a, b, count: new Float64Array(judgments).fill(1), points, cluster }
}

/** Strengths as a script would find them: every step looks at every judgment anew. */
function naiveStrengths({ a, b, points }: PairColumns): { strengths: Float64Array; steps: number } {
  const strengths = new Float64Array(models)
  let steps = 0
  for (; steps < 500; steps++) {
    const gradient = new Float64Array(models)
    const curve = new Float64Array(models)
    for (let row = 0; row < a.length; row++) {
      const [one, other] = [a[row] ?? 0, b[row] ?? 0]
      const p = 1 / (1 + Math.exp((strengths[other] ?? 0) - (strengths[one] ?? 0)))
      const residual = (points[row] ?? 0) - p
      gradient[one] = (gradient[one] ?? 0) + residual
      gradient[other] = (gradient[other] ?? 0) - residual
      curve[one] = (curve[one] ?? 0) + p * (1 - p)
      curve[other] = (curve[other] ?? 0) + p * (1 - p)
    }
    let largest = 0
    for (let item = 0; item < models; item++) {
      const step = (gradient[item] ?? 0) / (curve[item] ?? 1)
      strengths[item] = (strengths[item] ?? 0) + step
      largest = Math.max(largest, Math.abs(step))
    }
    if (largest < 1e-9) break
  }
  const mean = strengths.reduce((sum, value) => sum + value, 0) / models
  return { strengths: strengths.map((value) => value - mean), steps }
}

function measureRatings(judgments: number): void {
  const columns = pairsOf(judgments)
  const counts = pooled(models, columns)
  const fit = timed(() => fitPairs(models, counts, new Float64Array(models)), 5)
  const withIntervals = timed(() => bradleyTerryOfColumns(models, columns))
  const naive = timed(() => naiveStrengths(columns), 1)
  const apart = fit.result.strengths.reduce(
    (largest, value, item) =>
      Math.max(largest, Math.abs(value - (naive.result.strengths[item] ?? 0))),
    0,
  )
  say(
    `  ${judgments.toLocaleString('en')} judgments on ${promptsFor(judgments).toLocaleString('en')} prompts`,
  )
  say(`    from pair counts ${ms(fit.ms)} (under 50), ${fit.result.iterations} steps`)
  say(`    with cluster sandwich, from packed rows ${ms(withIntervals.ms)} (under 300)`)
  say(
    `    the same strengths from raw rows, step by step ${ms(naive.ms)}, ${naive.result.steps} steps: ${(naive.ms / fit.ms).toFixed(0)} times as long; farthest apart ${apart.toExponential(1)}`,
  )
}

function measureBootstrap(judgments: number): void {
  const columns = pairsOf(judgments)
  const { ms: time, result } = timed(
    () => bradleyTerryBootstrap(models, columns, promptsFor(judgments), { rounds }),
    1,
  )
  say(
    `  bootstrap over prompts, ${rounds} rounds: ${(time / 1_000).toFixed(1)} s (under 10), ${result.dropped} rounds left out`,
  )
}

/** Answers of three or four raters to each prompt's task, most of them the prompt's own: places of four. */
function answersOf(judgments: number): number[][] {
  const random = seededRandom(judgments + 1)
  const prompts = promptsFor(judgments)
  return Array.from({ length: prompts }, (_, prompt) => {
    const own = Math.floor(random() * 4)
    const count =
      Math.floor(((prompt + 1) * judgments) / prompts) - Math.floor((prompt * judgments) / prompts)
    return Array.from({ length: count }, () => (random() < 0.7 ? own : Math.floor(random() * 4)))
  })
}

function measureAlpha(judgments: number): void {
  const places = answersOf(judgments)
  const packed = Int32Array.from(places.flat())
  const pass = timed(() => {
    const counts = new Float64Array(4)
    for (const value of packed) counts[value] = (counts[value] ?? 0) + 1
    return counts
  }, 5)
  say(
    `  ${judgments.toLocaleString('en')} judgments, one pass over typed arrays ${ms(pass.ms)} (alpha at most 3 times that)`,
  )
  // Verdicts are words and scores are numbers, as a campaign's judgments are when they are tallied.
  const words = ['a', 'b', 'tie', 'both_bad']
  const verdicts = places.map((unit) => unit.map((place) => words[place] ?? ''))
  for (const [name, units] of [
    ['scores', places],
    ['verdicts', verdicts],
  ] as const) {
    const packing = timed(() => packUnits(units), 5)
    const packed = packUnits(units)
    const alpha = timed(() => krippendorffAlpha(packed, 'nominal'), 5)
    say(
      `    of ${name} ${ms(alpha.ms)}: ${(alpha.ms / pass.ms).toFixed(1)} times; packing them before, once for all figures of agreement, ${ms(packing.ms)}`,
    )
  }
  const clusters = packClusters(verdicts.map((unit) => [unit]))
  const interval = timed(() => krippendorffAlphaInterval(clusters, 'nominal', { rounds }), 1)
  say(
    `    bootstrap over prompts, ${rounds} rounds: ${(interval.ms / 1_000).toFixed(1)} s (under 5)`,
  )
}

function measureLabels(judgments: number): void {
  const random = seededRandom(judgments + 2)
  const units = promptsFor(judgments)
  const skills = Float64Array.from({ length: raters }, () => 0.5 + 0.45 * random())
  const truths = Int32Array.from({ length: units }, () => Math.floor(random() * classes))
  const data: Labels = {
    units: Int32Array.from({ length: judgments }, (_, at) => at % units),
    raters: Int32Array.from({ length: judgments }, () => Math.floor(random() * raters)),
    labels: new Int32Array(judgments),
  }
  for (let at = 0; at < judgments; at++) {
    const truth = truths[data.units[at] ?? 0] ?? 0
    const isRight = random() < (skills[data.raters[at] ?? 0] ?? 0)
    data.labels[at] = isRight ? truth : Math.floor(random() * classes)
  }
  const { result, ms: time } = timed(
    () => dawidSkene(data, { units, raters, classes }, { tolerance: 1e-7 * judgments }),
    1,
  )
  let right = 0
  for (let unit = 0; unit < units; unit++) {
    const own = result.posteriors.subarray(unit * classes, (unit + 1) * classes)
    if (own.indexOf(Math.max(...own)) === truths[unit]) right += 1
  }
  say(
    `  ${judgments.toLocaleString('en')} labels: ${(time / 1_000).toFixed(1)} s (under 10 for a million), ${result.iterations} iterations, ${((100 * right) / units).toFixed(1)} % of units right`,
  )
}

const sizes = [10_000, 100_000, 1_000_000].filter((size) => size <= most)
if (options.only.includes('statistics')) {
  say(`Ratings of ${models} models`)
  for (const size of sizes) measureRatings(size)
  measureBootstrap(sizes.at(-1) ?? most)
  say('Krippendorff’s alpha, four answers')
  for (const size of sizes) measureAlpha(size)
  say(`Dawid and Skene, ${raters} raters, ${classes} classes`)
  for (const size of sizes) measureLabels(size)
}
if (options.only.includes('database')) {
  say(`Standings of ${models} models from the database`)
  for (const judgments of sizes) {
    await measureFromDatabase({ judgments, prompts: promptsFor(judgments), models, say })
  }
}
if (options.only.includes('charts')) {
  say('Charts of daily versions over five years')
  await measureCharts({ models, prompts: 20, say })
}
process.exit(0)
