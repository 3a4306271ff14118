import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { mayDo } from '#app/access/roles.ts'
import { campaignProgress, listCampaigns } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { findingTitle, leftToSee } from '#app/import/finding-titles.ts'
import { projectCounts } from '#app/import/prompts.server.ts'
import { findNewestJob } from '#app/jobs/jobs.server.ts'
import { findingOf } from '#app/measure/finding.ts'
import { latestAgreement, latestStandings } from '#app/measure/measurements.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { decimal, whole } from '#app/ui/figures.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Overview')

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'enter')
  if (!mayDo({ roles, isAdmin: person.isAdmin }, 'see-data')) {
    return redirect(`/p/${project.slug}/rate`)
  }
  const { slowReads } = args.context
  const { read } = args.context.db
  const campaigns = await listCampaigns(read, project.id)
  const shown = await Promise.all(
    campaigns.slice(0, 12).map(async ({ id, name, kind, status, origin }) => {
      const standings = await latestStandings(read, project.id, id)
      const agreement = await latestAgreement(read, project.id, id)
      return {
        id,
        name,
        kind,
        status,
        origin,
        progress: await campaignProgress(read, project.id, id),
        headline: standings && kind !== 'rubric' ? findingOf(standings.result).headline : null,
        agreement: agreement?.result.criteria[0] ?? null,
      }
    }),
  )
  const { findings } = await slowReads.promptFacets(project.id)
  const { kinds } = await findRedaction(read, project.id)
  const demo = await findNewestJob(read, project.id, 'load-demo')
  return {
    slug: project.slug,
    name: project.name,
    isSimulated: project.is_simulated === 1,
    counts: await projectCounts(read, project.id),
    campaigns: shown,
    found: leftToSee(findings, kinds).map(({ kind }) => findingTitle(kind)),
    demo: demo ?? null,
  }
}

export default function Overview() {
  const { slug, name, counts, campaigns, isSimulated, demo, found } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={name}>
        {whole(counts.prompts)} prompts · {whole(counts.responses)} responses of{' '}
        {whole(counts.models)} models · {whole(counts.judgments)} judgments by{' '}
        {whole(counts.raters)} raters
        {found.length > 0 ? (
          <p className="mt-1 text-sm">
            Found in the texts and not removed:{' '}
            <Link to={`/p/${slug}/prompts?finding=any`} className="link">
              {found.join(', ')}
            </Link>
          </p>
        ) : null}
      </PageHead>
      {isSimulated ? (
        <Notice tone="warning">
          The raters of this project are a simulation with a fixed seed. Its figures show how
          Rubrica works; they say nothing about any real model.
        </Notice>
      ) : null}
      {demo && demo.status !== 'done' ? (
        <div className="card">
          <JobProgress
            job={demo}
            href={`/p/${slug}/jobs/${demo.id}`}
            what="Loading the demo"
            unit={(count) => `${count} %`}
          />
        </div>
      ) : null}
      {counts.prompts === 0 && !demo ? (
        <EmptyState
          title="Bring in what you have logged"
          action={
            <Link to={`/p/${slug}/import`} className="btn btn-primary">
              Import a file
            </Link>
          }
        >
          Prompts with the responses of two or more models are where everything starts. JSONL and
          CSV in any shape will do.
        </EmptyState>
      ) : null}
      {counts.prompts > 0 && campaigns.length === 0 ? (
        <EmptyState
          title="Ask for judgments"
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              New campaign
            </Link>
          }
        >
          A campaign decides which responses meet, what raters are asked and how many judge each
          task.
        </EmptyState>
      ) : null}
      <div className="grid gap-4.5 lg:grid-cols-2">
        {campaigns.map(({ id, progress, agreement, headline, ...campaign }) => (
          <section key={id} className="card grid content-start gap-3">
            <div className="flex items-baseline gap-3">
              <h2 className="grow">
                <Link to={`/p/${slug}/measure/${id}`} className="hover:underline">
                  {campaign.name}
                </Link>
              </h2>
              <span className="text-sm text-ink-3">
                {campaign.kind}, {campaign.origin === 'imported' ? 'imported' : campaign.status}
              </span>
            </div>
            {headline ? <p className="font-serif text-[16px]">{headline}</p> : null}
            {progress.wanted > 0 ? (
              <>
                <ProgressBar share={progress.submitted / progress.wanted} label="Judgments" />
                <p className="text-sm text-ink-2">
                  {whole(progress.submitted)} of {whole(progress.wanted)} judgments on{' '}
                  {whole(progress.tasks)} tasks by {progress.raters} raters
                </p>
              </>
            ) : (
              <p className="text-sm text-ink-2">
                {whole(progress.submitted)} judgments on {whole(progress.tasks)} tasks by{' '}
                {progress.raters} raters
              </p>
            )}
            {agreement ? (
              <p className="text-sm text-ink-2">
                Krippendorff’s alpha {decimal(agreement.alpha)}
                {agreement.alpha_low === null
                  ? ''
                  : ` (${decimal(agreement.alpha_low)}–${decimal(agreement.alpha_high)})`}{' '}
                on {agreement.criterion}
              </p>
            ) : null}
            <p className="flex gap-4 text-sm">
              <Link to={`/p/${slug}/measure/${id}`} className="link">
                Standings
              </Link>
              <Link to={`/p/${slug}/assign/${id}`} className="link">
                Campaign
              </Link>
            </p>
          </section>
        ))}
      </div>
    </>
  )
}
