/** What was looked at, what each rule dropped, and what was found on the way. */
import { krippendorffAlpha } from '#app/stats/krippendorff-alpha.ts'
import type { Source } from '#db/schema.ts'
import type { DropRule } from './policy.ts'
import type { RowCheck } from './row-checks.ts'

export interface FunnelCounts {
  /** Rows that would be there if no rule dropped any. */
  considered: number
  dropped: Partial<Record<DropRule, number>>
  rows: number
  /** Rows that were kept though something is odd about them. */
  warned: Partial<Record<RowCheck, number>>
  /** Ids of some prompts that a rule or a check met. */
  examples: Partial<Record<DropRule | RowCheck, string[]>>
  /** Rows whose texts hold personal data or secrets, by kind. */
  personal: Record<string, number>
  prompts: number
  unprepared: number
  judgments: number
  judgmentsBySource: Partial<Record<Source, number>>
  raters: Set<string>
  /** How often raters' verdicts on one task were these, as a sorted list. */
  votes: Map<string, number>
}

export const emptyFunnel = (): FunnelCounts => ({
  considered: 0,
  dropped: {},
  rows: 0,
  warned: {},
  examples: {},
  personal: {},
  prompts: 0,
  unprepared: 0,
  judgments: 0,
  judgmentsBySource: {},
  raters: new Set(),
  votes: new Map(),
})

const mostExamples = 3

function addExample(funnel: FunnelCounts, rule: DropRule | RowCheck, promptId: string): void {
  const examples = funnel.examples[rule] ?? []
  funnel.examples[rule] = examples
  if (examples.length < mostExamples && !examples.includes(promptId)) examples.push(promptId)
}

export function noteDrop(funnel: FunnelCounts, rule: DropRule, promptId: string): void {
  funnel.considered += 1
  funnel.dropped[rule] = (funnel.dropped[rule] ?? 0) + 1
  addExample(funnel, rule, promptId)
}

export function noteWarning(funnel: FunnelCounts, check: RowCheck, promptId: string): void {
  funnel.warned[check] = (funnel.warned[check] ?? 0) + 1
  addExample(funnel, check, promptId)
}

export function notePersonal(funnel: FunnelCounts, kinds: readonly string[]): void {
  for (const kind of kinds) funnel.personal[kind] = (funnel.personal[kind] ?? 0) + 1
}

/** Verdicts of one task, by which agreement beyond chance is reckoned. */
export function noteVotes(funnel: FunnelCounts, winners: readonly string[]): void {
  if (winners.length < 2) return
  const pattern = winners.toSorted().join()
  funnel.votes.set(pattern, (funnel.votes.get(pattern) ?? 0) + 1)
}

/** Krippendorff's alpha (nominal) of the verdicts that were counted; null where it does not exist. */
export function alphaOf({ votes }: FunnelCounts): number | null {
  const units = [...votes.keys()].map((pattern) => pattern.split(','))
  return krippendorffAlpha(units, 'nominal', { times: [...votes.values()] }).alpha
}
