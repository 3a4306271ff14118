import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { problemOf } from '#app/import/import-record.ts'
import { listTags } from '#app/import/prompts.server.ts'
import { AnsweredGate, GateForm, WatchedGates } from '#app/measure/gate-page.tsx'
import { gateQuestionSchema, givenOf } from '#app/measure/gate-question.ts'
import { gateSayIn } from '#app/measure/gate-words.ts'
import {
  listWatchedGates,
  mostWatchedGates,
  unwatchGate,
  watchGate,
} from '#app/measure/watched-gates.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => gateSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, slowReads } = args.context
  const given = givenOf(new URL(args.request.url).searchParams)
  const models = await listModels(db.read, project.id)
  return spoken(args, {
    slug: project.slug,
    project: project.name,
    given,
    reply: 'candidate' in given ? await ask(given, project.id, slowReads) : null,
    models: models.map(({ id, label }) => ({ id, label })),
    campaigns: (await listCampaigns(db.read, project.id))
      .filter(({ kind }) => kind !== 'rubric')
      .map(({ id, name }) => ({ id, name })),
    tags: (await listTags(db.read, project.id)).map(({ tag }) => tag),
    watched: await listWatchedGates(db.read, project.id),
  })
}

type SlowReads = LoaderFunctionArgs['context']['slowReads']

async function ask(given: Record<string, string>, projectId: string, { gate }: SlowReads) {
  const asked = gateQuestionSchema.safeParse(given)
  if (asked.success) return gate({ projectId, ...asked.data })
  const { field, reason } = problemOf(asked.error)
  return { problem: `${field.replaceAll('_', ' ')}: ${reason}` }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'measure')
  const { db, now, slowReads } = args.context
  const { intent, id = '', ...fields } = await readFields(args.request)
  const projectId = project.id
  const audit = { projectId, actor: person.id, now: now() }
  const here = `/p/${project.slug}/measure/gates`
  if (intent === 'unwatch') {
    await inTransaction(db, async (trx) => {
      await unwatchGate(trx, { projectId, id })
      await insertAudit(trx, { ...audit, action: 'gate no longer watched', subject: id })
    })
    return redirect(here)
  }
  const question = givenOf(new URLSearchParams(fields))
  const reply = await ask(question, projectId, slowReads)
  if ('problem' in reply) return data({ error: reply.problem }, { status: 400 })
  const { answer } = reply
  const isKept = await inTransaction(db, async (trx) => {
    const watching = { projectId, question, answer, createdBy: person.id, now: now() }
    if (!(await watchGate(trx, watching))) return false
    await insertAudit(trx, { ...audit, action: 'gate watched', subject: 'gate', detail: question })
    return true
  })
  if (isKept) return redirect(here)
  const error = `A project watches ${mostWatchedGates} gates at most; stop watching one first.`
  return data({ error }, { status: 409 })
}

export default function Gates() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const { slug, project, given, reply, watched, ...choices } = useLoaderData<typeof loader>()
  const { say } = useSaying(gateSayIn)
  const said = useActionData<typeof action>()
  return (
    <>
      <PageHead title={say('title')}>{say('intro')}</PageHead>
      {said && 'error' in said ? <Notice tone="danger">{said.error}</Notice> : null}
      {reply && 'problem' in reply ? <Notice tone="danger">{reply.problem}</Notice> : null}
      {reply && 'answer' in reply ? (
        <AnsweredGate answer={reply.answer} given={given} slug={slug} project={project} />
      ) : null}
      <GateForm given={given} {...choices} />
      <WatchedGates watched={watched} campaigns={choices.campaigns} />
    </>
  )
}
