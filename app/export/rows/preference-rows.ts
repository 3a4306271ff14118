/** Pairs: for each contest that has a winner, the better response beside the worse. */
import type { PreferenceRow, RowOrigin } from '../canonical-row.ts'
import { type Contest, contestKey, contestsOf } from '../contests.ts'
import type { JudgedPrompt } from '../judged-task.ts'
import {
  completionOf,
  type MadeOfPrompt,
  type MadeRow,
  type MakeRows,
  type RecipeContext,
  ratersShown,
  rowIdOf,
} from '../made-row.ts'
import type { DropRule, Policy } from '../policy.ts'
import { type Decided, type Verdict, type Vote, verdictOn } from '../verdict.ts'

export const makePreferenceRows: MakeRows = (prompt, context) => {
  const { policy, posteriorOf } = context
  const made: MadeOfPrompt = { rows: [], undecided: [], drops: [] }
  for (const contest of contestsOf(prompt, policy)) {
    const isWanted = [contest.a, contest.b].every(({ model }) => isModelWanted(model.label, policy))
    if (!isWanted) made.drops.push('other-model')
    else if (policy.aggregation === 'every rater') addEveryRater(made, prompt, contest, context)
    else {
      const verdict = verdictOn(contest.votes, policy, posteriorOf?.(contestKey(prompt, contest)))
      addVerdict(made, prompt, contest, { context, verdict, votes: contest.votes })
    }
  }
  return made
}

export const isModelWanted = (label: string, { models }: Pick<Policy, 'models'>): boolean =>
  models.length === 0 || models.includes(label)

function addEveryRater(
  made: MadeOfPrompt,
  prompt: JudgedPrompt,
  contest: Contest,
  context: RecipeContext,
): void {
  const { policy } = context
  if (contest.votes.length === 0) made.drops.push('no-judgment')
  const able = contest.votes.filter(({ winner }) => winner !== 'cant_judge')
  const isEnough = new Set(able.map(({ rater }) => rater)).size >= policy.minimumRaters
  for (const vote of contest.votes) {
    const verdict = isEnough
      ? verdictOn([vote], { ...policy, aggregation: 'majority', minimumRaters: 1 })
      : ({ kind: 'dropped', rule: 'too-few-raters' } as const)
    addVerdict(made, prompt, contest, { context, verdict, votes: [vote] })
  }
}

interface Judged {
  context: RecipeContext
  verdict: Verdict
  votes: readonly Vote[]
}

function addVerdict(
  made: MadeOfPrompt,
  prompt: JudgedPrompt,
  contest: Contest,
  { context, verdict, votes }: Judged,
): void {
  const { policy } = context
  if (verdict.kind === 'dropped') {
    made.drops.push(verdict.rule)
    return
  }
  const about = { prompt, contest, context, verdict, votes }
  const { winner } = verdict
  if (winner === 'a' || winner === 'b') {
    const weak = weaknessOf(verdict, policy)
    if (weak) made.drops.push(weak)
    else made.rows.push(rowOf({ ...about, winner }))
    return
  }
  const rule = winner === 'tie' ? policy.ties : policy.bothBad
  if (rule !== 'own file') {
    made.drops.push(winner === 'tie' ? 'tie' : 'both-bad')
    return
  }
  made.undecided.push({
    origin: originOf(about),
    prompt: prompt.messages,
    a: completionOf(contest.a),
    b: completionOf(contest.b),
    verdict: winner,
    lineage: lineageOf(about, winner, null),
  })
}

function weaknessOf({ margin }: Decided, policy: Policy): DropRule | undefined {
  if (margin === null) {
    return policy.margin === 'required' || policy.minimumMargin > 0 ? 'no-margin' : undefined
  }
  return margin < policy.minimumMargin ? 'low-margin' : undefined
}

interface About {
  prompt: JudgedPrompt
  contest: Contest
  context: RecipeContext
  verdict: Decided
  votes: readonly Vote[]
}

function rowOf(about: About & { winner: 'a' | 'b' }): MadeRow<PreferenceRow> {
  const { prompt, contest, context, verdict, winner } = about
  const [chosen, rejected] = winner === 'a' ? [contest.a, contest.b] : [contest.b, contest.a]
  return {
    row: {
      recipe: 'preference',
      origin: originOf(about),
      prompt: prompt.messages,
      chosen: completionOf(chosen),
      rejected: completionOf(rejected),
      margin: context.policy.margin === 'required' ? verdict.margin : null,
    },
    lineage: lineageOf(about, `${chosen.model.label} (${chosen.id})`, winner),
  }
}

function originOf({ prompt, contest, context, verdict, votes }: About): RowOrigin {
  const rater = context.policy.aggregation === 'every rater' ? votes[0] : undefined
  const about = [contest.a.id, contest.b.id, ...(rater ? [rater.rater, rater.source] : [])]
  return {
    id: rowIdOf(prompt, context, about),
    promptId: prompt.id,
    campaign: contest.campaigns.toSorted().join(', '),
    tags: prompt.tags,
    raters: verdict.raters,
    raterNames: ratersShown(
      votes.map(({ rater: name }) => name),
      context,
    ),
    agreement: verdict.agreement,
    posterior: verdict.posterior,
  }
}

function lineageOf({ contest, votes }: About, verdict: string, winner: 'a' | 'b' | null) {
  const seen = winner === null ? [] : votes.filter(({ shownFirst }) => shownFirst !== null)
  return {
    tasks: contest.tasks,
    raters: [...new Set(votes.map(({ rater }) => rater))].sort(),
    verdict,
    betterFirst:
      seen.length === 0
        ? null
        : seen.filter(({ shownFirst }) => shownFirst === winner).length / seen.length,
  }
}
