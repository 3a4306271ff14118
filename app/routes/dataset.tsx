import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { findDataset } from '#app/export/datasets.server.ts'
import { Funnel } from '#app/export/funnel.tsx'
import { askForSnapshot, listSnapshots } from '#app/export/snapshots.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { findJob } from '#app/jobs/jobs.server.ts'
import { bytes, moment, whole } from '#app/ui/figures.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = () => titled('Dataset')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { read } = args.context.db
  const dataset = await findDataset(read, project.id, args.params.dataset ?? '')
  if (!dataset) throw notFound('dataset')
  const snapshots = await listSnapshots(read, project.id, dataset.id)
  const jobs = await Promise.all(
    snapshots
      .filter((snapshot) => snapshot.status !== 'ready' && snapshot.jobId !== null)
      .map((snapshot) => findJob(read, project.id, snapshot.jobId ?? '')),
  )
  return {
    slug: project.slug,
    dataset,
    snapshots,
    jobs: jobs.filter((job) => job !== undefined),
  }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'export')
  const { db, now } = args.context
  const dataset = await findDataset(db.read, project.id, args.params.dataset ?? '')
  if (!dataset) throw notFound('dataset')
  await inTransaction(db, async (trx) => {
    const made = { projectId: project.id, createdBy: person.id, now: now() }
    const id = await askForSnapshot(trx, { ...made, datasetId: dataset.id })
    const entry = { projectId: project.id, actor: person.id, subject: id, now: now() }
    await insertAudit(trx, { ...entry, action: 'snapshot asked for' })
  })
  return redirect(`/p/${project.slug}/export/${dataset.id}`)
}

export default function DatasetPage() {
  const { slug, dataset, snapshots, jobs } = useLoaderData<typeof loader>()
  const newest = snapshots.find((snapshot) => snapshot.status === 'ready')
  const unit = dataset.target === 'trl-sft' ? 'Prompts' : 'Tasks'
  return (
    <>
      <PageHead
        eyebrow={
          <span>
            <Link to={`/p/${slug}/export`} className="link">
              Datasets
            </Link>{' '}
            › {dataset.name}
          </span>
        }
        title={
          newest ? (
            <>
              {whole(newest.rows ?? 0)} rows, <span className="marked">{dataset.target}</span>
            </>
          ) : (
            dataset.name
          )
        }
        actions={
          <Form method="post">
            <button type="submit" className="btn btn-primary">
              Create snapshot
            </button>
          </Form>
        }
      >
        A snapshot freezes the rows under a content hash and never changes afterwards.
      </PageHead>
      {jobs.map((job) => (
        <JobProgress
          key={job.id}
          job={job}
          href={`/p/${slug}/jobs/${job.id}`}
          what="Writing the snapshot"
          unit={(count) => whole(count)}
        />
      ))}
      {newest?.manifest && dataset.target !== 'raw' ? (
        <section className="card">
          <h2 className="mb-2">What each rule keeps</h2>
          <Funnel unit={unit} {...newest.manifest} />
        </section>
      ) : null}
      {snapshots.map((snapshot) => (
        <section key={snapshot.id} className="card grid gap-3">
          <div className="flex flex-wrap items-baseline gap-x-3">
            <h2>v{snapshot.number}</h2>
            <span className="font-mono text-[13px] text-ink-3">
              {snapshot.sha256 ? `sha256 ${snapshot.sha256.slice(0, 12)}…` : snapshot.status}
            </span>
            <span className="grow" />
            <span className="text-sm text-ink-2">
              {snapshot.rows === null ? '' : `${whole(snapshot.rows)} rows · `}
              {moment(snapshot.createdAt)} UTC
            </span>
          </div>
          {snapshot.manifest ? (
            <ul className="flex flex-wrap gap-2">
              {snapshot.manifest.files
                .filter((file) => file.rows > 0)
                .map((file) => (
                  <li key={file.path}>
                    <a
                      href={`/files/${slug}/snapshots/${snapshot.id}/${file.path}`}
                      className="btn"
                      download
                    >
                      {file.path}{' '}
                      <span className="font-normal text-ink-3">{bytes(file.bytes)}</span>
                    </a>
                  </li>
                ))}
              <li>
                <a
                  href={`/files/${slug}/snapshots/${snapshot.id}/README.md`}
                  className="btn"
                  download
                >
                  README.md
                </a>
              </li>
              <li>
                <a
                  href={`/files/${slug}/snapshots/${snapshot.id}/.meta/manifest.json`}
                  className="btn"
                  download
                >
                  manifest.json
                </a>
              </li>
            </ul>
          ) : null}
          {snapshot === newest && snapshot.manifest ? (
            <pre className="overflow-x-auto rounded-lg bg-sunken px-4 py-3 font-mono text-[13px]">
              {`from datasets import load_dataset\nds = load_dataset("./${dataset.name}", "${snapshot.manifest.files[0]?.config ?? ''}")`}
            </pre>
          ) : null}
        </section>
      ))}
    </>
  )
}
