/** A page of the prompt browser as an address: what is asked for, how it is shown, how one came. */
import { type Language, locales } from '#app/ui/languages.ts'
import { findingTitleIn } from './finding-titles.ts'
import { type PromptColumn, parseColumns, usualColumns } from './prompt-columns.ts'
import { type PromptSearch, parsePromptSearch, promptSearchSchema } from './prompt-search.ts'
import { promptSayIn } from './prompt-words.ts'

export interface PromptAddress {
  search: PromptSearch
  columns: PromptColumn[]
  /** What `after` was on the pages before this one, the first page as nothing. */
  before: string[]
}

/** How many pages one can go back; further back, one begins again. */
const mostBefore = 30

const searchNames = Object.keys(promptSearchSchema.shape) as (keyof PromptSearch)[]

export const parsePromptAddress = (parameters: URLSearchParams): PromptAddress => ({
  search: parsePromptSearch(parameters),
  columns: parseColumns(parameters.getAll('columns')),
  before: parameters.has('before') ? (parameters.get('before') ?? '').split(',') : [],
})

/** The shortest query that says the same, with its question mark. */
export function printPromptAddress({ search, columns, before }: PromptAddress): string {
  const parameters = new URLSearchParams()
  for (const name of searchNames) {
    const value = search[name]
    if (value === undefined || (name === 'sort' && value === 'newest')) continue
    parameters.set(name, String(value))
  }
  if (columns.join() !== usualColumns.join()) parameters.set('columns', columns.join(','))
  if (search.after !== undefined && before.length > 0) parameters.set('before', before.join(','))
  const text = parameters.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

/** Whether an address says something twice or says nothing, as forms that were sent bare do. */
export const isClumsy = (parameters: URLSearchParams): boolean =>
  [...parameters].some(([name, value]) => value === '' && name !== 'before') ||
  parameters.getAll('columns').length > 1

/** The same with another search, from its first page on. */
export const withSearch = (
  address: PromptAddress,
  change: Partial<PromptSearch>,
): PromptAddress => ({
  ...address,
  search: { ...address.search, ...change, after: undefined },
  before: [],
})

/** The same order and columns, of all prompts. */
export const withoutFilters = (address: PromptAddress): PromptAddress => ({
  ...address,
  search: promptSearchSchema.parse({ sort: address.search.sort }),
  before: [],
})

/** The page after this one. */
export const pageAfter = (address: PromptAddress, next: string): PromptAddress => ({
  ...address,
  search: { ...address.search, after: next },
  before: [...address.before, address.search.after ?? ''].slice(-mostBefore),
})

/** The page before this one; the first where the address does not tell. */
export const pageBefore = (address: PromptAddress): PromptAddress => ({
  ...address,
  search: { ...address.search, after: address.before.at(-1) || undefined },
  before: address.before.slice(0, -1),
})

/** Whether a search leaves any prompt out that is not in the archive. */
export const isFiltered = (search: PromptSearch): boolean =>
  filterNames.some((name) => search[name])

type FilterName = Exclude<keyof PromptSearch, 'sort' | 'after'>

const filterNames = searchNames.filter(
  (name): name is FilterName => name !== 'sort' && name !== 'after',
)

export interface FilterChip {
  name: keyof PromptSearch
  text: string
}

/** What an id stands for in words. */
export interface FilterNames {
  models: readonly { id: string; label: string }[]
  batches: readonly { id: string; name: string }[]
}

interface Told {
  names: FilterNames
  language: Language
}

/** What a search asks for, a chip for each filter. */
export const chipsOf = (search: PromptSearch, told: Told): FilterChip[] =>
  filterNames.flatMap((name) => {
    const value = search[name]
    return value === undefined ? [] : [{ name, text: chipText(name, String(value), told) }]
  })

function chipText(name: FilterName, value: string, { names, language }: Told): string {
  const say = promptSayIn(language)
  switch (name) {
    case 'judged':
      return say(value === 'yes' ? 'judged' : 'notJudged')
    case 'duplicates':
      return say(value === 'only' ? 'chip.hasNear' : 'oneOfEach')
    case 'archived':
      return say(value === 'yes' ? 'archived' : 'chip.archivedToo')
    case 'finding':
      return value === 'any' ? say('anythingFound') : findingTitleIn(language)(value)
    case 'model':
      return say('chip.model', { value: labelOf(value, names) ?? say('chip.another') })
    case 'batch':
      return say('chip.batch', { value: batchName(value, names) ?? say('chip.another') })
    case 'language':
      return say('chip.language', { value: languageName(value, language) })
    case 'least':
    case 'most':
      return say(`chip.${name}`, { value: Number(value) })
    default:
      return say(`chip.${name}`, { value })
  }
}

const labelOf = (id: string, { models }: FilterNames): string | undefined =>
  models.find((model) => model.id === id)?.label

const batchName = (id: string, { batches }: FilterNames): string | undefined =>
  batches.find((batch) => batch.id === id)?.name

/** @example languageName('pt', 'en') // 'Portuguese' */
export function languageName(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames([locales[language]], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
