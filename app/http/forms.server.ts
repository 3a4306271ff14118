import type { z } from 'zod'

/** What a form said that cannot be used: words beside each field, and what was typed. */
export interface FormProblem {
  ok: false
  errors: Record<string, string>
  values: Record<string, string>
}

export type FormResult<T> = { ok: true; data: T } | FormProblem

/** The fields of a small form as text; several values of one name are joined by line breaks. */
export async function readFields(request: Request): Promise<Record<string, string>> {
  const form = await request.formData()
  const fields: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string') continue
    fields[name] = fields[name] === undefined ? value : `${fields[name]}\n${value}`
  }
  return fields
}

/** Checks what a form said. Passwords are never sent back. */
export function checkForm<T>(
  schema: z.ZodType<T>,
  value: unknown,
  fields: Record<string, string>,
): FormResult<T> {
  const result = schema.safeParse(value)
  if (result.success) return { ok: true, data: result.data }
  const errors: Record<string, string> = {}
  for (const issue of result.error.issues) {
    const name = issue.path.join('.')
    errors[name] ??= issue.message
  }
  return { ok: false, errors, values: withoutSecrets(fields) }
}

export const withoutSecrets = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !/password|token/i.test(name)))
