import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { HeldBy } from '#app/export/held-by.tsx'
import { findHoldingSnapshots } from '#app/export/holding-snapshots.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { changePrompts } from '#app/import/bulk-prompts.server.ts'
import { findingTitleIn } from '#app/import/finding-titles.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { PromptAside } from '#app/import/prompt-aside.tsx'
import { promptChangeSchema, saidOf } from '#app/import/prompt-change.ts'
import { Turns } from '#app/import/prompt-conversation.tsx'
import { ResponseCard } from '#app/import/prompt-response.tsx'
import { Verdicts } from '#app/import/prompt-verdicts.tsx'
import { viewPrompt } from '#app/import/prompt-view.server.ts'
import { promptSayIn, promptToldIn } from '#app/import/prompt-words.ts'
import { findPrompt, listVerdicts } from '#app/import/prompts.server.ts'
import { visibleText } from '#app/import/shown-text.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => promptSayIn(language)('prompt'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'see-data')
  const { db, now } = args.context
  const kinds = findingKindsIn((await findRedaction(db.read, project.id)).kinds)
  const maySeeOriginals = person.isAdmin && kinds.size > 0
  const isAsked = new URL(args.request.url).searchParams.get('original') === '1'
  const visibility = { kinds, isOriginal: maySeeOriginals && isAsked }
  const id = args.params.prompt ?? ''
  const prompt = await viewPrompt(db.read, project.id, { id, visibility })
  if (!prompt) throw notFound('prompt')
  if (visibility.isOriginal) {
    const entry = { projectId: project.id, actor: person.id, subject: id, now: now() }
    await inTransaction(db, (trx) => insertAudit(trx, { ...entry, action: 'originals shown' }))
  }
  const verdicts = await listVerdicts(db.read, project.id, id)
  const { dataDir, snapshots } = args.context
  const wanted = { dataDir, snapshots, projectId: project.id, promptId: id }
  return spoken(args, {
    slug: project.slug,
    held: await findHoldingSnapshots(db.read, wanted),
    prompt,
    removed: [...kinds],
    maySeeOriginals,
    isOriginal: visibility.isOriginal,
    verdicts: verdicts.map((verdict) => ({
      ...verdict,
      comment: visibleText(verdict.comment, visibility),
    })),
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'import')
  const { db, now } = args.context
  const prompt = await findPrompt(db.read, project.id, args.params.prompt ?? '')
  if (!prompt) throw notFound('prompt')
  const change = promptChangeSchema.safeParse(await readFields(args.request))
  if (!change.success) {
    const reason = change.error.issues[0]?.message ?? ''
    return data({ error: `That was not done: ${reason}.` }, 400)
  }
  const wanted = { projectId: project.id, ids: [prompt.id], actor: person.id, now: now() }
  const changed = await changePrompts(db, { ...wanted, change: change.data })
  return { done: saidOf(change.data, changed) }
}

export default function PromptPage() {
  const { say, language } = useSaying(promptSayIn)
  const { slug, prompt, verdicts, held, ...shown } = useLoaderData<typeof loader>()
  const said = useActionData<typeof action>()
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/prompts`} className="link">
            {say('prompts')}
          </Link>
        }
        title={prompt.title || say('WithoutText')}
      />
      {said && 'error' in said ? (
        <Notice tone="danger">{promptToldIn(language)(said.error)}</Notice>
      ) : null}
      {said && 'done' in said ? (
        <Notice tone="good">{promptToldIn(language)(said.done)}</Notice>
      ) : null}
      <Removed {...shown} />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <section
            aria-label={say('conversation')}
            className="max-w-[90ch] border-l-3 border-rubric pl-4 font-serif"
          >
            {prompt.isTextMissing ? (
              <p className="text-ink-3">{say('notImported')}</p>
            ) : (
              <Turns turns={prompt.turns} />
            )}
          </section>
          <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
            {prompt.responses.map((response) => (
              <ResponseCard key={response.id} slug={slug} response={response} />
            ))}
          </div>
          <Verdicts verdicts={verdicts} />
          <HeldBy slug={slug} held={held} />
        </div>
        <PromptAside slug={slug} prompt={prompt} />
      </div>
    </>
  )
}

/** What is removed from the texts of this page, and for administrators a way to see it. */
function Removed({
  removed,
  maySeeOriginals,
  isOriginal,
}: {
  removed: readonly string[]
  maySeeOriginals: boolean
  isOriginal: boolean
}) {
  const { say, language } = useSaying(promptSayIn)
  if (removed.length === 0) return null
  const titles = removed.map(findingTitleIn(language)).join(', ')
  if (isOriginal) {
    return (
      <Notice tone="warning">
        {say('seeRemoved', { titles })}{' '}
        <Link to="." className="link">
          {say('hideAgain')}
        </Link>
      </Notice>
    )
  }
  return (
    <p className="text-sm text-ink-3">
      {say('removedFrom', { titles })}{' '}
      {maySeeOriginals ? (
        <Link to="?original=1" className="link">
          {say('showRemoved')}
        </Link>
      ) : null}
    </p>
  )
}
