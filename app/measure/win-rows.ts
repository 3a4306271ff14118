/** In: verdicts counted per prompt and pair. Out: the shares and means of the rows, with intervals. */
import {
  addCluster,
  clusteredShareInterval,
  meanOfMoments,
  noClusters,
} from '#app/stats/cluster-moments.ts'
import { type ClusterTotal, clusteredMean } from '#app/stats/clustered-mean.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { type TwoWayValue, twoWayClusteredMean } from '#app/stats/two-way-clustered-mean.ts'
import { effectiveTasks, type Weighing, weightOf } from './drawn-tasks.ts'
import type { MeasureOptions } from './method.ts'
import { ownPoints, pointsOf, scored, splitIfSingle } from './scored-pairs.ts'
import type { MeasuredModel, PairRow, ScoreRow, StandingRow, StandingsInput } from './standings.ts'
import type { StrengthColumns } from './strengths.ts'
import type { PairTally, RaterVote } from './tally.ts'

/** The share of ties among the verdicts of a model, where ties are a category of their own. */
function tieColumns(
  own: readonly PairTally[],
  options: MeasureOptions,
): Partial<Pick<StandingRow, 'tie_rate' | 'tie_rate_low' | 'tie_rate_high'>> {
  if (options.ties !== 'own') return {}
  const byPrompt = new Map<string, ClusterTotal>()
  for (const pair of own) {
    const { sum, count } = byPrompt.get(pair.promptId) ?? { sum: 0, count: 0 }
    const more = scored(pair, options).count
    byPrompt.set(pair.promptId, { sum: sum + pair.ties, count: count + more })
  }
  const rate = clusteredShare([...byPrompt.values()], { confidence: options.confidence })
  return rate ? { tie_rate: rate.mean, tie_rate_low: rate.low, tie_rate_high: rate.high } : {}
}

type WinColumns = Omit<StandingRow, keyof StrengthColumns>

/** @param input whose pairs are those in which the model took part */
export function winRow(
  model: MeasuredModel,
  { pairs, options, raterVotes = [] }: StandingsInput,
  weighing: Weighing,
): WinColumns & Partial<Pick<StandingRow, 'reason'>> {
  const row = { wins: 0, losses: 0, ties: 0, both_bad: 0, cant_judge: 0 }
  const clusters = new Map<string, ClusterTotal>()
  const weights: number[] = []
  const judgedOn = new Set<string>()
  for (const pair of pairs) {
    const isA = pair.modelA === model.id
    row.wins += isA ? pair.winsA : pair.winsB
    row.losses += isA ? pair.winsB : pair.winsA
    row.ties += pair.ties
    row.both_bad += pair.bothBad
    row.cant_judge += pair.cantJudge
    judgedOn.add(pair.promptId)
    const { count, points, halves } = scored(pair, options)
    const own = ownPoints(pair, options, { isA, count, points })
    const shared = options.ties === 'own' ? 0 : halves
    const weight = weightOf(pair, weighing, count)
    if (count > 0) weights.push(weight)
    const scale = count > 0 ? weight / count : 1
    for (const part of splitIfSingle(pair, options, { count, own, halves: shared })) {
      const key = part.key
      const cluster = clusters.get(key) ?? { sum: 0, count: 0 }
      cluster.sum += scale * part.own
      cluster.count += scale * part.count
      clusters.set(key, cluster)
    }
  }
  const { confidence } = options
  const rate =
    options.interval === 'both' && weighing.kind !== 'drawn'
      ? twoWayClusteredMean(ownVotes(model, raterVotes, options), { confidence, bounds: [0, 1] })
      : clusteredShare([...clusters.values()], { confidence })
  return {
    model: model.label,
    model_id: model.id,
    color: model.color,
    win_rate: rate?.mean ?? null,
    win_rate_low: rate?.low ?? null,
    win_rate_high: rate?.high ?? null,
    ...row,
    judgments: row.wins + row.losses + row.ties + row.both_bad,
    prompts: judgedOn.size,
    ...tieColumns(pairs, options),
    ...(weighing.kind === 'drawn' ? { effective_tasks: effectiveTasks(weights) } : {}),
  }
}

export function pairRows(
  { pairs, options }: StandingsInput,
  weighing: Weighing,
  labels: ReadonlyMap<string, string>,
): PairRow[] {
  const groups = Map.groupBy(pairs, ({ modelA, modelB }) => `${modelA}|${modelB}`)
  const rows = [...groups.values()].map((group): PairRow => {
    const sum = (take: (pair: PairTally) => number) =>
      group.reduce((total, pair) => total + take(pair), 0)
    const rate = shareOf(group, weighing, options)
    const { modelA = '', modelB = '' } = group[0] ?? {}
    return {
      a: labels.get(modelA) ?? modelA,
      b: labels.get(modelB) ?? modelB,
      a_id: modelA,
      b_id: modelB,
      wins_a: sum((pair) => pair.winsA),
      wins_b: sum((pair) => pair.winsB),
      ties: sum((pair) => pair.ties),
      both_bad: sum((pair) => pair.bothBad),
      cant_judge: sum((pair) => pair.cantJudge),
      score_a: rate?.mean ?? null,
      score_a_low: rate?.low ?? null,
      score_a_high: rate?.high ?? null,
      prompts: new Set(group.map((pair) => pair.promptId)).size,
    }
  })
  return rows.sort((one, other) =>
    one.a === other.a ? (one.b < other.b ? -1 : 1) : one.a < other.a ? -1 : 1,
  )
}

/**
 * A pair's share for a. Where tasks were drawn a pair has few of them and each its weight, so that
 * Student's interval is too short: there it is Wilson's with the effective number of tasks.
 */
function shareOf(
  group: readonly PairTally[],
  weighing: Weighing,
  options: MeasureOptions,
): { mean: number; low: number | null; high: number | null } | null {
  const clusters = group.map((pair) => {
    const { count, points } = scored(pair, options)
    const weight = weightOf(pair, weighing, count)
    return { sum: count > 0 ? (weight * points) / count : 0, count: weight }
  })
  const { confidence } = options
  if (weighing.kind !== 'drawn') return clusteredShare(clusters, { confidence })
  const weights = clusters.map(({ count }) => count)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const scale = total === 0 ? 0 : effectiveTasks(weights) / total
  const moments = noClusters()
  for (const { sum, count } of clusters) addCluster(moments, scale * sum, scale * count)
  const found = meanOfMoments(moments)
  if (!found) return null
  const interval = clusteredShareInterval(moments, confidence)
  return { mean: found.mean, low: interval?.low ?? null, high: interval?.high ?? null }
}

/** Mean scores: over raters within a prompt first, then over prompts, each prompt weighing the same. */
export function scoreRows({ scores, criterionNames, models, options }: StandingsInput): ScoreRow[] {
  const rows: ScoreRow[] = []
  for (const [criterionId, criterion] of criterionNames) {
    for (const model of models) {
      const own = scores.filter(
        (score) => score.criterionId === criterionId && score.modelId === model.id,
      )
      const mean = clusteredMean(
        own.map((score) => ({ sum: score.sum / score.count, count: 1 })),
        { confidence: options.confidence },
      )
      if (!mean) continue
      rows.push({
        criterion,
        model: model.label,
        model_id: model.id,
        color: model.color,
        mean: mean.mean,
        low: mean.low,
        high: mean.high,
        judgments: own.reduce((total, score) => total + score.count, 0),
        prompts: mean.clusters,
        ...(mean.reason === undefined ? {} : { reason: mean.reason }),
      })
    }
  }
  return rows
}

/** A model's points in each rater's verdicts; its wins alone where ties are a category of their own. */
const ownVotes = (
  { id }: MeasuredModel,
  votes: readonly RaterVote[],
  options: MeasureOptions,
): TwoWayValue[] =>
  votes.flatMap((vote) => {
    const points = pointsOf(vote, options)
    if (points === undefined || (vote.modelA !== id && vote.modelB !== id)) return []
    const isHalf = points === 0.5
    const own = vote.modelA === id ? points : 1 - points
    const value = isHalf && options.ties === 'own' ? 0 : own
    return [{ prompt: vote.promptId, rater: vote.raterId, value }]
  })
