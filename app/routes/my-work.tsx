import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { countUnread, markRead } from '#app/notify/messages.server.ts'
import { listMyWork } from '#app/rate/my-work.server.ts'
import { PastCampaigns, WorkCampaigns } from '#app/rate/work-campaigns.tsx'
import { listWorkMessages } from '#app/rate/work-messages.server.ts'
import { WorkMessages } from '#app/rate/work-messages.tsx'
import { useWorkWords, workSayIn } from '#app/rate/work-words.ts'
import { Speaking } from '#app/ui/language.tsx'
import { chosenLanguage, type Language, languageCookie, languageOf } from '#app/ui/languages.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = ({ data: page }: { data?: { language: Language } | undefined }) =>
  titled(workSayIn(page?.language ?? 'en')('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'rate')
  const { context, request } = args
  const { read } = context.db
  const reader = { projectId: project.id, personId: person.id }
  const page = {
    language: languageOf(request),
    slug: project.slug,
    ...(await listMyWork(read, { ...reader, now: context.now() })),
    messages: await listWorkMessages(read, reader),
    unread: await countUnread(read, reader),
  }
  const chosen = chosenLanguage(request)
  return data(page, {
    headers: chosen ? { 'Set-Cookie': languageCookie(chosen, context.isSecure) } : {},
  })
}

/** Marks messages as read: one, or all where none is named. */
export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'rate')
  const { db, now } = args.context
  const { intent, message: id } = await readFields(args.request)
  if (intent === 'read') {
    const reader = { projectId: project.id, personId: person.id }
    await inTransaction(db, (trx) =>
      markRead(trx, { ...reader, ...(id === undefined ? {} : { id }), now: now() }),
    )
  }
  return redirect(`/p/${project.slug}/rate`)
}

export default function MyWork() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Work />
    </Speaking>
  )
}

function Work() {
  const { slug, current, past, messages, unread } = useLoaderData<typeof loader>()
  const { say } = useWorkWords()
  return (
    <>
      <PageHead title={say('title')} />
      {current.length === 0 ? (
        <EmptyState title={say('nothing')}>{say('nothingHint')}</EmptyState>
      ) : (
        <WorkCampaigns slug={slug} campaigns={current} />
      )}
      <WorkMessages slug={slug} messages={messages} unread={unread} />
      <PastCampaigns campaigns={past} />
    </>
  )
}
