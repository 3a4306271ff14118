import path from 'node:path'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { newId } from '#app/base/ids.ts'
import { counted } from '#app/base/text.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { batchFolder, insertBatch, listBatches } from '#app/import/batches.server.ts'
import { FileDrop } from '#app/import/file-drop.tsx'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { receiveForm, writePasted } from '#app/import/receive-file.server.ts'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { bytes, moment, whole } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = () => titled('Import')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const batches = await listBatches(args.context.db.read, project.id)
  return {
    slug: project.slug,
    batches: batches.map(({ id, status, files, counts, created_at }) => ({
      id,
      status,
      files: files.map(({ name, bytes }) => ({ name, bytes })),
      counts,
      createdAt: created_at,
    })),
  }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'import')
  const { context } = args
  const id = newId()
  const folder = path.resolve(batchFolder(context.dataDir, id))
  const received = await receiveForm(args.request, { folder, mostBytes: context.mostUploadBytes })
  if (!received.ok) return data({ error: received.reason }, { status: 413 })
  const { fields, files } = received.form
  const pasted = fields.pasted?.trim()
  if (pasted) files.push(await writePasted(folder, pasted))
  if (files.length === 0) {
    return data({ error: 'Choose a file, or paste some lines.' }, { status: 400 })
  }
  await inTransaction(context.db, (trx) =>
    insertBatch(trx, {
      projectId: project.id,
      id,
      source: fields.source?.trim() || 'default',
      options: importOptionsSchema.parse({}),
      files,
      createdBy: person.id,
      now: context.now(),
    }),
  )
  return redirect(`/p/${project.slug}/import/${id}`)
}

const statusWords = {
  received: 'not started',
  queued: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'thrown away',
}

export default function Import() {
  const { slug, batches } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const isSending = useNavigation().state === 'submitting'
  return (
    <>
      <PageHead title="Import">
        Logs become prompts and responses; recorded judgments become campaigns. Importing the same
        file twice adds nothing.
      </PageHead>
      {problem ? <Notice tone="danger">{problem.error}</Notice> : null}
      <Form method="post" encType="multipart/form-data" className="card grid gap-4">
        <FileDrop name="files" />
        <details>
          <summary className="text-sm text-ink-2">Paste lines, or name the source</summary>
          <div className="mt-3 grid gap-4">
            <TextArea
              label="Lines"
              name="pasted"
              rows={5}
              hint="JSONL or CSV, as it would stand in a file."
            />
            <TextField
              label="Source"
              name="source"
              placeholder="default"
              hint="Ids in files are unique within a source. Name another one when two systems use the same ids."
            />
          </div>
        </details>
        <button type="submit" className="btn btn-primary justify-self-start" disabled={isSending}>
          {isSending ? 'Receiving…' : 'Look at it first'}
        </button>
      </Form>
      {batches.length > 0 ? (
        <section className="card">
          <h2 className="mb-2">Imports so far</h2>
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">Files</th>
                  <th scope="col">When (UTC)</th>
                  <th scope="col">Status</th>
                  <th scope="col" className="num">
                    New
                  </th>
                  <th scope="col" className="num">
                    Refused
                  </th>
                </tr>
              </thead>
              <tbody>
                {batches.map(({ id, files, counts, status, createdAt }) => (
                  <tr key={id}>
                    <td>
                      <Link to={`/p/${slug}/import/${id}`} className="link">
                        {files.map((file) => file.name).join(', ')}
                      </Link>{' '}
                      <span className="text-ink-3">
                        {bytes(files.reduce((sum, file) => sum + file.bytes, 0))}
                      </span>
                    </td>
                    <td className="whitespace-nowrap text-ink-2">{moment(createdAt)}</td>
                    <td>{statusWords[status]}</td>
                    <td className="num">
                      {counted(counts.created.prompts, 'prompt')},{' '}
                      {counted(counts.created.responses, 'response')},{' '}
                      {counted(counts.created.judgments, 'judgment')}
                    </td>
                    <td className="num">{whole(counts.refused)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ) : null}
    </>
  )
}
