import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { datasetSayIn, rowVerdictIn } from '#app/export/dataset-words.ts'
import { indexedFolder } from '#app/export/indexed-folder.server.ts'
import type { JudgedTask } from '#app/export/judged-task.ts'
import { findRowJudgments } from '#app/export/row-judgments.server.ts'
import { saidOf } from '#app/export/said.ts'
import { findEntry } from '#app/export/snapshot-rows.server.ts'
import { findSnapshot } from '#app/export/snapshots.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { textOf } from '#app/import/message.ts'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { type Language, languageOf } from '#app/ui/languages.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'

export const meta = titledIn((language) => datasetSayIn(language)('row'))

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
  const language = languageOf(args.request)
  const found = await findRowJudgments(db.read, project.id, entry)
  return spoken(args, {
    slug: project.slug,
    here: `/p/${project.slug}/export/${snapshot.datasetId}/${snapshot.id}`,
    number: snapshot.number,
    madeAt: snapshot.createdAt,
    entry,
    promptId: found?.promptId ?? null,
    prompt: found ? textOf(found.prompt.messages) : '',
    tasks: (found?.prompt.tasks ?? []).map((task) => shownTask(task, language)),
  })
}

const shownTask = (task: JudgedTask, language: Language) => ({
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
    said: saidOf(task, judgment, language),
  })),
})

export default function SnapshotRow() {
  const { say, language } = useSaying(datasetSayIn)
  const { slug, here, number, madeAt, entry, promptId, prompt, tasks } =
    useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        eyebrow={
          <span>
            <Link to={here} className="link">
              {say('snapshotNumber', { number: String(number) })}
            </Link>{' '}
            ›{' '}
            <Link to={`${here}/rows`} className="link">
              {say('rows')}
            </Link>
          </span>
        }
        title={<span className="break-all">{entry.id}</span>}
        actions={
          promptId === null ? null : (
            <Link to={`/p/${slug}/prompts/${promptId}`} className="btn">
              {say('promptWithAll')}
            </Link>
          )
        }
      >
        {say('rowFrozen', {
          verdict: rowVerdictIn(language)(entry.verdict),
          config: entry.config,
          split: entry.split,
          when: moment(madeAt, language),
        })}
      </PageHead>
      {promptId === null ? <Notice tone="warning">{say('promptGone')}</Notice> : null}
      <section className="card">
        <h2 className="mb-2">{say('promptNamed', { id: entry.prompt })}</h2>
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
  const { say, language } = useSaying(datasetSayIn)
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
      <WideBox label={say('judgmentsIn', { campaign: task.campaign })}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('rater')}</th>
              <th scope="col">{say('said')}</th>
              <th scope="col">{say('comment')}</th>
              <th scope="col">{say('when')}</th>
            </tr>
          </thead>
          <tbody>
            {task.judgments.map((judgment) => (
              <tr key={`${judgment.source} ${judgment.rater}`}>
                <td>
                  {judgment.rater}
                  {judgment.source === 'human' ? '' : ` (${say(`source.${judgment.source}`)})`}
                </td>
                <td>
                  {judgment.said}
                  {judgment.revision > 1
                    ? `, ${say('revision', { count: judgment.revision })}`
                    : ''}
                  {judgment.withdrawn === null ? null : (
                    <span className="text-danger">
                      {' '}
                      {say('withdrawn', { reason: judgment.withdrawn })}
                    </span>
                  )}
                  {judgment.isExtra ? <span className="text-ink-3"> {say('extra')}</span> : null}
                </td>
                <td className="break-words">{judgment.comment}</td>
                <td>{judgment.judgedAt === null ? '–' : moment(judgment.judgedAt, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}
