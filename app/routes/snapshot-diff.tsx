import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { datasetSayIn, rowVerdictIn } from '#app/export/dataset-words.ts'
import { findDataset } from '#app/export/datasets.server.ts'
import type { Change } from '#app/export/snapshot-changes.ts'
import type { RowDifference } from '#app/export/snapshot-diff.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { findDifferences } from '#app/http/differences.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'

export const meta = titledIn((language) => datasetSayIn(language)('diffTitle'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { db } = args.context
  const dataset = await findDataset(db.read, project.id, args.params.dataset ?? '')
  if (!dataset) throw notFound('dataset')
  const asked = new URL(args.request.url).searchParams
  const [before, after] = await Promise.all(
    ['from', 'to'].map((name) => findSnapshot(db.read, project.id, asked.get(name) ?? '')),
  )
  const isOwn = [before, after].every(
    (one) => one?.datasetId === dataset.id && one.status === 'ready',
  )
  if (!before || !after || !isOwn) throw notFound('snapshot')
  return spoken(args, {
    slug: project.slug,
    dataset: { id: dataset.id, name: dataset.name },
    before: { id: before.id, number: before.number },
    after: { id: after.id, number: after.number },
    differences: await findDifferences(args.context, {
      projectId: project.id,
      before: before.id,
      after: after.id,
    }),
  })
}

export default function SnapshotDiff() {
  const { say } = useSaying(datasetSayIn)
  const { slug, dataset, before, after, differences } = useLoaderData<typeof loader>()
  const { same, counts, first } = differences
  const here = `/p/${slug}/export/${dataset.id}`
  const changed = Object.entries(counts).filter(([, count]) => count > 0)
  const summary = changed
    .map(([change, count]) => say(`change.${change as Change}`, { count }))
    .join(', ')
  return (
    <>
      <PageHead
        eyebrow={
          <span>
            <Link to={here} className="link">
              {dataset.name}
            </Link>{' '}
            › v{before.number} → v{after.number}
          </span>
        }
        title={changed.length === 0 ? say('nothingDiffers') : summary}
        actions={
          <a href={`${here}/diff.jsonl?from=${before.id}&to=${after.id}`} className="btn" download>
            {say('allAsJsonl')}
          </a>
        }
      >
        {say('sameRows', {
          count: same,
          before: `v${before.number}`,
          after: `v${after.number}`,
        })}
      </PageHead>
      {first.length === 0 ? null : (
        <section className="card">
          <WideBox label={say('differing')}>
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">{say('row')}</th>
                  <th scope="col">{say('prompt')}</th>
                  <th scope="col">{say('what')}</th>
                  <th scope="col">v{before.number}</th>
                  <th scope="col">v{after.number}</th>
                </tr>
              </thead>
              <tbody>
                {first.map((row) => (
                  <tr key={row.id}>
                    <td>
                      <Link
                        to={`${here}/${row.after ? after.id : before.id}/rows/${row.id}`}
                        className="link font-mono text-[13px]"
                      >
                        {row.id}
                      </Link>
                    </td>
                    <td>{row.prompt}</td>
                    <td>{row.changes.map((change) => say(`is.${change}`)).join(', ')}</td>
                    <td>
                      <Side side={row.before} />
                    </td>
                    <td>
                      <Side side={row.after} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideBox>
        </section>
      )}
    </>
  )
}

function Side({ side }: { side: RowDifference['before'] }) {
  const { say, language } = useSaying(datasetSayIn)
  if (side === null) return <span className="text-ink-3">{say('notThere')}</span>
  return (
    <span className="grid">
      <span>{rowVerdictIn(language)(side.verdict)}</span>
      <span className="text-sm text-ink-2">
        {side.raters.join(', ')} · {side.split}
      </span>
    </span>
  )
}
