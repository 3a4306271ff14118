/** Lists are read a page at a time, each from the key after which the one before ended. */
import { z } from 'zod'
import { storable } from '#app/base/text.ts'

const fewest = 1
const most = 500
const usual = 100

/** A key as callers see it: opaque, so that nobody builds on what it is made of. */
export const printCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url')

const cursorSchema = z
  .string()
  .max(500)
  .regex(/^[\w-]+$/, 'is no cursor; send what "next" of a page was')

/** What every list may be asked; more may stand beside it. */
export const pageQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(fewest)
    .max(most)
    .prefault(usual)
    .describe(`Items of a page; ${usual} where it is not said.`),
  after: cursorSchema
    .optional()
    .transform((cursor) =>
      cursor === undefined
        ? undefined
        : storable(Buffer.from(cursor, 'base64url').toString('utf8')),
    )
    .describe('The "next" of the page before.'),
})

/** A page of things. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z
      .string()
      .nullable()
      .describe('What "after" is for the next page; null where this is the last.'),
  })

/**
 * Makes a page of rows, of which one more than the limit was read to see whether there is a next page.
 *
 * @param keyOf the key that `after` is compared with
 * @param show a row as callers see it
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string,
  show: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const next = rows.length > limit && last !== undefined ? printCursor(keyOf(last)) : null
  return { items: shown.map(show), next }
}
