/** In: what a request says. Out: the same as its schema reads it; what is wrong with it is thrown. */
import { z } from 'zod'
import { problemOf } from '#app/import/import-record.ts'
import { apiProblem, type FieldProblem } from '../problems.ts'
import { snakeCase } from './snake-keys.ts'

/**
 * Reads a value by a schema.
 *
 * @param part what of the request it is, in words
 * @throws a problem response that names every field at fault
 */
export function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: string,
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw fieldProblem(fieldsOf(result.error), part)
}

/** The answer to a request with fields that are not valid. */
export function fieldProblem(errors: readonly FieldProblem[], part: string): Response {
  const [first] = errors
  const named = first?.field
    ? `The ${part} "${first.field}" is not valid`
    : `The ${part} is not valid`
  return apiProblem(400, 'Not understood', `${named}: ${first?.reason ?? 'not readable'}`, errors)
}

/** Every field at fault with the reason, as callers write it. */
export const fieldsOf = (error: z.ZodError): FieldProblem[] =>
  error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const within = issue.path.map(String)
      return issue.keys.map((key) => ({
        field: snakeCase([...within, key].join('.')),
        reason: 'is not known here',
      }))
    }
    const { field, reason } = problemOf(new z.ZodError([issue]))
    return [{ field: snakeCase(field), reason }]
  })
