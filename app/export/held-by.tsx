/** Which snapshots hold rows of a prompt. */
import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { datasetSayIn } from './dataset-words.ts'
import type { HoldingSnapshot } from './holding-snapshots.server.ts'

export function HeldBy({ slug, held }: { slug: string; held: readonly HoldingSnapshot[] }) {
  const { say } = useSaying(datasetSayIn)
  if (held.length === 0) return null
  return (
    <section className="card" aria-labelledby="held-by">
      <h2 id="held-by" className="mb-2">
        {say('heldBy')}
      </h2>
      <ul className="grid gap-1.5 text-sm">
        {held.map((one) => (
          <li key={one.snapshotId}>
            <Link to={`/p/${slug}/export/${one.datasetId}/${one.snapshotId}`} className="link">
              {one.dataset} v{one.number}
            </Link>{' '}
            <span className="text-ink-2">
              {one.isDeprecated
                ? say('heldDeprecated', { rows: say('countRows', { count: one.rows }) })
                : say('countRows', { count: one.rows })}
            </span>
            {one.withdrawnRaters.length > 0 ? (
              <span className="text-danger">
                {' '}
                {say('heldWithdrawn', { raters: one.withdrawnRaters.join(', ') })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
