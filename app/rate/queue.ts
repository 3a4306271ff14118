/** The rater's queue as a reducer: the task on the table, those waiting, and those just judged. */
import type { Onboarding, SittingResult } from './desk-message.ts'
import type { ShownAnswer } from './judgment.ts'
import type { Feedback, TaskView } from './task-view.ts'

export interface Answered {
  answers: ShownAnswer[]
  comment: string
  reasons: string[]
}

/** A task with the answer it has, to be opened again. */
export interface JudgedTask {
  task: TaskView
  answered: Answered
  revision: number
}

export type RoomState =
  | 'loading'
  | 'working'
  | 'empty'
  | 'paused'
  | 'closed'
  /** The rater did not pass the qualification set. */
  | 'failed'
  /** The rater has judged as much as one rater may. */
  | 'limit'

/** A training task that was sent: its explanation is awaited, or shown. */
export interface Lesson {
  assignmentId: string
  feedback: Feedback | null
}

export interface Queue {
  state: RoomState
  /** On the table: a new task, or a judged one that was opened again. */
  current: { task: TaskView; baseRevision: number; answered: Answered | null } | null
  waiting: TaskView[]
  /** The newest first. */
  judged: JudgedTask[]
  judgedCount: number
  /** Assignments that were ended here, so that a late reply does not bring one back. */
  finished: string[]
  lesson: Lesson | null
  onboarding: Onboarding | null
  sitting: SittingResult | null
  /** The assignment on the table when its hold ended meanwhile. */
  lapsedId: string | null
  /** The assignment on the table when a lead withdrew its task meanwhile. */
  withdrawnId: string | null
}

export type QueueEvent =
  | { kind: 'received'; tasks: TaskView[]; state: RoomState; isWhole?: false }
  /** All that is in the rater's hands: what is not among it is no longer there. */
  | { kind: 'received'; tasks: TaskView[]; state: RoomState; isWhole: true; begunId: string | null }
  | { kind: 'answered'; assignmentId: string; baseRevision: number; answered: Answered }
  | { kind: 'skipped'; assignmentId: string }
  | { kind: 'undone' }
  /** A judged task that was opened again is put away as it was. */
  | { kind: 'left' }
  | {
      kind: 'told'
      assignmentId?: string
      revision?: number
      feedback?: Feedback
      sitting?: SittingResult
      onboarding?: Onboarding
    }
  /** The server did not take it. It comes back to be mended, or its words are kept elsewhere. */
  | { kind: 'refused'; assignmentId: string; baseRevision: number; comesBack: boolean }
  /** Answered on an earlier visit and not sent yet. */
  | { kind: 'ended'; assignmentIds: string[] }
  | { kind: 'lapsed'; assignmentId: string }
  /** A lead withdrew their tasks: they need not be judged. */
  | { kind: 'withdrawn'; assignmentIds: string[]; begunId: string | null }
  | { kind: 'understood' }
  | { kind: 'sittingSeen' }
  | { kind: 'cleared' }

const judgedKept = 20
const finishedKept = 100

export const emptyQueue = (judged: JudgedTask[], judgedCount: number): Queue => ({
  state: 'loading',
  current: null,
  waiting: [],
  judged: judged.slice(0, judgedKept),
  judgedCount,
  finished: [],
  lesson: null,
  onboarding: null,
  sitting: null,
  lapsedId: null,
  withdrawnId: null,
})

/** The assignments in hand that were not judged before. */
export const idsInHand = ({ current, waiting }: Queue): string[] => [
  ...(current?.baseRevision === 0 ? [current.task.assignmentId] : []),
  ...waiting.map((task) => task.assignmentId),
]

/** The queue after an event. Knows no network: sending and keeping are the desk's. */
export function reduceQueue(queue: Queue, event: QueueEvent): Queue {
  return handlers[event.kind](queue, event as never)
}

type Handlers = {
  [Kind in QueueEvent['kind']]: (queue: Queue, event: Extract<QueueEvent, { kind: Kind }>) => Queue
}

const fresh = (task: TaskView) => ({ task, baseRevision: 0, answered: null })

/** The next waiting task comes to the table. */
function advance(queue: Queue): Queue {
  const [next, ...waiting] = queue.waiting
  return {
    ...queue,
    current: next ? fresh(next) : null,
    waiting,
    lapsedId: null,
    withdrawnId: null,
  }
}

const filled = (queue: Queue): Queue => (queue.current ? queue : advance(queue))
const ending = (queue: Queue, ...assignmentIds: string[]): string[] =>
  [...queue.finished, ...assignmentIds].slice(-finishedKept)

const knownIn = (queue: Queue) =>
  new Set([
    ...(queue.current ? [queue.current.task.assignmentId] : []),
    ...queue.waiting.map((task) => task.assignmentId),
    ...queue.judged.map(({ task }) => task.assignmentId),
    ...queue.finished,
  ])

const isFreshOnTable = ({ current }: Queue, assignmentId: string): boolean =>
  current?.baseRevision === 0 && current.task.assignmentId === assignmentId

/** Whether two assignments are of the same task, as far as a page can tell. */
const showsTheSame = (one: TaskView, other: TaskView): boolean => {
  const texts = (task: TaskView) =>
    task.responses.map((response) => JSON.stringify(response)).sort()
  return (
    JSON.stringify(one.prompt) === JSON.stringify(other.prompt) &&
    JSON.stringify(texts(one)) === JSON.stringify(texts(other))
  )
}

function withAdded(queue: Queue, tasks: readonly TaskView[]): Queue {
  const known = knownIn(queue)
  const added = tasks.filter((task) => !known.has(task.assignmentId))
  const lapsed = queue.lapsedId === null ? undefined : queue.current?.task
  const twins = lapsed ? added.filter((task) => showsTheSame(task, lapsed)) : []
  return {
    ...queue,
    waiting: [...queue.waiting, ...added.filter((task) => !twins.includes(task))],
    // The task on the table came anew; answering what is on the table ends both.
    finished: ending(queue, ...twins.map((task) => task.assignmentId)),
  }
}

/** Lets go of what is no longer in the rater's hands; a task that was begun stays on the table. */
function withoutLost(queue: Queue, tasks: readonly TaskView[], begunId: string | null): Queue {
  const held = new Set(tasks.map((task) => task.assignmentId))
  const waiting = queue.waiting.filter((task) => held.has(task.assignmentId))
  const { current } = queue
  const id = current?.task.assignmentId
  if (!current || id === undefined || current.baseRevision > 0 || queue.lesson) {
    return { ...queue, waiting }
  }
  if (held.has(id)) return { ...queue, waiting, lapsedId: null }
  if (begunId === id) return { ...queue, waiting, lapsedId: id }
  return { ...queue, waiting, current: null, lapsedId: null }
}

const handlers: Handlers = {
  received: (queue, event) => {
    const kept = event.isWhole ? withoutLost(queue, event.tasks, event.begunId) : queue
    return filled(withAdded({ ...kept, state: event.state }, event.tasks))
  },
  answered: (queue, { assignmentId, baseRevision, answered }) => {
    const { current } = queue
    if (current?.task.assignmentId !== assignmentId) return queue
    if (current.baseRevision !== baseRevision || queue.lesson) return queue
    const { task } = current
    const others = queue.judged.filter((one) => one.task.assignmentId !== assignmentId)
    const judged = [{ task, answered, revision: baseRevision + 1 }, ...others].slice(0, judgedKept)
    const judgedCount = queue.judgedCount + (baseRevision === 0 ? 1 : 0)
    const next = { ...queue, judged, judgedCount, finished: ending(queue, assignmentId) }
    const isLesson = task.phase === 'training' && baseRevision === 0
    return isLesson ? { ...next, lesson: { assignmentId, feedback: null } } : advance(next)
  },
  skipped: (queue, { assignmentId }) =>
    isFreshOnTable(queue, assignmentId) && !queue.lesson
      ? advance({ ...queue, finished: ending(queue, assignmentId) })
      : queue,
  undone: (queue) => {
    if (queue.lesson) return queue
    const openId = queue.current?.task.assignmentId
    const at = queue.judged.findIndex(({ task }) => task.assignmentId === openId)
    const last = queue.judged[at + 1]
    if (!last) return queue
    const isFresh = queue.current !== null && queue.current.baseRevision === 0
    const waiting =
      isFresh && queue.current ? [queue.current.task, ...queue.waiting] : queue.waiting
    const current = { task: last.task, baseRevision: last.revision, answered: last.answered }
    return { ...queue, current, waiting, lapsedId: null }
  },
  left: (queue) => (queue.current && queue.current.baseRevision > 0 ? advance(queue) : queue),
  told: (queue, { assignmentId, revision, feedback, sitting, onboarding }) => {
    const told = {
      ...queue,
      sitting: sitting ?? queue.sitting,
      onboarding: onboarding ?? (queue.current?.task.phase === 'working' ? null : queue.onboarding),
      judged: queue.judged.map((one) =>
        one.task.assignmentId === assignmentId && revision !== undefined
          ? { ...one, revision: Math.max(one.revision, revision) }
          : one,
      ),
    }
    const { lesson } = queue
    if (!lesson) return told
    if (feedback?.assignmentId === lesson.assignmentId)
      return { ...told, lesson: { ...lesson, feedback } }
    const isWithoutWords = assignmentId === lesson.assignmentId && lesson.feedback === null
    return isWithoutWords ? advance({ ...told, lesson: null }) : told
  },
  refused: (queue, { assignmentId, baseRevision, comesBack }) => {
    const isIt = (one: JudgedTask) => one.task.assignmentId === assignmentId
    const wasCounted = baseRevision === 0 && queue.judged.some(isIt)
    const next = {
      ...queue,
      judged: queue.judged.filter((one) => !isIt(one)),
      judgedCount: queue.judgedCount - (wasCounted ? 1 : 0),
      finished: comesBack ? queue.finished.filter((id) => id !== assignmentId) : queue.finished,
    }
    return queue.lesson?.assignmentId === assignmentId ? advance({ ...next, lesson: null }) : next
  },
  ended: (queue, { assignmentIds }) => ({ ...queue, finished: ending(queue, ...assignmentIds) }),
  lapsed: (queue, { assignmentId }) =>
    isFreshOnTable(queue, assignmentId) ? { ...queue, lapsedId: assignmentId } : queue,
  withdrawn: (queue, { assignmentIds, begunId }) => {
    const waiting = queue.waiting.filter((task) => !assignmentIds.includes(task.assignmentId))
    const left = { ...queue, waiting, finished: ending(queue, ...assignmentIds) }
    const onTable = assignmentIds.find((id) => isFreshOnTable(queue, id))
    if (onTable === undefined || queue.lesson) return left
    return onTable === begunId ? { ...left, withdrawnId: onTable } : advance(left)
  },
  understood: (queue) => (queue.lesson ? advance({ ...queue, lesson: null }) : queue),
  sittingSeen: (queue) => ({ ...queue, sitting: null }),
  cleared: (queue) => ({
    ...queue,
    current: null,
    waiting: [],
    state: 'loading',
    lapsedId: null,
    lesson: null,
  }),
}
