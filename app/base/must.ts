/**
 * The value, where its absence would be a mistake of ours and not of a person.
 * Throws when it is null or undefined.
 */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`Missing: ${what}`)
  return value
}
