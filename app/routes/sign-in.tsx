import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, useActionData, useNavigation } from '@remix-run/react'
import { checkPassword, emailSchema, hasNobody } from '#app/access/people.server.ts'
import { peopleSayIn, peopleToldIn } from '#app/access/people-words.ts'
import { insertSession, sessionDays } from '#app/access/sessions.server.ts'
import { forgetFailures, isBlocked, noteFailure } from '#app/http/attempts.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { signInCookie } from '#app/http/session-cookie.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { LanguageSwitch, useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { NarrowPage } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => peopleSayIn(language)('signIn'))

export async function loader(args: LoaderFunctionArgs) {
  return (await hasNobody(args.context.db.read)) ? redirect('/setup') : spoken(args, {})
}

/** Only an address of this site: a link must not send people elsewhere after they sign in. */
const safeNext = (next: string | null): string =>
  next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\') ? next : '/'

export async function action({ request, context }: ActionFunctionArgs) {
  const fields = await readFields(request)
  const email = emailSchema.safeParse(fields.email)
  const attempt = { address: context.address, email: email.data ?? '' }
  if (await isBlocked(attempt)) {
    const error = 'Too many attempts failed. Wait a quarter of an hour and try again.'
    return data({ email: fields.email, error }, { status: 429 })
  }
  const password = fields.password ?? ''
  const person = email.success
    ? await checkPassword(context.db.read, { email: email.data, password })
    : undefined
  if (!person) {
    await noteFailure(attempt)
    const error = 'The e-mail address or the password is not right.'
    return data({ email: fields.email, error }, { status: 400 })
  }
  await forgetFailures(attempt)
  const token = await inTransaction(context.db, (trx) =>
    insertSession(trx, { personId: person.id, now: context.now() }),
  )
  const next = safeNext(new URL(request.url).searchParams.get('next'))
  const cookie = signInCookie(token, { isSecure: context.isSecure, days: sessionDays })
  return redirect(next, { headers: { 'Set-Cookie': cookie } })
}

export default function SignIn() {
  const { say, language } = useSaying(peopleSayIn)
  const problem = useActionData<typeof action>()
  const isBusy = useNavigation().state !== 'idle'
  return (
    <NarrowPage title={say('signIn')}>
      {problem ? <Notice tone="danger">{peopleToldIn(language)(problem.error)}</Notice> : null}
      <Form method="post" className="grid gap-4">
        <TextField
          label={say('email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={problem?.email}
        />
        <TextField
          label={say('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <button type="submit" className="btn btn-primary" disabled={isBusy}>
          {say('signIn')}
        </button>
      </Form>
      <LanguageSwitch />
    </NarrowPage>
  )
}
