import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { JudgedTask } from '#app/rate/judged-task.tsx'
import { viewWorkMessage } from '#app/rate/work-messages.server.ts'
import { Decided, MarkRead } from '#app/rate/work-messages.tsx'
import { useWorkWords, workSayIn } from '#app/rate/work-words.ts'
import { Speaking } from '#app/ui/language.tsx'
import { type Language, languageOf } from '#app/ui/languages.ts'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = ({ data: page }: { data?: { language: Language } | undefined }) =>
  titled(workSayIn(page?.language ?? 'en')('decidedOtherwise'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'rate')
  const message = await viewWorkMessage(args.context.db.read, {
    projectId: project.id,
    personId: person.id,
    id: args.params.message ?? '',
  })
  if (!message) throw notFound('message to you')
  return { language: languageOf(args.request), slug: project.slug, message }
}

export default function MessagePage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Opened />
    </Speaking>
  )
}

function Opened() {
  const { slug, message } = useLoaderData<typeof loader>()
  const { say } = useWorkWords()
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/rate`} className="link">
            {say('backToWork')}
          </Link>
        }
        title={say('decidedOtherwise')}
        actions={message.isRead ? null : <MarkRead slug={slug} id={message.id} />}
      >
        {message.campaign}
      </PageHead>
      <section aria-label={say('decided')} className="card max-w-[84ch]">
        <Decided message={message} />
      </section>
      <JudgedTask message={message} />
    </>
  )
}
