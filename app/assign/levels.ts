/** Which open slots come sooner: those of a lower level, and in one level those made earlier. */

/** More rounds than a task ever has raters. */
const mostRounds = 60

export const levels = {
  /** Slots of tasks on which raters disagree, where the campaign wants those first. */
  disagreement: 3,
  /** Slots that came back, and those added to a task that was begun: so that tasks get finished. */
  returned: 5,
  /** The first round of what comes first. */
  base: 10,
} as const

/**
 * The level of a task's slot: everything of one rank before the next rank, and in a rank every
 * task's first rater before any task's second, so that a campaign stopped half way has judged
 * everything about equally often.
 *
 * @param rank the task's place among the kinds of prompts that a lead put in order, from 0
 * @param round how many raters the task has before this one, from 0
 */
export const levelOf = ({ rank, round }: { rank: number; round: number }): number =>
  levels.base + rank * mostRounds + round
