import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import {
  Link,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRevalidator,
} from '@remix-run/react'
import { useCallback, useEffect } from 'react'
import { mayDo } from '#app/access/roles.ts'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { wordsIn } from '#app/import/words.ts'
import { type Freshness, freshnessWords } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { MethodList } from '#app/measure/method-list.tsx'
import { RaterActs } from '#app/measure/rater-acts.tsx'
import { raterColumnSayIn } from '#app/measure/rater-column-words.ts'
import { choosableColumns } from '#app/measure/rater-columns.ts'
import { RaterDetails } from '#app/measure/rater-details.tsx'
import { lastJudgments, ratersOfCampaign } from '#app/measure/rater-page.server.ts'
import { RaterStanding } from '#app/measure/rater-standing.tsx'
import { RaterCards, RaterTable } from '#app/measure/rater-table.tsx'
import { RatersHints } from '#app/measure/raters-hints.tsx'
import { ratersSayIn } from '#app/measure/raters-words.ts'
import { actOnRater } from '#app/rate/act-on-rater.server.ts'
import { daySchema, raterActSchema } from '#app/rate/rater-act.ts'
import {
  countWithdrawable,
  findWithdrawJob,
  listWithdrawals,
  type RaterInCampaign,
} from '#app/rate/withdraw-judgments.server.ts'
import { ColumnChoice } from '#app/ui/column-choice.tsx'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { languageOf } from '#app/ui/languages.ts'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { isSameButForTable } from '#app/ui/table-view.ts'
import { titledIn } from '#app/ui/title.ts'
import { useShownColumns } from '#app/ui/use-table-view.ts'
import { type Db, inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => ratersSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const campaign = await findCampaign(db.read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const mayAct = mayDo({ roles, isAdmin: person.isAdmin }, 'manage-members')
  const asked = { projectId: project.id, campaign, withNames: mayAct, now: now() }
  const page = await ratersOfCampaign(db, asked)
  const url = new URL(args.request.url)
  const raterId = url.searchParams.get('rater')
  if (raterId !== null && !page.raters.some(({ id }) => id === raterId)) throw notFound('rater')
  const scope = raterId && { projectId: project.id, campaignId: campaign.id, raterId }
  const since = url.searchParams.get('since')
  return spoken(args, {
    slug: project.slug,
    mayAct,
    campaign: {
      id: campaign.id,
      name: campaign.name,
      kind: campaign.kind,
      isSimulated: campaign.is_simulated === 1,
    },
    ...page,
    withdrawable: scope && since !== null ? await withdrawableOf(db, scope, since) : null,
    opened: scope
      ? {
          raterId: scope.raterId,
          judgments: await lastJudgments(db.read, {
            ...scope,
            language: languageOf(args.request),
          }),
          withdrawals: await listWithdrawals(db.read, scope),
          job: (await findWithdrawJob(db.read, scope)) ?? null,
        }
      : null,
  })
}

async function withdrawableOf(db: Db, scope: RaterInCampaign, since: string) {
  const day = daySchema.safeParse(since)
  if (!day.success) return null
  return { ...(await countWithdrawable(db.read, scope, day.data)), since }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'manage-members')
  const { db, now } = args.context
  const campaign = await findCampaign(db.read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const act = raterActSchema.safeParse(await readFields(args.request))
  if (!act.success) {
    const [issue] = act.error.issues
    const field = String(issue?.path[0] ?? '')
    const reason = field === 'intent' ? 'Choose what to do.' : (issue?.message ?? 'Check the form.')
    return data({ ok: false as const, reason, field }, { status: 400 })
  }
  const raterId = new URL(args.request.url).searchParams.get('rater') ?? ''
  const place = { projectId: project.id, campaignId: campaign.id, raterId }
  const asked = { ...place, actor: person.id, now: now(), act: act.data }
  const outcome = await inTransaction(db, (trx) => actOnRater(trx, asked))
  return outcome.ok ? outcome : data(outcome, { status: 409 })
}

/** Other columns of the same rows, and another order, need nothing new. */
export const shouldRevalidate = ({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean =>
  !isSameButForTable(currentUrl, nextUrl) && defaultShouldRevalidate

export default function CampaignRaters() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say, language } = useSaying(ratersSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { slug, campaign, raters, opened, freshness } = page
  const { revalidate } = useRevalidator()
  const isBehind = freshness.newer > 0 || freshness.measuredAt === null
  useEffect(() => {
    if (!isBehind) return
    const timer = setInterval(revalidate, 1_500)
    return () => clearInterval(timer)
  }, [isBehind, revalidate])
  const rater = opened && raters.find(({ id }) => id === opened.raterId)
  const place = `/p/${slug}/assign/${campaign.id}`
  return (
    <>
      <PageHead
        eyebrow={
          <div className="flex flex-wrap gap-x-3">
            <span>
              <Link to={place} className="link">
                {campaign.name}
              </Link>
              {rater ? (
                <>
                  {' · '}
                  <Link to={`${place}/raters`} className="link">
                    {say('allRaters')}
                  </Link>
                </>
              ) : null}
              {campaign.isSimulated ? (
                <span className="text-warn"> · {shared('simulated')}</span>
              ) : null}
            </span>
            <span className="grow" />
            <span className="text-ink-3" role="status">
              {freshnessWords(freshnessOf(freshness), language)}
            </span>
          </div>
        }
        title={rater ? <bdi>{rater.pseudonym}</bdi> : say('title')}
        actions={
          rater || raters.length === 0 ? null : (
            <a href={`${place}/raters.csv`} className="btn" download>
              {say('download')}
            </a>
          )
        }
      >
        {rater ? (
          <>
            {rater.name ? <bdi>{rater.name}</bdi> : null}
            {rater.name ? ' · ' : ''}
            {say('thatCount', { count: rater.row?.judgments ?? 0 })}
            <RaterStanding rater={rater} />
          </>
        ) : (
          say('intro')
        )}
      </PageHead>
      {opened && rater ? <OneRater key={rater.id} /> : <AllRaters />}
    </>
  )
}

/** Before the first measurement there is nothing that judgments could be newer than. */
const freshnessOf = (freshness: Omit<Freshness, 'isWaiting'>): Freshness => {
  const isWaiting = freshness.measuredAt === null
  return { ...freshness, isWaiting, newer: isWaiting ? 0 : freshness.newer }
}

function OneRater() {
  const { say, figures, language } = useSaying(ratersSayIn)
  const { slug, raters, opened, mayAct } = useLoaderData<typeof loader>()
  const rater = raters.find(({ id }) => id === opened?.raterId)
  if (!opened || !rater) return null
  const { job } = opened
  const isBusy = job !== null && ['queued', 'running', 'paused'].includes(job.status)
  return (
    <>
      {job ? (
        <JobProgress
          key={job.id}
          job={job}
          href={`/p/${slug}/jobs/${job.id}`}
          what={say('changing')}
          unit={figures.whole}
          words={wordsIn(language)}
        />
      ) : null}
      {mayAct ? <RaterActs rater={rater} withdrawals={opened.withdrawals} isBusy={isBusy} /> : null}
      <RaterDetails
        rater={rater}
        others={raters.filter(({ id }) => id !== rater.id)}
        judgments={opened.judgments}
        slug={slug}
      />
    </>
  )
}

function AllRaters() {
  const { say } = useSaying(ratersSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { slug, campaign, raters, method, setUp } = useLoaderData<typeof loader>()
  const { say: columnSay } = useSaying(raterColumnSayIn)
  const [shown, toggle] = useShownColumns(choosableColumns)
  const hrefOf = useCallback((raterId: string) => `?rater=${encodeURIComponent(raterId)}`, [])
  if (raters.length === 0) {
    return (
      <EmptyState
        title={say('nobody')}
        action={
          <Link to={`/p/${slug}/assign/${campaign.id}`} className="btn">
            {shared('campaign')}
          </Link>
        }
      >
        {say('nobodyHint')}
      </EmptyState>
    )
  }
  const flagged = raters.filter(({ row }) => (row?.signals.length ?? 0) > 0).length
  return (
    <>
      {method ? (
        <Notice tone={flagged > 0 ? 'warning' : 'plain'}>
          {flagged === 0
            ? say('noSignalOfAll')
            : say('flagged', { count: flagged, raters: raters.length })}{' '}
          {say('tests', { tests: method.tests })}
        </Notice>
      ) : null}
      <RatersHints slug={slug} campaignId={campaign.id} {...setUp} kind={campaign.kind} />
      <section className="grid gap-3">
        <ColumnChoice
          title={shared('columns')}
          legend={shared('columnsShown')}
          columns={choosableColumns.map(({ id }) => ({ id, name: columnSay(id) }))}
          shown={shown}
          onToggle={toggle}
        />
        <div className="card !p-2.5 max-md:hidden">
          <RaterTable raters={raters} shown={shown} hrefOf={hrefOf} />
        </div>
        <div className="md:hidden">
          <RaterCards raters={raters} shown={shown} hrefOf={hrefOf} />
        </div>
      </section>
      {method ? <MethodList method={method} /> : null}
    </>
  )
}
