import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { datasetSayIn, rowVerdictIn } from '#app/export/dataset-words.ts'
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import { entriesAfter } from '#app/export/snapshot-rows.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'

export const meta = titledIn((language) => datasetSayIn(language)('rows'))

const rowsAPage = 100

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { db } = args.context
  const snapshot = await findSnapshot(db.read, project.id, args.params.snapshot ?? '')
  const isThere = snapshot?.status === 'ready' && snapshot.datasetId === args.params.dataset
  if (!snapshot || !isThere) throw notFound('snapshot')
  const after = new URL(args.request.url).searchParams.get('after') ?? ''
  const place = { projectId: project.id, snapshotId: snapshot.id }
  const folder = await indexedFolder(args.context, place)
  const entries = await entriesAfter(folder, after, rowsAPage + 1)
  return spoken(args, {
    here: `/p/${project.slug}/export/${snapshot.datasetId}/${snapshot.id}`,
    number: snapshot.number,
    rows: snapshot.rows ?? 0,
    entries: entries.slice(0, rowsAPage),
    next: entries.length > rowsAPage ? (entries[rowsAPage - 1]?.id ?? null) : null,
  })
}

export default function SnapshotRows() {
  const { say, language } = useSaying(datasetSayIn)
  const { here, number, rows, entries, next } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={here} className="link">
            {say('snapshotNumber', { number: String(number) })}
          </Link>
        }
        title={say('rowsTitle')}
      >
        {say('rowsIntro', { count: rows })}
      </PageHead>
      <section className="card grid gap-3">
        <Form className="flex flex-wrap items-end gap-2">
          <label className="grid gap-1.5 text-sm font-semibold">
            {say('fromId')}
            <input name="after" className="input font-mono" placeholder="3f2a…" />
          </label>
          <button type="submit" className="btn">
            {say('goThere')}
          </button>
        </Form>
        <WideBox label={say('rows')}>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('row')}</th>
                <th scope="col">{say('prompt')}</th>
                <th scope="col">{say('verdict')}</th>
                <th scope="col">{say('raters')}</th>
                <th scope="col">{say('split')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.id}>
                  <td>
                    <Link to={`${here}/rows/${entry.id}`} className="link font-mono text-[13px]">
                      {entry.id}
                    </Link>
                  </td>
                  <td className="break-all">{entry.prompt}</td>
                  <td>{rowVerdictIn(language)(entry.verdict)}</td>
                  <td>{entry.raters.join(', ')}</td>
                  <td>{entry.split}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
        {next === null ? null : (
          <Link to={`${here}/rows?after=${next}`} className="btn justify-self-start">
            {say('nextRows', { count: rowsAPage })}
          </Link>
        )}
      </section>
    </>
  )
}
