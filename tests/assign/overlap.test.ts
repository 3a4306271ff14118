/** How many raters judge each task: until they are sure, and changed while they work. */
import { expect, it } from 'vitest'
import { fitTasksKind } from '#app/assign/campaign-jobs.ts'
import { changeStatus, queueMakeTasks } from '#app/assign/campaign-life.server.ts'
import { runFitTasks } from '#app/assign/fit-tasks.server.ts'
import { runMakeTasks } from '#app/assign/make-tasks.server.ts'
import { must } from '#app/base/must.ts'
import { runWithdrawJudgments } from '#app/rate/withdraw-judgments.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Winner } from '#db/schema.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  answer,
  claim,
  expectExact,
  hire,
  judge,
  openBureau,
  question,
  runNow,
  runQueued,
  setOverlap,
  slotsOf,
} from '#tests/support/desk.ts'
import { importFiles, promptLines } from '#tests/support/project.ts'

describeEachDialect('Overlap that grows', (open) => {
  it('asks two, then one more at a time, until they are sure or the most is reached', async () => {
    const settings = { adaptiveOverlap: { most: 5, confidence: 0.9 } }
    const bureau = await openBureau(await open(), { prompts: 3, overlap: 2, settings })
    const [clear, torn, late] = [question(0), question(1), question(2)]
    // Two of one mind are sure; two against one are not, three against one are.
    const said: Record<string, Winner[]> = {
      [clear]: ['a', 'a', 'b', 'b', 'b'],
      [torn]: ['a', 'b', 'tie', 'a', 'b', 'tie'],
      [late]: ['a', 'b', 'b', 'b', 'a'],
    }
    const asked: string[][] = []
    for (let turn = 0; turn < 7; turn++) {
      const rater = await hire(bureau)
      asked.push(
        (await judge(bureau, rater, (preview) => must(said[preview]?.[turn], 'a word'))).sort(),
      )
      await expectExact(bureau)
    }
    expect(asked).toEqual([
      [clear, torn, late],
      [clear, torn, late],
      [torn, late],
      [torn, late],
      [torn],
      [],
      [],
    ])
    const needed = (await slotsOf(bureau)).map((task) => task.needed)
    expect(needed).toEqual([2, 5, 4])
  })

  it('asks nobody more where the budget is spent', async () => {
    const settings = { adaptiveOverlap: { most: 5, confidence: 0.9 }, budget: 7 }
    const bureau = await openBureau(await open(), { prompts: 3, overlap: 2, settings })
    for (const winner of ['a', 'b', 'tie', 'a'] as const) {
      await judge(bureau, await hire(bureau), () => winner)
    }
    const tasks = await slotsOf(bureau)
    expect(tasks.reduce((sum, task) => sum + task.submitted, 0)).toBe(7)
    await expectExact(bureau)
  })

  it('grows once, though the last two answers come at the same moment', async () => {
    const settings = { adaptiveOverlap: { most: 5, confidence: 0.9 } }
    const bureau = await openBureau(await open(), { prompts: 1, overlap: 2, settings })
    const raters = [await hire(bureau), await hire(bureau)]
    const held = await Promise.all(raters.map((rater) => claim(bureau, rater)))
    await Promise.all(
      raters.map((rater, place) =>
        answer(bureau, rater, must(held[place]?.tasks[0], 'a task'), place === 0 ? 'a' : 'b'),
      ),
    )
    expect(await slotsOf(bureau)).toMatchObject([{ needed: 3, submitted: 2 }])
    await expectExact(bureau)
  })
})

describeEachDialect('Overlap that is changed while raters work', (open) => {
  it('goes up at once for all, also for what was judged, and takes nothing from anybody', async () => {
    const bureau = await openBureau(await open(), { prompts: 6, overlap: 1 })
    const [one, other] = [await hire(bureau), await hire(bureau)]
    await judge(bureau, one, () => 'a', 2)
    const before = (await claim(bureau, one)).tasks.map((task) => task.assignmentId)
    await setOverlap(bureau, 3)
    expect((await slotsOf(bureau)).map((task) => task.needed)).toEqual(Array(6).fill(3))
    await expectExact(bureau)
    expect((await claim(bureau, one)).tasks.map((task) => task.assignmentId)).toEqual(
      expect.arrayContaining(before),
    )
    expect(await judge(bureau, one)).toHaveLength(4)
    expect(await judge(bureau, other)).toHaveLength(6)
    expect(await judge(bureau, await hire(bureau))).toHaveLength(6)
    expect(await judge(bureau, await hire(bureau))).toEqual([])
    await expectExact(bureau)
  })

  it('goes down without revoking a hold, and what comes back is not asked again', async () => {
    const bureau = await openBureau(await open(), { prompts: 3, overlap: 3 })
    const raters = [await hire(bureau), await hire(bureau), await hire(bureau)]
    const held = await Promise.all(raters.map((rater) => claim(bureau, rater)))
    const total = held.reduce((sum, { tasks }) => sum + tasks.length, 0)
    await setOverlap(bureau, 1)
    await expectExact(bureau)
    const after = await slotsOf(bureau)
    expect(after.reduce((sum, task) => sum + task.held, 0)).toBe(total)
    expect(after.every((task) => task.open === (task.held === 0 ? 1 : 0))).toBe(true)
    // Who holds a task sends it, and it counts.
    const first = must(held[0]?.tasks[0], 'a task')
    const sent = await answer(bureau, must(raters[0], 'a rater'), first, 'a')
    expect(sent.saved).toMatchObject({ ok: true, isExtra: false })
    bureau.clock.now += 3 * 3_600_000
    for (const rater of raters) await judge(bureau, rater)
    const end = await slotsOf(bureau)
    expect(end.map((task) => task.open + task.held)).toEqual([0, 0, 0])
    for (const task of end) expect(task.submitted).toBe(task.needed)
    expect(end.reduce((sum, task) => sum + task.submitted, 0)).toBe(3)
    await expectExact(bureau)
  })

  it('goes up and down again and ends where it began', async () => {
    const bureau = await openBureau(await open(), { prompts: 4, overlap: 2 })
    const before = await slotsOf(bureau)
    await setOverlap(bureau, 4)
    await setOverlap(bureau, 2)
    expect(await slotsOf(bureau)).toEqual(before)
    expect(await judge(bureau, await hire(bureau))).toHaveLength(4)
    await expectExact(bureau)
  })

  it('takes in prompts that come while the campaign runs, and disturbs no hold', async () => {
    const bureau = await openBureau(await open(), { prompts: 2, overlap: 2 })
    const { db, projectId, campaignId, clock, test } = bureau
    const rater = await hire(bureau)
    const before = await claim(bureau, rater)
    await importFiles(test, projectId, { 'b.jsonl': promptLines(5, ['a', 'b']) })
    await inTransaction(db, (trx) => queueMakeTasks(trx, { projectId, campaignId, now: clock.now }))
    await runNow(bureau, runMakeTasks)
    await runNow(bureau, runMakeTasks)
    expect(await slotsOf(bureau)).toHaveLength(5)
    await expectExact(bureau)
    const after = (await claim(bureau, rater)).tasks.map((task) => task.assignmentId)
    expect(after).toEqual(expect.arrayContaining(before.tasks.map((task) => task.assignmentId)))
    expect(await judge(bureau, rater)).toHaveLength(5)
  })

  it('is whole again when a campaign opens anew after judgments were withdrawn', async () => {
    const bureau = await openBureau(await open(), { prompts: 3, overlap: 2 })
    const { db, projectId, campaignId, clock } = bureau
    const [one, other] = [await hire(bureau), await hire(bureau)]
    for (const rater of [one, other]) await judge(bureau, rater)
    const become = (to: 'open' | 'closed') =>
      inTransaction(db, (trx) => changeStatus(trx, { projectId, campaignId, to, now: clock.now }))
    await become('closed')
    await runNow(bureau, runWithdrawJudgments, {
      act: 'withdraw',
      raterId: one.raterId,
      since: null,
      reason: 'too fast',
      at: clock.now + 1,
      judgments: 3,
    })
    expect((await slotsOf(bureau)).map((task) => task.open)).toEqual([0, 0, 0])
    expect(await become('open')).toEqual({ ok: true })
    await runQueued(bureau.test, { [fitTasksKind]: runFitTasks })
    expect((await slotsOf(bureau)).map((task) => task.open)).toEqual([1, 1, 1])
    await expectExact(bureau)
    expect(await judge(bureau, one)).toEqual([])
    expect(await judge(bureau, await hire(bureau))).toHaveLength(3)
  })
})
