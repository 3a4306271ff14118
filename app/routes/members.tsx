import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import {
  changeRoles,
  deleteInvitation,
  insertInvitation,
  listInvitations,
  listMembers,
  rolesSchema,
} from '#app/access/members.server.ts'
import { emailSchema } from '#app/access/people.server.ts'
import { peopleSayIn, peopleToldIn } from '#app/access/people-words.ts'
import { roles } from '#app/access/roles.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { readProfile } from '#app/projects/rater-profile.ts'
import { RaterProfiles } from '#app/projects/rater-profiles.tsx'
import { changeRaterProfile, listRaterProfiles } from '#app/projects/raters.server.ts'
import { ChipChoices, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => peopleSayIn(language)('members'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'manage-members')
  const { db, slowReads, now } = args.context
  return spoken(args, {
    slug: project.slug,
    members: await listMembers(db.read, project.id),
    profiles: await listRaterProfiles(db.read, project.id),
    languages: await slowReads.promptLanguages(project.id),
    invitations: await listInvitations(db.read, project.id, now()),
    origin: new URL(args.request.url).origin,
  })
}

type Said =
  | { error: string; person?: string; values?: Record<string, string> }
  | { link: string }
  | { done: string }

const splitRoles = (text: string | undefined) => (text ?? '').split('\n').filter(Boolean)

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'manage-members')
  const { db, now } = args.context
  const fields = await readFields(args.request)
  const scope = { projectId: project.id, now: now() }
  const audit = { ...scope, actor: person.id }
  const said = (words: Said, status = 200) => data(words, { status })
  if (fields.intent === 'withdraw') {
    await inTransaction(db, (trx) => deleteInvitation(trx, project.id, fields.invitation ?? ''))
    return said({ done: 'The invitation is withdrawn; its link no longer works.' })
  }
  if (fields.intent === 'roles') {
    const wanted = z.array(z.enum(roles)).safeParse(splitRoles(fields.roles))
    const personId = fields.person ?? ''
    const isMember = (await listMembers(db.read, project.id)).some((one) => one.id === personId)
    if (!wanted.success || !isMember) return said({ error: 'Choose a member and roles.' }, 400)
    if (personId === person.id && !wanted.data.includes('lead') && !person.isAdmin) {
      return said({ error: 'You cannot take the lead role from yourself.' }, 400)
    }
    await inTransaction(db, async (trx) => {
      await changeRoles(trx, { ...scope, personId, roles: wanted.data })
      const detail = { roles: wanted.data }
      await insertAudit(trx, { ...audit, action: 'roles changed', subject: personId, detail })
    })
    return said({ done: 'The roles are changed.' })
  }
  if (fields.intent === 'rater') {
    const personId = fields.person ?? ''
    const member = (await listMembers(db.read, project.id)).find((one) => one.id === personId)
    if (!member?.roles.includes('annotator')) return said({ error: 'Choose an annotator.' }, 400)
    const read = readProfile({ groups: fields.groups ?? '', languages: fields.languages ?? '' })
    if (!read.ok) return said({ error: read.error, person: personId, values: fields }, 400)
    const detail = { groups: read.groups, languages: read.languages }
    await inTransaction(db, async (trx) => {
      const raterId = await changeRaterProfile(trx, { ...scope, personId, ...detail })
      await insertAudit(trx, { ...audit, action: 'rater changed', subject: raterId, detail })
    })
    return said({ done: `${member.name}’s groups and languages are saved.` })
  }
  const wanted = rolesSchema.safeParse(splitRoles(fields.roles))
  if (!wanted.success) return said({ error: 'Choose at least one role for the newcomer.' }, 400)
  const email = fields.email ? emailSchema.safeParse(fields.email) : undefined
  if (email && !email.success) return said({ error: 'That is not an e-mail address.' }, 400)
  const token = await inTransaction(db, async (trx) => {
    const made = { ...scope, roles: wanted.data, createdBy: person.id, email: email?.data ?? null }
    const link = await insertInvitation(trx, made)
    const detail = { roles: wanted.data }
    await insertAudit(trx, { ...audit, action: 'invited', subject: 'invitation', detail })
    return link
  })
  return said({ link: `/invitation/${project.slug}/${token}` })
}

export default function Members() {
  const { say, language } = useSaying(peopleSayIn)
  const { members, profiles, languages, invitations, origin } = useLoaderData<typeof loader>()
  const said = useActionData<typeof action>()
  const told = peopleToldIn(language)
  const roleOptions = roles.map((role) => ({
    value: role,
    label: say(`does.${role}`),
  }))
  return (
    <>
      <PageHead title={say('members')}>{say('membersIntro')}</PageHead>
      {said && 'error' in said ? <Notice tone="danger">{told(said.error)}</Notice> : null}
      {said && 'done' in said ? <Notice tone="good">{told(said.done)}</Notice> : null}
      {said && 'link' in said ? (
        <Notice tone="good">
          <p className="mb-2">{say('sendLink')}</p>
          <input
            readOnly
            className="input font-mono"
            aria-label={say('invitationLink')}
            value={`${origin}${said.link}`}
            onFocus={(event) => event.currentTarget.select()}
          />
        </Notice>
      ) : null}
      <section className="card overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('name')}</th>
              <th scope="col">{say('email')}</th>
              <th scope="col">{say('roles')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.id}>
                <td className="font-semibold">{member.name}</td>
                <td className="text-ink-2">{member.email}</td>
                <td>
                  <Form method="post" className="flex flex-wrap items-center gap-3">
                    <input type="hidden" name="intent" value="roles" />
                    <input type="hidden" name="person" value={member.id} />
                    {roles.map((role) => (
                      <label key={role} className="flex items-center gap-1.5 text-sm">
                        <input
                          type="checkbox"
                          name="roles"
                          value={role}
                          defaultChecked={member.roles.includes(role)}
                          className="accent-act"
                        />
                        {say(`role.${role}`)}
                      </label>
                    ))}
                    <button type="submit" className="link text-sm">
                      {say('save')}
                    </button>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <RaterProfiles
        annotators={members.filter((member) => member.roles.includes('annotator'))}
        profiles={profiles}
        languages={languages}
        refused={said && 'error' in said ? said : undefined}
      />
      <Form method="post" className="card grid max-w-[640px] gap-4" noValidate>
        <h2>{say('invite')}</h2>
        <TextField label={say('inviteEmail')} name="email" type="email" />
        <ChipChoices
          legend={say('roles')}
          name="roles"
          options={roleOptions}
          chosen={['annotator']}
        />
        <button type="submit" className="btn btn-primary justify-self-start">
          {say('makeLink')}
        </button>
      </Form>
      {invitations.length > 0 ? (
        <section className="card overflow-x-auto">
          <h2 className="mb-2">{say('waiting')}</h2>
          <table className="data-table">
            <tbody>
              {invitations.map((invitation) => (
                <tr key={invitation.id}>
                  <td>{invitation.email ?? say('anybody')}</td>
                  <td>{invitation.roles.map((role) => say(`as.${role}`)).join(', ')}</td>
                  <td className="text-ink-3">
                    {say('until', { when: moment(invitation.expires_at, language) })}
                  </td>
                  <td>
                    <Form method="post">
                      <input type="hidden" name="invitation" value={invitation.id} />
                      <button type="submit" name="intent" value="withdraw" className="link text-sm">
                        {say('withdraw')}
                      </button>
                    </Form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </>
  )
}
