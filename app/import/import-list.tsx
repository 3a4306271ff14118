import { Link } from '@remix-run/react'
import type { ImportCounts } from './import-options.ts'
import type { ImportState } from './import-state.server.ts'
import { useWords } from './import-words.tsx'
import type { Say } from './words.ts'

export interface ListedImport {
  id: string
  state: ImportState
  /** From 0 to 1 while it runs. */
  share: number | null
  files: { name: string; bytes: number }[]
  counts: ImportCounts
  createdAt: number
}

const toneOf: Partial<Record<ImportState, string>> = {
  failed: 'text-danger',
  paused: 'text-warn',
  running: 'text-act',
  done: 'text-good',
}

/** The imports of a project with how each stands. */
export function ImportList({ slug, imports }: { slug: string; imports: ListedImport[] }) {
  const { say, figures } = useWords()
  return (
    <section className="card" aria-labelledby="imports">
      <h2 id="imports" className="mb-2">
        {say('importsSoFar')}
      </h2>
      <div className="overflow-x-auto">
        <table className="data-table" aria-labelledby="imports">
          <thead>
            <tr>
              <th scope="col">{say('files')}</th>
              <th scope="col" className="max-md:hidden">
                {say('when')}
              </th>
              <th scope="col">{say('status')}</th>
              <th scope="col" className="num">
                {say('new')}
              </th>
              <th scope="col" className="num">
                {say('refused')}
              </th>
            </tr>
          </thead>
          <tbody>
            {imports.map((one) => (
              <tr key={one.id}>
                <td className="min-w-[8rem]">
                  <Link to={`/p/${slug}/import/${one.id}`} className="link break-words">
                    {one.files.map((file) => file.name).join(', ')}
                  </Link>{' '}
                  <span className="whitespace-nowrap text-ink-3">
                    {figures.bytes(one.files.reduce((sum, file) => sum + file.bytes, 0))}
                  </span>
                </td>
                <td className="whitespace-nowrap text-ink-2 max-md:hidden">
                  {figures.moment(one.createdAt)}
                </td>
                <td className={`whitespace-nowrap ${toneOf[one.state] ?? 'text-ink-2'}`}>
                  {one.state === 'running' && one.share !== null
                    ? say('state.runningAt', { share: figures.percent(one.share) })
                    : say(`state.${one.state}`)}
                </td>
                <td className="num max-md:!whitespace-normal">{created(one.counts, say)}</td>
                <td className="num">{figures.whole(one.counts.refused)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** What is new, without what there is none of. */
function created({ created: found }: ImportCounts, say: Say): string {
  const parts = (['prompts', 'responses', 'judgments'] as const)
    .filter((part) => found[part] > 0)
    .map((part) => say(part, { count: found[part] }))
  return parts.join(', ') || '–'
}
