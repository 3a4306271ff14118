/**
 * In: a preference from −3 (the first response is much better) to 3 (the second is). Out: who won,
 * and by how much.
 */

/** What the HelpSteer sets write where neither response is worth a preference. */
const neitherValid = -100

export type SignedPreference =
  | { winner: 'a' | 'b'; strength: 1 | 2 | 3 }
  | { winner: 'tie' | 'both_bad' }

/**
 * What a preference says; undefined for a number beyond its scale. A mean between two steps counts
 * as the nearer one, but never as a tie.
 *
 * @example signedPreference(-2) // { winner: 'a', strength: 2 }
 */
export function signedPreference(value: number): SignedPreference | undefined {
  if (value === neitherValid) return { winner: 'both_bad' }
  if (value === 0) return { winner: 'tie' }
  const size = Math.abs(value)
  if (!(size <= 3)) return undefined
  const strength = size < 1.5 ? 1 : size < 2.5 ? 2 : 3
  return { winner: value < 0 ? 'a' : 'b', strength }
}

/** Why a number is no preference, in words. */
export const beyondScale = 'a preference lies between −3 and 3, or is −100 for neither'
