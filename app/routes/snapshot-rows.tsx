import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import { entriesAfter } from '#app/export/snapshot-rows.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { whole } from '#app/ui/figures.ts'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'

export const meta = () => titled('Rows')

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
  return {
    here: `/p/${project.slug}/export/${snapshot.datasetId}/${snapshot.id}`,
    number: snapshot.number,
    rows: snapshot.rows ?? 0,
    entries: entries.slice(0, rowsAPage),
    next: entries.length > rowsAPage ? (entries[rowsAPage - 1]?.id ?? null) : null,
  }
}

export default function SnapshotRows() {
  const { here, number, rows, entries, next } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={here} className="link">
            Snapshot v{number}
          </Link>
        }
        title="Rows and their judgments"
      >
        {whole(rows)} rows in the order of their ids; each leads to the judgments it was made of.
      </PageHead>
      <section className="card grid gap-3">
        <Form className="flex flex-wrap items-end gap-2">
          <label className="grid gap-1.5 text-sm font-semibold">
            From the id
            <input name="after" className="input font-mono" placeholder="3f2a…" />
          </label>
          <button type="submit" className="btn">
            Go there
          </button>
        </Form>
        <WideBox label="Rows">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Row</th>
                <th scope="col">Prompt</th>
                <th scope="col">Verdict</th>
                <th scope="col">Raters</th>
                <th scope="col">Split</th>
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
                  <td>{entry.verdict}</td>
                  <td>{entry.raters.join(', ')}</td>
                  <td>{entry.split}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
        {next === null ? null : (
          <Link to={`${here}/rows?after=${next}`} className="btn justify-self-start">
            Next {rowsAPage}
          </Link>
        )}
      </section>
    </>
  )
}
