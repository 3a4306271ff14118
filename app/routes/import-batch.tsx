import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
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
import { ColumnMapper } from '#app/import/column-mapper.tsx'
import { type FieldMapping, fieldMappingSchema, missingFields } from '#app/import/field-mapping.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { ImportPreview } from '#app/import/import-preview.tsx'
import { problemOf } from '#app/import/import-record.ts'
import { ImportReport } from '#app/import/import-report.tsx'
import { previewBatch } from '#app/import/preview.server.ts'
import { findJob } from '#app/jobs/jobs.server.ts'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { bytes } from '#app/ui/figures.ts'
import { JobProgress } from '#app/ui/job-progress.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = () => titled('Import')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const { db } = args.context
  const batch = await findBatch(db.read, project.id, args.params.batch ?? '')
  if (!batch) throw notFound('import')
  const job = batch.job_id === null ? undefined : await findJob(db.read, project.id, batch.job_id)
  const isWaiting = batch.status === 'received'
  const campaigns =
    batch.status === 'done' ? await campaignsOfBatch(db.read, project.id, batch.id) : []
  return {
    slug: project.slug,
    id: batch.id,
    status: batch.status,
    source: batch.source,
    counts: batch.counts,
    files: batch.files.map((file) => ({ name: file.name, bytes: file.bytes })),
    job: job ?? null,
    previews: isWaiting ? await previewBatch(batch) : [],
    refusals: await listRefusals(db.read, { projectId: project.id, batchId: batch.id }),
    campaigns,
  }
}

type Chosen = { ok: true; mapping: FieldMapping | undefined } | { ok: false; error: string }

/** The mapping of a form: pasted as JSON, or put together from the column choices. */
async function mappingOf(batch: Batch, fields: Record<string, string>): Promise<Chosen> {
  const pasted = fields.mapping?.trim()
  if (pasted) return parsedMapping(pasted)
  if (fields.record === undefined) return { ok: true, mapping: undefined }
  const [preview] = await previewBatch(batch)
  const columns = pick(fields, 'column.')
  const winner = pick(fields, 'value.')
  const mapping = fieldMappingSchema.safeParse({
    format: preview?.recognition.container ?? 'csv',
    record: fields.record,
    columns,
    values: Object.keys(winner).length > 0 ? { winner } : {},
  })
  if (!mapping.success) return { ok: false, error: problemOf(mapping.error).reason }
  return checkedMapping(mapping.data)
}

function parsedMapping(text: string): Chosen {
  try {
    const mapping = fieldMappingSchema.safeParse(JSON.parse(text))
    if (mapping.success) return checkedMapping(mapping.data)
    const { field, reason } = problemOf(mapping.error)
    return { ok: false, error: `The mapping is not valid at "${field}": ${reason}` }
  } catch {
    return { ok: false, error: 'The mapping is not valid JSON.' }
  }
}

function checkedMapping(mapping: FieldMapping): Chosen {
  const missing = missingFields(mapping)
  if (missing.length === 0) return { ok: true, mapping }
  return { ok: false, error: `No column was chosen for ${missing.join(', ')}.` }
}

const pick = (fields: Record<string, string>, prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.startsWith(prefix) && value !== '')
      .map(([name, value]) => [name.slice(prefix.length), value]),
  )

export async function action(args: ActionFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const { db, dataDir, now } = args.context
  const batch = await findBatch(db.read, project.id, args.params.batch ?? '')
  if (!batch) throw notFound('import')
  const scope = { projectId: project.id, batchId: batch.id }
  const fields = await readFields(args.request)
  if (fields.intent === 'discard') {
    await discardBatch(db, { ...scope, dataDir })
    return redirect(`/p/${project.slug}/import`)
  }
  const chosen = await mappingOf(batch, fields)
  if (!chosen.ok) return data({ error: chosen.error }, { status: 400 })
  const options = importOptionsSchema.parse({
    format: chosen.mapping ? 'mapped' : 'auto',
    mapping: chosen.mapping,
    campaign: fields.campaign?.trim() || undefined,
    allowMissingText: fields.allowMissingText === 'on',
  })
  await inTransaction(db, (trx) => startBatch(trx, { ...scope, options, now: now() }))
  return redirect(`/p/${project.slug}/import/${batch.id}`)
}

export default function ImportBatch() {
  const page = useLoaderData<typeof loader>()
  const title = page.files.map((file) => file.name).join(', ')
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${page.slug}/import`} className="link">
            Import
          </Link>
        }
        title={title}
      />
      {page.job && page.status !== 'received' ? (
        <JobProgress
          job={page.job}
          href={`/p/${page.slug}/jobs/${page.job.id}`}
          what="Importing"
          unit={bytes}
        />
      ) : null}
      {page.status === 'received' ? <Wizard /> : <ImportReport {...page} />}
    </>
  )
}

function Wizard() {
  const { previews } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const unknown = previews.find((preview) => preview.recognition.format === 'mapped')
  const isRecognised = previews.every((preview) => preview.recognition.missing.length === 0)
  return (
    <div className="grid gap-5">
      {problem ? <Notice tone="danger">{problem.error}</Notice> : null}
      {previews.map((preview) => (
        <ImportPreview key={preview.name} preview={preview} />
      ))}
      <Form method="post" className="card grid gap-5">
        {unknown?.recognition.mapping && previews.length === 1 ? (
          <section className="grid gap-3">
            <h2>Which column is what?</h2>
            <ColumnMapper
              columns={unknown.columns}
              suggested={unknown.recognition.mapping}
              winners={unknown.values}
            />
          </section>
        ) : null}
        <details open={!isRecognised && previews.length > 1}>
          <summary className="text-sm text-ink-2">
            Mapping as JSON (also joins several files), campaign, missing texts
          </summary>
          <div className="mt-3 grid gap-4">
            <TextArea
              label="Mapping"
              name="mapping"
              rows={6}
              spellCheck={false}
              hint="What --map takes on the command line. A file named under “join” is looked up, not imported."
            />
            <TextField
              label="Campaign for judgments that name none"
              name="campaign"
              placeholder="Imported judgments"
            />
            <label className="flex items-center gap-2 text-sm">
              <input type="checkbox" name="allowMissingText" className="accent-act" />
              Record judgments whose prompt or response is not here, without the text
            </label>
          </div>
        </details>
        <div className="flex flex-wrap gap-3">
          <button type="submit" className="btn btn-primary">
            Import
          </button>
          <button type="submit" name="intent" value="discard" className="btn btn-quiet">
            Throw away
          </button>
        </div>
      </Form>
    </div>
  )
}
