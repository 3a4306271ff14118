/** Raters who judge by a plan, through the same desk as the room. */
import { must } from '#app/base/must.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { type ShownWinner, shownWinner } from '#app/rate/judgment.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { runWeighDoubts } from '#app/rate/weigh-doubts.server.ts'
import type { Db } from '#db/open.ts'
import type { Winner } from '#db/schema.ts'

export interface Rater {
  personId: string
  raterId: string
}

interface Work {
  db: Db
  projectId: string
  campaignId: string
  /** Where the order is drawn from: 0 shows the canonical order, nearly 1 the reverse. */
  random?: () => number
}

/** What a rater says of a task, by its prompt's first words. */
export type Plan = (preview: string) => { winner: Winner; comment?: string } | undefined

/** Runs the job that weighs what a campaign's judgments leave open. */
export function weigh(
  { db, folder }: { db: Db; folder: string },
  { projectId, campaignId }: { projectId: string; campaignId: string },
): Promise<{ weighed: number }> {
  const context: JobContext = {
    db,
    dataDir: folder,
    signal: new AbortController().signal,
    job: {
      project_id: projectId,
      id: 'job',
      kind: 'weigh-doubts',
      input: JSON.stringify({ campaignId }),
      cursor: null,
      attempts: 1,
    },
    report: async () => {},
    reportWithin: async () => {},
  }
  return runWeighDoubts(context)
}

const rounds = 60

/** Lets a rater work until nothing is left, or the plan says nothing of a task. */
export async function judgeAll(work: Work, rater: Rater, plan: Plan): Promise<void> {
  const { db, projectId, campaignId } = work
  const { personId } = rater
  const desk = { random: Math.random, ...work, personId, now: Date.now() }
  const criterion = await db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .orderBy('position')
    .executeTakeFirstOrThrow()
  for (let round = 0; round < rounds; round++) {
    const reply = must(await answerDesk(desk, { intent: 'claim', have: [] }), 'a reply')
    const [task] = reply.tasks
    if (!task) return
    const { preview, order } = await factsOf(db, projectId, task.assignmentId)
    const said = plan(preview)
    if (!said) return
    const winner: ShownWinner = shownWinner(said.winner, order)
    const sent = await answerDesk(desk, {
      intent: 'submit',
      have: [],
      submission: {
        assignmentId: task.assignmentId,
        baseRevision: 0,
        answers: [{ kind: 'preference', criterionId: criterion.id, winner }],
        comment: said.comment ?? '',
        reasons: [],
        activeMs: 20_000,
        openedAt: null,
      },
    })
    if (!sent?.saved?.ok) throw new Error(`not saved: ${JSON.stringify(sent?.saved)}`)
  }
}

async function factsOf(db: Db, projectId: string, assignmentId: string) {
  const row = await db.read
    .selectFrom('assignment')
    .innerJoin('task', 'task.id', 'assignment.task_id')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .select(['assignment.shown_order', 'prompt.preview'])
    .where('assignment.project_id', '=', projectId)
    .where('assignment.id', '=', assignmentId)
    .executeTakeFirstOrThrow()
  return { preview: row.preview, order: JSON.parse(row.shown_order ?? '[]') as number[] }
}

/** The task of a prompt in a campaign. */
export async function taskOf(
  { db, campaignId }: Work,
  preview: string,
  purpose: 'work' | 'gold' | 'training' | 'qualification' = 'work',
): Promise<string> {
  const row = await db.read
    .selectFrom('task')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .select('task.id')
    .where('task.campaign_id', '=', campaignId)
    .where('task.purpose', '=', purpose)
    .where('prompt.preview', '=', preview)
    .executeTakeFirstOrThrow()
  return row.id
}

/** Lines of prompts with two responses that do not say which model wrote them. */
export const blindLines = (prompts: readonly string[]): string =>
  prompts
    .map((prompt) =>
      JSON.stringify({
        prompt,
        responses: [
          { model: 'zephyr-secret', content: `One answer to: ${prompt}` },
          { model: 'mistral-hidden', content: `Another answer to: ${prompt}` },
        ],
      }),
    )
    .join('\n')
