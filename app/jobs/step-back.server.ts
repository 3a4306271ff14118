import { existsSync, readdirSync } from 'node:fs'
import { setPriority } from 'node:os'

/** On Linux each thread has a priority of its own. */
const ownThreads = '/proc/self/task'
/**
 * A third of the processor's time where somebody else wants it as well, not a tenth: a job that starves
 * while it writes keeps an SQLite database locked, and those wait for whom it stepped back.
 */
const niceness = 5

/**
 * Where cores are few, whoever waits for a page comes before work that nobody waits for: this process
 * and the threads that collect its garbage step back. Threads that it starts later step back with it.
 */
export function stepBack(): void {
  setPriority(niceness)
  if (!existsSync(ownThreads)) return
  for (const thread of readdirSync(ownThreads)) setPriority(Number(thread), niceness)
}
