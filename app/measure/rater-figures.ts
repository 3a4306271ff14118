/** In: what was tallied of each rater. Out: figures, each with its n and interval, and signals. */
import { benjaminiHochberg } from '#app/stats/benjamini-hochberg.ts'
import { type ClusterMoments, noClusters } from '#app/stats/cluster-moments.ts'
import {
  absent,
  clusteredShareFigure,
  differenceFigure,
  type Figure,
  paceFigure,
  type Speed,
  shareFigure,
  speedFigures,
} from './rater-figure.ts'
import { type RaterTest, type Signal, signalOf, testsOf } from './rater-signals.ts'
import type { Flips, RatersTally, RaterTally } from './rater-tally.ts'

/** What is counted of a rater beside the judgments: skips by reason, and what does not count. */
export interface RaterCounts {
  skips: readonly { reason: string; count: number }[]
  extra: number
  withdrawn: number
}

export const figureNames = [
  'pace',
  'skips',
  'gold',
  'consistency',
  'first',
  'longer',
  'longer_than_others',
  'consensus',
  'consensus_than_others',
  'tie',
  'both_bad',
  'cant_judge',
  'undecided_than_others',
  'seconds',
  'fast',
  'adjudicated',
] as const
export type FigureName = (typeof figureNames)[number]

export interface RaterRow {
  rater_id: string
  /** Counted work. */
  judgments: number
  prompts: number
  extra: number
  withdrawn: number
  sittings: number
  figures: Record<FigureName, Figure>
  quartiles: { lower: Figure; upper: Figure }
  skips: { reason: string; count: number }[]
  flips: Flips
  /** The exact p-value of the sides against one half; null without decided verdicts. */
  side_p: number | null
  signals: Signal[]
}

export interface RatersResult {
  method: {
    judgments: string
    question: string | null
    intervals: string
    consensus: string
    length: string
    fast: string
    signals: string
    tests: number
    false_discovery_rate: number
    confidence: number
  }
  raters: RaterRow[]
}

/** The share of false signals among all signals is held to this in the mean. */
export const falseDiscoveryRate = 0.05

export interface RatersToMeasure {
  tally: RatersTally
  counts: ReadonlyMap<string, RaterCounts>
  /** The title of the question by which judgments are compared. */
  question: string | null
  kind: 'pairwise' | 'rubric' | 'ranking'
}

/** The figures of all raters of a campaign. Raters come in the order of their ids. */
export function ratersResult({ tally, counts, question, kind }: RatersToMeasure): RatersResult {
  const ids = [...new Set([...tally.raters.keys(), ...counts.keys()])].sort()
  const tests = testsOf({ tally, counts, ids })
  const adjusted = benjaminiHochberg(tests.map(({ p }) => p))
  const signals = new Map<string, Signal[]>()
  tests.forEach((test, place) => {
    const signal = signalOf(test, adjusted[place] ?? 1, falseDiscoveryRate)
    if (signal) signals.set(test.raterId, [...(signals.get(test.raterId) ?? []), signal])
  })
  return {
    method: methodOf(question, tests.length),
    raters: ids.map((id) =>
      rowOf({
        id,
        tally: tally.raters.get(id),
        counts: counts.get(id),
        kind,
        tests,
        signals: signals.get(id) ?? [],
      }),
    ),
  }
}

const methodOf = (question: string | null, tests: number): RatersResult['method'] => ({
  judgments:
    'by people, purpose work, latest revision, neither withdrawn nor extra; gold tasks and repeats apart',
  question,
  intervals:
    'shares over prompts: Wilson with the effective number of cases; gold, repeats, skips and sides: Wilson, one case a task; differences: Student’s t over prompts; times: order statistics; judgments an hour: Student’s t over sittings',
  consensus: 'the answer of more than half of the other raters of the task; can’t judge is missing',
  length: 'the longer of two responses in characters, against the other raters of the same tasks',
  fast: 'less time than reading 30 characters a second takes',
  signals:
    'Benjamini and Hochberg over all raters and tests; a signal also needs a difference that matters',
  tests,
  false_discovery_rate: falseDiscoveryRate,
  confidence: 0.95,
})

interface Measured {
  id: string
  tally: RaterTally | undefined
  counts: RaterCounts | undefined
  kind: RatersToMeasure['kind']
  tests: readonly RaterTest[]
  signals: Signal[]
}

function rowOf({ id, tally, counts, kind, tests, signals }: Measured): RaterRow {
  const skips = [...(counts?.skips ?? [])].sort((one, other) => other.count - one.count)
  const skipped = skips.reduce((sum, { count }) => sum + count, 0)
  const judgments = tally?.judgments ?? 0
  const pace = paceFigure(tally?.hours ?? new Map())
  const speed = speedFigures(tally?.times ?? new Map())
  return {
    rater_id: id,
    judgments,
    prompts: tally?.prompts ?? 0,
    extra: counts?.extra ?? 0,
    withdrawn: counts?.withdrawn ?? 0,
    sittings: pace.sittings,
    figures: {
      pace: { value: pace.value, low: pace.low, high: pace.high, n: pace.n, ...reasonOf(pace) },
      skips: shareFigure({ yes: skipped, n: skipped + judgments }, 'nothing judged or skipped yet'),
      ...figuresOf(tally, kind, speed),
    },
    quartiles: { lower: speed.lower, upper: speed.upper },
    skips,
    flips: tally?.flips ?? { keptFirst: 0, keptSecond: 0, other: 0 },
    side_p: tests.find((test) => test.raterId === id && test.kind === 'first')?.p ?? null,
    signals,
  }
}

const reasonOf = ({ reason }: Figure) => (reason === undefined ? {} : { reason })

const nobodyElse = 'no other rater judged the same tasks'
const notPairs = 'only pairs have sides'

function figuresOf(
  tally: RaterTally | undefined,
  kind: RatersToMeasure['kind'],
  speed: Speed,
): Omit<Record<FigureName, Figure>, 'pace' | 'skips'> {
  const moments = (pick: (one: RaterTally) => ClusterMoments) =>
    tally ? pick(tally) : noClusters()
  const verdicts = kind === 'pairwise' ? 'no verdict yet' : 'only pairs have such a verdict'
  const ofVerdicts = (pick: (one: RaterTally) => ClusterMoments) =>
    clusteredShareFigure(moments(pick), verdicts)
  const lengths = kind === 'rubric' ? 'only pairs and rankings compare lengths' : undefined
  const nothing = { yes: 0, n: 0 }
  return {
    gold: shareFigure(tally?.gold ?? nothing, 'no gold task judged yet'),
    consistency: shareFigure(tally?.repeats ?? nothing, 'no repeat judged yet'),
    first:
      kind === 'pairwise'
        ? shareFigure(tally?.first ?? nothing, 'no decided verdict whose shown order is known')
        : absent(notPairs),
    longer: clusteredShareFigure(
      moments((one) => one.longer),
      lengths ?? 'no decided verdict between responses of unequal length',
    ),
    longer_than_others: differenceFigure(
      moments((one) => one.longerThanOthers),
      lengths ?? 'no task that others decided too, between responses of unequal length',
    ),
    consensus: clusteredShareFigure(
      moments((one) => one.consensus),
      'no task whose other raters have a majority',
    ),
    consensus_than_others: differenceFigure(
      moments((one) => one.consensusThanOthers),
      'needs tasks with three raters',
    ),
    tie: ofVerdicts((one) => one.tie),
    both_bad: ofVerdicts((one) => one.bothBad),
    cant_judge: ofVerdicts((one) => one.cantJudge),
    undecided_than_others: differenceFigure(
      moments((one) => one.undecidedThanOthers),
      kind === 'pairwise' ? nobodyElse : verdicts,
    ),
    seconds: speed.median,
    fast: shareFigure(tally?.fast ?? nothing, 'no time was measured on any judgment'),
    adjudicated: clusteredShareFigure(
      moments((one) => one.adjudicated),
      'none of the judged tasks was adjudicated',
    ),
  }
}
