import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { findNewestJobFor } from '#app/jobs/jobs.server.ts'
import { pairDistances } from '#app/measure/close-pairs.server.ts'
import { findMemberRater } from '#app/projects/raters.server.ts'
import { putOffIn, withPutOff } from '#app/rate/adjudication-address.ts'
import { DecidedTasks, WaitingTasks } from '#app/rate/adjudication-list.tsx'
import {
  countDoubtful,
  judgedBy,
  listDecisions,
  listDoubtful,
  mostWaitingCounted,
  nextDoubtful,
} from '#app/rate/adjudication-queue.server.ts'
import { leadSayIn, leadToldIn } from '#app/rate/lead-words.ts'
import { digestsOf } from '#app/rate/task-digest.server.ts'
import { askToWeigh, needsWeighing, weighDoubtsKind } from '#app/rate/weigh-doubts.server.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => leadSayIn(language)('adjudication'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'adjudicate')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const scope = { projectId: project.id, campaignId: campaign.id }
  const search = new URL(args.request.url).searchParams
  const base = `/p/${project.slug}/assign/${campaign.id}/adjudicate`
  const raterId = (await findMemberRater(read, { ...scope, personId: person.id })) ?? ''
  const closeness = await pairDistances(read, scope)
  const without = putOffIn(search)
  if (search.has('next')) {
    const next = await nextDoubtful(read, { ...scope, raterId, without, closeness })
    return redirect(withPutOff(next ? `${base}/${next}` : base, without))
  }
  const after = placeIn(search)
  const page = await listDoubtful(read, { ...scope, after, closeness })
  const own = await judgedBy(read, {
    projectId: project.id,
    raterId,
    taskIds: page.tasks.map((task) => task.id),
  })
  const waiting = await countDoubtful(read, scope)
  const decisions = after === undefined ? await listDecisions(read, scope) : []
  const criteria = await listCriteria(read, project.id, campaign.id)
  const digests = await digestsOf(read, {
    projectId: project.id,
    personId: person.id,
    raterId,
    criteria,
    taskIds: [...page.tasks.map(({ id }) => id), ...decisions.map(({ taskId }) => taskId)],
  })
  return spoken(args, {
    base,
    slug: project.slug,
    campaign: { id: campaign.id, name: campaign.name },
    tasks: page.tasks,
    own: [...own],
    putOff: without.length,
    isFirstPage: after === undefined,
    next: page.next ? `${base}?after=${page.next.doubt}_${page.next.id}` : undefined,
    waiting,
    isMany: waiting >= mostWaitingCounted,
    decisions,
    criteria,
    digests,
    needsWeighing: await needsWeighing(read, scope),
    job: (await findNewestJobFor(read, project.id, weighDoubtsKind, campaign.id)) ?? null,
  })
}

function placeIn(search: URLSearchParams) {
  const [doubt, id] = (search.get('after') ?? '').split('_')
  return id && Number.isFinite(Number(doubt)) ? { doubt: Number(doubt), id } : undefined
}

/** Has the judgments of the campaign weighed, so that their doubts are known. */
export async function action(args: ActionFunctionArgs) {
  const { project } = await requireRole(args, 'adjudicate')
  const { db, now } = args.context
  const campaign = await findCampaign(db.read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const { intent } = await readFields(args.request)
  if (intent !== 'weigh') return data({ error: 'Choose what to do.' }, { status: 400 })
  await inTransaction(db, (trx) =>
    askToWeigh(trx, { projectId: project.id, campaignId: campaign.id, now: now() }),
  )
  return redirect(`/p/${project.slug}/assign/${campaign.id}/adjudicate`)
}

export default function Adjudicate() {
  const { say, figures, language } = useSaying(leadSayIn)
  const page = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const { base, slug, campaign, tasks, waiting, isMany, job } = page
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/assign/${campaign.id}`} className="link">
            {campaign.name}
          </Link>
        }
        title={say('adjudication')}
        actions={
          tasks.length > 0 ? (
            <Link to={`${base}?next=1`} className="btn btn-primary">
              {say('decideFirst')}
            </Link>
          ) : null
        }
      >
        {say('adjudicationIntro')}{' '}
        {waiting > 0 ? say(isMany ? 'waitMany' : 'waitSome', { count: waiting }) : ''}
      </PageHead>
      {problem ? <Notice tone="danger">{leadToldIn(language)(problem.error)}</Notice> : null}
      {page.putOff > 0 ? <Notice>{say('lastOne', { count: page.putOff })}</Notice> : null}
      {job && job.status !== 'done' ? (
        <JobProgress
          job={job}
          href={`/p/${slug}/jobs/${job.id}`}
          what={say('weighing')}
          unit={figures.whole}
        />
      ) : null}
      {page.needsWeighing && job?.status !== 'queued' && job?.status !== 'running' ? (
        <Notice>
          <Form method="post" className="flex flex-wrap items-center gap-3">
            <span className="grow basis-60">{say('unweighed')}</span>
            <button type="submit" name="intent" value="weigh" className="btn">
              {say('weigh')}
            </button>
          </Form>
        </Notice>
      ) : null}
      {tasks.length > 0 ? (
        <WaitingTasks
          base={base}
          tasks={tasks}
          digests={page.digests}
          criteria={page.criteria}
          own={page.own}
          next={page.next}
        />
      ) : (
        <EmptyState title={say('nothingWaits')}>{say('nothingWaitsHint')}</EmptyState>
      )}
      <DecidedTasks
        base={base}
        decisions={page.decisions}
        digests={page.digests}
        criteria={page.criteria}
      />
    </>
  )
}
