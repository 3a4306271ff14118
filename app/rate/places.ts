/** Two people who saw the same responses in two orders. */
import type { ShownOrder } from '#app/assign/shown-order.ts'

/**
 * For each place of one order, the place of the same response in another.
 *
 * @example placesIn([1, 0], [0, 1]) // [1, 0]: what stood first there stands second here
 */
export const placesIn = (from: ShownOrder, to: ShownOrder): number[] =>
  from.map((position) => Math.max(0, to.indexOf(position)))

/** Whether both saw the same order. */
export const areSamePlaces = (places: readonly number[]): boolean =>
  places.every((place, at) => place === at)

/** What a place is called on a page. @example placeLetter(1) // 'B' */
export const placeLetter = (place: number): string => String.fromCharCode(65 + place)
