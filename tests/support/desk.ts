/** Raters at the desk of a campaign, message by message, on a clock of the test. */
import { expect } from 'vitest'
import { changeOverlap } from '#app/assign/campaign-life.server.ts'
import { runFitTasks } from '#app/assign/fit-tasks.server.ts'
import { must } from '#app/base/must.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { responseIdsOf } from '#app/rate/adjudication-task.server.ts'
import type { DeskMessage, DeskReply } from '#app/rate/desk-message.ts'
import { giveExpected } from '#app/rate/expected-tasks.server.ts'
import { type ShownWinner, shownWinner } from '#app/rate/judgment.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { steadyOrder } from '#app/rate/steady-order.server.ts'
import type { TaskView } from '#app/rate/task-view.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Purpose, Winner } from '#db/schema.ts'
import type { TestDatabase } from './database.ts'
import { type Rater, taskOf } from './judging.ts'
import { importFiles, makePerson, makeProject, openCampaign, promptLines } from './project.ts'

export interface Bureau {
  test: TestDatabase
  db: Db
  projectId: string
  campaignId: string
  criterionId: string
  /** Who gives the expected answers. */
  lead: Rater
  clock: { now: number }
  random: () => number
}

export interface NewBureau {
  lines?: string
  prompts?: number
  models?: readonly string[]
  overlap?: number
  settings?: Record<string, unknown>
  random?: () => number
}

/** A project with prompts and an open pairwise campaign over them. */
export async function openBureau(
  test: TestDatabase,
  { prompts = 6, models = ['a', 'b'], lines, overlap = 2, settings, random }: NewBureau = {},
): Promise<Bureau> {
  const { db } = test
  const { id: projectId } = await makeProject(db)
  await importFiles(test, projectId, { 'a.jsonl': lines ?? promptLines(prompts, models) })
  return openAnother(test, { projectId, overlap, settings: settings ?? {}, random })
}

/** Another campaign over the prompts of a project. */
export async function openAnother(
  test: TestDatabase,
  {
    projectId,
    random = Math.random,
    ...campaign
  }: { projectId: string; random?: (() => number) | undefined } & Record<string, unknown>,
): Promise<Bureau> {
  const { db } = test
  const lead = await makePerson(db, { projectId, roles: ['lead'] })
  const campaignId = await openCampaign(db, projectId, campaign)
  const criterion = await db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .orderBy('position')
    .executeTakeFirstOrThrow()
  const clock = { now: Date.now() }
  return { test, db, projectId, campaignId, criterionId: criterion.id, lead, clock, random }
}

export const hire = ({ db, projectId }: Bureau): Promise<Rater> =>
  makePerson(db, { projectId, roles: ['annotator'] })

export const question = (place: number) => `Question number ${place}?`

/** Makes a task with an expected answer of a piece of work, or of the work on a prompt; gives its id. */
export async function expectAnswer(
  bureau: Bureau,
  of: string | { taskId: string },
  purpose: 'gold' | 'training' | 'qualification',
  winner: Winner = 'a',
): Promise<string> {
  const { db, projectId, campaignId, criterionId, lead, clock } = bureau
  const taskId = typeof of === 'string' ? await taskOf(bureau, of) : of.taskId
  const order = steadyOrder(await responseIdsOf(db.read, projectId, taskId), lead.personId)
  const made = await giveExpected(db, {
    projectId,
    campaignId,
    taskId,
    personId: lead.personId,
    given: {
      purpose,
      answers: [{ kind: 'preference', criterionId, winner: shownWinner(winner, order) }],
      explanation: typeof of === 'string' ? `Look again at ${of}` : 'Look again',
    },
    now: clock.now,
  })
  if (!made.ok) throw new Error(made.message)
  return made.taskId
}

export const say = async (
  { db, projectId, campaignId, clock, random }: Bureau,
  { personId }: Rater,
  message: DeskMessage,
): Promise<DeskReply> =>
  must(
    await answerDesk({ db, projectId, campaignId, personId, now: clock.now, random }, message),
    'a reply',
  )

/** Everything in hand, whether the page has it already or not. */
export const claim = (bureau: Bureau, rater: Rater): Promise<DeskReply> =>
  say(bureau, rater, { intent: 'claim', have: [] })

export interface Facts {
  taskId: string
  purpose: Purpose
  repeatOf: string | null
  preview: string
  order: number[]
}

/** What the database knows of a task that the browser does not. */
export async function factsOf({ db }: Bureau, assignmentId: string): Promise<Facts> {
  const row = await db.read
    .selectFrom('assignment')
    .innerJoin('task', 'task.id', 'assignment.task_id')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .select([
      'task.id',
      'task.purpose',
      'task.repeat_of',
      'prompt.preview',
      'assignment.shown_order',
    ])
    .where('assignment.id', '=', assignmentId)
    .executeTakeFirstOrThrow()
  return {
    taskId: row.id,
    purpose: row.purpose,
    repeatOf: row.repeat_of,
    preview: row.preview,
    order: JSON.parse(row.shown_order ?? '[]') as number[],
  }
}

/** Answers a task in hand; the verdict is said of the responses, whatever side they stand on. */
export async function answer(
  bureau: Bureau,
  rater: Rater,
  { assignmentId }: Pick<TaskView, 'assignmentId'>,
  winner: Winner,
  baseRevision = 0,
): Promise<DeskReply> {
  const { order } = await factsOf(bureau, assignmentId)
  const shown: ShownWinner = shownWinner(winner, order)
  return say(bureau, rater, {
    intent: 'submit',
    have: [],
    submission: {
      assignmentId,
      baseRevision,
      answers: [{ kind: 'preference', criterionId: bureau.criterionId, winner: shown }],
      comment: '',
      reasons: [],
      activeMs: 5_000,
      openedAt: null,
    },
  })
}

/** Runs one of a campaign's jobs at once. */
export const runNow = <Result>(
  { db, test, projectId, campaignId }: Pick<Bureau, 'db' | 'test' | 'projectId' | 'campaignId'>,
  run: (context: JobContext) => Promise<Result>,
  input: object = {},
): Promise<Result> =>
  run({
    db,
    dataDir: test.folder,
    job: {
      project_id: projectId,
      id: 'job',
      kind: 'any',
      input: JSON.stringify({ campaignId, ...input }),
      cursor: null,
      attempts: 1,
    },
    signal: new AbortController().signal,
    report: async () => {},
    reportWithin: async () => {},
  })

/** Runs the jobs of these kinds that wait. */
export async function runQueued(
  { db, folder }: TestDatabase,
  handlers: Record<string, (context: JobContext) => Promise<unknown>>,
): Promise<void> {
  const waiting = await db.read
    .selectFrom('job')
    .select(['project_id', 'id', 'kind', 'input', 'attempts'])
    .where('status', '=', 'queued')
    .where('kind', 'in', Object.keys(handlers))
    .execute()
  for (const { kind, ...job } of waiting) {
    await handlers[kind]?.({
      db,
      dataDir: folder,
      job: { ...job, kind, cursor: null },
      signal: new AbortController().signal,
      report: async () => {},
      reportWithin: async () => {},
    })
  }
}

/** The rows of each piece of work by how they stand, with what it needs. */
export async function slotsOf({ db, campaignId }: Bureau) {
  const tasks = await db.read
    .selectFrom('task')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .select(['task.id', 'task.needed', 'task.decided', 'task.withdrawn_at', 'prompt.preview'])
    .where('task.campaign_id', '=', campaignId)
    .where('task.purpose', '=', 'work')
    .orderBy('task.id')
    .execute()
  const rows = await db.read
    .selectFrom('assignment')
    .select(['task_id', 'status'])
    .where('campaign_id', '=', campaignId)
    .execute()
  return tasks.map(({ id, needed, decided, withdrawn_at, preview }) => {
    const count = (status: string) =>
      rows.filter((row) => row.task_id === id && row.status === status).length
    return {
      id,
      preview,
      needed,
      decided,
      isWithdrawn: withdrawn_at !== null,
      open: count('open'),
      held: count('held'),
      submitted: count('submitted'),
    }
  })
}

/** Lets a rater judge all there is, or so many, by what is said of each prompt. */
export async function judge(
  bureau: Bureau,
  rater: Rater,
  said: (preview: string) => Winner = () => 'a',
  most = 100,
): Promise<string[]> {
  const previews: string[] = []
  let reply = await claim(bureau, rater)
  while (reply.tasks[0] && previews.length < most) {
    const { preview } = await factsOf(bureau, reply.tasks[0].assignmentId)
    previews.push(preview)
    reply = await answer(bureau, rater, reply.tasks[0], said(preview))
    expect(reply.saved).toMatchObject({ ok: true, isExtra: false })
  }
  return previews
}

/** Every task has as many rows open, held and submitted as it needs; the budget is spent on these. */
export async function expectExact(bureau: Bureau): Promise<void> {
  const tasks = await slotsOf(bureau)
  for (const task of tasks) expect(task.open + task.held + task.submitted).toBe(task.needed)
  const { slots_made } = await bureau.db.read
    .selectFrom('campaign')
    .select('slots_made')
    .where('id', '=', bureau.campaignId)
    .executeTakeFirstOrThrow()
  expect(slots_made).toBe(tasks.reduce((sum, task) => sum + task.needed, 0))
}

/** Changes the overlap and fits the tasks to it. */
export async function setOverlap(bureau: Bureau, overlap: number): Promise<void> {
  const { db, projectId, campaignId, clock } = bureau
  const change = { projectId, campaignId, overlap, now: clock.now }
  expect(await inTransaction(db, (trx) => changeOverlap(trx, change))).toEqual({ ok: true })
  await runNow(bureau, runFitTasks)
}
