import { Counts } from './import-counts.tsx'
import { RefusalTable } from './import-refusals.tsx'
import { useWords } from './import-words.tsx'
import type { Rehearsal } from './rehearse-import.server.ts'

/** What a dry run found: counts, and examples of what would be kept and refused. */
export function RehearsalResult({
  result,
  isCurrent,
}: {
  result: Rehearsal | null
  /** Whether the choices are still those of the dry run. */
  isCurrent: boolean
}) {
  const { say } = useWords()
  if (!result) return null
  return (
    <section aria-labelledby="rehearsed" className="grid gap-4 rounded-lg bg-sunken p-4">
      <h3 id="rehearsed">{say('dryRunResult')}</h3>
      <p role="status" className="text-sm text-warn empty:hidden">
        {isCurrent ? '' : say('dryRunStale')}
      </p>
      <Counts counts={result.counts} />
      {result.examples.length > 0 ? (
        <div className="text-sm">
          <p className="text-ink-3">{say('newPromptsLike')}</p>
          <ul className="mt-1 list-disc pl-5 break-words">
            {result.examples.slice(0, 5).map((example, place) => (
              <li key={place}>{example}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {result.refusals.length > 0 ? (
        <div className="grid gap-1 text-sm">
          <h4 id="rehearsed-refusals" className="text-ink-3">
            {say('refusedLike')}
          </h4>
          <RefusalTable refusals={result.refusals.slice(0, 20)} labelledBy="rehearsed-refusals" />
        </div>
      ) : null}
    </section>
  )
}
