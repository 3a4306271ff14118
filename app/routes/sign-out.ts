import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { revokeSession } from '#app/access/sessions.server.ts'
import { signOutCookie, tokenOf } from '#app/http/session-cookie.ts'

export async function action({ request, context }: ActionFunctionArgs) {
  const token = tokenOf(request.headers.get('Cookie'))
  if (token !== undefined) await revokeSession(context.db.write, { token, now: context.now() })
  return redirect('/sign-in', { headers: { 'Set-Cookie': signOutCookie(context.isSecure) } })
}
