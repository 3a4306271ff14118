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
import { type CountedPairs, rowsByPair, rowsOf } from './counted-pairs.ts'
import { effectiveTasks, type Weighing, weightOf } from './drawn-tasks.ts'
import type { MeasureOptions } from './method.ts'
import { pointsOf, singly } from './scored-pairs.ts'
import type { MeasuredModel, PairRow, ScoreRow, StandingRow, StandingsInput } from './standings.ts'
import type { StrengthColumns } from './strengths.ts'
import type { RaterVote, ScoreTally } from './tally.ts'

type WinColumns = Omit<StandingRow, keyof StrengthColumns>

/** @param place the model's in the columns; undefined where it has no row there */
export function winRow(
  model: MeasuredModel,
  { counted, rows, place }: { counted: CountedPairs; rows: Int32Array; place: number | undefined },
  { options, raterVotes = [] }: StandingsInput,
  weighing: Weighing,
): WinColumns & Partial<Pick<StandingRow, 'reason'>> {
  const row = { wins: 0, losses: 0, ties: 0, both_bad: 0, cant_judge: 0 }
  const clusters: ClusterTotal[] = []
  const tied: ClusterTotal[] = []
  const weights: number[] = []
  let judgedOn = 0
  let prompt = -1
  let cluster = { sum: 0, count: 0 }
  let ties = { sum: 0, count: 0 }
  for (const at of rows) {
    if (counted.prompt[at] !== prompt) {
      prompt = counted.prompt[at] ?? 0
      judgedOn += 1
      cluster = { sum: 0, count: 0 }
      clusters.push(cluster)
      ties = { sum: 0, count: 0 }
      tied.push(ties)
    }
    const isA = counted.a[at] === place
    const wins = (isA ? counted.winsA[at] : counted.winsB[at]) ?? 0
    row.wins += wins
    row.losses += (isA ? counted.winsB[at] : counted.winsA[at]) ?? 0
    row.ties += counted.ties[at] ?? 0
    row.both_bad += counted.bothBad[at] ?? 0
    row.cant_judge += counted.cantJudge[at] ?? 0
    const count = counted.count[at] ?? 0
    ties.sum += counted.ties[at] ?? 0
    ties.count += count
    if (count === 0) continue
    const points = counted.points[at] ?? 0
    const own = options.ties === 'own' ? wins : isA ? points : count - points
    const weight = weightIn(counted, at, weighing)
    weights.push(weight)
    const scale = weight / count
    if (options.interval === 'judgment') {
      const halves = options.ties === 'own' ? 0 : (counted.halves[at] ?? 0)
      for (const part of singly({ count, own, halves })) {
        clusters.push({ sum: scale * part.own, count: scale * part.count })
      }
      continue
    }
    cluster.sum += scale * own
    cluster.count += scale * count
  }
  const { confidence } = options
  const rate =
    options.interval === 'both' && weighing.kind !== 'drawn'
      ? twoWayClusteredMean(ownVotes(model, raterVotes, options), { confidence, bounds: [0, 1] })
      : clusteredShare(clusters, { confidence })
  return {
    model: model.label,
    model_id: model.id,
    color: model.color,
    win_rate: rate?.mean ?? null,
    win_rate_low: rate?.low ?? null,
    win_rate_high: rate?.high ?? null,
    ...row,
    judgments: row.wins + row.losses + row.ties + row.both_bad,
    prompts: judgedOn,
    ...(options.ties === 'own' ? tieColumns(tied, confidence) : {}),
    ...(weighing.kind === 'drawn' ? { effective_tasks: effectiveTasks(weights) } : {}),
  }
}

/** What the verdicts of a row count together. */
function weightIn({ pairs, count }: CountedPairs, row: number, weighing: Weighing): number {
  const pair = weighing.kind === 'drawn' ? pairs[row] : undefined
  return pair ? weightOf(pair, weighing, count[row] ?? 0) : (count[row] ?? 0)
}

/** The share of ties among the verdicts of a model, where ties are a category of their own. */
function tieColumns(
  byPrompt: readonly ClusterTotal[],
  confidence: number,
): Partial<Pick<StandingRow, 'tie_rate' | 'tie_rate_low' | 'tie_rate_high'>> {
  const rate = clusteredShare(byPrompt, { confidence })
  return rate ? { tie_rate: rate.mean, tie_rate_low: rate.low, tie_rate_high: rate.high } : {}
}

export function pairRows(
  counted: CountedPairs,
  weighing: Weighing,
  { options, models }: Pick<StandingsInput, 'options' | 'models'>,
): PairRow[] {
  const labels = new Map(models.map((model) => [model.id, model.label]))
  const groups = rowsByPair(counted)
  const rows = Array.from({ length: groups.starts.length - 1 }, (_, pair): PairRow => {
    const own = rowsOf(groups, pair)
    const modelA = counted.modelIds[counted.a[own[0] ?? 0] ?? 0] ?? ''
    const modelB = counted.modelIds[counted.b[own[0] ?? 0] ?? 0] ?? ''
    const sums = { wins_a: 0, wins_b: 0, ties: 0, both_bad: 0, cant_judge: 0 }
    let prompts = 0
    let prompt = -1
    for (const at of own) {
      sums.wins_a += counted.winsA[at] ?? 0
      sums.wins_b += counted.winsB[at] ?? 0
      sums.ties += counted.ties[at] ?? 0
      sums.both_bad += counted.bothBad[at] ?? 0
      sums.cant_judge += counted.cantJudge[at] ?? 0
      if (counted.prompt[at] !== prompt) prompts += 1
      prompt = counted.prompt[at] ?? 0
    }
    const rate = shareOf(counted, own, weighing, options)
    return {
      a: labels.get(modelA) ?? modelA,
      b: labels.get(modelB) ?? modelB,
      a_id: modelA,
      b_id: modelB,
      ...sums,
      score_a: rate?.mean ?? null,
      score_a_low: rate?.low ?? null,
      score_a_high: rate?.high ?? null,
      prompts,
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
  counted: CountedPairs,
  rows: Int32Array,
  weighing: Weighing,
  { confidence }: MeasureOptions,
): { mean: number; low: number | null; high: number | null } | null {
  const clusters: ClusterTotal[] = []
  for (const at of rows) {
    const count = counted.count[at] ?? 0
    if (count === 0) continue
    const weight = weightIn(counted, at, weighing)
    clusters.push({ sum: (weight * (counted.points[at] ?? 0)) / count, count: weight })
  }
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
  const groups = Map.groupBy(scores.toSorted(byPromptAlone), scoreKey)
  const rows: ScoreRow[] = []
  for (const [criterionId, criterion] of criterionNames) {
    for (const model of models) {
      const own = groups.get(scoreKey({ criterionId, modelId: model.id })) ?? []
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

const scoreKey = ({ criterionId, modelId }: Pick<ScoreTally, 'criterionId' | 'modelId'>): string =>
  `${criterionId}|${modelId}`

/** Sums of floating-point numbers hang on their order: it is always the same. */
const byPromptAlone = (one: ScoreTally, other: ScoreTally): number =>
  one.promptId === other.promptId ? 0 : one.promptId < other.promptId ? -1 : 1

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
