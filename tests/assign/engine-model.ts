/** What the engine is held to: the rules of claiming and submitting as plain sets and counts. */
import { must } from '#app/base/must.ts'

export const holdMs = 30 * 60_000
const graceMs = 60 * 60_000
const mostInHand = 3

export interface ModelTask {
  needed: number
  isWithdrawn: boolean
  open: number
}

export interface ModelAssignment {
  taskId: string
  raterId: string
  status: 'held' | 'submitted' | 'skipped' | 'expired' | 'released'
  until: number
}

export interface ModelJudgment {
  revision: number
  isExtra: boolean
  /** As the rater saw it. */
  winner: string
}

/** A campaign as the rules see it. */
export interface Model {
  now: number
  overlap: number
  status: 'open' | 'paused' | 'closed'
  closedAt: number | null
  tasks: Map<string, ModelTask>
  assignments: Map<string, ModelAssignment>
  /** By task and rater. */
  judgments: Map<string, ModelJudgment>
  joined: Set<string>
  pausedRaters: Set<string>
}

export const pairOf = (taskId: string, raterId: string) => `${taskId}|${raterId}`

const taskOf = (model: Model, id: string) => must(model.tasks.get(id), 'a task of the model')

export const heldBy = (model: Model, raterId: string): [string, ModelAssignment][] =>
  [...model.assignments].filter(([, one]) => one.raterId === raterId && one.status === 'held')

/** Rows of a task that are open, held or submitted. */
export function liveOf(model: Model, taskId: string): number {
  const taken = [...model.assignments.values()].filter(
    (one) => one.taskId === taskId && (one.status === 'held' || one.status === 'submitted'),
  )
  return taskOf(model, taskId).open + taken.length
}

function reopen(model: Model, taskId: string): void {
  const task = taskOf(model, taskId)
  if (task.isWithdrawn) return
  const live = liveOf(model, taskId)
  if (live >= task.needed) return
  task.needed = Math.max(live, Math.min(task.needed, model.overlap))
  task.open += task.needed - live
}

function expire(model: Model): void {
  for (const one of model.assignments.values()) {
    if (one.status !== 'held' || one.until >= model.now) continue
    one.status = 'expired'
    reopen(model, one.taskId)
  }
}

/** Whether a rater may still be given a task. */
export function isEligible(model: Model, raterId: string, taskId: string): boolean {
  if (model.judgments.has(pairOf(taskId, raterId))) return false
  return [...model.assignments.values()].every(
    (one) =>
      one.taskId !== taskId ||
      one.raterId !== raterId ||
      one.status === 'expired' ||
      one.status === 'released',
  )
}

const isScarce = (model: Model): boolean => {
  const open = [...model.tasks.values()].reduce((sum, task) => sum + task.open, 0)
  const working = [...model.joined].filter((id) => !model.pausedRaters.has(id)).length
  return open < working * mostInHand
}

/** A claim, told which tasks the engine gave; objects where the rules would not have. */
export function claim(
  model: Model,
  raterId: string,
  given: readonly { assignmentId: string; taskId: string }[],
): string | undefined {
  model.joined.add(raterId)
  if (model.status !== 'open') return sameHands(model, raterId, given)
  if (model.pausedRaters.has(raterId)) {
    return given.length === 0 ? undefined : 'a paused rater got tasks'
  }
  expire(model)
  for (const [, one] of heldBy(model, raterId)) {
    if (taskOf(model, one.taskId).isWithdrawn) one.status = 'released'
  }
  const before = new Set(heldBy(model, raterId).map(([id]) => id))
  const fresh = given.filter(({ assignmentId }) => !before.has(assignmentId))
  if (given.length - fresh.length !== before.size) return 'a task in hand was not shown'
  for (let inHand = before.size; inHand < mostInHand; inHand++) {
    if (inHand > 0 && isScarce(model)) break
    const isThere = [...model.tasks].some(
      ([id, task]) => task.open > 0 && isEligible(model, raterId, id),
    )
    if (!isThere) break
    const next = fresh.shift()
    if (!next) return 'an open task was not given'
    const task = taskOf(model, next.taskId)
    if (task.open === 0) return 'a task without an open slot was given'
    if (!isEligible(model, raterId, next.taskId)) return 'a task was given that the rater had'
    task.open -= 1
    const { taskId } = next
    model.assignments.set(next.assignmentId, {
      taskId,
      raterId,
      status: 'held',
      until: model.now + holdMs,
    })
  }
  return fresh.length > 0 ? 'more was given than allowed' : undefined
}

function sameHands(
  model: Model,
  raterId: string,
  given: readonly { assignmentId: string }[],
): string | undefined {
  const held = heldBy(model, raterId).map(([id]) => id)
  const isSame =
    given.length === held.length && given.every((one) => held.includes(one.assignmentId))
  return isSame ? undefined : 'a stopped campaign changed what is in hand'
}

export type Outcome =
  | { ok: true; isExtra: boolean; revision: number }
  | { ok: false; reason: string }

/** A submit; gives what the rater is to be told. */
export function submit(
  model: Model,
  {
    raterId,
    assignmentId,
    baseRevision,
    winner,
  }: { raterId: string; assignmentId: string; baseRevision: number; winner: string | undefined },
): Outcome {
  const own = model.assignments.get(assignmentId)
  if (own?.raterId !== raterId) return { ok: false, reason: 'not-yours' }
  if (own.status === 'skipped') return { ok: false, reason: 'skipped' }
  if (winner === undefined) return { ok: false, reason: 'invalid' }
  const key = pairOf(own.taskId, raterId)
  const judgment = model.judgments.get(key)
  if (judgment) {
    if (judgment.revision === baseRevision + 1 && judgment.winner === winner) {
      return { ok: true, isExtra: judgment.isExtra, revision: judgment.revision }
    }
    if (judgment.revision !== baseRevision) return { ok: false, reason: 'stale' }
    if (model.status === 'closed') return { ok: false, reason: 'closed' }
    judgment.revision += 1
    judgment.winner = winner
    return { ok: true, isExtra: judgment.isExtra, revision: judgment.revision }
  }
  if (baseRevision > 0) return { ok: false, reason: 'stale' }
  const isExtra = !takesPlace(model, own, raterId)
  model.judgments.set(key, { revision: 1, isExtra, winner })
  return { ok: true, isExtra, revision: 1 }
}

function takesPlace(model: Model, own: ModelAssignment, raterId: string): boolean {
  const task = taskOf(model, own.taskId)
  const isTooLate =
    model.status === 'closed' && model.closedAt !== null && model.now > model.closedAt + graceMs
  if (task.isWithdrawn || isTooLate) {
    if (own.status === 'held') {
      own.status = 'released'
      reopen(model, own.taskId)
    }
    return false
  }
  if (own.status !== 'held') {
    const another = heldBy(model, raterId).find(([, one]) => one.taskId === own.taskId)
    if (another) another[1].status = 'released'
    else if (task.open > 0) task.open -= 1
    else return false
  }
  own.status = 'submitted'
  return true
}

/** Passing over or giving back. */
export function giveBack(
  model: Model,
  {
    raterId,
    assignmentId,
    as,
  }: { raterId: string; assignmentId: string; as: 'skipped' | 'released' },
): void {
  const own = model.assignments.get(assignmentId)
  if (own?.raterId !== raterId) return
  const isHeld = own.status === 'held'
  if (as === 'released' && !isHeld) return
  if (own.status === 'submitted' || own.status === 'skipped') return
  if (as === 'skipped' && model.judgments.has(pairOf(own.taskId, raterId))) return
  own.status = as
  if (isHeld) reopen(model, own.taskId)
}

export function stayAlive(model: Model, raterId: string): void {
  model.joined.add(raterId)
  for (const [, one] of heldBy(model, raterId)) one.until = Math.max(one.until, model.now + holdMs)
}

export function withdraw(model: Model, taskId: string): void {
  const task = taskOf(model, taskId)
  if (task.isWithdrawn) return
  task.isWithdrawn = true
  task.needed -= task.open
  task.open = 0
}

export function changeOverlap(model: Model, overlap: number): void {
  if (overlap === model.overlap) return
  model.overlap = overlap
  for (const task of model.tasks.values()) {
    if (task.isWithdrawn) continue
    const change =
      task.needed > overlap ? -Math.min(task.open, task.needed - overlap) : overlap - task.needed
    task.open += change
    task.needed += change
  }
}
