import { drawOrder, type ShownOrder } from '#app/assign/shown-order.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

/**
 * The order in which one person sees the responses of one task without an assignment: as fair as a
 * draw, and the same whenever the page is opened, for it comes from a hash of the two.
 */
export function steadyOrder(taskId: string, personId: string, count: number): ShownOrder {
  const seed = Number.parseInt(sha256(`${taskId}:${personId}`).slice(0, 12), 16)
  return drawOrder(count, seededRandom(seed))
}
