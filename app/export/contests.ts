/** In: a prompt's judged tasks and a policy. Out: its pairs of responses, each with what raters said. */
import { remembering } from '#app/base/remembering.ts'
import type {
  ExportedJudgment,
  ExportedResponse,
  ExportedScore,
  JudgedPrompt,
  JudgedTask,
} from './judged-task.ts'
import type { Policy } from './policy.ts'
import type { Vote } from './verdict.ts'

/** Two responses to one prompt, in an order that their ids decide, and every vote on them. */
export interface Contest {
  a: ExportedResponse
  b: ExportedResponse
  campaigns: string[]
  tasks: string[]
  votes: Vote[]
}

/** Judgments that count: of work, standing, and of the sources and days that the policy asks for. */
export const countedJudgments = (task: JudgedTask, policy: Policy): readonly ExportedJudgment[] =>
  countedBy(policy)(task)

/** The same is asked of a task several times while its prompt is looked at, and by one policy for long. */
const countedBy = remembering((policy: Policy) =>
  remembering((task: JudgedTask) => countOf(task, policy)),
)

function countOf(
  task: JudgedTask,
  { sources, aggregation, judgedFrom, judgedBefore }: Policy,
): ExportedJudgment[] {
  if (task.purpose !== 'work') return []
  const from = judgedFrom === null ? null : Date.parse(judgedFrom)
  const before = judgedBefore === null ? null : Date.parse(judgedBefore)
  return task.judgments.filter(({ isExtra, withdrawn, source, latest }) => {
    if (isExtra || withdrawn !== null) return false
    // Whoever asks for adjudicators' words first wants them read, whatever else is.
    const isWanted =
      sources.includes(source) || (aggregation === 'adjudicated' && source === 'adjudicator')
    if (!isWanted || (from === null && before === null)) return isWanted
    const at = latest.judgedAt
    return at !== null && at >= (from ?? at) && at < (before ?? Number.POSITIVE_INFINITY)
  })
}

/** The criterion that decides: the one named, or the first that compares or grades. */
export function criterionOf(
  { campaign }: JudgedTask,
  { criterion }: Pick<Policy, 'criterion'>,
  kinds: readonly string[],
): string | undefined {
  const fitting = campaign.criteria.filter(({ kind }) => kinds.includes(kind))
  return (criterion === '' ? fitting[0] : fitting.find(({ name }) => name === criterion))?.name
}

/** The pairs of a prompt. A pair that several tasks or campaigns ask about is one contest. */
export function contestsOf({ tasks }: JudgedPrompt, policy: Policy): Contest[] {
  const contests = new Map<string, Contest>()
  const work = tasks.filter(({ purpose }) => purpose === 'work')
  for (const task of work) {
    const [one, other] = task.responses
    if (one && other && task.responses.length === 2) contestOf(contests, [task], one, other)
  }
  const compared = work.flatMap((task) =>
    saidOf(task, policy).map((said): OnTasks => ({ said, tasks: [task] })),
  )
  for (const { said, tasks: asked } of byTime([...compared, ...gradedPairs(work, policy)])) {
    add(contests, said, asked)
  }
  return [...contests.values()].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** Undated words come before dated ones. */
const byTime = (said: readonly OnTasks[]) =>
  said.toSorted((one, other) => timeOf(one) - timeOf(other))

const timeOf = ({ said }: OnTasks): number => said.judgment.latest.judgedAt ?? 0

/** The same for a contest in every snapshot, whatever the database. */
export const contestKey = ({ fingerprint }: JudgedPrompt, { a, b }: Contest): string =>
  `${fingerprint}\n${a.id}\n${b.id}`

const keyOf = ({ a, b }: Pick<Contest, 'a' | 'b'>) => `${a.id}\n${b.id}`

function contestOf(
  contests: Map<string, Contest>,
  tasks: readonly JudgedTask[],
  one: ExportedResponse,
  other: ExportedResponse,
): Contest {
  const [a, b] = one.id < other.id ? [one, other] : [other, one]
  const key = keyOf({ a, b })
  const contest = contests.get(key) ?? { a, b, campaigns: [], tasks: [], votes: [] }
  contests.set(key, contest)
  for (const { id, campaign } of tasks) {
    if (!contest.tasks.includes(id)) contest.tasks.push(id)
    if (!contest.campaigns.includes(campaign.name)) contest.campaigns.push(campaign.name)
  }
  return contest
}

/** One rater's word on a pair, by the order of a task rather than of a contest. */
interface Said {
  task: JudgedTask
  judgment: ExportedJudgment
  one: ExportedResponse
  other: ExportedResponse
  winner: Vote['winner']
  strength: number | null
  weight: number
}

/** A rater who judged a pair twice, in two campaigns, is counted once: by the later word. */
function add(contests: Map<string, Contest>, said: Said, tasks: readonly JudgedTask[]): void {
  const contest = contestOf(contests, tasks, said.one, said.other)
  const isTurned = contest.a.id !== said.one.id
  const { judgment } = said
  const vote: Vote = {
    rater: judgment.rater,
    source: judgment.source,
    winner: isTurned ? turned[said.winner] : said.winner,
    strength: said.strength,
    weight: said.weight,
    shownFirst: shownFirst(said, isTurned),
  }
  const before = contest.votes.findIndex(
    ({ rater, source }) => rater === vote.rater && source === vote.source,
  )
  if (before >= 0) contest.votes.splice(before, 1)
  contest.votes.push(vote)
}

const turned = {
  a: 'b',
  b: 'a',
  tie: 'tie',
  both_bad: 'both_bad',
  cant_judge: 'cant_judge',
} as const

function shownFirst({ task, judgment, one, other }: Said, isTurned: boolean): 'a' | 'b' | null {
  const order = judgment.shownOrder
  if (order === null) return null
  const placeOf = (response: ExportedResponse) => order.indexOf(task.responses.indexOf(response))
  const isOneFirst = placeOf(one) < placeOf(other)
  return isOneFirst === isTurned ? 'b' : 'a'
}

function saidOf(task: JudgedTask, policy: Policy): Said[] {
  const criterion = criterionOf(task, policy, ['preference', 'ranking'])
  if (criterion === undefined) return []
  return countedJudgments(task, policy).flatMap((judgment) => {
    const score = judgment.latest.scores.find((one) => one.criterion === criterion)
    const weight = judgment.source === 'judge' ? policy.judgeWeight : 1
    return score ? pairsSaid(task, score).map((pair) => ({ ...pair, task, judgment, weight })) : []
  })
}

type Pair = Pick<Said, 'one' | 'other' | 'winner' | 'strength'>

function pairsSaid(task: JudgedTask, { answer }: ExportedScore): Pair[] {
  const [one, other] = task.responses
  if (answer.kind === 'preference' && one && other) {
    const strength = answer.strength === undefined ? null : answer.strength / strongest
    return [{ one, other, winner: answer.winner, strength: answer.winner === 'tie' ? 0 : strength }]
  }
  return answer.kind === 'ranking' ? rankedPairs(task.responses, answer.ranking) : []
}

/** Raters call a response slightly, clearly or far better: 1, 2 or 3. */
const strongest = 3

/** Every pair of which a rater ranked both; how far apart they stand is their strength. */
function rankedPairs(
  responses: readonly ExportedResponse[],
  ranking: readonly (readonly number[])[],
): Pair[] {
  const placed = ranking.flatMap((tied, rank) => tied.map((position) => ({ position, rank })))
  return placed.flatMap((upper, at) =>
    placed.slice(at + 1).flatMap((lower) => {
      const [one, other] = [responses[upper.position], responses[lower.position]]
      if (!one || !other) return []
      const strength = (lower.rank - upper.rank) / Math.max(1, responses.length - 1)
      return [{ one, other, winner: strength === 0 ? ('tie' as const) : ('a' as const), strength }]
    }),
  )
}

/** A word with the tasks it was given on: two where single responses were graded. */
interface OnTasks {
  said: Said
  tasks: readonly JudgedTask[]
}

/** Pairs of single responses that one rater graded on one scale: the higher grade is the better. */
function gradedPairs(tasks: readonly JudgedTask[], policy: Policy): OnTasks[] {
  const grades = new Map<string, (Said & { grade: number })[]>()
  for (const task of tasks) {
    const [response] = task.responses
    const criterion = criterionOf(task, policy, ['scale'])
    if (!response || task.responses.length > 1 || criterion === undefined) continue
    const [low, high] = task.campaign.scales.get(criterion) ?? [0, 0]
    if (high <= low) continue
    for (const judgment of countedJudgments(task, policy)) {
      const { score = null } =
        judgment.latest.scores.find((one) => one.criterion === criterion) ?? {}
      if (score === null) continue
      const key = JSON.stringify([task.campaign.name, judgment.rater, judgment.source])
      const weight = judgment.source === 'judge' ? policy.judgeWeight : 1
      const said = { task, judgment, one: response, other: response, weight }
      const grade = (score - low) / (high - low)
      grades.set(key, [
        ...(grades.get(key) ?? []),
        { ...said, winner: 'tie', strength: null, grade },
      ])
    }
  }
  return [...grades.values()].flatMap((own) =>
    own.flatMap((one, at) => own.slice(at + 1).map((other) => compared(one, other))),
  )
}

function compared(one: Said & { grade: number }, other: Said & { grade: number }): OnTasks {
  const by = one.grade - other.grade
  const said: Said = {
    task: one.task,
    judgment: { ...one.judgment, shownOrder: null },
    one: one.one,
    other: other.one,
    winner: by === 0 ? 'tie' : by > 0 ? 'a' : 'b',
    strength: Math.abs(by),
    weight: one.weight,
  }
  return { said, tasks: [one.task, other.task] }
}
