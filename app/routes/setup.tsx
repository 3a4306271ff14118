import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import {
  hashPassword,
  hasNobody,
  insertFirstAdmin,
  newPersonSchema,
} from '#app/access/people.server.ts'
import { peopleSayIn, peopleToldIn } from '#app/access/people-words.ts'
import { insertSession, sessionDays } from '#app/access/sessions.server.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { signInCookie } from '#app/http/session-cookie.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { LanguageSwitch, useSaying } from '#app/ui/language.tsx'
import { NarrowPage } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => peopleSayIn(language)('setUp'))

export async function loader(args: LoaderFunctionArgs) {
  return (await hasNobody(args.context.db.read)) ? spoken(args, {}) : redirect('/sign-in')
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (!(await hasNobody(context.db.read))) return redirect('/sign-in')
  const fields = await readFields(request)
  const form = checkForm(newPersonSchema, fields, fields)
  if (!form.ok) return data(form, { status: 400 })
  const { password, ...person } = form.data
  const passwordHash = await hashPassword(password)
  const now = context.now()
  const token = await inTransaction(context.db, async (trx) => {
    const personId = await insertFirstAdmin(trx, { ...person, passwordHash, now })
    if (personId === undefined) return undefined
    await insertAudit(trx, {
      projectId: null,
      actor: personId,
      action: 'first admin',
      subject: personId,
      now,
    })
    return insertSession(trx, { personId, now })
  })
  if (token === undefined) return redirect('/sign-in')
  const cookie = signInCookie(token, { isSecure: context.isSecure, days: sessionDays })
  return redirect('/projects', { headers: { 'Set-Cookie': cookie } })
}

export default function Setup() {
  const { say, language } = useSaying(peopleSayIn)
  const problem = useActionData<typeof action>()
  const values = problem?.values ?? {}
  const errors = problem?.errors ?? {}
  const told = (error: string | undefined) => error && peopleToldIn(language)(error)
  return (
    <NarrowPage title={say('firstAdmin')}>
      <p className="text-ink-2">{say('firstAdminHint')}</p>
      <Form method="post" className="grid gap-4" noValidate>
        <TextField
          label={say('name')}
          name="name"
          autoComplete="name"
          defaultValue={values.name}
          error={told(errors.name)}
        />
        <TextField
          label={say('email')}
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={values.email}
          error={told(errors.email)}
        />
        <TextField
          label={say('password')}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={say('passwordHint')}
          error={told(errors.password)}
        />
        <button type="submit" className="btn btn-primary">
          {say('makeAccount')}
        </button>
      </Form>
      <LanguageSwitch />
    </NarrowPage>
  )
}
