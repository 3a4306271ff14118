/** In: single values of a row, which CSV writes as text. Out: numbers, flags and names, if any. */
import { z } from 'zod'
import { numberOf } from './loose-value.ts'
import { nameOf, requiredText } from './row-values.ts'

const isNothing = (value: unknown) => value === undefined || value === null || value === ''

/** A number that a row has to have, as a number or as the text of one. */
export const requiredNumber = z.unknown().transform((value, context) => {
  const number = numberOf(value)
  if (number !== undefined) return number
  const message = isNothing(value) ? 'is missing' : 'is not a number'
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** An object with these members, and any others beside them. */
export const objectOf = <T extends z.ZodRawShape>(shape: T) =>
  z.looseObject(shape, {
    error: (issue) => (issue.input === undefined ? 'is missing' : 'is no object'),
  })

/** A text where the row has one; null and an empty text are none, and all else is at fault. */
export const optionalText = z.preprocess(
  (value) => (isNothing(value) ? undefined : value),
  requiredText.optional(),
)

/** A name or an id where the row has one; anything else counts as none. */
export const optionalName = z.unknown().optional().transform(nameOf)

/** Yes or no where the row says so; anything else counts as neither. */
export const optionalFlag = z.unknown().optional().transform(flagOf)

/** A number where the row has one; anything else counts as none. */
export const optionalNumber = z.unknown().optional().transform(numberOf)

/**
 * Yes or no, however it is spelt.
 *
 * @example flagOf('True') // true
 * @example flagOf(0) // false
 * @example flagOf('maybe') // undefined
 */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  const word = nameOf(value)?.trim().toLowerCase()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  return undefined
}

/** Columns by which people tell parts of a set apart; kept beside the prompt wherever they occur. */
export const customaryMetadata = [
  'id',
  'source',
  'split',
  'subset',
  'dataset',
  'language',
  'domain',
  'category',
  'topic',
  'task',
] as const

/** Columns whose values name what a prompt is about. */
export const customaryTags = ['category', 'topic', 'domain', 'language'] as const
