/** In: what people and judging models said of the same pairs. Out: how far the judges can be trusted. */
import { addCluster, type ClusterMoments, noClusters } from '#app/stats/cluster-moments.ts'
import {
  type ClusteredPrediction,
  clusteredPredictionPoweredMean,
} from '#app/stats/clustered-prediction-powered-mean.ts'
import { cohenKappa } from '#app/stats/cohen-kappa.ts'
import {
  type JudgedPair,
  type JudgeTally,
  scoreOfA,
  together,
  type VoteKind,
  type Votes,
  voteKinds,
  votesIn,
} from './judge-tally.ts'
import { fewPrompts } from './method.ts'
import { clusteredShareFigure, differenceFigure, type Figure } from './rater-figure.ts'
import type { MeasuredModel } from './standings.ts'

export interface JudgeRow {
  judge: string
  verdicts: number
  prompts: number
  /** Pairs that people judged as well. */
  shared_pairs: number
  /** How often the judge says what a person says of the same pair. */
  agreement: Figure
  /** How often two people say the same of those pairs: what a judge could reach. */
  people_agreement: Figure
  /** Beyond chance, between the judge's and the people's most frequent answers. */
  kappa: Figure
  /** Rows are the people's answers, columns the judge's, each pair weighing one. */
  confusion: number[][]
  /** Share of decisive verdicts for the response shown first. */
  first: Figure
  /** The same of people. */
  people_first: Figure
  /** How much more often than people the judge prefers the longer response. */
  longer: Figure
  /** How much better than people the judge scores models of its own family. */
  own_family: Figure
}

export interface CombinedRow {
  model: string
  model_id: string
  color: number
  people: Interval & { pairs: number; prompts: number }
  /** Absent where it cannot be had, with the reason. */
  combined?: Interval & {
    weight: number
    labelled_pairs: number
    judged_pairs: number
    /** People's verdicts on pairs that would tell as much without the judges. */
    effective_pairs: number
  }
  reason?: string
}

interface Interval {
  win_rate: number
  low: number
  high: number
}

export interface JudgeReport {
  judges: JudgeRow[]
  combined: CombinedRow[]
  answers: readonly VoteKind[]
  method: {
    agreement: string
    kappa: string
    combined: string
    assumption: string
    confidence: number
  }
  warnings: string[]
}

const confidence = 0.95

/** The report on every judge, and the win rates that people and judges give together. */
export function judgeReport({ pairs }: JudgeTally, models: readonly MeasuredModel[]): JudgeReport {
  const all = [...pairs.values()]
  const names = [...new Set(all.flatMap(({ judges }) => [...judges.keys()]))].sort()
  const labels = new Map(models.map((model) => [model.id, model.label]))
  return {
    judges: names.map((judge) => judgeRow(judge, all, labels)),
    combined: names.length === 0 ? [] : combinedRows(all, models),
    answers: voteKinds,
    method: {
      agreement:
        'share of people’s votes on a pair that are the judge’s vote, averaged over the pairs both judged; intervals by prompt',
      kappa:
        'Cohen’s kappa of the most frequent answers, pairs with a tie for most frequent left out',
      combined:
        'prediction-powered inference (PPI++): the judges’ mean over pairs that people did not judge, corrected by how far judges and people differ where both did; weight tuned to the least variance, all judges together, clustered by prompt',
      assumption:
        'the pairs that people judged are taken as a random sample of all; where they were chosen otherwise the combined figures lean',
      confidence,
    },
    warnings: warningsOf(all),
  }
}

function warningsOf(pairs: readonly JudgedPair[]): string[] {
  const shared = pairs.filter((pair) => votesIn(pair.people) > 0 && pair.judges.size > 0)
  if (shared.length === 0 && pairs.some(({ judges }) => judges.size > 0)) {
    return ['People and judges have no pair in common, so that nothing can be said of the judges.']
  }
  const prompts = new Set(shared.map(({ promptId }) => promptId)).size
  return shared.length > 0 && prompts < fewPrompts
    ? [`People and judges share only ${prompts} prompts: the intervals are rough.`]
    : []
}

/** Sums and counts by prompt, which become the clusters of a figure. */
class ByPrompt {
  readonly #clusters = new Map<string, { sum: number; count: number }>()

  add(promptId: string, sum: number, count: number): void {
    const cluster = this.#clusters.get(promptId) ?? { sum: 0, count: 0 }
    cluster.sum += sum
    cluster.count += count
    this.#clusters.set(promptId, cluster)
  }

  get moments(): ClusterMoments {
    const moments = noClusters()
    for (const { sum, count } of this.#clusters.values()) addCluster(moments, sum, count)
    return moments
  }
}

function judgeRow(
  judge: string,
  pairs: readonly JudgedPair[],
  labels: ReadonlyMap<string, string>,
): JudgeRow {
  const agreement = new ByPrompt()
  const people = new ByPrompt()
  const [first, peopleFirst] = [new ByPrompt(), new ByPrompt()]
  const [longer, family] = [new ByPrompt(), new ByPrompt()]
  const confusion = voteKinds.map(() => voteKinds.map(() => 0))
  const majorities = voteKinds.map(() => voteKinds.map(() => 0))
  const prompts = new Set<string>()
  let [verdicts, shared] = [0, 0]
  for (const pair of pairs) {
    peopleFirst.add(pair.promptId, pair.people.first, pair.people.sided)
    const own = pair.judges.get(judge)
    if (!own) continue
    const count = votesIn(own)
    verdicts += count
    prompts.add(pair.promptId)
    first.add(pair.promptId, own.first, own.sided)
    const votes = votesIn(pair.people)
    if (votes === 0) continue
    shared += 1
    agreement.add(pair.promptId, meeting(pair.people, own), 1)
    if (votes > 1) people.add(pair.promptId, meetingAmong(pair.people), 1)
    addTo(
      confusion,
      (row, column) => (pair.people.counts[row] * own.counts[column]) / (votes * count),
    )
    const [most, judged] = [mostFrequent(pair.people), mostFrequent(own)]
    if (most && judged)
      addTo(majorities, (row, column) => (row === most && column === judged ? 1 : 0))
    const apart = longerShare(pair, own) - longerShare(pair, pair.people)
    if (!Number.isNaN(apart)) longer.add(pair.promptId, apart, 1)
    const side = ownFamilySide(judge, pair, labels)
    const lead = (scoreOfA(own) ?? 0) - (scoreOfA(pair.people) ?? 0)
    if (side) family.add(pair.promptId, side === 'a' ? lead : -lead, 1)
  }
  const none = 'people judged none of its pairs'
  return {
    judge,
    verdicts,
    prompts: prompts.size,
    shared_pairs: shared,
    agreement: clusteredShareFigure(agreement.moments, none),
    people_agreement: clusteredShareFigure(people.moments, 'no pair was judged by two people'),
    kappa: kappaFigure(majorities),
    confusion,
    first: clusteredShareFigure(first.moments, 'the order shown to it is not known'),
    people_first: clusteredShareFigure(peopleFirst.moments, 'the order shown is not known'),
    longer: differenceFigure(longer.moments, none),
    own_family: differenceFigure(family.moments, 'no model of its family met another’s'),
  }
}

function addTo(table: number[][], of: (row: VoteKind, column: VoteKind) => number): void {
  for (const [row, people] of voteKinds.entries()) {
    const cells = table[row] ?? []
    for (const [column, judge] of voteKinds.entries()) {
      cells[column] = (cells[column] ?? 0) + of(people, judge)
    }
  }
}

/** How often a vote of one party is that of a vote of the other. */
const meeting = (one: Votes, other: Votes): number =>
  voteKinds.reduce((sum, kind) => sum + one.counts[kind] * other.counts[kind], 0) /
  (votesIn(one) * votesIn(other))

/** The same between two different votes of one party. */
const meetingAmong = (votes: Votes): number => {
  const count = votesIn(votes)
  const same = voteKinds.reduce(
    (sum, kind) => sum + votes.counts[kind] * (votes.counts[kind] - 1),
    0,
  )
  return same / (count * (count - 1))
}

function mostFrequent(votes: Votes): VoteKind | undefined {
  const most = Math.max(...voteKinds.map((kind) => votes.counts[kind]))
  const kinds = voteKinds.filter((kind) => votes.counts[kind] === most)
  return kinds.length === 1 ? kinds[0] : undefined
}

/** The share of decisive votes for the longer response; NaN where there is none. */
function longerShare({ longer }: JudgedPair, { counts }: Votes): number {
  const decisive = counts.a + counts.b
  return longer === null || decisive === 0 ? Number.NaN : counts[longer] / decisive
}

/** A model's family, by the first word of its name: gpt, claude, gemini, llama … */
export const familyOf = (name: string): string =>
  /[a-z]+/.exec(name.toLowerCase().split('/').at(-1) ?? '')?.[0] ?? ''

/** The side on which a model of the judge's family stands, when the other side has none. */
function ownFamilySide(
  judge: string,
  pair: JudgedPair,
  labels: ReadonlyMap<string, string>,
): 'a' | 'b' | null {
  const family = familyOf(judge)
  if (family === '') return null
  const isA = familyOf(labels.get(pair.modelA) ?? '') === family
  const isB = familyOf(labels.get(pair.modelB) ?? '') === family
  return isA === isB ? null : isA ? 'a' : 'b'
}

function kappaFigure(table: number[][]): Figure {
  const found = cohenKappa(table, 'identity', confidence)
  const n = found?.count ?? 0
  if (!found || found.value === null) {
    return { value: null, low: null, high: null, n, reason: found?.reason ?? 'nothing to compare' }
  }
  return {
    value: found.value,
    low: found.low,
    high: found.high,
    n,
    reason: 'its interval takes pairs as independent',
  }
}

function combinedRows(
  pairs: readonly JudgedPair[],
  models: readonly MeasuredModel[],
): CombinedRow[] {
  return models
    .flatMap((model) => combinedRow(model, pairs) ?? [])
    .sort((one, other) => winRate(other) - winRate(one))
}

/** Why a combined figure would lean on too little: the spread of few prompts is not to be known. */
function tooFewPrompts({
  labelledClusters,
  predictedClusters,
}: Pick<ClusteredPrediction, 'labelledClusters' | 'predictedClusters'>): string | undefined {
  if (labelledClusters < fewPrompts) return `people judged it on ${labelledClusters} prompts only`
  return predictedClusters < fewPrompts
    ? `judges alone judged it on ${predictedClusters} ${predictedClusters === 1 ? 'prompt' : 'prompts'} only`
    : undefined
}

const winRate = (row: CombinedRow) => row.combined?.win_rate ?? row.people.win_rate

function combinedRow(model: MeasuredModel, pairs: readonly JudgedPair[]): CombinedRow | undefined {
  const own = pairs.filter(({ modelA, modelB }) => modelA === model.id || modelB === model.id)
  const units = own.flatMap((pair) => {
    const facing = (score: number | undefined) =>
      score === undefined || pair.modelA === model.id ? score : 1 - score
    const prediction = facing(scoreOfA(together(pair.judges.values())))
    const label = facing(scoreOfA(pair.people))
    return prediction === undefined
      ? []
      : [{ cluster: pair.promptId, prediction, ...(label === undefined ? {} : { label }) }]
  })
  const labelled = units.filter((unit) => unit.label !== undefined)
  if (labelled.length === 0) return undefined
  const found = clusteredPredictionPoweredMean(units, { confidence })
  const about = { model: model.label, model_id: model.id, color: model.color }
  const tooFew = found && tooFewPrompts(found)
  if (!found || tooFew) {
    const byPrompt = new ByPrompt()
    for (const { cluster, label } of labelled) byPrompt.add(cluster, label ?? 0, 1)
    const people = clusteredShareFigure(byPrompt.moments, 'nobody judged it')
    const prompts = byPrompt.moments.clusters
    return {
      ...about,
      people: {
        win_rate: people.value ?? 0,
        low: people.low ?? 0,
        high: people.high ?? 1,
        pairs: labelled.length,
        prompts,
      },
      reason:
        tooFew ??
        (prompts < 2
          ? 'people judged it on one prompt only'
          : 'judges say nothing of pairs that people did not judge'),
    }
  }
  const rate = ({ mean, low, high }: { mean: number; low: number; high: number }): Interval => ({
    win_rate: mean,
    low: Math.max(0, low),
    high: Math.min(1, high),
  })
  return {
    ...about,
    people: { ...rate(found.classical), pairs: found.labelled, prompts: found.labelledClusters },
    combined: {
      ...rate(found),
      weight: found.weight,
      labelled_pairs: found.labelled,
      judged_pairs: found.predicted,
      effective_pairs: found.effectiveLabels,
    },
  }
}
