/**
 * In: what was tallied of each rater. Out: what is worth a look, in words that are signals and no
 * verdicts on people: each says what was seen, on how much, and what would be expected.
 */
import { binomialTest } from '#app/stats/binomial-test.ts'
import {
  type ClusterMoments,
  intervalOfMean,
  meanOfMoments,
  testOfLesserMean,
  testOfMean,
  withClusters,
  withoutClusters,
} from '#app/stats/cluster-moments.ts'
import { fisherTooFew, fisherTooMany } from '#app/stats/fisher-test.ts'
import { type Interval, wilsonInterval } from '#app/stats/wilson-interval.ts'
import { fewPrompts } from './method.ts'
import type { RaterCounts } from './rater-figures.ts'
import type { RatersTally, RaterTally, Share } from './rater-tally.ts'

export const signalKinds = [
  'first',
  'longer',
  'consensus',
  'undecided',
  'gold',
  'consistency',
  'skips',
  'fast',
] as const
export type SignalKind = (typeof signalKinds)[number]

export interface Signal {
  kind: SignalKind
  words: string
  n: number
  p: number
  /** After the control of false alarms. */
  adjusted_p: number
}

/** One test of one rater, whether or not anything comes of it. */
export interface RaterTest {
  raterId: string
  kind: SignalKind
  p: number
  n: number
  words: string
  /** Whether the difference is large enough to matter, however sure it is. */
  matters: boolean
}

/** A signal where a test is a finding and its difference matters. */
export const signalOf = (
  { kind, words, n, p, matters }: RaterTest,
  adjusted: number,
  rate: number,
): Signal | undefined =>
  matters && adjusted <= rate ? { kind, words, n, p, adjusted_p: adjusted } : undefined

interface Campaign {
  tally: RatersTally
  counts: ReadonlyMap<string, RaterCounts>
  ids: readonly string[]
}

/** Decided verdicts, gold tasks or repeats below which no test is made. */
const leastVerdicts = 20
const leastTasks = 5

/** A difference smaller than this is not worth anybody's time. */
const matter = 0.1
const undecidedMatters = 0.15
/** More than this share of verdicts faster than reading is out of the ordinary. */
const fastShare = 0.5

/** All tests of all raters that have enough to be tested on. */
export function testsOf({ tally, counts, ids }: Campaign): RaterTest[] {
  const shares = ids.map((id) => sharesOf(tally.raters.get(id), counts.get(id)))
  const all = shares.reduce(addShares, noShares)
  return ids.flatMap((raterId, place) => {
    const own = shares[place] ?? noShares
    const rater = tally.raters.get(raterId)
    const others = (kind: keyof Shares): Share => ({
      yes: all[kind].yes - own[kind].yes,
      n: all[kind].n - own[kind].n,
    })
    const tests = [
      firstTest(own.first),
      rater && lengthTest(rater.longerThanOthers),
      rater && consensusTest(rater, tally.everybody),
      rater && undecidedTest(rater.undecidedThanOthers),
      fewTest('gold', own.gold, others('gold')),
      fewTest('consistency', own.repeats, others('repeats')),
      skipsTest(own.skips, others('skips')),
      fastTest(own.fast, others('fast')),
    ]
    return tests.flatMap((test) => (test ? [{ ...test, raterId }] : []))
  })
}

type Shares = Record<'first' | 'gold' | 'repeats' | 'skips' | 'fast', Share>
type Test = Omit<RaterTest, 'raterId'> | undefined

const none: Share = { yes: 0, n: 0 }
const noShares: Shares = { first: none, gold: none, repeats: none, skips: none, fast: none }

function sharesOf(rater: RaterTally | undefined, counts: RaterCounts | undefined): Shares {
  const skipped = counts?.skips.reduce((sum, { count }) => sum + count, 0) ?? 0
  return {
    first: rater?.first ?? none,
    gold: rater?.gold ?? none,
    repeats: rater?.repeats ?? none,
    skips: { yes: skipped, n: skipped + (rater?.judgments ?? 0) },
    fast: rater?.fast ?? none,
  }
}

function addShares(one: Shares, other: Shares): Shares {
  const sum = (kind: keyof Shares): Share => ({
    yes: one[kind].yes + other[kind].yes,
    n: one[kind].n + other[kind].n,
  })
  return {
    first: sum('first'),
    gold: sum('gold'),
    repeats: sum('repeats'),
    skips: sum('skips'),
    fast: sum('fast'),
  }
}

const percent = (share: number) => `${Math.round(100 * share)} %`
const between = (interval: Interval | null) =>
  interval ? `, 95 % interval ${percent(interval.low)} to ${percent(interval.high)}` : ''
const ofShare = ({ yes, n }: Share) =>
  `${yes} of ${n} (${percent(yes / n)}${between(wilsonInterval(yes, n))})`
const points = (share: number) => `${Math.round(100 * Math.abs(share))} points`
const ofDifference = (mean: number, interval: Interval | null) =>
  interval === null
    ? points(mean)
    : `${points(mean)} (95 % interval ${Math.round(100 * interval.low)} to ${Math.round(100 * interval.high)})`

function firstTest(first: Share): Test {
  const p = binomialTest(first.yes, first.n, 0.5)
  if (p === null || first.n < leastVerdicts) return undefined
  return {
    kind: 'first',
    p,
    n: first.n,
    matters: Math.abs(first.yes / first.n - 0.5) >= matter,
    words: `Decided for the response shown first in ${ofShare(first)} decided verdicts; sides are drawn at random, so about half would be expected.`,
  }
}

function lengthTest(moments: ClusterMoments): Test {
  const found = meanOfMoments(moments)
  const p = found && testOfMean(found)
  if (!found || p === null || found.clusters < fewPrompts) return undefined
  const way = found.mean > 0 ? 'more' : 'less'
  return {
    kind: 'longer',
    p,
    n: moments.count,
    matters: Math.abs(found.mean) >= matter,
    words: `Decided for the longer response ${way} often than the others on the same ${moments.count} tasks, by ${ofDifference(found.mean, intervalOfMean(found))}.`,
  }
}

/**
 * Less agreement with the majority than the others have: on the same tasks where three or more judged
 * them, else against the tasks that the rater did not judge.
 */
function consensusTest(rater: RaterTally, everybody: ClusterMoments): Test {
  const paired = meanOfMoments(rater.consensusThanOthers)
  const p = paired && testOfMean(paired, 'less')
  if (paired && p !== null && paired.clusters >= fewPrompts) {
    const n = rater.consensusThanOthers.count
    return {
      kind: 'consensus',
      p,
      n,
      matters: paired.mean <= -matter,
      words: `Agreed with the majority of the other raters less often than they do on the same ${n} tasks, by ${ofDifference(paired.mean, intervalOfMean(paired))}.`,
    }
  }
  return unpairedConsensusTest(rater, everybody)
}

function unpairedConsensusTest(rater: RaterTally, everybody: ClusterMoments): Test {
  const elsewhere = withClusters(
    withoutClusters(everybody, rater.everybodyThere),
    rater.othersThere,
  )
  const own = meanOfMoments(rater.consensus)
  const others = meanOfMoments(elsewhere)
  if (!own || !others || own.clusters < fewPrompts || others.clusters < fewPrompts) return undefined
  const p = testOfLesserMean(own, others)
  if (p === null) return undefined
  return {
    kind: 'consensus',
    p,
    n: rater.consensus.count,
    matters: own.mean - others.mean <= -matter,
    words: `Agreed with the majority of the other raters in ${percent(own.mean)}${between(intervalOfMean(own))} of ${rater.consensus.count} cases; on other tasks raters agree in ${percent(others.mean)}.`,
  }
}

function undecidedTest(moments: ClusterMoments): Test {
  const found = meanOfMoments(moments)
  const p = found && testOfMean(found)
  if (!found || p === null || found.clusters < fewPrompts) return undefined
  const way = found.mean > 0 ? 'more' : 'less'
  return {
    kind: 'undecided',
    p,
    n: moments.count,
    matters: Math.abs(found.mean) >= undecidedMatters,
    words: `Left pairs undecided (tie, both bad or can’t judge) ${way} often than the others on the same ${moments.count} tasks, by ${ofDifference(found.mean, intervalOfMean(found))}.`,
  }
}

const fewWords = {
  gold: { what: 'gold tasks as expected', did: 'Judged' },
  consistency: { what: 'repeated tasks as the first time', did: 'Judged' },
} as const

function fewTest(kind: keyof typeof fewWords, own: Share, others: Share): Test {
  const p = fisherTooFew({ successes: own.yes, trials: own.n }, splitOf(others))
  if (p === null || own.n < leastTasks) return undefined
  const { did, what } = fewWords[kind]
  return {
    kind,
    p,
    n: own.n,
    matters: own.yes / own.n - others.yes / others.n <= -matter,
    words: `${did} ${ofShare(own)} ${what}; the other raters ${percent(others.yes / others.n)} of ${others.n}.`,
  }
}

const splitOf = ({ yes, n }: Share) => ({ successes: yes, trials: n })

function skipsTest(own: Share, others: Share): Test {
  const p = fisherTooMany(splitOf(own), splitOf(others))
  if (p === null || own.n < leastVerdicts) return undefined
  return {
    kind: 'skips',
    p,
    n: own.n,
    matters: own.yes / own.n - others.yes / others.n >= matter,
    words: `Skipped ${ofShare(own)} tasks; the other raters ${percent(others.yes / others.n)} of ${others.n}.`,
  }
}

/** Faster than the texts can be read more than half of the time, and more often than the others are. */
function fastTest(own: Share, others: Share): Test {
  const half = binomialTest(own.yes, own.n, fastShare, 'greater')
  if (half === null || own.n < leastVerdicts) return undefined
  const beside = fisherTooMany(splitOf(own), splitOf(others)) ?? 0
  const share = others.n === 0 ? 0 : others.yes / others.n
  return {
    kind: 'fast',
    p: Math.max(half, beside),
    n: own.n,
    matters: own.yes / own.n - Math.max(fastShare, share) >= matter,
    words: `Took less time than the texts take to read in ${ofShare(own)} judgments${others.n === 0 ? '' : `; the other raters in ${percent(share)} of ${others.n}`}.`,
  }
}
