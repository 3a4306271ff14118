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
import type { Values } from '#app/ui/languages.ts'
import { fewPrompts } from './method.ts'
import type { RaterCounts } from './rater-figures.ts'
import type { RatersTally, RaterTally, Share } from './rater-tally.ts'
import { signalSayIn } from './signal-words.ts'

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

const say = signalSayIn('en')
const percent = (share: number) => `${Math.round(100 * share)} %`
/** Counts as they are, without marks between thousands. */
const count = (n: number) => String(n)

interface ShareWords extends Values {
  yes: string
  n: string
  share: string
  low: string
  high: string
}

function ofShare({ yes, n }: Share): ShareWords | undefined {
  const interval = wilsonInterval(yes, n)
  return interval
    ? {
        yes: count(yes),
        n: count(n),
        share: percent(yes / n),
        low: percent(interval.low),
        high: percent(interval.high),
      }
    : undefined
}

const ofOthers = ({ yes, n }: Share) => ({ others: percent(yes / n), othersN: count(n) })

const ofDifference = (moments: ClusterMoments, mean: number, { low, high }: Interval) => ({
  n: count(moments.count),
  points: count(Math.round(100 * Math.abs(mean))),
  low: count(Math.round(100 * low)),
  high: count(Math.round(100 * high)),
})

function firstTest(first: Share): Test {
  const p = binomialTest(first.yes, first.n, 0.5)
  const share = ofShare(first)
  if (p === null || !share || first.n < leastVerdicts) return undefined
  return {
    kind: 'first',
    p,
    n: first.n,
    matters: Math.abs(first.yes / first.n - 0.5) >= matter,
    words: say('first', share),
  }
}

function lengthTest(moments: ClusterMoments): Test {
  const found = meanOfMoments(moments)
  const p = found && testOfMean(found)
  const interval = found && intervalOfMean(found)
  if (!found || !interval || p === null || found.clusters < fewPrompts) return undefined
  return {
    kind: 'longer',
    p,
    n: moments.count,
    matters: Math.abs(found.mean) >= matter,
    words: say(
      found.mean > 0 ? 'longerMore' : 'longerLess',
      ofDifference(moments, found.mean, interval),
    ),
  }
}

/**
 * Less agreement with the majority than the others have: on the same tasks where three or more judged
 * them, else against the tasks that the rater did not judge.
 */
function consensusTest(rater: RaterTally, everybody: ClusterMoments): Test {
  const moments = rater.consensusThanOthers
  const paired = meanOfMoments(moments)
  const p = paired && testOfMean(paired, 'less')
  const interval = paired && intervalOfMean(paired)
  if (paired && interval && p !== null && paired.clusters >= fewPrompts) {
    return {
      kind: 'consensus',
      p,
      n: moments.count,
      matters: paired.mean <= -matter,
      words: say('consensus', ofDifference(moments, paired.mean, interval)),
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
  const interval = intervalOfMean(own)
  const values = {
    share: percent(own.mean),
    n: count(rater.consensus.count),
    others: percent(others.mean),
  }
  return {
    kind: 'consensus',
    p,
    n: rater.consensus.count,
    matters: own.mean - others.mean <= -matter,
    words: interval
      ? say('consensusElsewhere', {
          ...values,
          low: percent(interval.low),
          high: percent(interval.high),
        })
      : say('consensusElsewhereBare', values),
  }
}

function undecidedTest(moments: ClusterMoments): Test {
  const found = meanOfMoments(moments)
  const p = found && testOfMean(found)
  const interval = found && intervalOfMean(found)
  if (!found || !interval || p === null || found.clusters < fewPrompts) return undefined
  return {
    kind: 'undecided',
    p,
    n: moments.count,
    matters: Math.abs(found.mean) >= undecidedMatters,
    words: say(
      found.mean > 0 ? 'undecidedMore' : 'undecidedLess',
      ofDifference(moments, found.mean, interval),
    ),
  }
}

function fewTest(kind: 'gold' | 'consistency', own: Share, others: Share): Test {
  const p = fisherTooFew({ successes: own.yes, trials: own.n }, splitOf(others))
  const share = ofShare(own)
  if (p === null || !share || own.n < leastTasks) return undefined
  return {
    kind,
    p,
    n: own.n,
    matters: own.yes / own.n - others.yes / others.n <= -matter,
    words: say(kind, { ...share, ...ofOthers(others) }),
  }
}

const splitOf = ({ yes, n }: Share) => ({ successes: yes, trials: n })

function skipsTest(own: Share, others: Share): Test {
  const p = fisherTooMany(splitOf(own), splitOf(others))
  const share = ofShare(own)
  if (p === null || !share || own.n < leastVerdicts) return undefined
  return {
    kind: 'skips',
    p,
    n: own.n,
    matters: own.yes / own.n - others.yes / others.n >= matter,
    words: say('skips', { ...share, ...ofOthers(others) }),
  }
}

/** Faster than the texts can be read more than half of the time, and more often than the others are. */
function fastTest(own: Share, others: Share): Test {
  const half = binomialTest(own.yes, own.n, fastShare, 'greater')
  const told = ofShare(own)
  if (half === null || !told || own.n < leastVerdicts) return undefined
  const beside = fisherTooMany(splitOf(own), splitOf(others)) ?? 0
  const share = others.n === 0 ? 0 : others.yes / others.n
  return {
    kind: 'fast',
    p: Math.max(half, beside),
    n: own.n,
    matters: own.yes / own.n - Math.max(fastShare, share) >= matter,
    words: others.n === 0 ? say('fastAlone', told) : say('fast', { ...told, ...ofOthers(others) }),
  }
}
