/** In: judgments one by one. Out: what standings and agreement need of them, no more. */
import type { Winner } from '#db/schema.ts'
import { noMarks, type StyleMarks } from './response-style.ts'

/** The verdicts on one prompt and one pair of models. */
export interface PairTally {
  criterionId: string
  promptId: string
  modelA: string
  modelB: string
  winsA: number
  winsB: number
  ties: number
  bothBad: number
  cantJudge: number
  /** Of the judgments whose task was drawn; absent where none was. */
  draws?: Draws
  /** Sum over judgments of how much longer a's response is, (a − b) / (a + b) of their characters. */
  lengthLead?: number
  /** The same of the marks of their texts; absent where those were not counted. */
  markLeads?: StyleMarks
  /** Wins whose order on the screen is known, and how many of them the response shown first had. */
  sided?: number
  firstWins?: number
}

/** Judgments of tasks that were drawn with a known probability. */
export interface Draws {
  judgments: number
  /** Sum over them of one over the probability of their task. */
  inverse: number
  /** The task, the first where it is several; ids sort in the order of the draws. */
  taskId: string
}

/** The scores of one model's response to one prompt. */
export interface ScoreTally {
  criterionId: string
  promptId: string
  modelId: string
  sum: number
  count: number
}

/** What raters said of one unit (a task, or a pair within a ranking). */
export interface Unit {
  criterionId: string
  promptId: string
  values: (string | number)[]
  /** Who gave each value, in the same order; empty where nobody is named. */
  raters: string[]
}

export interface PairVote {
  criterionId: string
  promptId: string
  /** What counts as judged together: the task, or a pair within a ranked task. */
  unit: string
  modelA: string
  modelB: string
  winner: Winner
  raterId?: string
  /** Which of the two was shown first, where it is known. */
  first?: 'a' | 'b' | null
  /** Characters of the two responses, where they are known. */
  characters?: { a: number; b: number } | undefined
  /** The marks of the two responses' texts, where they were counted. */
  marks?: { a: StyleMarks; b: StyleMarks } | undefined
  /** The draw that chose the task; absent where every task was made. */
  draw?: { taskId: string; probability: number } | undefined
}

export interface ScoreVote {
  criterionId: string
  promptId: string
  unit: string
  modelId: string
  /** A number on a scale, or a chosen category. */
  value: number | string
  raterId?: string
}

/** One rater's verdict on a pair of models, in the orientation of its tally. */
export interface RaterVote {
  criterionId: string
  promptId: string
  modelA: string
  modelB: string
  raterId: string
  winner: Winner
  /** 1 where a was shown first, −1 where b was, 0 where it is not known. */
  side: -1 | 0 | 1
}

/** A whole ranking: the models of its responses from the best to the worst, tied ones together. */
export interface RankingVote {
  criterionId: string
  promptId: string
  groups: string[][]
}

export interface Tally {
  pairs: Map<string, PairTally>
  scores: Map<string, ScoreTally>
  units: Map<string, Unit>
  judgments: Set<string>
  judgmentsByPrompt: Map<string, number>
  raters: Set<string>
  ratersByCriterion: Map<string, Set<string>>
  judgmentsByCriterion: Map<string, number>
  prompts: Set<string>
  /** Only where raters are to weigh by skill. */
  raterVotes?: RaterVote[]
  /** Only where strengths are to be those of whole rankings. */
  rankings?: RankingVote[]
}

export const emptyTally = (): Tally => ({
  pairs: new Map(),
  scores: new Map(),
  units: new Map(),
  judgments: new Set(),
  judgmentsByPrompt: new Map(),
  raters: new Set(),
  ratersByCriterion: new Map(),
  judgmentsByCriterion: new Map(),
  prompts: new Set(),
})

/** Notes who judged what, whatever the answer. */
export function addJudge(
  tally: Tally,
  from: { judgmentId: string; raterId: string; promptId: string; criterionId: string },
): void {
  if (!tally.judgments.has(from.judgmentId)) {
    tally.judgments.add(from.judgmentId)
    const known = tally.judgmentsByPrompt.get(from.promptId) ?? 0
    tally.judgmentsByPrompt.set(from.promptId, known + 1)
  }
  tally.raters.add(from.raterId)
  tally.prompts.add(from.promptId)
  const raters = tally.ratersByCriterion.get(from.criterionId) ?? new Set()
  raters.add(from.raterId)
  tally.ratersByCriterion.set(from.criterionId, raters)
  const before = tally.judgmentsByCriterion.get(from.criterionId) ?? 0
  tally.judgmentsByCriterion.set(from.criterionId, before + 1)
}

const flipped: Record<Winner, Winner> = {
  a: 'b',
  b: 'a',
  tie: 'tie',
  both_bad: 'both_bad',
  cant_judge: 'cant_judge',
}

const counterOf = {
  a: 'winsA',
  b: 'winsB',
  tie: 'ties',
  both_bad: 'bothBad',
  cant_judge: 'cantJudge',
} as const

/** Counts a verdict. Can't judge is missing for agreement; pairs of models are kept in one orientation. */
export function addPairVote(tally: Tally, vote: PairVote): void {
  const isForward = vote.modelA <= vote.modelB
  const [modelA, modelB] = isForward ? [vote.modelA, vote.modelB] : [vote.modelB, vote.modelA]
  const winner = isForward ? vote.winner : flipped[vote.winner]
  const key = [vote.criterionId, vote.promptId, modelA, modelB].join('|')
  const pair = tally.pairs.get(key) ?? {
    criterionId: vote.criterionId,
    promptId: vote.promptId,
    modelA,
    modelB,
    winsA: 0,
    winsB: 0,
    ties: 0,
    bothBad: 0,
    cantJudge: 0,
  }
  pair[counterOf[winner]] += 1
  if (vote.draw) pair.draws = withDraw(pair.draws, vote.draw)
  if (vote.characters) {
    const lead = leadOf(vote.characters)
    pair.lengthLead = (pair.lengthLead ?? 0) + (isForward ? lead : -lead)
  }
  if (vote.marks) pair.markLeads = withMarks(pair.markLeads, vote.marks, isForward)
  if (vote.first && (vote.winner === 'a' || vote.winner === 'b')) {
    pair.sided = (pair.sided ?? 0) + 1
    pair.firstWins = (pair.firstWins ?? 0) + (vote.winner === vote.first ? 1 : 0)
  }
  tally.pairs.set(key, pair)
  tally.raterVotes?.push({
    criterionId: vote.criterionId,
    promptId: vote.promptId,
    modelA,
    modelB,
    raterId: vote.raterId ?? '',
    winner,
    side: sideOf(vote.first, isForward),
  })
  if (vote.winner !== 'cant_judge') addToUnit(tally, vote, vote.winner)
}

const sideOf = (first: PairVote['first'], isForward: boolean): RaterVote['side'] => {
  if (first === 'a') return isForward ? 1 : -1
  return first === 'b' ? (isForward ? -1 : 1) : 0
}

function withMarks(
  before: StyleMarks | undefined,
  { a, b }: { a: StyleMarks; b: StyleMarks },
  isForward: boolean,
): StyleMarks {
  const leads = before ?? noMarks()
  for (const name of ['headers', 'lists', 'bold'] as const) {
    const lead = leadOf({ a: a[name], b: b[name] })
    leads[name] += isForward ? lead : -lead
  }
  return leads
}

const leadOf = ({ a, b }: { a: number; b: number }): number => (a + b === 0 ? 0 : (a - b) / (a + b))

/** Adds verdicts that were counted elsewhere, as in another campaign, to those of the same prompt and pair. */
export function addPairTally(pairs: Map<string, PairTally>, more: PairTally): void {
  const key = [more.promptId, more.modelA, more.modelB].join('|')
  const known = pairs.get(key)
  if (!known) {
    pairs.set(key, { ...more })
    return
  }
  for (const counter of Object.values(counterOf)) known[counter] += more[counter]
}

const withDraw = (
  before: Draws | undefined,
  { taskId, probability }: { taskId: string; probability: number },
): Draws => ({
  judgments: (before?.judgments ?? 0) + 1,
  inverse: (before?.inverse ?? 0) + 1 / probability,
  taskId: before && before.taskId < taskId ? before.taskId : taskId,
})

/** Counts a score or a chosen category. */
export function addScoreVote(tally: Tally, vote: ScoreVote): void {
  addToUnit(tally, vote, vote.value)
  if (typeof vote.value === 'string') return
  const key = [vote.criterionId, vote.promptId, vote.modelId].join('|')
  const score = tally.scores.get(key) ?? {
    criterionId: vote.criterionId,
    promptId: vote.promptId,
    modelId: vote.modelId,
    sum: 0,
    count: 0,
  }
  score.sum += vote.value
  score.count += 1
  tally.scores.set(key, score)
}

function addToUnit(
  tally: Tally,
  {
    criterionId,
    promptId,
    unit,
    raterId,
  }: Pick<PairVote, 'criterionId' | 'promptId' | 'unit' | 'raterId'>,
  value: string | number,
): void {
  const key = `${criterionId}|${unit}`
  const found = tally.units.get(key) ?? { criterionId, promptId, values: [], raters: [] }
  found.values.push(value)
  if (raterId !== undefined) found.raters.push(raterId)
  tally.units.set(key, found)
}

/**
 * The pairs that a ranking stands for: each item against each below it, ties within a group.
 * A ranking of k items gives k(k−1)/2 dependent pairs; intervals resample prompts, so they stay right.
 *
 * @example pairsOfRanking([[2], [0, 1]]) // [{ a: 0, b: 2, winner: 'b' }, …]
 */
export function pairsOfRanking(
  ranking: readonly (readonly number[])[],
): { a: number; b: number; winner: 'a' | 'b' | 'tie' }[] {
  const rankOf = new Map(ranking.flatMap((tied, rank) => tied.map((item) => [item, rank] as const)))
  const items = [...rankOf.keys()].sort((one, other) => one - other)
  return items.flatMap((a, place) =>
    items.slice(place + 1).map((b) => {
      const difference = (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0)
      const winner = difference < 0 ? 'a' : difference > 0 ? 'b' : 'tie'
      return { a, b, winner } as const
    }),
  )
}
