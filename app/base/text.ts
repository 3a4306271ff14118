/**
 * Text that every store accepts: NUL characters dropped (PostgreSQL refuses them) and lone
 * surrogates replaced (they have no UTF-8).
 */
export const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()

/** The start of a text on one line, with an ellipsis where something was left out. */
export function preview(text: string, length = 160): string {
  // No more is read than could be shown, however long the text is.
  const line = text
    .slice(0, length * 20)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`
}

/**
 * A name as it stands in an address. @example slugOf('Ação & Co.') // 'acao-co'
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return slug.slice(0, 60) || 'project'
}

/** A count with its noun. @example counted(1, 'prompt') // '1 prompt' */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
