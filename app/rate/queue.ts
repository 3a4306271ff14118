/** The rater's queue as a reducer: the task on the table, those waiting, and those just judged. */
import type { ShownAnswer } from './judgment.ts'
import type { TaskView } from './task-view.ts'

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

export type RoomState = 'loading' | 'working' | 'empty' | 'paused' | 'closed'

export interface Queue {
  state: RoomState
  /** On the table: a new task, or a judged one that was opened again. */
  current: { task: TaskView; baseRevision: number; answered: Answered | null } | null
  waiting: TaskView[]
  /** The newest first. */
  judged: JudgedTask[]
  judgedCount: number
}

export type QueueEvent =
  | { kind: 'received'; tasks: TaskView[]; state: RoomState }
  | { kind: 'answered'; answered: Answered }
  | { kind: 'skipped' }
  | { kind: 'undone' }

const judgedKept = 20

export const emptyQueue = (judged: JudgedTask[], judgedCount: number): Queue => ({
  state: 'loading',
  current: null,
  waiting: [],
  judged,
  judgedCount,
})

/** The queue after an event. Knows no network: sending and keeping are the outbox's. */
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
  return { ...queue, current: next ? fresh(next) : null, waiting }
}

const idsOf = (queue: Queue) =>
  new Set([
    ...(queue.current ? [queue.current.task.assignmentId] : []),
    ...queue.waiting.map((task) => task.assignmentId),
    ...queue.judged.map(({ task }) => task.assignmentId),
  ])

const handlers: Handlers = {
  received: (queue, { tasks, state }) => {
    const known = idsOf(queue)
    const added = tasks.filter((task) => !known.has(task.assignmentId))
    const filled = { ...queue, state, waiting: [...queue.waiting, ...added] }
    return filled.current ? filled : advance(filled)
  },
  answered: (queue, { answered }) => {
    const { current } = queue
    if (!current) return queue
    const { task, baseRevision } = current
    const others = queue.judged.filter((one) => one.task.assignmentId !== task.assignmentId)
    const judged = [{ task, answered, revision: baseRevision + 1 }, ...others].slice(0, judgedKept)
    const judgedCount = queue.judgedCount + (baseRevision === 0 ? 1 : 0)
    return advance({ ...queue, judged, judgedCount })
  },
  skipped: (queue) => advance(queue),
  undone: (queue) => {
    const openId = queue.current?.task.assignmentId
    const at = queue.judged.findIndex(({ task }) => task.assignmentId === openId)
    const last = queue.judged[at + 1]
    if (!last) return queue
    const isFresh = queue.current !== null && queue.current.baseRevision === 0
    const waiting =
      isFresh && queue.current ? [queue.current.task, ...queue.waiting] : queue.waiting
    const current = { task: last.task, baseRevision: last.revision, answered: last.answered }
    return { ...queue, current, waiting }
  },
}
