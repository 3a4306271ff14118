import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Walks a query by key, a page at a time, so that neither memory nor the event loop grows with the
 * data. The page function must order by the key and return rows strictly after it.
 *
 * @example for await (const rows of walkPages(500, (after) => tasksAfter(db, after), (row) => row.id)) …
 */
export async function* walkPages<Row, Key>(
  limit: number,
  page: (after: Key | undefined, limit: number) => Promise<Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<Row[]> {
  let after: Key | undefined
  for (;;) {
    const rows = await page(after, limit)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    if (rows.length < limit) return
    after = keyOf(last)
    await nextTurn()
  }
}

/** Rows of a bulk insert in one statement, within both databases' limit of parameters. */
export const rowsAStatement = (columns: number): number =>
  Math.max(1, Math.min(500, Math.floor(30_000 / columns)))

/** Cuts a list into groups of at most `size`. @example groupsOf([1, 2, 3], 2) // [[1, 2], [3]] */
export function groupsOf<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = []
  for (let start = 0; start < items.length; start += size) {
    groups.push(items.slice(start, start + size))
  }
  return groups
}
