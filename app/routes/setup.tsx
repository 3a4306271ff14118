import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, useActionData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import {
  hashPassword,
  hasNobody,
  insertFirstAdmin,
  newPersonSchema,
} from '#app/access/people.server.ts'
import { insertSession, sessionDays } from '#app/access/sessions.server.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { signInCookie } from '#app/http/session-cookie.ts'
import { TextField } from '#app/ui/field.tsx'
import { NarrowPage } from '#app/ui/page.tsx'
import { inTransaction } from '#db/open.ts'

export const meta = () => [{ title: 'Set up · Rubrica' }]

export async function loader({ context }: LoaderFunctionArgs) {
  return (await hasNobody(context.db.read)) ? null : redirect('/sign-in')
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
  const problem = useActionData<typeof action>()
  const values = problem?.values ?? {}
  const errors = problem?.errors ?? {}
  return (
    <NarrowPage title="Make the first administrator">
      <p className="text-ink-2">
        This Rubrica is new. The account you make now runs the site; there is no default password.
      </p>
      <Form method="post" className="grid gap-4" noValidate>
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          defaultValue={values.name}
          error={errors.name}
        />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={values.email}
          error={errors.email}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="At least 10 characters."
          error={errors.password}
        />
        <button type="submit" className="btn btn-primary">
          Make the account
        </button>
      </Form>
    </NarrowPage>
  )
}
