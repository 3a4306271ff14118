/** The tasks that raters are held to, with how they do on each; and work that may become one. */
import { Link } from '@remix-run/react'
import type { Criterion } from '#app/assign/campaign.ts'
import { useSaying } from '#app/ui/language.tsx'
import { answerLine } from './answer-line.ts'
import type { Candidate, ListedExpected } from './expected-task-list.server.ts'
import { leadSayIn } from './lead-words.ts'
import { primaryCriterion } from './primary-answer.ts'
import { useRoomWords } from './room-words.ts'
import type { TaskDigest } from './task-digest.ts'
import { DecidedAs, Openings, Tally } from './task-digest.tsx'

export function ExpectedTaskTable({
  base,
  tasks,
  criteria,
  digests,
}: {
  base: string
  tasks: readonly ListedExpected[]
  criteria: readonly Criterion[]
  digests: Readonly<Record<string, TaskDigest>>
}) {
  const { say: lead, figures } = useSaying(leadSayIn)
  const { say } = useRoomWords()
  const criterion = primaryCriterion(criteria)
  const expectedOf = ({ answers }: ListedExpected) => {
    const answer = answers.find(({ criterionId }) => criterionId === criterion?.id) ?? answers[0]
    const asked = criteria.find(({ id }) => id === answer?.criterionId)
    return answer && asked ? answerLine(asked, answer, { say }) : '–'
  }
  return (
    <section aria-labelledby="made" className="card grid gap-3 overflow-x-auto">
      <h2 id="made">{lead('withExpected')}</h2>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{lead('prompt')}</th>
            <th scope="col">{lead('for')}</th>
            <th scope="col" className="max-md:hidden">
              {lead('expected')}
            </th>
            <th scope="col" className="num" title={lead('rightHint')}>
              {lead('right')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => (
            <tr key={task.id} className={task.retiredBecause === null ? '' : 'text-ink-2'}>
              <td className="w-full">
                <Link to={`${base}/${task.id}`} className="link line-clamp-2" dir="auto">
                  {task.preview || lead('textless')}
                </Link>
                <Openings digest={digests[task.id]} />
                <Doubtful task={task} />
              </td>
              <td className="whitespace-nowrap">
                {lead(`purpose.${task.purpose}`)}
                {task.retiredBecause === null ? null : lead('retired')}
              </td>
              <td className="max-md:hidden">{expectedOf(task)}</td>
              <td className="num whitespace-nowrap">
                {task.accuracy
                  ? lead('shareOf', {
                      share: figures.share(task.accuracy.right / task.accuracy.total, 0),
                      total: task.accuracy.total,
                    })
                  : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** A task that raters miss who get the others right may be wrong itself. */
function Doubtful({ task }: { task: ListedExpected }) {
  const { say: lead } = useSaying(leadSayIn)
  const { accuracy } = task
  if (!accuracy?.isDoubtful || task.retiredBecause !== null) return null
  return (
    <p className="text-[13px] text-warn">
      {lead('doubtful', { missed: accuracy.reliableMissed, reliable: accuracy.reliable })}
    </p>
  )
}

export function CandidateList({
  base,
  title,
  hint,
  candidates,
  criteria,
  digests,
}: {
  base: string
  title: string
  hint: string
  candidates: readonly Candidate[]
  criteria: readonly Criterion[]
  digests: Readonly<Record<string, TaskDigest>>
}) {
  const { say: lead } = useSaying(leadSayIn)
  if (candidates.length === 0) return null
  return (
    <section aria-label={title} className="card grid content-start gap-2">
      <h3>{title}</h3>
      <p className="text-sm text-ink-2">{hint}</p>
      <ul className="grid gap-2.5 text-sm">
        {candidates.map((candidate) => (
          <li key={candidate.id}>
            <Link to={`${base}/${candidate.id}`} className="link line-clamp-2" dir="auto">
              {candidate.preview || lead('textless')}
            </Link>
            <Openings digest={digests[candidate.id]} />
            <Said digest={digests[candidate.id]} criteria={criteria} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What was decided, or what raters said where nobody decided; nothing where nobody said anything. */
function Said(told: { digest: TaskDigest | undefined; criteria: readonly Criterion[] }) {
  const { digest } = told
  if (!digest?.decision && !digest?.answers.length) return null
  return (
    <p className="text-[13px] font-medium">
      {digest.decision ? <DecidedAs {...told} /> : <Tally {...told} />}
    </p>
  )
}
