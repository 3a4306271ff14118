import { existsSync, readdirSync } from 'node:fs'
import { setPriority } from 'node:os'

/** On Linux each thread has a priority of its own. */
const ownThreads = '/proc/self/task'
/**
 * Each thread weighs a fifth of one that has not stepped back. Of several threads at work, more would
 * keep those waiting for whom they stepped back; with less, a job starves on busy cores, and one that
 * starves while it writes keeps an SQLite database locked.
 */
const niceness = 7

/**
 * Where cores are few, whoever waits for a page comes before work that nobody waits for: this process
 * and the threads that collect its garbage step back. Threads that it starts later step back with it.
 */
export function stepBack(): void {
  setPriority(niceness)
  if (!existsSync(ownThreads)) return
  for (const thread of readdirSync(ownThreads)) setPriority(Number(thread), niceness)
}
