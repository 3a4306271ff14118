import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { ChecksCard } from '#app/export/checks-card.tsx'
import { datasetSayIn, keptReasonIn } from '#app/export/dataset-words.ts'
import { findDataset } from '#app/export/datasets.server.ts'
import { Funnel } from '#app/export/funnel.tsx'
import { type Manifest, rowCountOf } from '#app/export/manifest.ts'
import { policySentences } from '#app/export/policy-sentences.ts'
import { SnapshotFiles } from '#app/export/snapshot-card.tsx'
import { linkFields } from '#app/export/snapshot-link-fields.ts'
import { SnapshotLinkForm } from '#app/export/snapshot-link-form.tsx'
import { makeLink } from '#app/export/snapshot-links.server.ts'
import { deprecateSnapshot, describeSnapshot, findSnapshot } from '#app/export/snapshots.server.ts'
import { snippetOf } from '#app/export/snippets.ts'
import { targetTitleIn } from '#app/export/target-words.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => datasetSayIn(language)('snapshot'))

async function find(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'export')
  const { read } = args.context.db
  const dataset = await findDataset(read, project.id, args.params.dataset ?? '')
  const snapshot = await findSnapshot(read, project.id, args.params.snapshot ?? '')
  if (!dataset || !snapshot || snapshot.datasetId !== dataset.id) throw notFound('snapshot')
  return { project, person, dataset, snapshot }
}

export async function loader(args: LoaderFunctionArgs) {
  const { project, dataset, snapshot } = await find(args)
  if (!snapshot.manifest) throw notFound('snapshot')
  return spoken(args, {
    slug: project.slug,
    dataset: { id: dataset.id, name: dataset.name },
    snapshot: { ...snapshot, manifest: snapshot.manifest },
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person, dataset, snapshot } = await find(args)
  const { db, now } = args.context
  const fields = await readFields(args.request)
  const { intent, description = '', reason = '' } = fields
  if (intent === 'link') {
    const form = checkForm(linkFields, fields, fields)
    if (!form.ok) return data({ problem: Object.values(form.errors)[0] }, { status: 400 })
    const { address, expiresAt } = await makeLink(db, {
      ...form.data,
      key: args.context.siteKey,
      project,
      snapshotId: snapshot.id,
      actor: person.id,
      now: now(),
    })
    return { link: { url: new URL(address, new URL(args.request.url).origin).href, expiresAt } }
  }
  const named = { projectId: project.id, snapshotId: snapshot.id }
  const entry = { projectId: project.id, actor: person.id, subject: snapshot.id, now: now() }
  await inTransaction(db, async (trx) => {
    if (intent === 'describe') {
      await describeSnapshot(trx, { ...named, description: description.trim().slice(0, 2_000) })
      await insertAudit(trx, { ...entry, action: 'snapshot described' })
      return
    }
    const told = intent === 'deprecate' ? reason.trim().slice(0, 500) || 'no reason given' : null
    await deprecateSnapshot(trx, { ...named, reason: told, now: now() })
    const done = told === null ? 'snapshot no longer deprecated' : 'snapshot deprecated'
    await insertAudit(trx, { ...entry, action: done, detail: { reason: told } })
  })
  return redirect(`/p/${project.slug}/export/${dataset.id}/${snapshot.id}`)
}

export default function SnapshotPage() {
  const { say, language } = useSaying(datasetSayIn)
  const { slug, dataset, snapshot } = useLoaderData<typeof loader>()
  const told = useActionData<typeof action>()
  const { manifest } = snapshot
  const here = `/p/${slug}/export/${dataset.id}`
  return (
    <>
      <PageHead
        eyebrow={
          <span>
            <Link to={`/p/${slug}/export`} className="link">
              {say('datasets')}
            </Link>{' '}
            ›{' '}
            <Link to={here} className="link">
              {dataset.name}
            </Link>{' '}
            › v{snapshot.number}
          </span>
        }
        title={
          <>
            {say('rowsFor', { count: snapshot.rows ?? 0 })}{' '}
            <span className="marked">{targetTitleIn(language)(manifest.target)}</span>
          </>
        }
        actions={
          manifest.target === 'raw' ? null : (
            <Link to={`${here}/${snapshot.id}/rows`} className="btn">
              {say('rowsTitle')}
            </Link>
          )
        }
      >
        {say('frozen', { when: moment(snapshot.createdAt, language) })}{' '}
        <code className="break-all font-mono text-[13px]">sha256 {snapshot.sha256}</code>.
      </PageHead>
      {snapshot.deprecatedReason === null ? null : (
        <Notice tone="warning">
          {say('deprecatedStays', { reason: keptReasonIn(language)(snapshot.deprecatedReason) })}
        </Notice>
      )}
      {snapshot.description === '' ? null : <p>{snapshot.description}</p>}
      <section className="card grid gap-3">
        <h2>{say('download')}</h2>
        <SnapshotFiles base={`/files/${slug}/snapshots/${snapshot.id}`} files={manifest.files} />
        <Snippet manifest={manifest} name={dataset.name} number={snapshot.number} />
      </section>
      <SnapshotLinkForm
        paths={[...manifest.files.map(({ path }) => path), 'README.md']}
        link={told && 'link' in told ? told.link : undefined}
        problem={told && 'problem' in told ? told.problem : undefined}
      />
      {manifest.report === null ? null : (
        <div className="grid items-start gap-4.5 lg:grid-cols-2">
          <section className="card">
            <h2 className="mb-2">{say('whatKept')}</h2>
            <Funnel
              considered={manifest.considered}
              dropped={manifest.dropped}
              rows={rowCountOf(manifest)}
            />
          </section>
          <ChecksCard
            report={manifest.report}
            dropped={manifest.dropped}
            warned={manifest.warned}
          />
        </div>
      )}
      <section className="card">
        <h2 className="mb-2">{say('policy')}</h2>
        <ul className="list-disc pl-5 text-sm">
          {policySentences(manifest.policy, language).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <Keeping description={snapshot.description} isDeprecated={snapshot.deprecatedAt !== null} />
    </>
  )
}

function Snippet({ manifest, name, number }: { manifest: Manifest; name: string; number: number }) {
  const { say } = useSaying(datasetSayIn)
  const folder = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-v${number}`
  const lines = snippetOf(manifest, `./${folder}`).filter((line) => !line.startsWith('```'))
  return (
    <WideBox label={say('howToLoad')}>
      <pre className="w-max min-w-full rounded-lg bg-sunken px-4 py-3 font-mono text-[13px]">
        {lines.join('\n')}
      </pre>
    </WideBox>
  )
}

function Keeping({ description, isDeprecated }: { description: string; isDeprecated: boolean }) {
  const { say } = useSaying(datasetSayIn)
  return (
    <section className="card grid gap-6 lg:grid-cols-2">
      <Form method="post" className="grid content-start gap-3">
        <TextArea
          label={say('description')}
          name="description"
          rows={2}
          defaultValue={description}
        />
        <button type="submit" name="intent" value="describe" className="btn justify-self-start">
          {say('keepDescription')}
        </button>
      </Form>
      <Form method="post" className="grid content-start gap-3">
        {isDeprecated ? (
          <button type="submit" name="intent" value="restore" className="btn justify-self-start">
            {say('restore')}
          </button>
        ) : (
          <>
            <TextField label={say('deprecateBecause')} name="reason" />
            <button
              type="submit"
              name="intent"
              value="deprecate"
              className="btn justify-self-start"
            >
              {say('deprecate')}
            </button>
          </>
        )}
      </Form>
    </section>
  )
}
