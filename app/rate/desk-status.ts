/** What the room knows of its line to the server. */
import type { Letter, Trouble } from './outbox.client.ts'

/** Whether everything a rater sent has arrived, and what the rater should know. */
export interface DeskStatus {
  unsent: number
  trouble: 'none' | Trouble
  /** What the server said of the last answer it took, where there is something to say. */
  note: string
  /** Answers that the server did not take. */
  kept: Letter[]
  isDurable: boolean
  /** The room is open in another tab, and this one waits. */
  isElsewhere: boolean
  /** A task whose draft another page made newer. */
  disputedId: string | null
  /** Grows when the answer on the table was replaced from elsewhere. */
  edition: number
}

export const freshStatus: DeskStatus = {
  unsent: 0,
  trouble: 'none',
  note: '',
  kept: [],
  isDurable: true,
  isElsewhere: false,
  disputedId: null,
  edition: 0,
}

/** The very same status where nothing is new, so that nothing is drawn again. */
export function withChanges(now: DeskStatus, changed: Partial<DeskStatus>): DeskStatus {
  const next = { ...now, ...changed }
  const idsOf = (letters: readonly Letter[]) => letters.map((letter) => letter.id).join()
  if (idsOf(next.kept) === idsOf(now.kept)) next.kept = now.kept
  const keys = Object.keys(next) as (keyof DeskStatus)[]
  return keys.every((key) => next[key] === now[key]) ? now : next
}
