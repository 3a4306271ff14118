/**
 * In: the preference of Alpaca's sets, from 1 (the first output is better) to 2 (the second is).
 * Out: who won.
 */
import { numberOf } from './loose-value.ts'

const tie = 1.5
const tolerance = 1e-6

export type AlpacaPreference =
  | { winner: 'a' | 'b' | 'tie'; comment?: string }
  | { winner: undefined; reason?: string }

/**
 * What a preference says. Without a value nothing was judged, which is no fault; a number outside of
 * 1 to 2 is one. A judge's weight between the two stays readable as a comment.
 *
 * @example alpacaPreference(1.5000001) // { winner: 'tie' }
 */
export function alpacaPreference(value: unknown): AlpacaPreference {
  if (value === null || value === undefined || value === '') return { winner: undefined }
  const preference = numberOf(value)
  if (preference === undefined) return { winner: undefined, reason: 'is not a number' }
  if (Math.abs(preference - tie) > 0.5 + tolerance) {
    return { winner: undefined, reason: `lies between 1 and 2, but here it is ${preference}` }
  }
  if (Math.abs(preference - tie) <= tolerance) return { winner: 'tie' }
  const winner = preference < tie ? 'a' : 'b'
  if (Math.abs(Math.abs(preference - tie) - 0.5) <= tolerance) return { winner }
  return { winner, comment: `Preference ${preference} between 1 (the first) and 2 (the second).` }
}
