/** When holds end, told by the server's clock alone: the device's may be off by hours. */
import type { TaskView } from './task-view.ts'

export interface Holds {
  /** Tasks came, at a time of the server's clock. */
  heard: (tasks: readonly TaskView[], serverTime: number | undefined) => void
  /** The server was told that the page is in use: what is in hand stays for as long again. */
  extend: () => void
  isOver: (assignmentId: string) => boolean
}

const remembered = 20

export function openHolds(): Holds {
  const ends = new Map<string, number>()
  let holdMs = 0
  return {
    heard: (tasks, serverTime) => {
      if (serverTime === undefined) return
      for (const { assignmentId, heldUntil } of tasks) {
        const leftMs = heldUntil - serverTime
        holdMs = Math.max(holdMs, leftMs)
        ends.delete(assignmentId)
        ends.set(assignmentId, performance.now() + leftMs)
      }
      for (const id of [...ends.keys()].slice(0, -remembered)) ends.delete(id)
    },
    extend: () => {
      const until = performance.now() + holdMs
      for (const [id, end] of ends) if (end > performance.now()) ends.set(id, until)
    },
    isOver: (assignmentId) =>
      (ends.get(assignmentId) ?? Number.POSITIVE_INFINITY) < performance.now(),
  }
}
