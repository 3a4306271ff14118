import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import type { ExportedJudgment, JudgedTask } from '#app/export/judged-task.ts'
import { findRowJudgments } from '#app/export/row-judgments.server.ts'
import { findEntry } from '#app/export/snapshot-rows.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { textOf } from '#app/import/message.ts'
import { moment } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'

export const meta = () => titled('Row')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { db } = args.context
  const snapshot = await findSnapshot(db.read, project.id, args.params.snapshot ?? '')
  const isThere = snapshot?.status === 'ready' && snapshot.datasetId === args.params.dataset
  if (!snapshot || !isThere) throw notFound('snapshot')
  const place = { projectId: project.id, snapshotId: snapshot.id }
  const folder = await indexedFolder(args.context, place)
  const entry = await findEntry(folder, args.params.row ?? '')
  if (!entry) throw notFound('row')
  const found = await findRowJudgments(db.read, project.id, entry)
  return {
    slug: project.slug,
    here: `/p/${project.slug}/export/${snapshot.datasetId}/${snapshot.id}`,
    number: snapshot.number,
    madeAt: snapshot.createdAt,
    entry,
    promptId: found?.promptId ?? null,
    prompt: found ? textOf(found.prompt.messages) : '',
    tasks: (found?.prompt.tasks ?? []).map(shownTask),
  }
}

const shownTask = (task: JudgedTask) => ({
  id: task.id,
  campaign: task.campaign.name,
  responses: task.responses.map(({ id, model, messages }) => ({
    id,
    model: model.label,
    text: textOf(messages),
  })),
  judgments: task.judgments.map((judgment) => ({
    rater: judgment.rater,
    source: judgment.source,
    isExtra: judgment.isExtra,
    withdrawn: judgment.withdrawn,
    revision: judgment.latest.revision,
    judgedAt: judgment.latest.judgedAt,
    comment: judgment.latest.comment,
    said: saidOf(task, judgment),
  })),
})

/** What a rater answered, in a line. */
function saidOf(task: JudgedTask, { latest }: ExportedJudgment): string {
  const nameOf = (place: number) => task.responses[place]?.model.label ?? '?'
  return latest.scores
    .map(({ criterion, answer, position }) => {
      switch (answer.kind) {
        case 'preference': {
          const { winner, strength } = answer
          const side = winner === 'a' ? nameOf(0) : winner === 'b' ? nameOf(1) : null
          const by = strength === undefined ? '' : ` by ${strength}`
          return `${criterion}: ${side ?? winner.replace('_', ' ')}${by}`
        }
        case 'scale':
          return `${criterion} of ${nameOf(Math.max(0, position))}: ${answer.score}`
        case 'choice':
          return `${criterion}: ${answer.choice}`
        case 'choices':
          return `${criterion}: ${answer.choices.join(', ')}`
        case 'ranking':
          return answer.ranking.map((tied) => tied.map(nameOf).join(' = ')).join(' > ')
        case 'spans':
          return `${answer.spans.length} marked`
        default:
          return `${criterion}: ${answer.text}`
      }
    })
    .join('; ')
}

export default function SnapshotRow() {
  const { slug, here, number, madeAt, entry, promptId, prompt, tasks } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        eyebrow={
          <span>
            <Link to={here} className="link">
              Snapshot v{number}
            </Link>{' '}
            ›{' '}
            <Link to={`${here}/rows`} className="link">
              Rows
            </Link>
          </span>
        }
        title={<span className="break-all">{entry.id}</span>}
        actions={
          promptId === null ? null : (
            <Link to={`/p/${slug}/prompts/${promptId}`} className="btn">
              The prompt with everything
            </Link>
          )
        }
      >
        {entry.verdict}, in {entry.config}, {entry.split}. Frozen {moment(madeAt)} UTC; below stands
        what its tasks hold now.
      </PageHead>
      {promptId === null ? <Notice tone="warning">Its prompt is no longer here.</Notice> : null}
      <section className="card">
        <h2 className="mb-2">Prompt {entry.prompt}</h2>
        <p className="text-sm break-words whitespace-pre-wrap">{prompt}</p>
      </section>
      {tasks.map((task) => (
        <Task key={task.id} task={task} />
      ))}
    </>
  )
}

type ShownTask = ReturnType<typeof shownTask>

function Task({ task }: { task: ShownTask }) {
  return (
    <section className="card grid gap-3">
      <h2>{task.campaign}</h2>
      <div className="grid gap-3 lg:grid-cols-2">
        {task.responses.map((response) => (
          <div key={response.id} className="min-w-0 rounded-lg bg-sunken px-4 py-3">
            <h3 className="mb-1 text-sm font-semibold">{response.model}</h3>
            <p className="text-sm break-words whitespace-pre-wrap">{response.text}</p>
          </div>
        ))}
      </div>
      <WideBox label={`Judgments in ${task.campaign}`}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Rater</th>
              <th scope="col">Said</th>
              <th scope="col">Comment</th>
              <th scope="col">When (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {task.judgments.map((judgment) => (
              <tr key={`${judgment.source} ${judgment.rater}`}>
                <td>
                  {judgment.rater}
                  {judgment.source === 'human' ? '' : ` (${judgment.source})`}
                </td>
                <td>
                  {judgment.said}
                  {judgment.revision > 1 ? `, revision ${judgment.revision}` : ''}
                  {judgment.withdrawn === null ? null : (
                    <span className="text-danger"> withdrawn: {judgment.withdrawn}</span>
                  )}
                  {judgment.isExtra ? (
                    <span className="text-ink-3"> extra, not counted</span>
                  ) : null}
                </td>
                <td className="break-words">{judgment.comment}</td>
                <td>{judgment.judgedAt === null ? '–' : moment(judgment.judgedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}
