import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useFetcher, useLoaderData } from '@remix-run/react'
import { findCampaign, listCriteria } from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { toDeskCampaign } from '#app/rate/desk-campaign.ts'
import { DeskHead } from '#app/rate/desk-head.tsx'
import { expectedGivenSchema } from '#app/rate/expected-task.ts'
import { ExpectedTaskDesk } from '#app/rate/expected-task-desk.tsx'
import { viewExpected } from '#app/rate/expected-task-list.server.ts'
import { giveExpected, retireTask } from '#app/rate/expected-tasks.server.ts'
import { leadSayIn, leadToldIn } from '#app/rate/lead-words.ts'
import { ownBindings } from '#app/rate/own-bindings.server.ts'
import { ErrorPage } from '#app/ui/error-page.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => leadSayIn(language)('expectedTitle'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const scope = { projectId: project.id, campaignId: campaign.id }
  const taskId = args.params.task ?? ''
  const task = await viewExpected(read, { ...scope, taskId, personId: person.id })
  if (!task) throw notFound('task in this campaign')
  const criteria = await listCriteria(read, project.id, campaign.id)
  return spoken(args, {
    base: `/p/${project.slug}/assign/${campaign.id}/gold`,
    campaign: toDeskCampaign(campaign),
    criteria,
    task,
    bindings: await ownBindings(read, person.id, { criteria, responses: task.responses.length }),
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const scope = {
    projectId: project.id,
    campaignId: args.params.campaign ?? '',
    taskId: args.params.task ?? '',
    personId: person.id,
    now: now(),
  }
  const base = `/p/${project.slug}/assign/${scope.campaignId}/gold`
  const fields = await readFields(args.request)
  if (fields.intent === 'retire' || fields.intent === 'restore') {
    const reason = fields.intent === 'retire' ? fields.reason?.trim() || 'retired' : null
    const isDone = await retireTask(db, { ...scope, reason })
    return isDone ? redirect(base) : data({ message: 'There is no such task.' }, { status: 404 })
  }
  const given = expectedGivenSchema.safeParse(parsed(fields.expected))
  if (!given.success) {
    const message = given.error.issues[0]?.message ?? 'That could not be understood.'
    return data({ message }, { status: 400 })
  }
  const done = await giveExpected(db, { ...scope, given: given.data })
  if (!done.ok) return data({ message: done.message }, { status: 409 })
  return redirect(base)
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}

export default function GoldTask() {
  const { say, language } = useSaying(leadSayIn)
  const { base, campaign, criteria, task, bindings } = useLoaderData<typeof loader>()
  const fetcher = useFetcher<typeof action>()
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]">
      <DeskHead
        back={base}
        backLabel={say('allOfThem')}
        campaign={campaign.name}
        title={say('expectedTitle')}
      />
      <main className="grid grid-cols-[minmax(0,1fr)]">
        <ExpectedTaskDesk
          key={task.taskId}
          campaign={campaign}
          criteria={criteria}
          task={task}
          bindings={bindings}
          isSending={fetcher.state !== 'idle'}
          problem={fetcher.data && leadToldIn(language)(fetcher.data.message)}
          onGive={(given) =>
            fetcher.submit({ expected: JSON.stringify(given) }, { method: 'post' })
          }
          onRetire={(intent) => fetcher.submit({ intent }, { method: 'post' })}
        />
      </main>
    </div>
  )
}

export const ErrorBoundary = ErrorPage
