/** The columns that a table of prompts may have. */
export const promptColumns = [
  { id: 'tags', title: 'Tags' },
  { id: 'models', title: 'Models' },
  { id: 'language', title: 'Language' },
  { id: 'characters', title: 'Characters' },
  { id: 'tokens', title: 'Tokens' },
  { id: 'responses', title: 'Responses' },
  { id: 'judgments', title: 'Judgments' },
  { id: 'findings', title: 'Findings' },
  { id: 'arrived', title: 'Arrived (UTC)' },
  { id: 'import', title: 'Import' },
] as const

export type PromptColumn = (typeof promptColumns)[number]['id']

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
  const known = promptColumns.map(({ id }) => id).filter((id) => named.includes(id))
  return known.length > 0 ? known : [...usualColumns]
}
