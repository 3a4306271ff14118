import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { findNewestJobFor } from '#app/jobs/jobs.server.ts'
import { findMemberRater } from '#app/projects/raters.server.ts'
import { listCandidates, listExpected } from '#app/rate/expected-task-list.server.ts'
import { CandidateList, ExpectedTaskTable } from '#app/rate/expected-task-list.tsx'
import { askToKeepIdeals, countIdeals, keepIdealsKind } from '#app/rate/ideal-responses.server.ts'
import { leadSayIn, leadToldIn } from '#app/rate/lead-words.ts'
import { digestsOf } from '#app/rate/task-digest.server.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => leadSayIn(language)('goldTitle'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const scope = { projectId: project.id, campaignId: campaign.id }
  const criteria = await listCriteria(read, project.id, campaign.id)
  const { goldRate, goldTolerance, training, qualification } = campaign.settings
  const tasks = await listExpected(read, {
    ...scope,
    personId: person.id,
    tolerance: goldTolerance,
  })
  const candidates = await listCandidates(read, { ...scope, criteria })
  const listed = [tasks, ...Object.values(candidates)].flat()
  const digests = await digestsOf(read, {
    projectId: project.id,
    personId: person.id,
    raterId: (await findMemberRater(read, { ...scope, personId: person.id })) ?? '',
    criteria,
    taskIds: listed.map(({ id }) => id),
  })
  return spoken(args, {
    base: `/p/${project.slug}/assign/${campaign.id}/gold`,
    slug: project.slug,
    campaign: {
      id: campaign.id,
      name: campaign.name,
      isImported: campaign.origin === 'imported',
      goldRate,
      training,
      qualification: qualification?.tasks ?? null,
    },
    criteria,
    tasks,
    candidates,
    digests,
    ideals: await countIdeals(read, scope),
    job: (await findNewestJobFor(read, project.id, keepIdealsKind, campaign.id)) ?? null,
  })
}

/** Has responses made of the ideal ones that raters wrote. */
export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const campaign = await findCampaign(db.read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const { intent } = await readFields(args.request)
  if (intent !== 'keep-ideals') return data({ error: 'Choose what to do.' }, { status: 400 })
  await inTransaction(db, async (trx) => {
    const scope = { projectId: project.id, now: now() }
    await askToKeepIdeals(trx, { ...scope, campaignId: campaign.id })
    await insertAudit(trx, {
      ...scope,
      actor: person.id,
      action: 'ideal responses made responses',
      subject: campaign.id,
    })
  })
  return redirect(`/p/${project.slug}/assign/${campaign.id}/gold`)
}

export default function Gold() {
  const { say, language } = useSaying(leadSayIn)
  const page = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const { base, slug, campaign, criteria, tasks, candidates, digests } = page
  const { decided, agreed, unjudged } = candidates
  const told = { criteria, digests }
  const hasCandidates = decided.length + agreed.length + unjudged.length > 0
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/assign/${campaign.id}`} className="link">
            {campaign.name}
          </Link>
        }
        title={say('goldHead')}
      >
        {say('goldIntro')}
      </PageHead>
      {problem ? <Notice tone="danger">{leadToldIn(language)(problem.error)}</Notice> : null}
      <Wanted campaign={campaign} tasks={tasks} />
      {tasks.length > 0 ? (
        <ExpectedTaskTable base={base} tasks={tasks} criteria={criteria} digests={digests} />
      ) : (
        <EmptyState title={say('noExpected')}>
          {hasCandidates ? say('chooseWork') : say('noWork')}
        </EmptyState>
      )}
      {hasCandidates ? (
        <>
          <h2>{say('makeOneOf')}</h2>
          <div className="grid items-start gap-4.5 lg:grid-cols-3">
            <CandidateList
              base={base}
              title={say('decided')}
              hint={say('decidedHint')}
              candidates={decided}
              {...told}
            />
            <CandidateList
              base={base}
              title={say('agreed')}
              hint={say('agreedHint')}
              candidates={agreed}
              {...told}
            />
            <CandidateList
              base={base}
              title={say('unjudged')}
              hint={say('unjudgedHint')}
              candidates={unjudged}
              {...told}
            />
          </div>
        </>
      ) : null}
      <Ideals {...page} />
    </>
  )
}

type Page = ReturnType<typeof useLoaderData<typeof loader>>

/** What the campaign's settings ask for that is not there. */
function Wanted({ campaign, tasks }: Pick<Page, 'campaign' | 'tasks'>) {
  const { say } = useSaying(leadSayIn)
  const inUse = (purpose: string) =>
    tasks.filter((task) => task.purpose === purpose && task.retiredBecause === null).length
  const qualifying = inUse('qualification')
  const lacks = [
    ...(campaign.goldRate > 0 && inUse('gold') === 0 ? [say('lacksGold')] : []),
    ...(campaign.goldRate === 0 && inUse('gold') > 0 ? [say('goldUnused')] : []),
    ...(campaign.training && inUse('training') === 0 ? [say('lacksTraining')] : []),
    ...(campaign.qualification !== null && qualifying < campaign.qualification
      ? [say('lacksQualifying', { wanted: campaign.qualification, count: qualifying })]
      : []),
  ]
  if (lacks.length === 0) return null
  return (
    <Notice tone="warning">
      {lacks.map((lack) => (
        <p key={lack}>{lack}</p>
      ))}
    </Notice>
  )
}

/** Ideal responses that raters wrote, to be judged by others like any response. */
function Ideals({ slug, ideals, job }: Page) {
  const { say, figures } = useSaying(leadSayIn)
  if (!ideals) return null
  const { written, kept, isMany } = ideals
  return (
    <section aria-labelledby="ideals" className="card grid gap-3">
      <h2 id="ideals">{say('ideals')}</h2>
      <p className="text-sm text-ink-2">
        {say('idealsWritten', {
          count: written,
          written: isMany ? say('orMore', { count: written }) : written,
        })}
        {kept > 0 ? say('idealsKept', { kept }) : ''}. {say('idealsHint')}
      </p>
      {job && job.status !== 'done' ? (
        <JobProgress
          job={job}
          href={`/p/${slug}/jobs/${job.id}`}
          what={say('makingResponses')}
          unit={figures.whole}
        />
      ) : null}
      {written > kept || isMany ? (
        <Form method="post">
          <button type="submit" name="intent" value="keep-ideals" className="btn">
            {say('makeResponses')}
          </button>
        </Form>
      ) : null}
    </section>
  )
}
