import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { mayDo } from '#app/access/roles.ts'
import { AskedCard } from '#app/assign/campaign-asked.tsx'
import { readChange } from '#app/assign/campaign-change.ts'
import { forecastEnd } from '#app/assign/campaign-forecast.ts'
import { GuidelinesCard } from '#app/assign/campaign-guidelines.tsx'
import { LifeButtons } from '#app/assign/campaign-life.tsx'
import { ChangesCard } from '#app/assign/campaign-limits.tsx'
import { DayBars, ForecastWords, ProgressFigures } from '#app/assign/campaign-pace.tsx'
import { campaignSayIn, campaignToldIn } from '#app/assign/campaign-words.ts'
import { findCampaignWork } from '#app/assign/campaign-work.server.ts'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { changeCampaign } from '#app/assign/change-campaign.server.ts'
import { listGuidelines } from '#app/assign/guidelines.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { CampaignFlags } from '#app/rate/campaign-flags.tsx'
import { countOpenFlags, listOpenFlags, resolveFlag } from '#app/rate/flags.server.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => campaignSayIn(language)('campaign'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'assign')
  const { db, slowReads, now } = args.context
  const { read } = db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const scope = { projectId: project.id, campaignId: campaign.id }
  // Before the figures: a job that ends between the two would leave them old for good.
  const work = await findCampaignWork(read, scope)
  const { progress, perDay } = await slowReads.campaignState({ ...scope, now: now() })
  const left = progress.open + progress.held
  const models = await listModels(read, project.id)
  return spoken(args, {
    slug: project.slug,
    campaign,
    criteria: await listCriteria(read, project.id, campaign.id),
    guidelines: await listGuidelines(read, project.id, campaign.id),
    models: Object.fromEntries(models.map(({ id, label }) => [id, label])),
    progress,
    perDay,
    left,
    forecast: forecastEnd({ left, perDay, openedAt: campaign.opened_at, now: now() }),
    flags: await listOpenFlags(read, scope),
    flagCount: await countOpenFlags(read, scope),
    work,
    mayRate: mayDo({ roles, isAdmin: person.isAdmin }, 'rate'),
    mayAdjudicate: mayDo({ roles, isAdmin: person.isAdmin }, 'adjudicate'),
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const sent = await readFields(args.request)
  const campaignId = args.params.campaign ?? ''
  const scope = { projectId: project.id, campaignId, actor: person.id, now: now() }
  const refused = (field: string, reason: string, status: number) =>
    data({ ok: false as const, field, reason, sent }, { status })
  if (sent.intent === 'resolve-flag' || sent.intent === 'withdraw-flagged') {
    const takesTaskOut = sent.intent === 'withdraw-flagged'
    const reason = (sent.reason ?? '').trim().slice(0, 2_000)
    const flag = { flagId: sent.flag ?? '', reason, takesTaskOut }
    const isResolved = await inTransaction(db, (trx) => resolveFlag(trx, { ...scope, ...flag }))
    if (!isResolved) return refused('', 'Somebody has dealt with this flag already.', 409)
    return data({
      ok: true as const,
      done: takesTaskOut ? 'The task is withdrawn.' : 'The flag is resolved.',
    })
  }
  const read = readChange(sent, now())
  if (!read.ok) return refused(read.field, read.reason, 400)
  const { change } = read
  const outcome = await inTransaction(db, (trx) => changeCampaign(trx, { ...scope, change }))
  if (!outcome.ok) return refused(sent.intent ?? '', outcome.reason, 409)
  return data(outcome)
}

export default function CampaignPage() {
  const { say, figures, language } = useSaying(campaignSayIn)
  const page = useLoaderData<typeof loader>()
  const { slug, campaign, progress, perDay, forecast, left, work } = page
  const said = useActionData<typeof action>()
  const problem = said?.ok === false ? said : undefined
  const told = campaignToldIn(language)
  const isImported = campaign.origin === 'imported'
  const here = `/p/${slug}/assign/${campaign.id}`
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/assign`} className="link">
            {say('assign')}
          </Link>
        }
        title={campaign.name}
        actions={
          <div className="flex flex-wrap gap-2">
            {isImported ? null : <LifeButtons status={campaign.status} />}
            {campaign.status === 'draft' ? (
              <Link to={`/p/${slug}/assign/new?draft=${campaign.id}`} className="btn">
                {say('edit')}
              </Link>
            ) : null}
            <Link to={`/p/${slug}/assign/new?from=${campaign.id}`} className="btn">
              {say('clone')}
            </Link>
          </div>
        }
      >
        {say(isImported ? 'recorded' : `is.${campaign.status}`)}
        {campaign.is_simulated === 1 ? ` ${say('simulated')}` : ''}
      </PageHead>
      {problem ? <Notice tone="danger">{told(problem.reason)}</Notice> : null}
      {said?.ok ? <Notice tone="good">{told(said.done)}</Notice> : null}
      {work ? (
        <JobProgress
          key={work.job.id}
          job={work.job}
          href={`/p/${slug}/jobs/${work.job.id}`}
          what={say(`work.${work.does}`)}
          unit={figures.whole}
        />
      ) : null}
      <nav aria-label={say('campaign')} className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <PageLink to={`/p/${slug}/measure/${campaign.id}`}>{say('standings')}</PageLink>
        <PageLink to={`${here}/raters`}>{say('raters')}</PageLink>
        {isImported ? null : <PageLink to={`${here}/gold`}>{say('goldPage')}</PageLink>}
        {page.mayAdjudicate ? (
          <PageLink to={`${here}/adjudicate`}>{say('adjudicate')}</PageLink>
        ) : null}
        <PageLink to={`/p/${slug}/export?campaign=${campaign.id}`}>{say('makeDataset')}</PageLink>
        {page.mayRate && campaign.status === 'open' ? (
          <PageLink to={`/p/${slug}/rate/${campaign.id}`}>{say('rate')}</PageLink>
        ) : null}
      </nav>
      <CampaignFlags
        slug={slug}
        campaignId={campaign.id}
        flags={page.flags}
        count={page.flagCount}
      />
      <div className="grid items-start gap-4.5 lg:grid-cols-[1.2fr_1fr]">
        <div className="grid min-w-0 gap-4.5">
          <section className="card grid gap-4">
            <h2>{say('progress')}</h2>
            <ProgressFigures progress={progress} />
            {isImported || campaign.status === 'draft' ? null : <DayBars perDay={perDay} />}
            {campaign.status === 'open' && progress.tasks > 0 ? (
              <ForecastWords
                forecast={forecast}
                left={left}
                days={perDay.length}
                deadlineAt={campaign.settings.deadlineAt}
              />
            ) : null}
          </section>
          {isImported ? null : <ChangesCard campaign={campaign} problem={problem} />}
        </div>
        <AskedCard campaign={campaign} criteria={page.criteria} models={page.models} />
      </div>
      <GuidelinesCard
        key={`${page.guidelines[0]?.version}-${problem?.sent.intent}`}
        versions={page.guidelines}
        isLocked={isImported}
        error={isOf(problem, 'guidelines') ? told(problem?.reason ?? '') : undefined}
        unsaved={isOf(problem, 'guidelines') ? problem?.sent.text : undefined}
      />
    </>
  )
}

const isOf = (problem: { sent: Record<string, string> } | undefined, intent: string) =>
  problem?.sent.intent === intent

function PageLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className="link">
      {children}
    </Link>
  )
}
