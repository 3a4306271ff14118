import path from 'node:path'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { printJson } from '#app/base/canonical-json.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { campaignsOfBatch } from '#app/import/batch-campaigns.server.ts'
import {
  type Batch,
  discardBatch,
  findBatch,
  listRefusals,
  startBatch,
} from '#app/import/batches.server.ts'
import { type Fields, fieldsOfOptions } from '#app/import/import-choices.ts'
import { lackingFields } from '#app/import/import-columns.ts'
import type { ImportOptions } from '#app/import/import-options.ts'
import { RehearsalResult } from '#app/import/import-rehearsal.tsx'
import { ImportReport } from '#app/import/import-report.tsx'
import { ImportRunning } from '#app/import/import-running.tsx'
import { countsSoFar, stateOf } from '#app/import/import-state.server.ts'
import { openWizard, readChoice, type WizardChoice } from '#app/import/import-wizard.server.ts'
import { ImportWizard } from '#app/import/import-wizard.tsx'
import { importMeta, useWords } from '#app/import/import-words.tsx'
import { formatGroups } from '#app/import/reader-groups.ts'
import { listRefusedFiles } from '#app/import/refused-file.server.ts'
import { askForRehearsal, endRehearsal, findRehearsal } from '#app/import/rehearsals.server.ts'
import { saveMapping } from '#app/import/saved-mappings.server.ts'
import { type Say, sayIn, sayPart } from '#app/import/words.ts'
import { findJob } from '#app/jobs/jobs.server.ts'
import { Speaking } from '#app/ui/language.tsx'
import { chosenLanguage, languageCookie, languageOf } from '#app/ui/languages.ts'
import { PageHead } from '#app/ui/page.tsx'
import { inTransaction } from '#db/open.ts'

export const meta = importMeta

const notChoices = new Set(['lang', 'after', 'intent', 'name'])

const choicesIn = (fields: Iterable<[string, string]>): Fields =>
  Object.fromEntries([...fields].filter(([name]) => !notChoices.has(name)))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const { context, request, params } = args
  const { read } = context.db
  const batch = await findBatch(read, project.id, params.batch ?? '')
  if (!batch) throw notFound('import')
  const asked = new URL(request.url).searchParams
  const job = batch.job_id === null ? undefined : await findJob(read, project.id, batch.job_id)
  const scope = { projectId: project.id, batchId: batch.id }
  const chosen = chosenLanguage(request)
  const page = {
    language: languageOf(request),
    slug: project.slug,
    id: batch.id,
    source: batch.source,
    state: stateOf(batch.status, job),
    files: batch.files.map((file) => file.name),
    counts: await countsSoFar(read, project.id, batch),
    job: job ?? null,
    waiting: batch.status === 'received' ? await waiting(args, project.id, batch) : null,
    refusals: await listRefusals(read, { ...scope, after: Number(asked.get('after') ?? -1) }),
    refusedFiles: (await listRefusedFiles(context.dataDir, batch.id)).map((file) =>
      path.basename(file),
    ),
    campaigns: batch.status === 'done' ? await campaignsOfBatch(read, project.id, batch.id) : [],
  }
  return data(page, {
    headers: chosen ? { 'Set-Cookie': languageCookie(chosen, context.isSecure) } : {},
  })
}

/** What the page shows before an import starts: the choices of the address, else of the dry run. */
async function waiting({ context, request }: LoaderFunctionArgs, projectId: string, batch: Batch) {
  const { read } = context.db
  const rehearsal = await findRehearsal(read, { projectId, batchId: batch.id })
  const asked = choicesIn(new URL(request.url).searchParams)
  const isAsked = Object.keys(asked).length > 0
  const fields =
    isAsked || !rehearsal ? asked : Object.fromEntries(fieldsOfOptions(rehearsal.options))
  const wizard = await openWizard(read, { projectId, batch, fields })
  return {
    wizard,
    groups: formatGroups(),
    base: fieldsOfOptions({ ...wizard.options, mapping: undefined, format: wizard.format }),
    rehearsal: rehearsal && {
      job: rehearsal.job,
      result: rehearsal.result,
      isCurrent: printJson(rehearsal.options) === printJson(wizard.options),
    },
  }
}

export async function action(args: ActionFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const { db, dataDir, now } = args.context
  const batch = await findBatch(db.read, project.id, args.params.batch ?? '')
  if (!batch) throw notFound('import')
  const scope = { projectId: project.id, batchId: batch.id }
  const fields = await readFields(args.request)
  const here = `/p/${project.slug}/import`
  if (fields.intent === 'discard') {
    await inTransaction(db, (trx) => endRehearsal(trx, { ...scope, now: now() }))
    await discardBatch(db, { ...scope, dataDir })
    return redirect(here)
  }
  const say = sayIn(languageOf(args.request))
  const choice = await readChoice(batch, choicesIn(Object.entries(fields)))
  const problem = problemOf(choice, say)
  if (problem) return data({ problem }, { status: 400 })
  const { options } = choice
  if (fields.intent === 'save') return keepMapping(args, { say, choice, fields, ...scope })
  if (fields.intent === 'rehearse') {
    await inTransaction(db, (trx) => askForRehearsal(trx, { ...scope, options, now: now() }))
    return redirect(`${here}/${batch.id}?${new URLSearchParams(fieldsOfOptions(options))}`)
  }
  await inTransaction(db, async (trx) => {
    await endRehearsal(trx, { ...scope, now: now() })
    await startBatch(trx, { ...scope, options, now: now() })
  })
  return redirect(`${here}/${batch.id}`)
}

function problemOf({ badMapping, options }: WizardChoice, say: Say): string | undefined {
  if (badMapping) return badMapping.reason ? say('badMapping', badMapping) : say('notJson')
  const lacking = options.mapping ? lackingFields(options.mapping) : []
  if (lacking.length === 0) return undefined
  const named = lacking.map((fields) =>
    fields.map((field) => sayPart(say, 'field', field)).join(` ${say('or')} `),
  )
  return say('lacking', { fields: named.join('; ') })
}

async function keepMapping(
  { context }: ActionFunctionArgs,
  {
    say,
    choice: { options, mapper, previews },
    fields,
    projectId,
  }: { say: Say; choice: WizardChoice; fields: Fields; projectId: string },
) {
  const { mapping }: ImportOptions = options
  const name = fields.name?.trim().slice(0, 80)
  if (!mapping) return data({ problem: say('noMapping') }, { status: 400 })
  if (!name) return data({ problem: say('nameNeeded') }, { status: 400 })
  const columns = mapper?.columns ?? previews[0]?.columns ?? []
  const now = context.now()
  await inTransaction(context.db, (trx) =>
    saveMapping(trx, { projectId, name, columns, mapping, now }),
  )
  return data({ saved: name })
}

export default function ImportBatch() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say } = useWords()
  const { job, slug, waiting: choices } = page
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/import`} className="link">
            {say('import')}
          </Link>
        }
        title={<span className="break-words">{page.files.join(', ')}</span>}
      >
        {page.source === 'default' ? null : say('fromSource', { source: page.source })}
      </PageHead>
      {job && page.state !== 'done' ? (
        <section className="card">
          <ImportRunning job={job} slug={slug} what={say('importing')} />
        </section>
      ) : null}
      {choices ? <Choices {...choices} slug={slug} /> : <ImportReport {...page} />}
    </>
  )
}

type Waiting = NonNullable<ReturnType<typeof useLoaderData<typeof loader>>['waiting']>

function Choices({ wizard, groups, base, rehearsal, slug }: Waiting & { slug: string }) {
  const answer = useActionData<typeof action>()
  const { say } = useWords()
  return (
    <ImportWizard
      wizard={wizard}
      groups={groups}
      base={base}
      problem={answer && 'problem' in answer ? answer.problem : undefined}
      saved={answer && 'saved' in answer ? answer.saved : undefined}
    >
      {rehearsal ? (
        <>
          <ImportRunning job={rehearsal.job} slug={slug} what={say('dryRunning')} />
          <RehearsalResult result={rehearsal.result} isCurrent={rehearsal.isCurrent} />
        </>
      ) : null}
    </ImportWizard>
  )
}
