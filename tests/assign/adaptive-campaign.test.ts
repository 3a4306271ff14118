import { expect, it } from 'vitest'
import { newCampaignSchema, overallPreference } from '#app/assign/campaign.ts'
import { chooseTasksKind } from '#app/assign/campaign-jobs.ts'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import { insertCampaign } from '#app/assign/campaigns.server.ts'
import { queueRound, runChooseTasks } from '#app/assign/choose-tasks.server.ts'
import { must } from '#app/base/must.ts'
import { claimJob, type Job } from '#app/jobs/jobs.server.ts'
import { type JobContext, runJob } from '#app/jobs/run-jobs.server.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makePerson, makeProject, promptLines } from '#tests/support/project.ts'

type Settings = Record<string, unknown>

async function openAdaptive(
  db: Db,
  projectId: string,
  { overlap = 2, ...settings }: { overlap?: number } & Settings,
): Promise<string> {
  const campaign = newCampaignSchema.parse({
    name: 'Adaptive',
    kind: 'pairwise',
    overlap,
    criteria: [overallPreference()],
    settings: { order: 'adaptive', ...settings },
  })
  const now = Date.now()
  return inTransaction(db, async (trx) => {
    const made = { projectId, campaign, createdBy: 'test', now }
    const campaignId = must(await insertCampaign(trx, made), 'the campaign')
    await changeStatus(trx, { projectId, campaignId, to: 'open', now })
    return campaignId
  })
}

/** Runs every round that is queued; says what each made. */
async function runRounds({ db, folder }: TestDatabase): Promise<{ tasks: number; left: number }[]> {
  const results: { tasks: number; left: number }[] = []
  for (;;) {
    const job = await claimRound(db)
    if (!job) return results
    await runJob(job, {
      db,
      dataDir: folder,
      holder: 'test',
      signal: new AbortController().signal,
      handlers: {
        [chooseTasksKind]: async (context) => {
          const result = await runChooseTasks(context)
          results.push({ tasks: result.tasks, left: result.left ?? -1 })
          return result
        },
      },
      onError: (error) => {
        throw error
      },
    })
  }
}

const claimRound = (db: Db): Promise<Job | undefined> =>
  inTransaction(db, (trx) => claimJob(trx, { holder: 'test', now: Date.now() }))

const tasksOf = (db: Db, campaignId: string) =>
  db.read
    .selectFrom('task')
    .select(['id', 'prompt_id', 'selection_probability', 'decided', 'needed'])
    .where('campaign_id', '=', campaignId)
    .orderBy('id')
    .execute()

const modelsOf = (db: Db, campaignId: string) =>
  db.read
    .selectFrom('task')
    .innerJoin('task_response', 'task_response.task_id', 'task.id')
    .innerJoin('response', 'response.id', 'task_response.response_id')
    .innerJoin('model', 'model.id', 'response.model_id')
    .select(['task.id', 'model.name'])
    .where('task.campaign_id', '=', campaignId)
    .execute()

async function project(open: () => Promise<TestDatabase>, prompts: number, models: string[]) {
  const test = await open()
  const { id: projectId } = await makeProject(test.db)
  await importFiles(test, projectId, { 'a.jsonl': promptLines(prompts, models) })
  return { test, db: test.db, projectId }
}

/** One claim of a rater, who judges the first task in hand; false where nothing was to be had. */
async function judgeOne(
  db: Db,
  about: { projectId: string; campaignId: string; criterionId: string; random: () => number },
  rater: { personId: string; raterId: string },
): Promise<boolean> {
  const desk = { db, ...about, personId: rater.personId, now: Date.now() }
  const reply = must(await answerDesk(desk, { intent: 'claim', have: [] }), 'a reply')
  const [task] = reply.tasks
  if (!task) return false
  const responses = await db.read
    .selectFrom('assignment')
    .innerJoin('task_response', 'task_response.task_id', 'assignment.task_id')
    .innerJoin('response', 'response.id', 'task_response.response_id')
    .innerJoin('model', 'model.id', 'response.model_id')
    .select(['model.name', 'assignment.shown_order'])
    .where('assignment.id', '=', task.assignmentId)
    .orderBy('task_response.position')
    .execute()
  const order = JSON.parse(responses[0]?.shown_order ?? '[]') as number[]
  const [first, second] = order.map((position) => must(responses[position], 'a response').name)
  // The later the letter the better the model, on the whole.
  const better = (first ?? '') > (second ?? '') ? 'first' : 'second'
  const worse = better === 'first' ? 'second' : 'first'
  const sent = await answerDesk(desk, {
    intent: 'submit',
    have: [],
    submission: {
      assignmentId: task.assignmentId,
      baseRevision: 0,
      answers: [
        {
          kind: 'preference',
          criterionId: about.criterionId,
          winner: about.random() < 0.8 ? better : worse,
          strength: 1,
        },
      ],
      comment: '',
      reasons: [],
      activeMs: 1_000,
      openedAt: null,
    },
  })
  expect(sent?.saved?.ok).toBe(true)
  return true
}

describeEachDialect('An adaptive campaign', (open) => {
  it('keeps rounds coming until every task was judged, and measures with their probabilities', async () => {
    const { test, db, projectId } = await project(open, 8, ['a', 'b', 'c', 'd'])
    const same = { prompt: 'Say hello.', responses: [] as { model: string; content: string }[] }
    same.responses = ['a', 'b'].map((model) => ({ model, content: 'Hello.' }))
    await importFiles(test, projectId, { 'b.jsonl': `${JSON.stringify(same)}\n` })
    const campaignId = await openAdaptive(db, projectId, {
      adaptiveOrder: { roundSize: 10, floor: 0.2 },
    })
    const raters = await Promise.all(
      [1, 2, 3].map(() => makePerson(db, { projectId, roles: ['annotator'] })),
    )
    const { id: criterionId } = await db.read
      .selectFrom('criterion')
      .select('id')
      .where('campaign_id', '=', campaignId)
      .executeTakeFirstOrThrow()
    const about = { projectId, campaignId, criterionId, random: seededRandom(4) }
    const all = 8 * 6
    const rounds = await runRounds(test)
    expect(rounds).toEqual([{ tasks: 10, left: expect.any(Number) }])
    for (let turn = 0; turn < 400; turn++) {
      const rater = must(raters[turn % 3], 'a rater')
      const hasWork = await judgeOne(db, about, rater)
      rounds.push(...(await runRounds(test)))
      if (hasWork) continue
      const made = (await tasksOf(db, campaignId)).filter((task) => task.decided === null)
      // Nobody is sent away while there is a task that could be made for them.
      if (made.length < all) {
        const seen = await db.read
          .selectFrom('judgment')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('rater_id', '=', rater.raterId)
          .executeTakeFirstOrThrow()
        expect(seen.count).toBeGreaterThanOrEqual(made.length - 10)
        continue
      }
      const open = await db.read
        .selectFrom('assignment')
        .select('id')
        .where('campaign_id', '=', campaignId)
        .where('status', 'in', ['open', 'held'])
        .execute()
      if (open.length === 0) break
    }
    const tasks = await tasksOf(db, campaignId)
    expect(tasks.filter((task) => task.decided === null)).toHaveLength(all)
    expect(tasks.filter((task) => task.decided === 'tie')).toHaveLength(1)
    for (const { selection_probability: probability } of tasks) {
      expect(probability).toBeGreaterThan(0)
      expect(probability).toBeLessThanOrEqual(1)
    }
    expect(rounds.filter((round) => round.tasks > 0).length).toBeGreaterThanOrEqual(4)
    const { standings } = await measureCampaign(db.read, { projectId, campaignId })
    expect(standings.method.judgments).toBe(2 * all)
    expect(standings.method.weights).toContain('adaptive')
    expect(standings.models[0]?.model).toContain('d')
    expect(standings.models[0]?.effective_tasks).toBeLessThanOrEqual(8 * 3)
  }, 60_000)

  it('draws the first round evenly and says how probable each task was', async () => {
    const { test, db, projectId } = await project(open, 12, ['a', 'b', 'c'])
    const campaignId = await openAdaptive(db, projectId, {
      adaptiveOrder: { roundSize: 15, floor: 0.2 },
    })
    await runRounds(test)
    const tasks = await tasksOf(db, campaignId)
    expect(tasks).toHaveLength(15)
    expect(tasks[0]?.selection_probability).toBeCloseTo(1 / 36, 12)
    for (const task of tasks) {
      expect(task.selection_probability).toBeGreaterThanOrEqual(1 / 36 - 1e-12)
    }
    expect(new Set((await modelsOf(db, campaignId)).map((row) => row.name)).size).toBe(3)
  })

  it('makes a round once, though its process is killed in the middle', async () => {
    const { test, db, projectId } = await project(open, 60, ['a', 'b', 'c', 'd'])
    const campaignId = await openAdaptive(db, projectId, {
      adaptiveOrder: { roundSize: 300, floor: 0.2 },
      overlap: 1,
    })
    const job = must(await claimRound(db), 'the round')
    let saves = 0
    let cursor: string | null = null
    const killed: JobContext = {
      db,
      job,
      dataDir: test.folder,
      signal: new AbortController().signal,
      report: async () => {},
      reportWithin: async (_trx, progress) => {
        saves += 1
        if (saves === 2) throw new Error('killed')
        cursor = JSON.stringify(progress.cursor)
      },
    }
    await expect(runChooseTasks(killed)).rejects.toThrow('killed')
    expect(await tasksOf(db, campaignId)).toHaveLength(200)
    const again = { ...killed, job: { ...job, cursor }, reportWithin: async () => {} }
    expect((await runChooseTasks(again)).tasks).toBe(300)
    expect(await tasksOf(db, campaignId)).toHaveLength(300)
  })

  it('asks for one round at a time, and rests when nothing is left', async () => {
    const { test, db, projectId } = await project(open, 3, ['a', 'b'])
    const campaignId = await openAdaptive(db, projectId, {
      adaptiveOrder: { roundSize: 5, floor: 0.2 },
    })
    const ask = (now = Date.now()) =>
      inTransaction(db, (trx) => queueRound(trx, { projectId, campaignId, now }))
    await ask()
    await ask()
    expect(await runRounds(test)).toEqual([{ tasks: 3, left: 0 }])
    await ask()
    expect(await runRounds(test)).toEqual([])
    await ask(Date.now() + 120_000)
    const waiting = await db.read
      .selectFrom('job')
      .select('id')
      .where('status', '=', 'queued')
      .execute()
    expect(waiting).toHaveLength(1)
  })

  it('keeps to the pairing, the tags, the pairs a prompt and the budget of the campaign', async () => {
    const { test, db, projectId } = await project(open, 10, ['a', 'b', 'c'])
    const [baseline] = await db.read
      .selectFrom('model')
      .select('id')
      .where('name', '=', 'b')
      .execute()
    const campaignId = await openAdaptive(db, projectId, {
      pairing: { kind: 'baseline', modelId: must(baseline, 'the baseline').id },
      tags: ['even'],
      pairsAPrompt: 1,
      budget: 9,
      adaptiveOrder: { roundSize: 60, floor: 0.2 },
    })
    expect((await runRounds(test))[0]?.tasks).toBe(5)
    const tasks = await tasksOf(db, campaignId)
    expect(new Set(tasks.map((task) => task.prompt_id)).size).toBe(tasks.length)
    expect(tasks.reduce((sum, task) => sum + task.needed, 0)).toBe(9)
    const models = await modelsOf(db, campaignId)
    expect(models.filter((row) => row.name === 'b')).toHaveLength(tasks.length)
  })

  it('makes nothing for a campaign that is paused', async () => {
    const { test, db, projectId } = await project(open, 4, ['a', 'b'])
    const campaignId = await openAdaptive(db, projectId, {})
    const now = Date.now()
    await inTransaction(db, (trx) =>
      changeStatus(trx, { projectId, campaignId, to: 'paused', now }),
    )
    expect(await runRounds(test)).toEqual([{ tasks: 0, left: -1 }])
    expect(await tasksOf(db, campaignId)).toEqual([])
  })
})
