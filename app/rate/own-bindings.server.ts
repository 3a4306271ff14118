import { findPersonalSettings } from '#app/access/personal-settings.server.ts'
import type { Criterion } from '#app/assign/campaign.ts'
import type { Queries } from '#db/schema.ts'
import { type Bindings, besideLetters, boundWith } from './keymap.ts'
import { readPreferences } from './room-preferences.ts'

/** The keys that a person has chosen, clear of the letters by which responses are ranked. */
export async function ownBindings(
  db: Queries,
  personId: string,
  { criteria, responses }: { criteria: readonly Criterion[]; responses: number },
): Promise<Bindings> {
  const { keys } = readPreferences((await findPersonalSettings(db, personId)).room)
  const ranks = criteria.some(({ definition }) => definition.kind === 'ranking')
  return besideLetters(boundWith(keys), ranks ? responses : 0)
}
