import { drawOrder, type ShownOrder } from '#app/assign/shown-order.ts'
import { sha256 } from '#app/base/hash.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'

/**
 * The order in which one person sees the responses of a task without an assignment: as fair as a draw,
 * and the same whenever they are opened, also as a copy with an expected answer, for it comes from a
 * hash of the responses and the person.
 *
 * @param responseIds in canonical order
 */
export function steadyOrder(responseIds: readonly string[], personId: string): ShownOrder {
  const seed = Number.parseInt(sha256(`${responseIds.join(' ')}:${personId}`).slice(0, 12), 16)
  return drawOrder(responseIds.length, seededRandom(seed))
}
