/** In: the address of a page with a table. Out: which columns it shows and how its rows stand, and back. */

export interface Choosable {
  id: string
  /** Shown until somebody chooses otherwise. */
  isUsual: boolean
}

export interface Sorting {
  id: string
  desc: boolean
}

/** What an address says of a table and of nothing else. */
export const tableChoices = ['columns', 'sort'] as const

/** The columns that an address asks for, in the order of the table; the usual ones where it asks for none. */
export const shownColumns = (choices: readonly Choosable[], asked: string | null): string[] =>
  asked === null
    ? choices.filter(({ isUsual }) => isUsual).map(({ id }) => id)
    : choices.map(({ id }) => id).filter((id) => asked.split(' ').includes(id))

/** What an address says of the columns; null where they are the usual ones. */
export function askedColumns(
  choices: readonly Choosable[],
  shown: readonly string[],
): string | null {
  const isUsual = choices.every((choice) => choice.isUsual === shown.includes(choice.id))
  if (isUsual) return null
  return choices
    .map(({ id }) => id)
    .filter((id) => shown.includes(id))
    .join(' ')
}

/** How rows stand: `rating` from the least, `-rating` from the most. */
export const sortingIn = (asked: string | null): Sorting[] | undefined =>
  asked === null || asked === '' || asked === '-'
    ? undefined
    : [asked.startsWith('-') ? { id: asked.slice(1), desc: true } : { id: asked, desc: false }]

/** The same for an address; null where nothing is sorted. */
export const askedSorting = ([first]: readonly Sorting[]): string | null =>
  first === undefined ? null : `${first.desc ? '-' : ''}${first.id}`

/** Whether two addresses differ in a table's columns or order alone, which need no new rows. */
export function isSameButForTable(one: URL, other: URL): boolean {
  const rest = ({ searchParams }: URL) =>
    [...searchParams]
      .filter(([name]) => !tableChoices.some((choice) => choice === name))
      .map(([name, value]) => `${name}=${value}`)
      .join('&')
  const ofTable = ({ searchParams }: URL) =>
    tableChoices.map((name) => searchParams.get(name) ?? '').join('&')
  return (
    one.pathname === other.pathname && ofTable(one) !== ofTable(other) && rest(one) === rest(other)
  )
}
