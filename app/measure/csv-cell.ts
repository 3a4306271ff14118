/** A cell as CSV; text that a spreadsheet would take for a formula is kept from being one. */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * A table as CSV: a head with the names of the columns, then a line for each row. Lists are joined by
 * spaces; what a row does not have is left empty.
 *
 * @example printTable(['model', 'wins'], [{ model: 'a', wins: 2 }]) // 'model,wins\r\na,2\r\n'
 */
export function printTable<Row extends object>(
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string {
  const lines = rows.map((row) => columns.map((name) => csvCell(plainValue(row[name]))))
  return [columns, ...lines].map((line) => `${line.join(',')}\r\n`).join('')
}

function plainValue(value: unknown): string | number | null {
  if (value === undefined || value === null) return null
  return typeof value === 'number' ? value : Array.isArray(value) ? value.join(' ') : String(value)
}
