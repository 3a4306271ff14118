import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { mayDo } from '#app/access/roles.ts'
import { listCampaignRaters } from '#app/assign/campaign-raters.server.ts'
import {
  campaignProgress,
  changeStatus,
  findCampaign,
  findGuidelines,
  listCriteria,
} from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { findNewestJobFor } from '#app/jobs/jobs.server.ts'
import { moment, whole } from '#app/ui/figures.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = () => titled('Campaign')

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'assign')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const job = await findNewestJobFor(read, project.id, 'make-tasks', campaign.id)
  return {
    slug: project.slug,
    campaign,
    criteria: await listCriteria(read, project.id, campaign.id),
    guidelines: (await findGuidelines(read, project.id, campaign.id)) ?? null,
    progress: await campaignProgress(read, project.id, campaign.id),
    raters: await listCampaignRaters(read, project.id, campaign.id),
    job: job ?? null,
    mayRate: mayDo({ roles, isAdmin: person.isAdmin }, 'rate'),
  }
}

const intents = { open: 'open', pause: 'paused', close: 'closed' } as const

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const { intent } = await readFields(args.request)
  const campaignId = args.params.campaign ?? ''
  if (intent !== 'open' && intent !== 'pause' && intent !== 'close') {
    return data({ error: 'Choose what to do with the campaign.' }, { status: 400 })
  }
  const to = intents[intent]
  const changed = await inTransaction(db, async (trx) => {
    const scope = { projectId: project.id, now: now() }
    const result = await changeStatus(trx, { ...scope, campaignId, to })
    if (result.ok) {
      const entry = { ...scope, actor: person.id, subject: campaignId }
      await insertAudit(trx, { ...entry, action: `campaign ${to}` })
    }
    return result
  })
  if (!changed.ok) return data({ error: changed.reason }, { status: 409 })
  return redirect(`/p/${project.slug}/assign/${campaignId}`)
}

const statusWords = {
  draft: 'Not open yet: raters see it once you open it.',
  open: 'Open: raters can work.',
  paused: 'Paused: nobody gets new tasks; what is in hand can still be sent.',
  closed: 'Closed: judgments can no longer be changed.',
}

export default function CampaignPage() {
  const { slug, campaign, criteria, guidelines, progress, raters, job, mayRate } =
    useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const isImported = campaign.origin === 'imported'
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/assign`} className="link">
            Assign
          </Link>
        }
        title={campaign.name}
        actions={
          <Form method="post" className="flex flex-wrap gap-2">
            {isImported || campaign.status === 'open' ? null : (
              <button type="submit" name="intent" value="open" className="btn btn-primary">
                {campaign.status === 'draft' ? 'Open' : 'Open again'}
              </button>
            )}
            {campaign.status === 'open' ? (
              <button type="submit" name="intent" value="pause" className="btn">
                Pause
              </button>
            ) : null}
            {campaign.status === 'open' || campaign.status === 'paused' ? (
              <button type="submit" name="intent" value="close" className="btn">
                Close
              </button>
            ) : null}
          </Form>
        }
      >
        {isImported ? 'Recorded elsewhere and imported; closed.' : statusWords[campaign.status]}
        {campaign.is_simulated === 1 ? ' Its raters are simulated.' : ''}
      </PageHead>
      {problem ? <Notice tone="danger">{problem.error}</Notice> : null}
      {job ? (
        <JobProgress
          job={job}
          href={`/p/${slug}/jobs/${job.id}`}
          what="Making tasks"
          unit={(count) => whole(count)}
        />
      ) : null}
      <div className="grid items-start gap-4.5 lg:grid-cols-[1.2fr_1fr]">
        <section className="card grid gap-3">
          <h2>Progress</h2>
          {progress.wanted > 0 ? (
            <ProgressBar share={progress.submitted / progress.wanted} label="Judgments" />
          ) : null}
          <dl className="grid grid-cols-2 gap-3 text-sm sm:grid-cols-4">
            <Figure title="tasks" value={whole(progress.tasks)} />
            <Figure
              title="judgments"
              value={
                progress.wanted > 0
                  ? `${whole(progress.submitted)} of ${whole(progress.wanted)}`
                  : whole(progress.submitted)
              }
            />
            <Figure title="in hand" value={whole(progress.held)} />
            <Figure title="raters" value={whole(progress.raters)} />
          </dl>
          <p className="flex flex-wrap gap-4 text-sm">
            <Link to={`/p/${slug}/measure/${campaign.id}`} className="link">
              Standings
            </Link>
            <Link to={`/p/${slug}/export?campaign=${campaign.id}`} className="link">
              Make a dataset
            </Link>
            {mayRate && campaign.status === 'open' ? (
              <Link to={`/p/${slug}/rate/${campaign.id}`} className="link">
                Rate
              </Link>
            ) : null}
          </p>
        </section>
        <section className="card grid gap-2">
          <h2>What is asked</h2>
          <p className="text-sm text-ink-2">
            {campaign.kind}
            {campaign.overlap > 0 ? ` · ${campaign.overlap} raters a task` : ''} · made{' '}
            {moment(campaign.created_at)} UTC
          </p>
          <ul className="grid gap-2 text-sm">
            {criteria.map((criterion) => (
              <li key={criterion.id}>
                <strong>{criterion.title}</strong>
                {criterion.definition.kind === 'preference'
                  ? ` (${criterion.definition.points} points)`
                  : ''}
                {criterion.definition.kind === 'scale' ? (
                  <span className="text-ink-2">
                    {' '}
                    {criterion.definition.points
                      .map((point) =>
                        point.anchor ? `${point.label}: ${point.anchor}` : point.label,
                      )
                      .join(' · ')}
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      </div>
      {raters.length > 0 ? (
        <section className="card overflow-x-auto">
          <h2 className="mb-2">Raters</h2>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Rater</th>
                <th scope="col" className="num">
                  Judged
                </th>
                <th scope="col" className="num">
                  Skipped
                </th>
                <th scope="col" className="num">
                  In hand
                </th>
              </tr>
            </thead>
            <tbody>
              {raters.map((rater) => (
                <tr key={rater.id}>
                  <td>
                    {rater.pseudonym}
                    {rater.is_simulated === 1 ? (
                      <span className="text-warn"> simulated</span>
                    ) : null}
                  </td>
                  <td className="num">{whole(rater.judged)}</td>
                  <td className="num">{whole(rater.skipped)}</td>
                  <td className="num">{whole(rater.held)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      {guidelines?.text ? (
        <section className="card grid gap-2">
          <h2>Guidelines, version {guidelines.version}</h2>
          <Markdown text={guidelines.text} />
        </section>
      ) : null}
    </>
  )
}

function Figure({ title, value }: { title: string; value: string }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-3">{title}</dt>
      <dd className="font-semibold">{value}</dd>
    </div>
  )
}
