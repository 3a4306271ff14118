/** What a lead types about a rater: the groups he or she is in, the languages to judge in. */

const mostNames = 20
const longestName = 60

export type ReadProfile =
  | { ok: true; groups: string[]; languages: string[] }
  | { ok: false; error: string }

const parts = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,\n;]/)
      .map((part) => part.trim().replaceAll(/\s+/g, ' '))
      .filter((part) => part !== ''),
  ),
]

/** Reads names between commas. Languages are codes as prompts have them. @example 'en, pt' */
export function readProfile(fields: { groups: string; languages: string }): ReadProfile {
  const groups = parts(fields.groups)
  const languages = [...new Set(parts(fields.languages).map((code) => code.toLowerCase()))]
  const long = groups.find((group) => group.length > longestName)
  if (long !== undefined) {
    const error = `The group “${long.slice(0, 20)}…” is longer than ${longestName} characters.`
    return { ok: false, error }
  }
  if (groups.length > mostNames) {
    return { ok: false, error: `One rater is in at most ${mostNames} groups.` }
  }
  const odd = languages.find((code) => !/^[a-z]{2,3}$/.test(code))
  if (odd !== undefined) {
    const error = `“${odd.slice(0, 30)}” is no language code; write codes such as en, pt, zh, with commas between.`
    return { ok: false, error }
  }
  return { ok: true, groups, languages }
}

/** The groups that occur, by name, with how many raters each has. */
export function countGroups(
  profiles: readonly { groups: readonly string[] }[],
): { group: string; raters: number }[] {
  const counts = new Map<string, number>()
  for (const { groups } of profiles) {
    for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1)
  }
  return [...counts]
    .map(([group, raters]) => ({ group, raters }))
    .sort((one, other) => one.group.localeCompare(other.group, 'en'))
}
