/** How a person likes the rating room: read back with care from what was kept. */
import { type Language, languages } from '#app/ui/languages.ts'
import { commands, isBindable, type OwnBindings } from './keymap.ts'

export interface RoomPreferences {
  /** Of what is read, in percent of the usual size. */
  textSize: number
  /** Whether two responses scroll together from the start. */
  isSynced: boolean
  /** Keys that differ from the standard. */
  keys: OwnBindings
  /** As the browser prefers when null. */
  language: Language | null
}

export const textSizes = [100, 115, 130, 145, 160] as const

export const standardPreferences: RoomPreferences = {
  textSize: 100,
  isSynced: false,
  keys: {},
  language: null,
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Preferences from whatever was kept or sent; what cannot be used is the standard. */
export function readPreferences(kept: unknown): RoomPreferences {
  if (!isRecord(kept)) return standardPreferences
  const keys = isRecord(kept.keys) ? kept.keys : {}
  return {
    textSize: textSizes.find((size) => size === kept.textSize) ?? standardPreferences.textSize,
    isSynced: kept.isSynced === true,
    language: languages.find((language) => language === kept.language) ?? null,
    keys: Object.fromEntries(
      commands.flatMap((command) => {
        const key = keys[command]
        return typeof key === 'string' && isBindable(key) ? [[command, key]] : []
      }),
    ),
  }
}

/** The newest version of a campaign's guidelines that a person has read; 0 for none. */
export function guidelinesRead(kept: unknown, campaignId: string): number {
  const version = isRecord(kept) ? kept[campaignId] : undefined
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : 0
}

/** Campaigns whose guidelines are remembered as read; beyond them the oldest are forgotten. */
const mostRemembered = 200

/** What was read, with one campaign's version more. It never goes back to an older version. */
export function withGuidelinesRead(
  kept: unknown,
  campaignId: string,
  version: number,
): Record<string, number> {
  const before = isRecord(kept) ? kept : {}
  const others = Object.entries(before).flatMap(([id, one]): [string, number][] =>
    id !== campaignId && typeof one === 'number' ? [[id, one]] : [],
  )
  const newest = Math.max(version, guidelinesRead(kept, campaignId))
  return Object.fromEntries([...others, [campaignId, newest] as const].slice(-mostRemembered))
}
