/** In: judged prompts, a policy and a target. Out: the rows that stay, and what every rule dropped. */
import { hashKey, sha256 } from '#app/base/hash.server.ts'
import { type CanonicalRow, completionsOf } from './canonical-row.ts'
import { countedJudgments, criterionOf } from './contests.ts'
import {
  type FunnelCounts,
  noteDrop,
  notePersonal,
  noteVotes,
  noteWarning,
} from './funnel-counts.ts'
import { type HeldOut, heldOutOf } from './held-out.ts'
import type { JudgedPrompt, JudgedTask } from './judged-task.ts'
import { KeyTable } from './key-table.ts'
import type { MadeRow, Posterior, UndecidedPair } from './made-row.ts'
import { keyOfMessages, mixed } from './message-keys.server.ts'
import { normalText } from './normal-text.ts'
import type { DropRule, Policy } from './policy.ts'
import { checksOf, cutToContinuation, type RowCheck, rowChecks, trimmed } from './row-checks.ts'
import { isTooLong, lengthInCharacters, lengthInTokens, type RowLength } from './row-lengths.ts'
import { makeRows } from './rows/all.ts'
import type { Target } from './targets/target.ts'

export interface ChosenRow extends MadeRow {
  prompt: JudgedPrompt
  warnings: RowCheck[]
  characters: RowLength
  tokens: RowLength | null
}

export type Chosen =
  | { kind: 'row'; chosen: ChosenRow }
  | { kind: 'undecided'; pair: UndecidedPair; prompt: JudgedPrompt }

export interface ChooseRows {
  policy: Policy
  target: Target
  posteriorOf?: (contest: string) => Posterior | undefined
  /** Present where a limit asks for tokens. */
  countTokens?: (text: string) => number
  /** Says which rows a balance leaves out; absent where nothing is balanced. */
  balance?: (row: MadeRow) => DropRule | undefined
}

/** What is remembered from prompt to prompt. */
interface Memory {
  heldOut: HeldOut
  rows: KeyTable
  clusters: Set<string>
}

/** Chooses rows prompt by prompt, and counts into the funnel what it drops. */
export async function* chooseRows(
  prompts: AsyncIterable<JudgedPrompt>,
  options: ChooseRows,
  funnel: FunnelCounts,
): AsyncGenerator<Chosen> {
  const memory: Memory = {
    heldOut: heldOutOf(options.policy.heldOut),
    rows: new KeyTable(1),
    clusters: new Set(),
  }
  for await (const prompt of prompts) {
    for (const chosen of ofPrompt(prompt, options, memory, funnel)) {
      funnel.considered += 1
      if (chosen.kind === 'row') {
        funnel.rows += 1
        notePersonal(funnel, prompt.found)
        for (const check of chosen.chosen.warnings) noteWarning(funnel, check, prompt.id)
      } else {
        const rule = chosen.pair.verdict === 'tie' ? 'tie' : 'both-bad'
        funnel.dropped[rule] = (funnel.dropped[rule] ?? 0) + 1
      }
      yield chosen
    }
  }
}

/** Judgments on prompts that nobody asked for are none of the dataset's. */
function countPrompt(
  prompt: JudgedPrompt,
  tasks: readonly JudgedTask[],
  policy: Policy,
  funnel: FunnelCounts,
): void {
  funnel.prompts += 1
  if (!prompt.isPrepared) funnel.unprepared += 1
  for (const task of tasks) {
    const criterion = criterionOf(task, policy, comparing)
    const winners: string[] = []
    for (const { rater, source, latest } of countedJudgments(task, policy)) {
      for (const { criterion: asked, winner } of latest.scores) {
        if (asked === criterion && winner !== null && winner !== 'cant_judge') winners.push(winner)
      }
      funnel.judgments += 1
      funnel.judgmentsBySource[source] = (funnel.judgmentsBySource[source] ?? 0) + 1
      funnel.raters.add(rater)
    }
    noteVotes(funnel, winners)
  }
}

const comparing = ['preference'] as const

function ofPrompt(
  prompt: JudgedPrompt,
  options: ChooseRows,
  memory: Memory,
  funnel: FunnelCounts,
): Chosen[] {
  const { policy, target, posteriorOf } = options
  const context = { policy, hash: sha256, ...(posteriorOf ? { posteriorOf } : {}) }
  const made = makeRows[target.recipe](prompt, context)
  const drop = (rule: DropRule, times = 1) => {
    for (let time = 0; time < times; time++) noteDrop(funnel, rule, prompt.id)
  }
  const outside = promptProblem(prompt, policy, memory.heldOut)
  countPrompt(prompt, outside === 'other-prompt' ? [] : prompt.tasks, policy, funnel)
  if (outside) {
    drop(outside, made.rows.length + made.undecided.length + made.drops.length)
    return []
  }
  for (const rule of made.drops) drop(rule)
  const valid = made.rows.flatMap((row) => validated(prompt, row, options, drop))
  const kept = withoutRivals(valid, policy, drop)
    .filter((row) => !isRepeated(row, policy, memory, drop))
    .filter((row) => {
      const rule = options.balance?.(row)
      if (rule) drop(rule)
      return rule === undefined
    })
  if (kept.length > 0 && prompt.cluster !== null) memory.clusters.add(prompt.cluster)
  const chosen: Chosen[] = [
    ...kept.map((one) => ({ kind: 'row' as const, chosen: one })),
    ...made.undecided
      .filter((pair) => isWritable(prompt, pair, drop))
      .map((pair) => ({ kind: 'undecided' as const, pair, prompt })),
  ]
  return chosen.sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
}

const idOf = (one: Chosen): string =>
  one.kind === 'row' ? one.chosen.row.origin.id : one.pair.origin.id

function promptProblem(
  prompt: JudgedPrompt,
  { tags, withoutTags }: Policy,
  heldOut: HeldOut,
): DropRule | undefined {
  const hasAny = (wanted: readonly string[]) => prompt.tags.some((tag) => wanted.includes(tag))
  if ((tags.length > 0 && !hasAny(tags)) || hasAny(withoutTags)) return 'other-prompt'
  if (prompt.isTextMissing) return 'text-missing'
  const isShared =
    !heldOut.isEmpty &&
    prompt.messages.some(({ role, content }) => role === 'user' && heldOut.shares(content))
  return isShared ? 'held-out' : undefined
}

type Drop = (rule: DropRule) => void

/** The row as the target may have it, or nothing where a check blocks it. */
function validated(
  prompt: JudgedPrompt,
  made: MadeRow,
  { policy, target, countTokens }: ChooseRows,
  drop: Drop,
): ChosenRow[] {
  const { row, isCut } = cutToContinuation(
    policy.whiteSpace === 'trim' ? trimmed(made.row) : made.row,
  )
  const used = completionsOf(row).map(({ id }) => id)
  if (isAnyMissing(prompt, used)) {
    drop('text-missing')
    return []
  }
  const checks = checksOf(row, target.demands)
  const blocking = checks.find((check) => rowChecks[check].blocks)
  if (blocking) {
    drop(blocking as DropRule)
    return []
  }
  const limits = target.limits ?? {}
  const characters = lengthInCharacters(row)
  const tokens = countTokens ? lengthInTokens(row, countTokens) : null
  if (isTooLong(policy, limits, { characters, tokens })) {
    drop('too-long')
    return []
  }
  const warnings: RowCheck[] = isCut ? [...checks, 'prompt-repeated'] : checks
  return [{ ...made, row, prompt, warnings, characters, tokens }]
}

/** Whether the text of any of these responses is not here. */
const isAnyMissing = (prompt: JudgedPrompt, ids: readonly string[]): boolean =>
  prompt.tasks.some(({ responses }) =>
    responses.some(({ id, isTextMissing }) => isTextMissing && ids.includes(id)),
  )

/** A pair without a winner is read by no trainer, but by the same loaders: its texts must be there, and whole. */
function isWritable(prompt: JudgedPrompt, { a, b }: UndecidedPair, drop: Drop): boolean {
  const texts = [...prompt.messages, ...a.messages, ...b.messages]
  if (isAnyMissing(prompt, [a.id, b.id])) drop('text-missing')
  else if (texts.some(({ content }) => !content.isWellFormed())) drop('lone-surrogate')
  else return true
  return false
}

/** Drops pairs that stand both ways round, and all but the surest where one a prompt is asked for. */
function withoutRivals(rows: ChosenRow[], policy: Policy, drop: Drop): ChosenRow[] {
  if (rows.length < 2) return rows
  const pairs = new Set(rows.map((one) => pairText(one.row)))
  const steady = rows.filter((one) => {
    if (one.row.recipe !== 'preference' || policy.contradictions === 'keep') return true
    if (!pairs.has(pairText(one.row, true))) return true
    drop('contradiction')
    return false
  })
  if (policy.pairsPerPrompt === 'all' || steady.length < 2) return steady
  const [surest, ...others] = steady.toSorted(bySureness)
  for (const _ of others) drop('other-pair')
  return surest ? [surest] : []
}

const bySureness = ({ row: one }: ChosenRow, { row: other }: ChosenRow): number =>
  (other.origin.posterior ?? 0) - (one.origin.posterior ?? 0) ||
  other.origin.agreement - one.origin.agreement ||
  other.origin.raters - one.origin.raters ||
  marginOf(other) - marginOf(one) ||
  (one.origin.id < other.origin.id ? -1 : 1)

const marginOf = (row: CanonicalRow): number =>
  row.recipe === 'preference' ? (row.margin ?? 0) : 0

const pairText = (row: CanonicalRow, isTurned = false): string => {
  if (row.recipe !== 'preference') return row.origin.id
  const sides = [normalText(row.chosen.messages), normalText(row.rejected.messages)]
  return JSON.stringify(isTurned ? sides.reverse() : sides)
}

/** Whether the same row, or one of nearly the same prompt, is there already. */
function isRepeated(
  { row, prompt }: ChosenRow,
  { duplicates, aggregation, raters }: Policy,
  { rows, clusters }: Memory,
  drop: Drop,
): boolean {
  if (duplicates === 'keep') return false
  const isNear = duplicates === 'near' && prompt.cluster !== null
  if (isNear && clusters.has(prompt.cluster ?? '')) {
    drop('near-duplicate')
    return true
  }
  // Rows of single raters are repeated on purpose.
  const own = aggregation === 'every rater' && raters !== 'left out' ? hashKey(row.origin.id) : 0
  const key = mixed(
    keyOfMessages(row.prompt),
    ...completionsOf(row).map(({ messages }) => keyOfMessages(messages)),
    own,
  )
  if (rows.has(key)) {
    drop('duplicate')
    return true
  }
  rows.set(key, 1)
  return false
}
