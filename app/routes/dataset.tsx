import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import {
  Form,
  Link,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { DatasetBuilder } from '#app/export/dataset-builder.tsx'
import { datasetChoices } from '#app/export/dataset-choices.server.ts'
import { datasetOfFields, fieldsOfDataset } from '#app/export/dataset-form.ts'
import { datasetProblemIn, datasetSayIn } from '#app/export/dataset-words.ts'
import { changeDataset, findDataset } from '#app/export/datasets.server.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { type ListedSnapshot, SnapshotLine } from '#app/export/snapshot-card.tsx'
import { askForSnapshot, listSnapshots } from '#app/export/snapshots.server.ts'
import { targetTitleIn } from '#app/export/target-words.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { findJob } from '#app/jobs/jobs.server.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => datasetSayIn(language)('datasetTitle'))

export const shouldRevalidate: ShouldRevalidateFunction = ({
  formAction,
  defaultShouldRevalidate,
}) => (formAction?.endsWith('/preview') ? false : defaultShouldRevalidate)

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { read } = args.context.db
  const dataset = await findDataset(read, project.id, args.params.dataset ?? '')
  if (!dataset) throw notFound('dataset')
  const before = await listSnapshots(read, project.id, dataset.id)
  const jobs = await Promise.all(
    before
      .filter((snapshot) => snapshot.status === 'queued' && snapshot.jobId !== null)
      .map((snapshot) => findJob(read, project.id, snapshot.jobId ?? '')),
  )
  // A job that ended meanwhile would stand beside a snapshot that still waits, and nothing would ask again.
  const snapshots = jobs.length > 0 ? await listSnapshots(read, project.id, dataset.id) : before
  return spoken(args, {
    slug: project.slug,
    dataset: { id: dataset.id, name: dataset.name, target: dataset.target },
    fields: fieldsOfDataset(dataset),
    choices: await datasetChoices(read, project.id),
    snapshots: snapshots.map(({ manifest: _, ...listed }): ListedSnapshot => listed),
    jobs: jobs.filter((job) => job !== undefined),
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'export')
  const { db, now } = args.context
  const projectId = project.id
  const dataset = await findDataset(db.read, projectId, args.params.dataset ?? '')
  if (!dataset) throw notFound('dataset')
  const { intent = 'snapshot', ...fields } = await readFields(args.request)
  const form = checkForm(newDatasetSchema, datasetOfFields(fields), fields)
  if (!form.ok) return data(form, { status: 400 })
  const { campaigns } = await datasetChoices(db.read, projectId)
  if (!form.data.campaignIds.every((id) => campaigns.some((campaign) => campaign.id === id))) {
    const errors = { campaignIds: 'choose campaigns of this project' }
    return data({ ok: false as const, errors, values: fields }, { status: 400 })
  }
  const isKept = await inTransaction(db, async (trx) => {
    const changed = { projectId, datasetId: dataset.id, dataset: form.data, now: now() }
    if (!(await changeDataset(trx, changed))) return false
    const entry = { projectId, actor: person.id, now: now() }
    await insertAudit(trx, { ...entry, action: 'dataset changed', subject: dataset.id })
    if (intent !== 'snapshot') return true
    const made = { projectId, createdBy: person.id, now: now(), datasetId: dataset.id }
    const id = await askForSnapshot(trx, made)
    await insertAudit(trx, { ...entry, action: 'snapshot asked for', subject: id })
    return true
  })
  if (isKept) return redirect(`/p/${project.slug}/export/${dataset.id}`)
  const errors = { name: 'the project has a dataset of this name' }
  return data({ ok: false as const, errors, values: fields }, { status: 400 })
}

export default function DatasetPage() {
  const { say, figures, language } = useSaying(datasetSayIn)
  const { slug, dataset, fields, choices, snapshots, jobs } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const errors: Record<string, string> = problem?.errors ?? {}
  const here = `/p/${slug}/export/${dataset.id}`
  const newest = snapshots.find((snapshot) => snapshot.status === 'ready')
  return (
    <>
      <PageHead
        eyebrow={
          <span>
            <Link to={`/p/${slug}/export`} className="link">
              {say('datasets')}
            </Link>{' '}
            › {dataset.name}
          </span>
        }
        title={
          newest ? (
            <>
              {say('rowsFor', { count: newest.rows ?? 0 })}{' '}
              <span className="marked">{targetTitleIn(language)(dataset.target)}</span>
            </>
          ) : (
            dataset.name
          )
        }
      />
      {problem ? (
        <Notice tone="danger">
          {say('nothingChanged', {
            problems: Object.values(errors).map(datasetProblemIn(language)).join('; '),
          })}
        </Notice>
      ) : null}
      {jobs.map((job) => (
        <JobProgress
          key={job.id}
          job={job}
          href={`/p/${slug}/jobs/${job.id}`}
          what={say('writing')}
          unit={figures.whole}
        />
      ))}
      <DatasetBuilder
        key={dataset.id}
        fields={problem?.values ?? fields}
        errors={errors}
        choices={choices}
        previewHref={`/p/${slug}/export/preview`}
        actions={
          <div className="flex flex-wrap gap-2">
            <button type="submit" name="intent" value="snapshot" className="btn btn-primary">
              {say('createSnapshot')}
            </button>
            <button type="submit" name="intent" value="keep" className="btn">
              {say('keepPolicy')}
            </button>
          </div>
        }
        beside={<Snapshots here={here} snapshots={snapshots} />}
      />
    </>
  )
}

function Snapshots({ here, snapshots }: { here: string; snapshots: readonly ListedSnapshot[] }) {
  const { say } = useSaying(datasetSayIn)
  const ready = snapshots.filter(({ status }) => status === 'ready')
  return (
    <section className="card" aria-labelledby="snapshots">
      <h2 id="snapshots">{say('snapshots')}</h2>
      <p className="mb-1 text-sm text-ink-2">{say('snapshotsIntro')}</p>
      {snapshots.length === 0 ? <p className="text-sm">{say('noneYet')}</p> : null}
      <ul>
        {snapshots.map((snapshot) => (
          <SnapshotLine key={snapshot.id} snapshot={snapshot} href={`${here}/${snapshot.id}`} />
        ))}
      </ul>
      {ready.length > 1 ? <CompareForm here={here} ready={ready} /> : null}
    </section>
  )
}

function CompareForm({ here, ready }: { here: string; ready: readonly ListedSnapshot[] }) {
  const { say } = useSaying(datasetSayIn)
  const options = ready.map(({ id, number }) => (
    <option key={id} value={id}>
      v{number}
    </option>
  ))
  return (
    <Form action={`${here}/diff`} className="mt-3 flex flex-wrap items-center gap-2 text-sm">
      <label className="flex items-center gap-2">
        {say('compare')}
        <select name="from" className="input w-auto" defaultValue={ready[1]?.id}>
          {options}
        </select>
      </label>
      <label className="flex items-center gap-2">
        {say('with')}
        <select name="to" className="input w-auto" defaultValue={ready[0]?.id}>
          {options}
        </select>
      </label>
      <button type="submit" className="btn">
        {say('showChanges')}
      </button>
    </Form>
  )
}
