import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { mayDo } from '#app/access/roles.ts'
import { deadlineVerdict, forecastEnd } from '#app/assign/campaign-forecast.ts'
import { type Campaign, listCampaigns, listCriteria } from '#app/assign/campaigns.server.ts'
import type { AppContext } from '#app/http/context.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { findingTitle, leftToSee } from '#app/import/finding-titles.ts'
import { projectCounts } from '#app/import/prompts.server.ts'
import { wordsIn } from '#app/import/words.ts'
import { findNewestJob } from '#app/jobs/jobs.server.ts'
import { type Attention, attentionIn } from '#app/measure/attention.ts'
import { AttentionList, type CampaignAtAGlance, CampaignCard } from '#app/measure/campaign-card.tsx'
import { findingOf } from '#app/measure/finding.ts'
import { gateSayIn } from '#app/measure/gate-words.ts'
import { latestRaters } from '#app/measure/measure-raters.server.ts'
import {
  latestAgreement,
  latestDriftShown,
  latestStandings,
} from '#app/measure/measurements.server.ts'
import { overviewSayIn, textFindingIn } from '#app/measure/overview-words.ts'
import { listWatchedGates, type WatchedGate } from '#app/measure/watched-gates.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { countDoubtful, mostWaitingCounted } from '#app/rate/adjudication-queue.server.ts'
import { countOpenFlags } from '#app/rate/flags.server.ts'
import { doubtOfTwoAgreeing, primaryCriterion } from '#app/rate/primary-answer.ts'
import { ago } from '#app/ui/figures.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { type Language, languageOf } from '#app/ui/languages.ts'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => overviewSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'enter')
  if (!mayDo({ roles, isAdmin: person.isAdmin }, 'see-data')) {
    return redirect(`/p/${project.slug}/rate`)
  }
  const { slowReads, now } = args.context
  const { read } = args.context.db
  const language = languageOf(args.request)
  const campaigns = await listCampaigns(read, project.id)
  const asked = {
    projectId: project.id,
    base: `/p/${project.slug}`,
    language,
    now: now(),
    mayAdjudicate: mayDo({ roles, isAdmin: person.isAdmin }, 'adjudicate'),
  }
  const shown = await Promise.all(
    campaigns.slice(0, mostShown).map((campaign) => glanceAt(args.context, { ...asked, campaign })),
  )
  const gates = changedGates(await listWatchedGates(read, project.id), asked)
  const { findings } = await slowReads.promptFacets(project.id)
  const { kinds } = await findRedaction(read, project.id)
  const demo = await findNewestJob(read, project.id, 'load-demo')
  return spoken(args, {
    slug: project.slug,
    name: project.name,
    isSimulated: project.is_simulated === 1,
    counts: await projectCounts(read, project.id),
    campaigns: shown,
    gates,
    found: leftToSee(findings, kinds).map(({ kind }) => findingTitle(kind)),
    demo: demo ?? null,
  })
}

const mostShown = 12

interface Glance {
  projectId: string
  base: string
  campaign: Campaign
  language: Language
  now: number
  mayAdjudicate: boolean
}

/** What a lead sees of one campaign. */
async function glanceAt(
  { db: { read }, slowReads }: Pick<AppContext, 'db' | 'slowReads'>,
  { projectId, base, campaign, language, now, mayAdjudicate }: Glance,
): Promise<CampaignAtAGlance> {
  const { id, name, kind, status, origin } = campaign
  const scope = { projectId, campaignId: id }
  const standings = await latestStandings(read, projectId, id)
  const agreement = await latestAgreement(read, projectId, id)
  const drift = await latestDriftShown(read, projectId, id)
  const raters = await latestRaters(read, scope)
  const { progress, perDay } = await slowReads.campaignState({ ...scope, now })
  const left = progress.open + progress.held
  const isRunning = origin !== 'imported' && status === 'open' && progress.tasks > 0
  const forecast = isRunning
    ? forecastEnd({ left, perDay, openedAt: campaign.opened_at, now })
    : null
  const question = primaryCriterion(await listCriteria(read, projectId, id))
  const count =
    mayAdjudicate && question
      ? await countDoubtful(read, scope, { above: doubtOfTwoAgreeing(question) })
      : null
  const attention = attentionIn(
    {
      base,
      campaignId: id,
      doubtful: count === null ? null : { count, isCapped: count >= mostWaitingCounted },
      flaggedRaters: (raters?.result.raters ?? []).filter(({ signals }) => signals.length > 0)
        .length,
      openFlags: await countOpenFlags(read, scope),
      drift: drift?.result ?? null,
      missesDeadline:
        forecast !== null && deadlineVerdict(forecast, campaign.settings.deadlineAt) === 'not',
    },
    language,
  )
  return {
    id,
    name,
    kind,
    state: origin === 'imported' ? 'imported' : status,
    progress,
    forecast,
    lastDay: perDay[0] ?? 0,
    headline:
      standings && kind !== 'rubric' ? findingOf(standings.result, language).headline : null,
    agreement: agreement?.result.criteria[0] ?? null,
    attention,
  }
}

/** A change of a gate is news for two weeks. */
const newsMs = 14 * 24 * 3_600_000

/** The gates whose verdict changed lately, in words. */
function changedGates(
  gates: readonly WatchedGate[],
  { base, language, now }: Pick<Glance, 'base' | 'language' | 'now'>,
): Attention[] {
  const say = overviewSayIn(language)
  const gateSay = gateSayIn(language)
  return gates.flatMap(({ answer }) => {
    const changed = answer?.changed
    if (!answer || !changed || now - changed.at > newsMs) return []
    const words = say('gateChanged', {
      candidate: answer.candidate,
      baseline: answer.baseline,
      verdict: gateSay(answer.verdict),
      was: gateSay(changed.was),
      ago: ago(changed.at, now, language),
    })
    return [{ words, href: `${base}/measure/gates` }]
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
  const { slug, name, counts, campaigns, gates, isSimulated, demo, found } =
    useLoaderData<typeof loader>()
  const { say, language } = useSaying(overviewSayIn)
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
      {gates.length > 0 ? (
        <section className="card grid gap-1.5" aria-labelledby="gates">
          <h2 id="gates">{say('gatesChanged')}</h2>
          <AttentionList items={gates} />
        </section>
      ) : null}
      <div className="grid gap-4.5 lg:grid-cols-2">
        {campaigns.map((campaign) => (
          <CampaignCard key={campaign.id} slug={slug} campaign={campaign} />
        ))}
      </div>
    </>
  )
}
