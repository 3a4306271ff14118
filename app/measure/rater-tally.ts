/**
 * In: the judged tasks of one prompt after another. Out: what the figures of each rater need, in
 * memory that grows with raters and not with their judgments.
 */
import { type Expected, isRight } from '#app/rate/expected.ts'
import type { Answer, Score } from '#app/rate/judgment.ts'
import { plausibleMs } from '#app/rate/pace.ts'
import { answerTo } from '#app/rate/primary-answer.ts'
import { addCluster, type ClusterMoments, noClusters } from '#app/stats/cluster-moments.ts'
import type { Purpose } from '#db/schema.ts'
import { asAskedBefore, isLikeBefore, type RaterUnit, sideChosen, unitsOf } from './rater-units.ts'

/** One rater's judgment of a task, neither withdrawn nor extra. */
export interface SeenJudgment {
  raterId: string
  source: 'human' | 'adjudicator'
  scores: readonly Score[]
  /** Canonical positions in the order shown; null where an import does not say. */
  shownOrder: readonly number[] | null
  activeMs: number | null
  judgedAt: number | null
}

export interface SeenTask {
  id: string
  purpose: Purpose
  repeatOf: string | null
  expected: Expected | null
  /** What there is to read: the prompt and its responses. */
  characters: number
  /** By position. */
  responses: readonly { id: string; characters: number }[]
  judgments: readonly SeenJudgment[]
}

/** How often something was so, of how many times it could have been. */
export interface Share {
  yes: number
  n: number
}

/** What became of answers that were not the same the second time, with sides swapped. */
export interface Flips {
  /** The same side both times, so another response. */
  keptFirst: number
  keptSecond: number
  other: number
}

/** Work of one clock hour; hours that follow one another make a sitting. */
export interface HourOfWork {
  judgments: number
  activeMs: number
}

export interface RaterTally {
  judgments: number
  prompts: number
  hours: Map<number, HourOfWork>
  /** How often each time on a task was taken, in tenths of a second. */
  times: Map<number, number>
  fast: Share
  gold: Share
  repeats: Share
  flips: Flips
  first: Share
  /** Shares and differences by prompt. */
  tie: ClusterMoments
  bothBad: ClusterMoments
  cantJudge: ClusterMoments
  longer: ClusterMoments
  longerThanOthers: ClusterMoments
  undecidedThanOthers: ClusterMoments
  consensus: ClusterMoments
  consensusThanOthers: ClusterMoments
  adjudicated: ClusterMoments
  /** Agreement with the majority, everybody's, on the prompts that the rater worked on. */
  everybodyThere: ClusterMoments
  /** The same on the tasks of those prompts that the rater did not judge. */
  othersThere: ClusterMoments
}

export interface RatersTally {
  raters: Map<string, RaterTally>
  /** Everybody's agreement with the majority of the others, by prompt. */
  everybody: ClusterMoments
}

export const emptyRatersTally = (): RatersTally => ({ raters: new Map(), everybody: noClusters() })

const emptyRater = (): RaterTally => ({
  judgments: 0,
  prompts: 0,
  hours: new Map(),
  times: new Map(),
  fast: { yes: 0, n: 0 },
  gold: { yes: 0, n: 0 },
  repeats: { yes: 0, n: 0 },
  flips: { keptFirst: 0, keptSecond: 0, other: 0 },
  first: { yes: 0, n: 0 },
  tie: noClusters(),
  bothBad: noClusters(),
  cantJudge: noClusters(),
  longer: noClusters(),
  longerThanOthers: noClusters(),
  undecidedThanOthers: noClusters(),
  consensus: noClusters(),
  consensusThanOthers: noClusters(),
  adjudicated: noClusters(),
  everybodyThere: noClusters(),
  othersThere: noClusters(),
})

/** The rater's tally, made at the first judgment. */
export function tallyOf(tally: RatersTally, raterId: string): RaterTally {
  const known = tally.raters.get(raterId)
  if (known) return known
  const made = emptyRater()
  tally.raters.set(raterId, made)
  return made
}

export interface AskedOfRaters {
  /** The question by which judgments are compared; none where a campaign asks for words only. */
  criterionId: string | undefined
  goldTolerance: number
}

type PromptShare =
  | 'tie'
  | 'bothBad'
  | 'cantJudge'
  | 'longer'
  | 'longerThanOthers'
  | 'undecidedThanOthers'
  | 'consensus'
  | 'consensusThanOthers'
  | 'adjudicated'
  | 'involved'

/** Sums of one prompt, rater by rater. */
class PromptSums {
  readonly sums = new Map<string, Map<PromptShare, { sum: number; count: number }>>()
  readonly everybody = { sum: 0, count: 0 }

  add(raterId: string, share: PromptShare, sum: number, count = 1): void {
    const own = this.sums.get(raterId) ?? new Map<PromptShare, { sum: number; count: number }>()
    const before = own.get(share) ?? { sum: 0, count: 0 }
    own.set(share, { sum: before.sum + sum, count: before.count + count })
    this.sums.set(raterId, own)
  }
}

/** Takes in all judged tasks of one prompt; a prompt comes once. */
export function addPrompt(
  tally: RatersTally,
  tasks: readonly SeenTask[],
  asked: AskedOfRaters,
): void {
  const sums = new PromptSums()
  const byId = new Map(tasks.map((task) => [task.id, task]))
  for (const task of tasks) {
    if (task.purpose === 'work') addWork(tally, task, asked, sums)
    if (task.purpose === 'gold') addGold(tally, task, asked)
    const before = task.repeatOf === null ? undefined : byId.get(task.repeatOf)
    if (task.purpose === 'repeat' && before) addRepeat(tally, task, before, asked)
  }
  fold(tally, sums)
}

function fold(tally: RatersTally, { sums, everybody }: PromptSums): void {
  addCluster(tally.everybody, everybody.sum, everybody.count)
  for (const [raterId, own] of sums) {
    const rater = tallyOf(tally, raterId)
    rater.prompts += 1
    for (const [share, { sum, count }] of own) {
      if (share !== 'involved') addCluster(rater[share], sum, count)
    }
    const there = own.get('involved') ?? { sum: 0, count: 0 }
    addCluster(rater.everybodyThere, everybody.sum, everybody.count)
    addCluster(rater.othersThere, everybody.sum - there.sum, everybody.count - there.count)
  }
}

const hourMs = 3_600_000
/** A time on a task beyond this counts as this. */
const longestTenths = 36_000

function addWork(tally: RatersTally, task: SeenTask, asked: AskedOfRaters, sums: PromptSums): void {
  const human = task.judgments.filter(({ source }) => source === 'human')
  for (const judgment of human) {
    const rater = tallyOf(tally, judgment.raterId)
    rater.judgments += 1
    addTime(rater, judgment, task)
  }
  const { criterionId } = asked
  if (criterionId === undefined) return
  const answers = human.flatMap((judgment) => {
    const answer = answerTo(judgment.scores, criterionId)
    return answer ? [{ judgment, answer }] : []
  })
  for (const { judgment, answer } of answers) {
    addVerdict(tallyOf(tally, judgment.raterId), { judgment, answer, task }, sums)
  }
  addUndecided(answers, sums)
  addUnits(answers, task, sums)
  addAdjudicated(task, answers, criterionId, sums)
}

interface GivenAnswer {
  judgment: SeenJudgment
  answer: Answer
}

function addTime(rater: RaterTally, { activeMs, judgedAt }: SeenJudgment, task: SeenTask): void {
  if (activeMs === null) return
  const tenths = Math.min(longestTenths, Math.round(activeMs / 100))
  rater.times.set(tenths, (rater.times.get(tenths) ?? 0) + 1)
  rater.fast.n += 1
  if (activeMs < plausibleMs(task.characters)) rater.fast.yes += 1
  if (judgedAt === null || activeMs === 0) return
  const hour = Math.floor(judgedAt / hourMs)
  const before = rater.hours.get(hour) ?? { judgments: 0, activeMs: 0 }
  rater.hours.set(hour, {
    judgments: before.judgments + 1,
    activeMs: before.activeMs + activeMs,
  })
}

function addVerdict(
  rater: RaterTally,
  { judgment, answer, task }: GivenAnswer & { task: SeenTask },
  sums: PromptSums,
): void {
  if (answer.kind !== 'preference') return
  const { raterId } = judgment
  sums.add(raterId, 'tie', Number(answer.winner === 'tie'))
  sums.add(raterId, 'bothBad', Number(answer.winner === 'both_bad'))
  sums.add(raterId, 'cantJudge', Number(answer.winner === 'cant_judge'))
  const side = task.responses.length === 2 ? sideChosen(answer.winner, judgment.shownOrder) : null
  if (side === null) return
  rater.first.n += 1
  if (side === 'first') rater.first.yes += 1
}

const isDecisive = (winner: unknown) => winner === 'a' || winner === 'b'

/** How often a rater leaves a pair undecided, against the others on the same task. */
function addUndecided(answers: readonly GivenAnswer[], sums: PromptSums): void {
  const verdicts = answers.flatMap(({ judgment, answer }) =>
    answer.kind === 'preference'
      ? [{ raterId: judgment.raterId, value: Number(!isDecisive(answer.winner)) }]
      : [],
  )
  addDifferences(verdicts, 'undecidedThanOthers', sums)
}

/** What each rater gave, less the mean of what the others gave. */
function addDifferences(
  values: readonly { raterId: string; value: number }[],
  share: PromptShare,
  sums: PromptSums,
): void {
  if (values.length < 2) return
  const total = values.reduce((sum, { value }) => sum + value, 0)
  for (const { raterId, value } of values) {
    sums.add(raterId, share, value - (total - value) / (values.length - 1))
  }
}

/** Agreement and length, unit by unit: the task, or each pair of a ranking. */
function addUnits(answers: readonly GivenAnswer[], task: SeenTask, sums: PromptSums): void {
  const byUnit = new Map<string, { raterId: string; unit: RaterUnit }[]>()
  for (const { judgment, answer } of answers) {
    for (const unit of unitsOf(answer)) {
      const own = byUnit.get(unit.key) ?? []
      own.push({ raterId: judgment.raterId, unit })
      byUnit.set(unit.key, own)
    }
  }
  for (const given of byUnit.values()) {
    addConsensus(given, sums)
    addLength(given, task, sums)
  }
}

function addConsensus(
  given: readonly { raterId: string; unit: RaterUnit }[],
  sums: PromptSums,
): void {
  const counts = new Map<string, number>()
  for (const { unit } of given) counts.set(unit.value, (counts.get(unit.value) ?? 0) + 1)
  const others = given.length - 1
  const eligible = given.flatMap(({ raterId, unit }) => {
    const majority = [...counts].find(
      ([value, count]) => count - Number(value === unit.value) > others / 2,
    )
    return majority ? [{ raterId, value: Number(majority[0] === unit.value) }] : []
  })
  const agreed = eligible.reduce((sum, { value }) => sum + value, 0)
  sums.everybody.sum += agreed
  sums.everybody.count += eligible.length
  for (const { raterId, value } of eligible) sums.add(raterId, 'consensus', value)
  for (const { raterId } of given) sums.add(raterId, 'involved', agreed, eligible.length)
  // Of two raters each agrees as often as the other: that difference says nothing.
  if (given.length > 2) addDifferences(eligible, 'consensusThanOthers', sums)
}

function addLength(
  given: readonly { raterId: string; unit: RaterUnit }[],
  task: SeenTask,
  sums: PromptSums,
): void {
  const values = given.flatMap(({ raterId, unit }) => {
    const [winner, loser] = unit.winnerAndLoser ?? []
    const won = winner === undefined ? undefined : task.responses[winner]
    const lost = loser === undefined ? undefined : task.responses[loser]
    if (!won || !lost || won.characters === lost.characters) return []
    return [{ raterId, value: Number(won.characters > lost.characters) }]
  })
  for (const { raterId, value } of values) sums.add(raterId, 'longer', value)
  addDifferences(values, 'longerThanOthers', sums)
}

function addAdjudicated(
  task: SeenTask,
  answers: readonly GivenAnswer[],
  criterionId: string,
  sums: PromptSums,
): void {
  const decision = task.judgments.find(({ source }) => source === 'adjudicator')
  const decided = decision && answerTo(decision.scores, criterionId)
  if (!decided) return
  for (const { judgment, answer } of answers) {
    sums.add(judgment.raterId, 'adjudicated', Number(isLikeBefore(decided, answer)))
  }
}

function addGold(tally: RatersTally, task: SeenTask, { goldTolerance }: AskedOfRaters): void {
  const { expected } = task
  if (!expected) return
  for (const { raterId, source, scores } of task.judgments) {
    if (source !== 'human') continue
    const { gold } = tallyOf(tally, raterId)
    gold.n += 1
    if (isRight(expected, scores, goldTolerance)) gold.yes += 1
  }
}

function addRepeat(
  tally: RatersTally,
  repeat: SeenTask,
  before: SeenTask,
  { criterionId }: AskedOfRaters,
): void {
  if (criterionId === undefined) return
  for (const again of repeat.judgments) {
    const first = before.judgments.find(
      ({ raterId, source }) => raterId === again.raterId && source === 'human',
    )
    const one = first && answerTo(first.scores, criterionId)
    const other = answerTo(again.scores, criterionId)
    if (!first || !one || !other) continue
    const rater = tallyOf(tally, again.raterId)
    const mapped = asAskedBefore(
      other,
      repeat.responses.map(({ id }) => id),
      before.responses.map(({ id }) => id),
    )
    rater.repeats.n += 1
    if (isLikeBefore(one, mapped)) rater.repeats.yes += 1
    else rater.flips[flipOf({ one, first, other, again })] += 1
  }
}

function flipOf(pair: {
  one: Answer
  first: SeenJudgment
  other: Answer
  again: SeenJudgment
}): keyof Flips {
  const { one, first, other, again } = pair
  if (one.kind !== 'preference' || other.kind !== 'preference') return 'other'
  const before = sideChosen(one.winner, first.shownOrder)
  const now = sideChosen(other.winner, again.shownOrder)
  if (before === null || before !== now) return 'other'
  return before === 'first' ? 'keptFirst' : 'keptSecond'
}
