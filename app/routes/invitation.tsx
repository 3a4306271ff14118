import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { acceptInvitation, findInvitation } from '#app/access/members.server.ts'
import { hashPassword, insertPerson, newPersonSchema } from '#app/access/people.server.ts'
import { peopleSayIn, peopleToldIn } from '#app/access/people-words.ts'
import { insertSession, sessionDays } from '#app/access/sessions.server.ts'
import { checkForm, readFields, withoutSecrets } from '#app/http/forms.server.ts'
import { findPerson } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { signInCookie } from '#app/http/session-cookie.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { LanguageSwitch, useSaying } from '#app/ui/language.tsx'
import { NarrowPage } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => peopleSayIn(language)('invitation'))

async function requireInvitation({ params, context }: LoaderFunctionArgs) {
  const invitation = await findInvitation(context.db.read, {
    projectSlug: params.project ?? '',
    token: params.token ?? '',
    now: context.now(),
  })
  if (!invitation) throw notFound('invitation: it was used, has ended or never was')
  return invitation
}

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, email } = await requireInvitation(args)
  const person = await findPerson(args)
  return spoken(args, { project, roles, email, signedInAs: person?.name ?? null })
}

export async function action(args: ActionFunctionArgs) {
  const { request, context, params } = args
  const invitation = await requireInvitation(args)
  const person = await findPerson(args)
  const accept = {
    projectId: invitation.project_id,
    invitationId: invitation.id,
    roles: invitation.roles,
  }
  const now = context.now()
  if (person) {
    await inTransaction(context.db, (trx) =>
      acceptInvitation(trx, { ...accept, personId: person.id, now }),
    )
    return redirect(`/p/${params.project}`)
  }
  const fields = await readFields(request)
  const form = checkForm(newPersonSchema, fields, fields)
  if (!form.ok) return data(form, { status: 400 })
  const { password, ...newcomer } = form.data
  const passwordHash = await hashPassword(password)
  const token = await inTransaction(context.db, async (trx) => {
    const personId = await insertPerson(trx, { ...newcomer, passwordHash, isAdmin: false, now })
    if (personId === undefined) return undefined
    if (!(await acceptInvitation(trx, { ...accept, personId, now }))) throw notFound('invitation')
    await insertAudit(trx, {
      projectId: invitation.project_id,
      actor: personId,
      action: 'joined',
      subject: personId,
      detail: { roles: invitation.roles },
      now,
    })
    return insertSession(trx, { personId, now })
  })
  if (token === undefined) {
    const errors = {
      email: 'this address has an account: sign in first, then open this link again',
    }
    return data({ ok: false as const, errors, values: withoutSecrets(fields) }, { status: 400 })
  }
  const cookie = signInCookie(token, { isSecure: context.isSecure, days: sessionDays })
  return redirect(`/p/${params.project}`, { headers: { 'Set-Cookie': cookie } })
}

export default function Invitation() {
  const { say, language } = useSaying(peopleSayIn)
  const { project, roles, email, signedInAs } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const values: Record<string, string> = problem?.values ?? {}
  const errors: Record<string, string> = problem?.errors ?? {}
  const told = (error: string | undefined) => error && peopleToldIn(language)(error)
  const asRoles = roles.map((role) => say(`as.${role}`)).join(say('and'))
  return (
    <NarrowPage title={say('joinNamed', { project })}>
      <p className="text-ink-2">{say('invitedAs', { roles: asRoles })}</p>
      <Form method="post" className="grid gap-4" noValidate>
        {signedInAs === null ? (
          <>
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
              defaultValue={values.email ?? email ?? ''}
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
          </>
        ) : (
          <p>{say('signedInAs', { name: signedInAs })}</p>
        )}
        <button type="submit" className="btn btn-primary">
          {say('join')}
        </button>
      </Form>
      <LanguageSwitch />
    </NarrowPage>
  )
}
