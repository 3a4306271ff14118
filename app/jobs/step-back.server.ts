import { existsSync, readdirSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/** On Linux each thread has a priority of its own. */
const ownThreads = '/proc/self/task'

/**
 * Where cores are few, whoever waits for a page comes before work that nobody waits for: this process
 * and the threads that collect its garbage step back. Threads that it starts later step back with it.
 */
export function stepBack(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  if (!existsSync(ownThreads)) return
  for (const thread of readdirSync(ownThreads)) {
    setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL)
  }
}
