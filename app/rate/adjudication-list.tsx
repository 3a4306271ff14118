/** The tasks that wait for a decision, those first whose decision teaches most, and the decisions made. */
import { Link } from '@remix-run/react'
import type { Criterion } from '#app/assign/campaign.ts'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import type { Decision, DoubtfulTask } from './adjudication-queue.server.ts'
import { leadSayIn } from './lead-words.ts'
import type { TaskDigest } from './task-digest.ts'
import { DecidedAs, Openings, Tally } from './task-digest.tsx'

interface Told {
  base: string
  digests: Readonly<Record<string, TaskDigest>>
  criteria: readonly Criterion[]
}

export function WaitingTasks({
  base,
  tasks,
  digests,
  criteria,
  own,
  next,
}: Told & {
  tasks: readonly DoubtfulTask[]
  /** Those that the person judged or holds as a rater. */
  own: readonly string[]
  next: string | undefined
}) {
  const { say, figures } = useSaying(leadSayIn)
  return (
    <section aria-labelledby="waiting" className="card grid gap-3 overflow-x-auto">
      <h2 id="waiting">{say('waiting')}</h2>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('prompt')}</th>
            <th scope="col">{say('verdicts')}</th>
            <th scope="col" className="num max-md:hidden" title={say('doubtHint')}>
              {say('doubt')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.id}>
              <td className="w-full">
                <Link to={`${base}/${task.id}`} className="link line-clamp-2" dir="auto">
                  {task.preview || say('textless')}
                </Link>
                <Openings digest={digests[task.id]} />
                {own.includes(task.id) ? (
                  <span className="text-[13px] text-ink-2">{say('yours')}</span>
                ) : null}
              </td>
              <td className="min-w-28">
                <Tally digest={digests[task.id]} criteria={criteria} />
              </td>
              <td className="num max-md:hidden">{figures.decimal(task.doubt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {next ? (
        <Link to={next} className="link justify-self-start text-sm">
          {say('lessDoubtful')}
        </Link>
      ) : null}
    </section>
  )
}

export function DecidedTasks({
  base,
  decisions,
  digests,
  criteria,
}: Told & { decisions: readonly Decision[] }) {
  const { say, language } = useSaying(leadSayIn)
  if (decisions.length === 0) return null
  return (
    <section aria-labelledby="decided" className="card grid gap-3 overflow-x-auto">
      <h2 id="decided">{say('decided')}</h2>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('prompt')}</th>
            <th scope="col">{say('decision')}</th>
            <th scope="col" className="max-md:hidden">
              {say('why')}
            </th>
            <th scope="col" className="max-md:hidden">
              {say('by')}
            </th>
            <th scope="col" className="max-md:hidden">
              {say('when')}
            </th>
          </tr>
        </thead>
        <tbody>
          {decisions.map((decision) => (
            <tr key={decision.id}>
              <td>
                <Link to={`${base}/${decision.taskId}`} className="link line-clamp-2" dir="auto">
                  {decision.preview || say('textless')}
                </Link>
                <Openings digest={digests[decision.taskId]} />
              </td>
              <td className="min-w-24">
                <DecidedAs digest={digests[decision.taskId]} criteria={criteria} />
              </td>
              <td className="max-md:hidden">
                <span className="line-clamp-2" dir="auto">
                  {decision.reason}
                </span>
              </td>
              <td className="whitespace-nowrap max-md:hidden" dir="auto">
                {decision.by}
              </td>
              <td className="whitespace-nowrap max-md:hidden">
                {decision.at === null ? '–' : moment(decision.at, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
