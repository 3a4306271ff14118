import path from 'node:path'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { newId } from '#app/base/ids.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { batchFolder, insertBatch } from '#app/import/batches.server.ts'
import { ImportList } from '#app/import/import-list.tsx'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { listImports } from '#app/import/import-state.server.ts'
import { UploadForm } from '#app/import/import-upload.tsx'
import { importMeta, useWords } from '#app/import/import-words.tsx'
import { receiveForm, writePasted } from '#app/import/receive-file.server.ts'
import { sayIn } from '#app/import/words.ts'
import { Speaking } from '#app/ui/language.tsx'
import { chosenLanguage, languageCookie, languageOf } from '#app/ui/languages.ts'
import { PageHead } from '#app/ui/page.tsx'
import { inTransaction } from '#db/open.ts'

export const meta = importMeta

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'import')
  const { context, request } = args
  const imports = await listImports(context.db.read, project.id)
  const chosen = chosenLanguage(request)
  const page = {
    language: languageOf(request),
    slug: project.slug,
    imports: imports.map(({ id, state, job, files, counts, created_at }) => ({
      id,
      state,
      share: job && job.total > 0 ? Math.min(1, job.done / job.total) : null,
      files: files.map(({ name, bytes }) => ({ name, bytes })),
      counts,
      createdAt: created_at,
    })),
  }
  return data(page, {
    headers: chosen ? { 'Set-Cookie': languageCookie(chosen, context.isSecure) } : {},
  })
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
    return data({ error: sayIn(languageOf(args.request))('nothingChosen') }, { status: 400 })
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

export default function Import() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const { slug, imports } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const { say } = useWords()
  return (
    <>
      <PageHead title={say('import')}>{say('intro')}</PageHead>
      <UploadForm problem={problem?.error} />
      {imports.length > 0 ? <ImportList slug={slug} imports={imports} /> : null}
    </>
  )
}
