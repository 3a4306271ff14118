/** In: settings that name models and raters. Out: the same with the ids they have in this project. */
import { z } from 'zod'
import { printJson } from '#app/base/canonical-json.ts'
import { type ModelRef, modelRefSchema } from '#app/import/rubrica-line.ts'
import { ensureModel } from '#app/projects/models.server.ts'
import { ensureNamedRater } from '#app/projects/raters.server.ts'
import type { Tx } from '#db/schema.ts'
import { withNames } from './settings-names.ts'

/** Makes known the models and raters that settings name. What names none stays for the schema to refuse. */
export async function namedSettings(
  trx: Tx,
  {
    projectId,
    settings,
    now,
  }: { projectId: string; settings: Record<string, unknown>; now: number },
): Promise<Record<string, unknown>> {
  const models = new Map<string, unknown>()
  const raters = new Set<string>()
  withNames(settings, {
    model: (one) => models.set(printJson(one), one),
    rater: (one) => typeof one === 'string' && one !== '' && raters.add(one),
  })
  const ids = new Map<string, string>()
  for (const [key, one] of models) {
    const ref = modelRefSchema.safeParse(one)
    if (!ref.success) continue
    const named: Exclude<ModelRef, string> =
      typeof ref.data === 'string' ? { name: ref.data } : ref.data
    const model = {
      name: named.name,
      version: named.version ?? '',
      promptVersion: named.prompt_version ?? '',
      parameters: named.parameters ?? {},
      ...labelIn(one),
    }
    ids.set(key, await ensureModel(trx, { projectId, model, now }))
  }
  const raterIds = new Map<string, string>()
  for (const name of raters) {
    const rater = { projectId, name, kind: 'imported' as const, now }
    raterIds.set(name, await ensureNamedRater(trx, rater))
  }
  return withNames(settings, {
    model: (one) => ids.get(printJson(one)) ?? one,
    rater: (one) => raterIds.get(String(one)) ?? one,
  })
}

const labelled = z.object({ label: z.string().min(1) })

/** What people read for a model, which is no part of what identifies it. */
const labelIn = (ref: unknown): { label?: string } => labelled.safeParse(ref).data ?? {}
