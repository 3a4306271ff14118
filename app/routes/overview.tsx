import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { mayDo } from '#app/access/roles.ts'
import { campaignProgress, listCampaigns } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { findingTitle, leftToSee } from '#app/import/finding-titles.ts'
import { projectCounts } from '#app/import/prompts.server.ts'
import { wordsIn } from '#app/import/words.ts'
import { findNewestJob } from '#app/jobs/jobs.server.ts'
import { findingOf } from '#app/measure/finding.ts'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { latestAgreement, latestStandings } from '#app/measure/measurements.server.ts'
import { overviewSayIn, textFindingIn } from '#app/measure/overview-words.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { languageOf } from '#app/ui/languages.ts'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => overviewSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'enter')
  if (!mayDo({ roles, isAdmin: person.isAdmin }, 'see-data')) {
    return redirect(`/p/${project.slug}/rate`)
  }
  const { slowReads } = args.context
  const { read } = args.context.db
  const language = languageOf(args.request)
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
        headline:
          standings && kind !== 'rubric' ? findingOf(standings.result, language).headline : null,
        agreement: agreement?.result.criteria[0] ?? null,
      }
    }),
  )
  const { findings } = await slowReads.promptFacets(project.id)
  const { kinds } = await findRedaction(read, project.id)
  const demo = await findNewestJob(read, project.id, 'load-demo')
  return spoken(args, {
    slug: project.slug,
    name: project.name,
    isSimulated: project.is_simulated === 1,
    counts: await projectCounts(read, project.id),
    campaigns: shown,
    found: leftToSee(findings, kinds).map(({ kind }) => findingTitle(kind)),
    demo: demo ?? null,
  })
}

export default function Overview() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const { slug, name, counts, campaigns, isSimulated, demo, found } = useLoaderData<typeof loader>()
  const { say, figures, language } = useSaying(overviewSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: finding } = useSaying(textFindingIn)
  return (
    <>
      <PageHead title={name}>
        {say('counts', {
          prompts: counts.prompts,
          responses: counts.responses,
          models: counts.models,
          judgments: counts.judgments,
          raters: counts.raters,
        })}
        {found.length > 0 ? (
          <p className="mt-1 text-sm">
            {say('found')}{' '}
            <Link to={`/p/${slug}/prompts?finding=any`} className="link">
              {found.map(finding).join(', ')}
            </Link>
          </p>
        ) : null}
      </PageHead>
      {isSimulated ? <Notice tone="warning">{say('simulation')}</Notice> : null}
      {demo && demo.status !== 'done' ? (
        <div className="card">
          <JobProgress
            job={demo}
            href={`/p/${slug}/jobs/${demo.id}`}
            what={say('loadingDemo')}
            unit={(count) => `${count} %`}
            words={wordsIn(language)}
          />
        </div>
      ) : null}
      {counts.prompts === 0 && !demo ? (
        <EmptyState
          title={say('bringIn')}
          action={
            <Link to={`/p/${slug}/import`} className="btn btn-primary">
              {say('importFile')}
            </Link>
          }
        >
          {say('bringInHint')}
        </EmptyState>
      ) : null}
      {counts.prompts > 0 && campaigns.length === 0 ? (
        <EmptyState
          title={say('ask')}
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              {say('newCampaign')}
            </Link>
          }
        >
          {say('askHint')}
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
                {say('state', {
                  kind: shared(`kind.${campaign.kind}`),
                  state: say(
                    campaign.origin === 'imported' ? 'state.imported' : `state.${campaign.status}`,
                  ),
                })}
              </span>
            </div>
            {headline ? <p className="font-serif text-[16px]">{headline}</p> : null}
            {progress.wanted > 0 ? (
              <>
                <ProgressBar
                  share={progress.submitted / progress.wanted}
                  label={say('judgments')}
                />
                <p className="text-sm text-ink-2">
                  {say('progress', {
                    judgments: progress.submitted,
                    wanted: progress.wanted,
                    tasks: progress.tasks,
                    raters: String(progress.raters),
                  })}
                </p>
              </>
            ) : (
              <p className="text-sm text-ink-2">
                {say('progressOpen', {
                  judgments: progress.submitted,
                  tasks: progress.tasks,
                  raters: String(progress.raters),
                })}
              </p>
            )}
            {agreement ? (
              <p className="text-sm text-ink-2">
                {say(agreement.alpha_low === null ? 'alpha' : 'alphaBetween', {
                  alpha: figures.decimal(agreement.alpha),
                  low: figures.decimal(agreement.alpha_low),
                  high: figures.decimal(agreement.alpha_high),
                  criterion: agreement.criterion,
                })}
              </p>
            ) : null}
            <p className="flex gap-4 text-sm">
              <Link to={`/p/${slug}/measure/${id}`} className="link">
                {say('standings')}
              </Link>
              <Link to={`/p/${slug}/assign/${id}`} className="link">
                {say('campaign')}
              </Link>
            </p>
          </section>
        ))}
      </div>
    </>
  )
}
