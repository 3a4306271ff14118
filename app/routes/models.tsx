import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useFetcher, useLoaderData } from '@remix-run/react'
import { Merge } from 'lucide-react'
import { useMemo, useState } from 'react'
import { mayDo } from '#app/access/roles.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import {
  changeModels,
  changeModelsKind,
  type WantedChange,
} from '#app/import/change-models.server.ts'
import { askOfJob, findNewestJob } from '#app/jobs/jobs.server.ts'
import { modelNamesSchema, splitBySchema } from '#app/projects/model-change.ts'
import { MergeDialog, RenameDialog, SplitDialog } from '#app/projects/model-dialogs.tsx'
import { listModelHistory, type ModelOverview } from '#app/projects/model-history.server.ts'
import { ModelHistoryList } from '#app/projects/model-history-list.tsx'
import { ModelSelection, useModelSelection } from '#app/projects/model-selection.tsx'
import { modelSayIn, modelToldIn } from '#app/projects/model-words.ts'
import { ModelsTable } from '#app/projects/models-table.tsx'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => modelSayIn(language)('models'))

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'see-data')
  const { db, slowReads } = args.context
  const modelId = new URL(args.request.url).searchParams.get('split')
  const job = await findNewestJob(db.read, project.id, changeModelsKind)
  return spoken(args, {
    slug: project.slug,
    mayChange: mayDo({ roles, isAdmin: person.isAdmin }, 'import'),
    models: await slowReads.models(project.id),
    history: await listModelHistory(db.read, project.id),
    job: job && job.status !== 'done' ? job : null,
    split: modelId ? await slowReads.splitChoices({ projectId: project.id, modelId }) : null,
  })
}

type Parsed = { ok: true; change: WantedChange } | { ok: false; reason: string; field: string }

const refused = (reason: string, field = ''): Parsed => ({ ok: false, reason, field })

function parseChange(fields: Record<string, string>): Parsed {
  const modelId = fields.model ?? ''
  if (fields.intent === 'merge') {
    const fromIds = (fields.models ?? '').split('\n').filter(Boolean)
    return { ok: true, change: { kind: 'merge', fromIds, intoId: fields.into ?? '' } }
  }
  if (fields.intent === 'undo') {
    return { ok: true, change: { kind: 'undo', changeId: fields.change ?? '' } }
  }
  if (fields.intent === 'rename') {
    const names = modelNamesSchema.safeParse(fields)
    if (names.success) return { ok: true, change: { kind: 'rename', modelId, names: names.data } }
    const [issue] = names.error.issues
    return refused(issue?.message ?? 'Check the names.', issue?.path.join('.'))
  }
  if (fields.intent === 'split') return parseSplit(fields, modelId)
  return refused('Choose what to do with the models.')
}

function parseSplit(fields: Record<string, string>, fromId: string): Parsed {
  const by = splitBySchema.safeParse(parsedJson(fields.by ?? ''))
  if (!by.success) return refused('choose which responses are split off', 'by')
  const name = modelNamesSchema.shape.name.safeParse(fields.name ?? '')
  if (!name.success) {
    return refused(name.error.issues[0]?.message ?? 'give the new model a name', 'name')
  }
  return { ok: true, change: { kind: 'split', fromId, name: name.data, by: by.data } }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'import')
  const { db, now } = args.context
  const fields = await readFields(args.request)
  if (fields.intent === 'retry') {
    const job = { projectId: project.id, id: fields.job ?? '' }
    await inTransaction(db, (trx) => askOfJob(trx, job, { request: 'retry', now: now() }))
    return { ok: true as const, done: 'It goes on.' }
  }
  const parsed = parseChange(fields)
  if (!parsed.ok) return data(parsed, { status: 400 })
  const asked = { projectId: project.id, actor: person.id, now: now(), change: parsed.change }
  const outcome = await changeModels(db, asked)
  return outcome.ok ? { ok: true as const, done: outcome.done } : data(outcome, { status: 409 })
}

export default function Models() {
  const { say, figures } = useSaying(modelSayIn)
  const { slug, models, history, mayChange, job } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title={say('models')}>{say('intro')}</PageHead>
      {job ? (
        <div className="card grid gap-3">
          <JobProgress
            key={job.id}
            job={job}
            href={`/p/${slug}/jobs/${job.id}`}
            what={say('moving')}
            unit={figures.whole}
          />
          {job.status === 'failed' || job.status === 'cancelled' ? (
            <Form method="post">
              <input type="hidden" name="job" value={job.id} />
              <button type="submit" name="intent" value="retry" className="btn">
                {say('goOnMoving')}
              </button>
            </Form>
          ) : null}
        </div>
      ) : null}
      {models.length === 0 ? (
        <EmptyState
          title={say('none')}
          action={
            <Link to={`/p/${slug}/import`} className="btn btn-primary">
              {say('importFile')}
            </Link>
          }
        >
          {say('noneHint')}
        </EmptyState>
      ) : (
        <ModelSelection>
          <ModelsPart />
        </ModelSelection>
      )}
      <ModelHistoryList entries={history} mayChange={mayChange} />
    </>
  )
}

function ModelsPart() {
  const { say, language } = useSaying(modelSayIn)
  const { models, mayChange } = useLoaderData<typeof loader>()
  const [renamed, setRenamed] = useState<ModelOverview | null>(null)
  const [splitting, setSplitting] = useState<ModelOverview | null>(null)
  const [isMerging, setIsMerging] = useState(false)
  const [said, setSaid] = useState('')
  const { chosen, clear } = useModelSelection()
  const choices = useFetcher<typeof loader>()
  const { load } = choices
  const actions = useMemo(
    () => ({
      rename: setRenamed,
      split: (model: ModelOverview) => {
        setSplitting(model)
        load(`?split=${model.id}`)
      },
    }),
    [load],
  )
  const merged = chosen.flatMap((id) => models.filter((model) => model.id === id))
  const close = () => {
    setRenamed(null)
    setSplitting(null)
    setIsMerging(false)
  }
  const finish = (words: string) => {
    close()
    clear()
    setSaid(modelToldIn(language)(words))
  }
  // What was found stays while it is read anew, or the form would vanish before it is answered.
  const found = choices.data?.split
  return (
    <section className="card grid gap-4" aria-label={say('models')}>
      {mayChange ? (
        <div className="flex flex-wrap items-center gap-3">
          <button
            type="button"
            className="btn"
            disabled={merged.length < 2}
            onClick={() => setIsMerging(true)}
          >
            <Merge size={16} aria-hidden="true" />
            {say('mergeSome')}
          </button>
          <p role="status" className="text-sm text-ink-2">
            {merged.length === 0
              ? said || say('chooseTwo')
              : say('chosen', { count: merged.length })}
          </p>
        </div>
      ) : null}
      <ModelsTable models={models} actions={mayChange ? actions : null} />
      <RenameDialog model={renamed} onClose={close} onDone={finish} />
      <MergeDialog models={merged} open={isMerging} onClose={close} onDone={finish} />
      <SplitDialog
        model={splitting}
        choices={found?.modelId === splitting?.id ? (found ?? undefined) : undefined}
        onClose={close}
        onDone={finish}
      />
    </section>
  )
}
