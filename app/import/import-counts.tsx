import type { ImportCounts } from './import-options.ts'
import { useWords } from './import-words.tsx'

/** What became, or would become, of the records of an import. */
export function Counts({ counts }: { counts: ImportCounts }) {
  const { say, figures } = useWords()
  const { created, merged, unchanged, refused } = counts
  const shown = [
    ['newPrompts', created.prompts],
    ['newResponses', created.responses],
    ['newJudgments', created.judgments],
    ['newSkips', created.skips],
    ['merged', merged],
    ['unchanged', unchanged],
    ['refusedCount', refused],
  ] as const
  return (
    <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4 lg:grid-cols-7">
      {shown.map(([key, count]) => (
        <div key={key}>
          <dt className="text-[13px] text-ink-3">{say(key)}</dt>
          <dd
            className={`font-serif text-2xl font-semibold ${key === 'refusedCount' && count > 0 ? 'text-danger' : ''}`}
          >
            {figures.whole(count)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
