/** Tasks with a known answer and tasks shown once more: hidden among the work, and never part of it. */
import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { recordWrittenResponses } from '#app/import/written-responses.server.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import type { DeskReply } from '#app/rate/desk-message.ts'
import { raterProgress, viewJudged } from '#app/rate/task-view.server.ts'
import { runWithdrawJudgments } from '#app/rate/withdraw-judgments.server.ts'
import { binomialTest } from '#app/stats/binomial-test.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import {
  answer,
  type Bureau,
  claim,
  expectAnswer,
  type Facts,
  factsOf,
  hire,
  openAnother,
  openBureau,
  question,
  runNow,
  slotsOf,
} from '#tests/support/desk.ts'
import type { Rater } from '#tests/support/judging.ts'

/** How often one of these tests may fail though every draw is fair: its share of one in a thousand. */
const falseAlarm = 0.001 / 4

interface Given extends Facts {
  assignmentId: string
  /** Judgments of the rater before it came into hand. */
  after: number
}

/** A campaign of some prompts, the first ones with a known answer. */
async function treasury(
  open: () => Promise<TestDatabase>,
  { prompts, gold, ...more }: { prompts: number; gold: number } & Record<string, unknown>,
): Promise<Bureau> {
  const { overlap = 3, seed = 1, ...settings } = more as { overlap?: number; seed?: number }
  const random = seededRandom(seed)
  const bureau = await openBureau(await open(), { prompts, overlap, settings, random })
  for (let place = 0; place < gold; place++) await expectAnswer(bureau, question(place), 'gold')
  return bureau
}

/** Lets a rater judge until nothing is left, or so many; gives all that was given, in order. */
async function work(bureau: Bureau, rater: Rater, most = 1_000): Promise<Given[]> {
  const given: Given[] = []
  const known = new Set<string>()
  let reply: DeskReply = await claim(bureau, rater)
  for (let judged = 0; judged < most; judged++) {
    for (const { assignmentId } of reply.tasks) {
      if (known.has(assignmentId)) continue
      known.add(assignmentId)
      given.push({ ...(await factsOf(bureau, assignmentId)), assignmentId, after: judged })
    }
    const [task] = reply.tasks
    if (!task) break
    bureau.clock.now += 10_000
    reply = await answer(bureau, rater, task, 'a')
    expect(reply.saved).toMatchObject({ ok: true, isExtra: false })
  }
  return given
}

const of = (given: readonly Given[], purpose: string) =>
  given.filter((one) => one.purpose === purpose)

describeEachDialect('Gold', (open) => {
  it('comes at about its rate, and to each rater once', async () => {
    const bureau = await treasury(open, { prompts: 90, gold: 40, goldRate: 0.2, seed: 7 })
    const raters = [await hire(bureau), await hire(bureau), await hire(bureau)]
    const given: Given[] = []
    for (const rater of raters) {
      const own = await work(bureau, rater, 45)
      const tasks = own.map(({ taskId }) => taskId)
      expect(new Set(tasks).size).toBe(tasks.length)
      given.push(...own)
    }
    expect(of(given, 'gold').length + of(given, 'work').length).toBe(given.length)
    const p = must(binomialTest(of(given, 'gold').length, given.length, 0.2), 'a probability')
    expect(p).toBeGreaterThan(falseAlarm)
    // Another rate would be noticed.
    expect(binomialTest(Math.round(0.4 * given.length), given.length, 0.2)).toBeLessThan(falseAlarm)
  }, 60_000)

  it('ends when a rater had all of it, and the work goes on', async () => {
    const bureau = await treasury(open, { prompts: 18, gold: 3, goldRate: 0.5, overlap: 1 })
    const given = await work(bureau, await hire(bureau))
    expect(of(given, 'gold')).toHaveLength(3)
    expect(of(given, 'work')).toHaveLength(15)
    expect((await slotsOf(bureau)).filter((task) => !task.isWithdrawn)).toEqual(
      Array(15).fill(expect.objectContaining({ needed: 1, open: 0, submitted: 1 })),
    )
  })

  it('looks like work in everything that the browser gets', async () => {
    const bureau = await treasury(open, { prompts: 30, gold: 10, goldRate: 0.4, seed: 3 })
    const { db } = bureau
    const rater = await hire(bureau)
    // Ids tell the time at which they were made.
    await new Promise((resolve) => setTimeout(resolve, 20))
    const seen = new Map<string, DeskReply['tasks'][number]>()
    const replies: { purpose: string; reply: DeskReply }[] = []
    let reply = await claim(bureau, rater)
    while (reply.tasks[0] && replies.length < 20) {
      const holds = new Set(reply.tasks.map((task) => task.heldUntil - bureau.clock.now))
      expect(Math.max(...holds)).toBeLessThanOrEqual(30 * 60_000)
      for (const task of reply.tasks) seen.set(task.assignmentId, task)
      const [task] = reply.tasks
      const { purpose } = await factsOf(bureau, task.assignmentId)
      reply = await answer(bureau, rater, task, 'b')
      replies.push({ purpose, reply })
    }
    expect(replies.filter(({ purpose }) => purpose === 'gold').length).toBeGreaterThan(2)
    for (const { reply: told } of replies) {
      expect(Object.keys(told).sort()).toEqual(['saved', 'state', 'tasks'])
      expect(Object.keys(told.saved ?? {}).sort()).toEqual([
        'assignmentId',
        'isExtra',
        'ok',
        'revision',
      ])
    }
    const slots = await db.read
      .selectFrom('assignment')
      .innerJoin('task', 'task.id', 'assignment.task_id')
      .select(['assignment.id', 'task.purpose'])
      .execute()
    const timeOf = (id: string) => id.slice(0, 9)
    const ofWork = new Set(
      slots.filter(({ purpose }) => purpose === 'work').map(({ id }) => timeOf(id)),
    )
    for (const task of seen.values()) {
      expect(task.phase).toBe('working')
      expect(Object.keys(task).sort()).toEqual([
        'assignmentId',
        'heldUntil',
        'phase',
        'prompt',
        'responses',
      ])
      expect(task.assignmentId).toHaveLength(22)
      expect(ofWork.has(timeOf(task.assignmentId))).toBe(true)
    }
    const place = { ...bureau, raterId: rater.raterId }
    const judged = await viewJudged(db.read, { ...place, limit: 20 })
    expect(new Set(judged.map((task) => Object.keys(task).sort().join())).size).toBe(1)
    expect((await raterProgress(db.read, place)).judged).toBe(20)
    const ids = await db.read
      .selectFrom('task')
      .innerJoin('task_response', 'task_response.task_id', 'task.id')
      .select(['task.id', 'task_response.response_id'])
      .execute()
    const sent = JSON.stringify([...seen.values(), ...judged, ...replies.map((one) => one.reply)])
    expect(sent).not.toMatch(/gold|repeat|expected|explanation|purpose/)
    for (const { id, response_id } of ids) {
      expect(sent).not.toContain(id)
      expect(sent).not.toContain(response_id)
    }
  })

  it('does not come again to a rater whose judgments were withdrawn', async () => {
    const bureau = await treasury(open, { prompts: 24, gold: 2, goldRate: 0.5 })
    const rater = await hire(bureau)
    const before = await work(bureau, rater, 8)
    expect(of(before, 'gold')).toHaveLength(2)
    await runNow(bureau, runWithdrawJudgments, {
      act: 'withdraw',
      raterId: rater.raterId,
      since: null,
      reason: 'too fast',
      at: bureau.clock.now + 1,
      judgments: 8,
    })
    const later = await work(bureau, rater)
    expect(of(later, 'gold')).toEqual([])
    expect(of(later, 'work').length).toBeGreaterThan(10)
  })

  it('never goes to the rater who wrote one of its responses', async () => {
    const test = await open()
    const random = seededRandom(5)
    const { projectId, db, ...first } = await openBureau(test, { prompts: 8 })
    const writer = await hire({ projectId, db, ...first })
    const { id: promptId } = await db.read
      .selectFrom('prompt')
      .select('id')
      .where('preview', '=', question(0))
      .executeTakeFirstOrThrow()
    const own = { promptId, writtenBy: writer.raterId, text: 'My best.', writtenAt: 1 }
    await inTransaction(db, (trx) =>
      recordWrittenResponses(trx, { projectId, responses: [own], now: 1 }),
    )
    const name = 'With ideals'
    const settings = { goldRate: 0.5 }
    const bureau = await openAnother(test, { projectId, name, overlap: 2, settings, random })
    const tasks = await bureau.db.read
      .selectFrom('task')
      .innerJoin('task_response', 'task_response.task_id', 'task.id')
      .innerJoin('response', 'response.id', 'task_response.response_id')
      .select('task.id')
      .where('task.campaign_id', '=', bureau.campaignId)
      .where('response.written_by', 'is not', null)
      .execute()
    for (const { id } of tasks) await expectAnswer(bureau, { taskId: id }, 'gold')
    expect(of(await work(bureau, writer), 'gold')).toEqual([])
    expect(of(await work(bureau, await hire(bureau)), 'gold')).toHaveLength(tasks.length)
  })
})

describeEachDialect('Hidden repeats', (open) => {
  it('come at about their rate once there is something to repeat', async () => {
    const bureau = await treasury(open, { prompts: 70, gold: 0, repeatRate: 0.2, seed: 11 })
    const given = [
      ...(await work(bureau, await hire(bureau), 60)),
      ...(await work(bureau, await hire(bureau), 60)),
    ].filter(({ after }) => after > 11)
    const repeats = of(given, 'repeat').length
    expect(must(binomialTest(repeats, given.length, 0.2), 'p')).toBeGreaterThan(falseAlarm)
  }, 60_000)

  it('show the rater’s own work of a while ago, each once, with the sides swapped', async () => {
    const bureau = await treasury(open, { prompts: 40, gold: 0, repeatRate: 0.4, seed: 2 })
    // At the end of a campaign tasks are given one at a time: repeats come soonest there.
    const short = await treasury(open, { prompts: 13, gold: 0, repeatRate: 0.5, overlap: 1 })
    const { test, projectId } = short
    const whole = [bureau, bureau, short]
    for (const seed of [2, 3, 4]) {
      const settings = { repeatRate: 0.5 }
      const random = seededRandom(seed)
      const more = { projectId, name: `Short ${seed}`, overlap: 1, settings, random }
      whole.push(await openAnother(test, more))
    }
    for (const [place, one] of whole.entries()) {
      const given = await work(one, await hire(one), 50)
      const repeats = of(given, 'repeat')
      if (place < 2) expect(repeats.length).toBeGreaterThan(5)
      expect(new Set(repeats.map(({ repeatOf }) => repeatOf)).size).toBe(repeats.length)
      for (const { repeatOf, order, preview, assignmentId } of repeats) {
        const first = must(
          of(given, 'work').find(({ taskId }) => taskId === repeatOf),
          'what it repeats',
        )
        expect(order).toEqual([...first.order].reverse())
        expect(preview).toBe(first.preview)
        // Tasks come in order of `given`, and each was judged before the next.
        const places = given.map((one) => one.assignmentId)
        const between = places.indexOf(assignmentId) - places.indexOf(first.assignmentId) - 1
        expect(between).toBeGreaterThanOrEqual(10)
      }
    }
  })

  it('are shared by all raters of what they repeat, and never counted', async () => {
    const bureau = await treasury(open, {
      prompts: 30,
      gold: 0,
      repeatRate: 0.5,
      overlap: 2,
      mostPerRater: 25,
      seed: 4,
    })
    const { db, projectId, campaignId } = bureau
    const all: Given[] = []
    for (const rater of [await hire(bureau), await hire(bureau)]) {
      const given = await work(bureau, rater)
      // The limit is of tasks: were it of work, it would tell how many others there were.
      expect(given).toHaveLength(25)
      all.push(...given)
    }
    const repeats = of(all, 'repeat')
    expect(repeats.length).toBeGreaterThan(8)
    const made = Map.groupBy(repeats, ({ repeatOf }) => repeatOf)
    for (const same of made.values()) expect(new Set(same.map((one) => one.taskId)).size).toBe(1)
    for (const task of await slotsOf(bureau)) {
      expect(task.needed).toBe(2)
      expect(task.open + task.submitted).toBe(2)
    }
    const { standings } = await measureCampaign(db.read, { projectId, campaignId })
    expect(standings.method.judgments).toBe(50 - repeats.length)
  })

  it('are not drawn from work whose judgment was withdrawn', async () => {
    const bureau = await treasury(open, { prompts: 40, gold: 0, repeatRate: 0, overlap: 1 })
    const rater = await hire(bureau)
    await work(bureau, rater, 20)
    await runNow(bureau, runWithdrawJudgments, {
      act: 'withdraw',
      raterId: rater.raterId,
      since: null,
      reason: 'too fast',
      at: bureau.clock.now + 1,
      judgments: 20,
    })
    await bureau.db.write
      .updateTable('campaign')
      .set({ settings: JSON.stringify({ repeatRate: 0.5 }) })
      .where('id', '=', bureau.campaignId)
      .execute()
    const later = await work(bureau, rater)
    const early = of(later, 'work').map(({ taskId }) => taskId)
    expect(early.length).toBeGreaterThan(10)
    for (const { repeatOf } of of(later, 'repeat')) expect(early).toContain(repeatOf)
  })
})
