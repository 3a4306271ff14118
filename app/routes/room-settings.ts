/** Where the rating room keeps what a person has set: keys, text size, language, guidelines read. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { changePersonalSetting } from '#app/access/personal-settings.server.ts'
import { findPerson } from '#app/http/guards.server.ts'
import { apiProblem } from '#app/http/problems.ts'
import { readPreferences, withGuidelinesRead } from '#app/rate/room-preferences.ts'
import { languageCookie } from '#app/ui/languages.ts'
import { inTransaction } from '#db/open.ts'

const messageSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('preferences'), preferences: z.unknown() }),
  z.object({
    intent: z.literal('guidelines-read'),
    campaignId: z.string().min(1).max(100),
    version: z.number().int().min(1),
  }),
])

export const loader = () => {
  throw apiProblem(405, 'Not possible', 'Settings are sent with POST.')
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args
  const person = await findPerson(args)
  if (!person) return apiProblem(401, 'Signed out', 'Sign in again to keep your settings.')
  const message = messageSchema.safeParse(await request.json().catch(() => null))
  if (!message.success) return apiProblem(400, 'Not understood', 'These are no settings.')
  const { data } = message
  if (data.intent === 'guidelines-read') {
    const { campaignId, version } = data
    const change = (before: unknown) => withGuidelinesRead(before, campaignId, version)
    const read = { personId: person.id, part: 'guidelinesRead', change }
    await inTransaction(context.db, (trx) => changePersonalSetting(trx, read))
    return Response.json({ version })
  }
  const preferences = readPreferences(data.preferences)
  const kept = { personId: person.id, part: 'room', change: () => preferences }
  await inTransaction(context.db, (trx) => changePersonalSetting(trx, kept))
  const { language } = preferences
  const headers = new Headers()
  if (language) headers.set('Set-Cookie', languageCookie(language, context.isSecure))
  return Response.json({ preferences }, { headers })
}
