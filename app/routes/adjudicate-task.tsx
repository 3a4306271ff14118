import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useFetcher, useLoaderData } from '@remix-run/react'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { pairDistances } from '#app/measure/close-pairs.server.ts'
import { findMemberRater } from '#app/projects/raters.server.ts'
import { decideTask } from '#app/rate/adjudicate.server.ts'
import { decisionSchema } from '#app/rate/adjudication.ts'
import { putOffIn, withPutOff } from '#app/rate/adjudication-address.ts'
import { AdjudicationDesk } from '#app/rate/adjudication-desk.tsx'
import { countDoubtful, nextDoubtful } from '#app/rate/adjudication-queue.server.ts'
import { viewAdjudication } from '#app/rate/adjudication-task.server.ts'
import { toDeskCampaign } from '#app/rate/desk-campaign.ts'
import { DeskHead } from '#app/rate/desk-head.tsx'
import { leadSayIn, leadToldIn } from '#app/rate/lead-words.ts'
import { ownBindings } from '#app/rate/own-bindings.server.ts'
import { ErrorPage } from '#app/ui/error-page.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => leadSayIn(language)('adjudicate'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'adjudicate')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const scope = { projectId: project.id, campaignId: campaign.id }
  const search = new URL(args.request.url).searchParams
  const taskId = args.params.task ?? ''
  const task = await viewAdjudication(read, { ...scope, taskId, personId: person.id })
  if (!task) throw notFound('task in this campaign')
  const criteria = await listCriteria(read, project.id, campaign.id)
  return spoken(args, {
    base: `/p/${project.slug}/assign/${campaign.id}/adjudicate`,
    campaign: toDeskCampaign(campaign),
    criteria,
    task,
    bindings: await ownBindings(read, person.id, { criteria, responses: task.responses.length }),
    waiting: await countDoubtful(read, scope),
    putOff: putOffIn(search),
    decided: search.get('decided'),
    tellsRaters: campaign.settings.adjudicationFeedback,
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'adjudicate')
  const { db, now } = args.context
  const scope = { projectId: project.id, campaignId: args.params.campaign ?? '' }
  const taskId = args.params.task ?? ''
  const { decision } = await readFields(args.request)
  const given = decisionSchema.safeParse(parsed(decision))
  if (!given.success) {
    const message = given.error.issues[0]?.message ?? 'That decision could not be understood.'
    return data({ reason: 'invalid', message }, { status: 400 })
  }
  const personId = person.id
  const done = await decideTask(db, { ...scope, taskId, personId, given: given.data, now: now() })
  if (!done.ok) return data(done, { status: done.reason === 'not-here' ? 404 : 409 })
  const without = putOffIn(new URL(args.request.url).searchParams).filter((id) => id !== taskId)
  const raterId = (await findMemberRater(db.read, { ...scope, personId })) ?? ''
  const closeness = await pairDistances(db.read, scope)
  const next = await nextDoubtful(db.read, { ...scope, raterId, without, closeness })
  const base = `/p/${project.slug}/assign/${scope.campaignId}/adjudicate`
  return redirect(withPutOff(next ? `${base}/${next}` : base, without, [`decided=${taskId}`]))
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

export default function AdjudicateTask() {
  const { say, language } = useSaying(leadSayIn)
  const page = useLoaderData<typeof loader>()
  const fetcher = useFetcher<typeof action>()
  const { base, campaign, task, waiting, decided } = page
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <DeskHead
        back={base}
        backLabel={say('allWaiting')}
        campaign={campaign.name}
        title={say('adjudication')}
      >
        <span role="status" className="text-sm text-ink-2">
          {decided && decided !== task.taskId ? (
            <>
              {say('decidedNow')}{' '}
              <Link to={`${base}/${decided}`} className="link">
                {say('changeIt')}
              </Link>{' '}
              ·{' '}
            </>
          ) : null}
          {say('waits', { count: waiting })}
        </span>
      </DeskHead>
      <main className="grid grid-cols-[minmax(0,1fr)]">
        <AdjudicationDesk
          key={`${task.taskId}:${task.decision?.revision ?? 0}`}
          {...page}
          later={withPutOff(base, [...page.putOff, task.taskId], ['next=1'])}
          isSending={fetcher.state !== 'idle'}
          problem={fetcher.data && leadToldIn(language)(fetcher.data.message)}
          onDecide={(decision) =>
            fetcher.submit({ decision: JSON.stringify(decision) }, { method: 'post' })
          }
        />
      </main>
    </div>
  )
}

export const ErrorBoundary = ErrorPage
