import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { insertApiToken, listApiTokens, revokeApiToken } from '#app/access/api-tokens.server.ts'
import { insertAudit } from '#app/access/audit.server.ts'
import { peopleSayIn, peopleToldIn } from '#app/access/people-words.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { changeRedaction } from '#app/import/change-redaction.server.ts'
import { findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { redactionMarks } from '#app/import/prepare/redact.ts'
import { RedactionSettings } from '#app/import/prompt-redaction.tsx'
import { WebhookSettings } from '#app/notify/webhook-settings.tsx'
import {
  insertWebhook,
  listDeliveries,
  listWebhooks,
  newWebhookSchema,
  queueAgain,
  queueTest,
  removeWebhook,
  setWebhookStatus,
} from '#app/notify/webhooks.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import { inTransaction } from '#db/open.ts'
import type { Tx } from '#db/schema.ts'

export const meta = titledIn((language) => peopleSayIn(language)('settings'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'manage-tokens')
  const { db, slowReads } = args.context
  const { findings, unprepared } = await slowReads.promptFacets(project.id)
  return spoken(args, {
    slug: project.slug,
    kinds: findingKinds.map((kind) => ({ kind, mark: redactionMarks[kind] })),
    findings,
    unprepared,
    removed: (await findRedaction(db.read, project.id)).kinds,
    mayBringBack: person.isAdmin,
    tokens: await listApiTokens(db.read, project.id),
    offered: offeredRoles(roles, person.isAdmin),
    origin: new URL(args.request.url).origin,
    webhooks: await listWebhooks(db.read, project.id),
    deliveries: await listDeliveries(db.read, { projectId: project.id, most: 20 }),
  })
}

/** A token never allows more than the person who makes it. */
const offeredRoles = (held: readonly string[], isAdmin: boolean) =>
  (['engineer', 'lead'] as const).filter((role) => isAdmin || held.includes(role))

const newTokenSchema = z.object({
  name: z.string().trim().min(1, 'say what the token is for').max(120),
  role: z.enum(['engineer', 'lead']),
})

export async function action(args: ActionFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'manage-tokens')
  const { db, now } = args.context
  const fields = await readFields(args.request)
  if (fields.intent === 'redaction') return removeKinds(args, fields.kinds ?? '')
  if (fields.intent?.startsWith('webhook'))
    return changeWebhooks(args, project.id, person.id, fields)
  const audit = { projectId: project.id, actor: person.id, now: now() }
  if (fields.intent === 'revoke') {
    const id = fields.token ?? ''
    await inTransaction(db, async (trx) => {
      await revokeApiToken(trx, { projectId: project.id, id, now: now() })
      await insertAudit(trx, { ...audit, action: 'token revoked', subject: id })
    })
    return { done: 'The token no longer works.' }
  }
  const wanted = newTokenSchema.safeParse(fields)
  if (!wanted.success || !offeredRoles(roles, person.isAdmin).includes(wanted.data.role)) {
    return data({ error: 'Name the token and choose a role that you hold.' }, { status: 400 })
  }
  const token = await inTransaction(db, async (trx) => {
    const made = { projectId: project.id, ...wanted.data, createdBy: person.id, now: now() }
    const text = await insertApiToken(trx, made)
    const detail = wanted.data
    await insertAudit(trx, { ...audit, action: 'token made', subject: 'token', detail })
    return text
  })
  return { token }
}

/** Adds a webhook, or does to one of them, or to a delivery, what its button says. */
async function changeWebhooks(
  { context: { db, now } }: ActionFunctionArgs,
  projectId: string,
  actor: string,
  fields: Record<string, string>,
) {
  const one = { projectId, id: fields.id ?? '', now: now() }
  const audit = { projectId, actor, now: now(), subject: one.id }
  if (fields.intent === 'webhook-add') {
    const asked = { url: fields.url ?? '', events: fields.events?.split('\n') ?? [] }
    const wanted = checkForm(newWebhookSchema, asked, fields)
    if (!wanted.ok) return data({ webhookErrors: wanted.errors, url: asked.url }, { status: 400 })
    const { secret } = await inTransaction(db, async (trx) => {
      const made = await insertWebhook(trx, { projectId, ...wanted.data, now: now() })
      const { url, events } = wanted.data
      const subject = { subject: made.id, detail: { url, events } }
      await insertAudit(trx, { ...audit, action: 'webhook made', ...subject })
      return made
    })
    return { webhookSecret: secret }
  }
  const acts: Record<string, { done: string; act: (trx: Tx) => Promise<unknown> }> = {
    'webhook-test': { done: 'A test is on its way.', act: (trx) => queueTest(trx, one) },
    'webhook-again': { done: 'It is sent again.', act: (trx) => queueAgain(trx, one) },
    'webhook-pause': {
      done: 'It is told nothing until you resume it.',
      act: (trx) => setWebhookStatus(trx, { ...one, status: 'paused' }),
    },
    'webhook-resume': {
      done: 'It is told again.',
      act: (trx) => setWebhookStatus(trx, { ...one, status: 'active' }),
    },
    'webhook-remove': { done: 'The webhook is gone.', act: (trx) => removeWebhook(trx, one) },
  }
  const wanted = acts[fields.intent ?? '']
  if (!wanted) return data({ error: 'That is nothing one can do to a webhook.' }, { status: 400 })
  await inTransaction(db, async (trx) => {
    await wanted.act(trx)
    await insertAudit(trx, { ...audit, action: (fields.intent ?? '').replace('-', ' ') })
  })
  return { done: wanted.done }
}

/** Changes what is removed from texts, as the form says line by line. */
async function removeKinds(args: ActionFunctionArgs, kinds: string) {
  const { project, person } = await requireRole(args, 'import')
  const { db, now } = args.context
  const wanted = {
    projectId: project.id,
    kinds: kinds.split('\n'),
    person: { id: person.id, isAdmin: person.isAdmin },
    now: now(),
  }
  const became = await inTransaction(db, (trx) => changeRedaction(trx, wanted))
  if (became === 'not allowed') {
    const error = 'Only a site administrator can bring back what is removed.'
    return data({ error }, { status: 403 })
  }
  if (became === 'unchanged') return { done: 'Nothing was changed: that is removed already.' }
  return { done: 'Saved. Raters and new snapshots of datasets see the texts so from now on.' }
}

export default function Settings() {
  const { say, language } = useSaying(peopleSayIn)
  const { slug, tokens, offered, origin, webhooks, deliveries, ...personalData } =
    useLoaderData<typeof loader>()
  const said = useActionData<typeof action>()
  const told = peopleToldIn(language)
  const webhookErrors = Object.fromEntries(
    Object.entries(said && 'webhookErrors' in said ? said.webhookErrors : {}).map(
      ([field, problem]) => [field, told(problem ?? '')],
    ),
  )
  return (
    <>
      <PageHead title={say('settings')} />
      {said && 'error' in said ? <Notice tone="danger">{told(said.error)}</Notice> : null}
      {said && 'done' in said ? <Notice tone="good">{told(said.done ?? '')}</Notice> : null}
      {said && 'token' in said ? (
        <Notice tone="good">
          <p className="mb-2">{say('copyToken')}</p>
          <input
            readOnly
            className="input font-mono"
            aria-label={say('apiToken')}
            value={said.token}
          />
        </Notice>
      ) : null}
      {said && 'webhookSecret' in said ? (
        <Notice tone="good">
          <p className="mb-2">{say('copySecret')}</p>
          <input
            readOnly
            className="input font-mono"
            aria-label={say('webhookSecret')}
            value={said.webhookSecret}
          />
        </Notice>
      ) : null}
      <RedactionSettings slug={slug} {...personalData} />
      <section className="card grid gap-4">
        <h2>{say('tokens')}</h2>
        <p className="max-w-[70ch] text-sm text-ink-2">
          {say('tokensIntro')}{' '}
          <Link to="/api" className="link">
            {say('whatToAsk')}
          </Link>
          . {say('uploads')}
        </p>
        <WideBox label={say('howToUpload')}>
          <pre className="w-max min-w-full rounded-lg bg-sunken px-4 py-3 font-mono text-[13px]">
            {`curl -X POST "${origin}/api/v1/projects/${slug}/imports?name=logs.jsonl" \\\n  -H "Authorization: Bearer rbr_…" --data-binary @logs.jsonl`}
          </pre>
        </WideBox>
        <Form
          method="post"
          className="grid items-end gap-3 sm:grid-cols-[1fr_12rem_auto]"
          noValidate
        >
          <TextField label={say('whatFor')} name="name" />
          <SelectField
            label={say('role')}
            name="role"
            options={offered.map((role) => ({ value: role, label: say(`as.${role}`) }))}
          />
          <button type="submit" className="btn btn-primary">
            {say('makeToken')}
          </button>
        </Form>
        {tokens.length > 0 ? (
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('token')}</th>
                  <th scope="col">{say('role')}</th>
                  <th scope="col">{say('made')}</th>
                  <th scope="col">{say('lastUsed')}</th>
                  <th scope="col" />
                </tr>
              </thead>
              <tbody>
                {tokens.map((token) => (
                  <tr key={token.id}>
                    <td className="font-semibold">{token.name}</td>
                    <td>{say(`as.${token.role}`)}</td>
                    <td>{moment(token.created_at, language)}</td>
                    <td>
                      {token.last_used_at === null
                        ? say('never')
                        : moment(token.last_used_at, language)}
                    </td>
                    <td>
                      <Form method="post">
                        <input type="hidden" name="token" value={token.id} />
                        <button type="submit" name="intent" value="revoke" className="link text-sm">
                          {say('revoke')}
                        </button>
                      </Form>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
      </section>
      <WebhookSettings
        webhooks={webhooks}
        deliveries={deliveries}
        errors={webhookErrors}
        typed={said && 'webhookErrors' in said ? said.url : ''}
      />
    </>
  )
}
