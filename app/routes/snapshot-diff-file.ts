/** Every row that differs between two snapshots, a line each, as they are found. */
import { Readable } from 'node:stream'
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from '@remix-run/node'
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import { diffSnapshots, emptyCounts } from '#app/export/snapshot-diff.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { db } = args.context
  const asked = new URL(args.request.url).searchParams
  const [before, after] = await Promise.all(
    ['from', 'to'].map((name) => findSnapshot(db.read, project.id, asked.get(name) ?? '')),
  )
  const isOwn = [before, after].every(
    (one) => one?.datasetId === args.params.dataset && one?.status === 'ready',
  )
  if (!before || !after || !isOwn) throw notFound('snapshot')
  const folders = await Promise.all(
    [before, after].map(({ id }) =>
      indexedFolder(args.context, { projectId: project.id, snapshotId: id }),
    ),
  )
  const rows = diffSnapshots(folders[0] ?? '', folders[1] ?? '', emptyCounts())
  const name = `v${before.number}-v${after.number}.jsonl`
  return new Response(createReadableStreamFromReadable(Readable.from(lines(rows))), {
    headers: {
      'Content-Type': 'application/jsonl; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-store',
    },
  })
}

async function* lines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`
}
