/** What comes before the work: the training round, the qualification set, and what failing means. */
import { expect, it } from 'vitest'
import {
  findCampaignState,
  listCampaignsWithProgress,
} from '#app/assign/campaign-overview.server.ts'
import { letFailedRaterWork, listRaterStates } from '#app/assign/campaign-raters.server.ts'
import { must } from '#app/base/must.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import type { DeskReply } from '#app/rate/desk-message.ts'
import { retireTask } from '#app/rate/expected-tasks.server.ts'
import { runWithdrawJudgments } from '#app/rate/withdraw-judgments.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import {
  answer,
  type Bureau,
  claim,
  expectAnswer,
  factsOf,
  hire,
  openBureau,
  question,
  runNow,
  say,
  slotsOf,
} from '#tests/support/desk.ts'
import type { Rater } from '#tests/support/judging.ts'

type Settings = Record<string, unknown>

/** A campaign of twelve prompts; of the first ones training, of the next a qualification set. */
async function school(
  open: () => Promise<TestDatabase>,
  { lessons = 0, set = 0, ...settings }: { lessons?: number; set?: number } & Settings,
): Promise<Bureau> {
  const bureau = await openBureau(await open(), { prompts: 12, settings })
  for (let place = 0; place < lessons; place++) {
    await expectAnswer(bureau, question(place), 'training')
  }
  for (let place = lessons; place < lessons + set; place++) {
    await expectAnswer(bureau, question(place), 'qualification')
  }
  return bureau
}

const qualification = (change: Settings) => ({
  qualification: { tasks: 3, passMark: 0.6, attempts: 1, onFailure: 'stop', ...change },
})

/** Answers a sitting, the first ones right; gives what the last answer was told. */
async function sit(bureau: Bureau, rater: Rater, right: number): Promise<DeskReply> {
  let reply = await claim(bureau, rater)
  for (let turn = 0; turn < 20; turn++) {
    const [task] = reply.tasks
    if (task?.phase !== 'qualifying') return reply
    reply = await answer(bureau, rater, task, turn < right ? 'a' : 'b')
    expect(reply.saved).toMatchObject({ ok: true, isExtra: false })
    expect(reply.feedback).toBeUndefined()
    if (reply.sitting) return reply
  }
  throw new Error('The sitting never ended.')
}

const purposesOf = async (bureau: Bureau, { tasks }: DeskReply) =>
  Promise.all(tasks.map(async (task) => (await factsOf(bureau, task.assignmentId)).purpose))

describeEachDialect('Before the work', (open) => {
  it('a training round tells after each answer what is right and why', async () => {
    const bureau = await school(open, { lessons: 2, training: true })
    const rater = await hire(bureau)
    const first = await claim(bureau, rater)
    expect(first.onboarding).toEqual({ phase: 'training', done: 0, total: 2 })
    expect(await purposesOf(bureau, first)).toEqual(['training', 'training'])
    const [one, two] = first.tasks
    const task = must(one, 'a training task')
    expect(task.phase).toBe('training')
    const wrong = await answer(bureau, rater, task, 'b')
    const { order, preview } = await factsOf(bureau, task.assignmentId)
    expect(wrong.feedback).toEqual({
      assignmentId: task.assignmentId,
      isRight: false,
      expected: [
        {
          kind: 'preference',
          criterionId: bureau.criterionId,
          winner: order[0] === 0 ? 'first' : 'second',
        },
      ],
      explanation: `Look again at ${preview}`,
    })
    expect(wrong.onboarding).toMatchObject({ done: 1, total: 2 })
    expect(await purposesOf(bureau, wrong)).toEqual(['training'])
    const right = await answer(bureau, rater, must(two, 'another one'), 'a')
    expect(right.feedback?.isRight).toBe(true)
    expect(right.onboarding).toBeUndefined()
    expect(right.tasks.length).toBeGreaterThan(0)
    expect(right.tasks.every(({ phase }) => phase === 'working')).toBe(true)
    // The next one in the round is met by the same tasks.
    expect((await claim(bureau, await hire(bureau))).onboarding?.total).toBe(2)
  })

  it('a qualification set lets through who meets the pass mark, and tells nothing on the way', async () => {
    const bureau = await school(open, { set: 3, ...qualification({}) })
    const rater = await hire(bureau)
    const over = await sit(bureau, rater, 2)
    expect(over.sitting).toEqual({ isPassed: true, right: 2, total: 3, isRepeated: false })
    expect(new Set(await purposesOf(bureau, over))).toEqual(new Set(['work']))
  })

  it('who fails gets nothing, whatever is tried, until a lead lets him or her in', async () => {
    const bureau = await school(open, { set: 3, ...qualification({}) })
    const { projectId, campaignId, db, clock } = bureau
    const rater = await hire(bureau)
    const over = await sit(bureau, rater, 1)
    expect(over).toMatchObject({
      state: 'failed',
      tasks: [],
      sitting: { isPassed: false, right: 1, total: 3, isRepeated: false },
    })
    expect(await claim(bureau, rater)).toMatchObject({ state: 'failed', tasks: [] })
    expect(await say(bureau, rater, { intent: 'alive' })).toMatchObject({ state: 'failed' })
    clock.now += 365 * 24 * 3_600_000
    expect(await claim(bureau, rater)).toMatchObject({ state: 'failed', tasks: [] })
    const { raterId } = rater
    const letIn = () =>
      inTransaction(db, (trx) =>
        letFailedRaterWork(trx, { projectId, campaignId, raterId, now: clock.now }),
      )
    expect(await letIn()).toBe(true)
    expect(await letIn()).toBe(false)
    expect(new Set(await purposesOf(bureau, await claim(bureau, rater)))).toEqual(new Set(['work']))
  })

  it('another try has tasks not seen before, and there are as many as the lead allows', async () => {
    const bureau = await school(open, { set: 7, ...qualification({ attempts: 3 }) })
    const rater = await hire(bureau)
    const first = await sit(bureau, rater, 0)
    expect(first.sitting).toMatchObject({ isPassed: false, isRepeated: true })
    expect(first.onboarding).toEqual({ phase: 'qualifying', done: 0, total: 3 })
    // Of seven tasks one is left after two sittings: too few for a third.
    const second = await sit(bureau, rater, 1)
    expect(second.sitting).toMatchObject({ isPassed: false, right: 1, isRepeated: false })
    expect(second.state).toBe('failed')
    const rows = await bureau.db.read
      .selectFrom('assignment')
      .select('task_id')
      .where('rater_id', '=', rater.raterId)
      .execute()
    expect(new Set(rows.map((row) => row.task_id)).size).toBe(6)
    const other = await hire(bureau)
    await sit(bureau, other, 0)
    expect((await sit(bureau, other, 3)).sitting).toMatchObject({ isPassed: true, right: 3 })
  })

  it('where failing does not stop anybody, who failed works, and a lead sees it', async () => {
    const bureau = await school(open, { set: 3, ...qualification({ onFailure: 'work_anyway' }) })
    const rater = await hire(bureau)
    await sit(bureau, await hire(bureau), 3)
    const over = await sit(bureau, rater, 0)
    expect(over.sitting).toMatchObject({ isPassed: false, isRepeated: false })
    expect(new Set(await purposesOf(bureau, over))).toEqual(new Set(['work']))
    const { db, projectId, campaignId } = bureau
    const states = await listRaterStates(db.read, {
      projectId,
      campaignId,
      raterIds: [],
      withNames: false,
    })
    const below = states.filter(({ isBelowMark }) => isBelowMark)
    expect(below.map(({ id }) => id)).toEqual([rater.raterId])
  })

  it('nobody reaches the work before, by waiting, giving back, skipping or asking twice', async () => {
    const bureau = await school(open, { lessons: 2, set: 4, training: true, ...qualification({}) })
    const rater = await hire(bureau)
    const [one, two] = await Promise.all([claim(bureau, rater), claim(bureau, rater)])
    expect(one.tasks.map((task) => task.assignmentId).sort()).toEqual(
      two.tasks.map((task) => task.assignmentId).sort(),
    )
    const assignmentIds = one.tasks.map((task) => task.assignmentId)
    await say(bureau, rater, { intent: 'release', assignmentIds })
    bureau.clock.now += 40 * 24 * 3_600_000
    const later = await claim(bureau, rater)
    expect(await purposesOf(bureau, later)).toEqual(['training', 'training'])
    for (const task of later.tasks) await answer(bureau, rater, task, 'a')
    const [again, once] = await Promise.all([claim(bureau, rater), claim(bureau, rater)])
    expect(again.tasks).toHaveLength(3)
    expect(once.tasks).toHaveLength(3)
    await say(bureau, rater, {
      intent: 'release',
      assignmentIds: again.tasks.map((task) => task.assignmentId),
    })
    bureau.clock.now += 40 * 24 * 3_600_000
    const sitting = await claim(bureau, rater)
    expect(await purposesOf(bureau, sitting)).toEqual(Array(3).fill('qualification'))
    let told: DeskReply = sitting
    for (const { assignmentId } of sitting.tasks) {
      expect(told.sitting).toBeUndefined()
      const skip = { intent: 'skip' as const, have: [], assignmentId, reason: 'no', activeMs: 1 }
      told = await say(bureau, rater, skip)
    }
    expect(told).toMatchObject({ state: 'failed', sitting: { right: 0, total: 3 } })
  })

  it('a last answer sent twice ends the sitting once', async () => {
    const bureau = await school(open, { set: 6, ...qualification({ attempts: 2 }) })
    const rater = await hire(bureau)
    const { tasks } = await claim(bureau, rater)
    const [one, two, last] = tasks
    await answer(bureau, rater, must(one, 'a task'), 'b')
    await answer(bureau, rater, must(two, 'a task'), 'b')
    const third = must(last, 'a task')
    const replies = await Promise.all([
      answer(bureau, rater, third, 'b'),
      answer(bureau, rater, third, 'b'),
    ])
    expect(replies[0]?.saved).toEqual(replies[1]?.saved)
    expect(replies.filter((reply) => reply.sitting)).toHaveLength(1)
    expect((await sit(bureau, rater, 3)).sitting).toMatchObject({ isPassed: true, total: 3 })
  })

  it('answers given there never count', async () => {
    const bureau = await school(open, { lessons: 2, set: 3, training: true, ...qualification({}) })
    const { db, projectId, campaignId, clock } = bureau
    const rater = await hire(bureau)
    const { tasks } = await claim(bureau, rater)
    for (const task of tasks) await answer(bureau, rater, task, 'a')
    await sit(bureau, rater, 3)
    const state = await findCampaignState(db.read, { projectId, campaignId, now: clock.now })
    expect(state.progress).toMatchObject({ submitted: 0, wanted: 14, open: 11, held: 3 })
    expect(state.perDay.every((count) => count === 0)).toBe(true)
    const [listed] = await listCampaignsWithProgress(db.read, projectId)
    expect(listed).toMatchObject({ judged: 0, wanted: 14 })
    const { standings } = await measureCampaign(db.read, { projectId, campaignId })
    expect(standings.method.judgments).toBe(0)
    for (const task of await slotsOf(bureau)) expect(task.submitted).toBe(0)
    const [work] = (await claim(bureau, rater)).tasks
    await answer(bureau, rater, must(work, 'work'), 'a')
    const after = await measureCampaign(db.read, { projectId, campaignId })
    expect(after.standings.method.judgments).toBe(1)
    const [then] = await listCampaignsWithProgress(db.read, projectId)
    expect(then).toMatchObject({ judged: 1, wanted: 14 })
  })
})

describeEachDialect('A lead who changes his or her mind', (open) => {
  const retire = async ({ db, projectId, campaignId, lead, clock }: Bureau, taskId: string) =>
    retireTask(db, {
      projectId,
      campaignId,
      taskId,
      personId: lead.personId,
      reason: 'wrong',
      now: clock.now,
    })

  it('leaves nobody waiting over the last task of a sitting that was retired', async () => {
    const bureau = await school(open, { set: 2, ...qualification({ tasks: 2 }) })
    const rater = await hire(bureau)
    const { tasks } = await claim(bureau, rater)
    const [one, two] = tasks
    await answer(bureau, rater, must(one, 'a task'), 'a')
    const { taskId } = await factsOf(bureau, must(two, 'another').assignmentId)
    await retire(bureau, taskId)
    const reply = await claim(bureau, rater)
    expect(reply.sitting).toEqual({ isPassed: true, right: 1, total: 1, isRepeated: false })
    expect(new Set(await purposesOf(bureau, reply))).toEqual(new Set(['work']))
  })

  it('lets nobody in who failed, by retiring what was to be sat again', async () => {
    const bureau = await school(open, { set: 4, ...qualification({ tasks: 2, attempts: 2 }) })
    const rater = await hire(bureau)
    const over = await sit(bureau, rater, 0)
    expect(over.sitting?.isRepeated).toBe(true)
    for (const task of over.tasks) {
      await retire(bureau, (await factsOf(bureau, task.assignmentId)).taskId)
    }
    expect(await claim(bureau, rater)).toMatchObject({ state: 'failed', tasks: [] })
  })

  it('does not hold up a rater whose training answers were withdrawn', async () => {
    const bureau = await school(open, { lessons: 3, training: true })
    const rater = await hire(bureau)
    const { tasks } = await claim(bureau, rater)
    await answer(bureau, rater, must(tasks[0], 'a task'), 'b')
    await runNow(bureau, runWithdrawJudgments, {
      act: 'withdraw',
      raterId: rater.raterId,
      since: null,
      reason: 'a trial',
      at: Date.now() + 1_000,
      judgments: 1,
    })
    let reply = await claim(bureau, rater)
    for (let turn = 0; turn < 4 && reply.tasks[0]?.phase === 'training'; turn++) {
      reply = await answer(bureau, rater, reply.tasks[0], 'a')
      expect(reply.saved).toMatchObject({ ok: true })
    }
    expect(new Set(await purposesOf(bureau, reply))).toEqual(new Set(['work']))
  })
})
