/** The columns that a table of prompts may have. */
export const promptColumns = [
  'tags',
  'models',
  'language',
  'characters',
  'tokens',
  'responses',
  'judgments',
  'findings',
  'arrived',
  'import',
] as const

export type PromptColumn = (typeof promptColumns)[number]

/** Shown until a person chooses; the prompt itself is always there. */
export const usualColumns: readonly PromptColumn[] = [
  'tags',
  'models',
  'responses',
  'judgments',
  'findings',
  'arrived',
]

/** The columns that an address names, in the order of the table. @example parseColumns(['tags,x']) // ['tags'] */
export function parseColumns(values: readonly string[]): PromptColumn[] {
  const named = values.flatMap((value) => value.split(','))
  const known = promptColumns.filter((id) => named.includes(id))
  return known.length > 0 ? known : [...usualColumns]
}
