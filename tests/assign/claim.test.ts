import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { expireHolds, extendHolds, releaseHolds } from '#app/assign/holds.server.ts'
import { pairsOf } from '#app/assign/pairs.ts'
import { drawPairOrder } from '#app/assign/shown-order.ts'
import { must } from '#app/base/must.ts'
import { skipTask, submitJudgment } from '#app/rate/submit-judgment.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

const holdMs = 60_000

const claim = (
  db: Db,
  who: { projectId: string; campaignId: string; raterId: string; now?: number; want?: number },
) =>
  inTransaction(db, (trx) =>
    claimTasks(trx, { holdMs, now: Date.now(), random: Math.random, ...who }),
  )

/** Rows that are open, held or submitted, for each task: never more than it needs. */
async function liveRows(db: Db, campaignId: string) {
  const tasks = await db.read
    .selectFrom('task')
    .select(['id', 'needed'])
    .where('campaign_id', '=', campaignId)
    .execute()
  const rows = await db.read
    .selectFrom('assignment')
    .select(['task_id', 'status', 'rater_id'])
    .where('campaign_id', '=', campaignId)
    .where('status', 'in', ['open', 'held', 'submitted'])
    .execute()
  return tasks.map((task) => ({
    ...task,
    rows: rows.filter((row) => row.task_id === task.id),
  }))
}

async function judge(
  db: Db,
  {
    projectId,
    raterId,
    assignmentId,
    now = Date.now(),
  }: { projectId: string; raterId: string; assignmentId: string; now?: number },
) {
  const criterion = await db.read
    .selectFrom('criterion')
    .innerJoin('assignment', 'assignment.campaign_id', 'criterion.campaign_id')
    .select('criterion.id')
    .where('assignment.id', '=', assignmentId)
    .executeTakeFirstOrThrow()
  return inTransaction(db, (trx) =>
    submitJudgment(trx, {
      projectId,
      raterId,
      now,
      submission: {
        assignmentId,
        baseRevision: 0,
        answers: [{ kind: 'preference', criterionId: criterion.id, winner: 'first', strength: 1 }],
        comment: '',
        reasons: [],
        activeMs: 1_000,
        openedAt: null,
      },
    }),
  )
}

describeEachDialect('Claiming', (open) => {
  it('gives each task to as many raters as it needs, however many ask at once', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(15, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 2 })
    const raters = await Promise.all(
      Array.from({ length: 8 }, () =>
        makePerson(db, { projectId: project.id, roles: ['annotator'] }),
      ),
    )
    for (let round = 0; round < 12; round++) {
      await Promise.all(
        raters.map(async ({ raterId }) => {
          const scope = { projectId: project.id, raterId }
          const { held } = await claim(db, { ...scope, campaignId })
          const [task] = held
          if (!task) return
          const saved = await judge(db, { ...scope, assignmentId: task.assignmentId })
          expect(saved).toMatchObject({ ok: true, isExtra: false })
        }),
      )
      for (const task of await liveRows(db, campaignId)) {
        expect(task.rows.length).toBe(task.needed)
        const hands = task.rows.map((row) => row.rater_id).filter((id) => id !== null)
        expect(new Set(hands).size).toBe(hands.length)
      }
    }
    const { count } = await db.read
      .selectFrom('judgment')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(30)
  })

  it('gives back the same tasks when asked again, and never one already judged or skipped', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(8, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 3 })
    const { raterId } = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId, raterId }
    const first = await claim(db, scope)
    expect(first.held).toHaveLength(3)
    expect((await claim(db, scope)).held).toEqual(first.held)
    const seen = new Set<string>()
    for (let turn = 0; turn < 20; turn++) {
      const { held } = await claim(db, { ...scope, want: 1 })
      const [task] = held
      if (!task) break
      expect(seen.has(task.taskId)).toBe(false)
      seen.add(task.taskId)
      const mine = {
        projectId: project.id,
        raterId,
        assignmentId: task.assignmentId,
        now: Date.now(),
      }
      if (turn % 3 === 0) {
        await inTransaction(db, (trx) =>
          skipTask(trx, { ...mine, reason: 'why not', activeMs: null }),
        )
      } else await judge(db, mine)
    }
    expect(seen.size).toBe(8)
  })

  it('keeps the order of a hand for who comes back, also where a short task came first', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const lines = [90, 40, 3, 50].map((length, place) => ({
      prompt: `Question ${place}`,
      responses: ['a', 'b'].map((model) => ({ model, content: `${model} word`.repeat(length) })),
    }))
    const file = lines.map((line) => JSON.stringify(line)).join('\n')
    await importFiles(test, project.id, { 'a.jsonl': file })
    const campaignId = await openCampaign(db, project.id, { overlap: 1 })
    const { raterId } = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId, raterId }
    const { held } = await claim(db, scope)
    const ids = held.map(({ assignmentId }) => assignmentId)
    expect(ids).not.toEqual([...ids].sort())
    expect((await claim(db, scope)).held).toEqual(held)
  })

  it('begins with what is short to read, for whoever has judged nothing yet', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const words = [900, 40, 400, 3, 700, 12, ...Array<number>(20).fill(500)]
    await importFiles(test, project.id, {
      'a.jsonl': words
        .map((length, place) =>
          JSON.stringify({
            prompt: `Question ${place}`,
            responses: ['a', 'b'].map((model) => ({
              model,
              content: `${model} word`.repeat(length),
            })),
          }),
        )
        .join('\n'),
    })
    const campaignId = await openCampaign(db, project.id, { overlap: 1 })
    const { raterId } = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId, raterId }
    const lengthOf = async (taskId: string) => {
      const { messages } = await db.read
        .selectFrom('task_response')
        .innerJoin('response', 'response.id', 'task_response.response_id')
        .select('response.messages')
        .where('task_response.task_id', '=', taskId)
        .executeTakeFirstOrThrow()
      return messages.split('word').length - 1
    }
    const { held } = await claim(db, { ...scope, want: 1 })
    const first = must(held[0], 'a task')
    expect(await lengthOf(first.taskId)).toBe(3)
    const more = await claim(db, { ...scope, want: 3 })
    const lengths = await Promise.all(more.held.map(({ taskId }) => lengthOf(taskId)))
    expect(lengths.sort((one, other) => one - other)).toEqual([3, 40, 900])
    // The short ones are left for others who come.
    const other = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const theirs = await claim(db, { ...scope, raterId: other.raterId, want: 1 })
    expect(await lengthOf(must(theirs.held[0], 'a task').taskId)).toBe(12)
    for (const { assignmentId } of more.held) {
      await judge(db, { projectId: project.id, raterId, assignmentId })
    }
    const later = await claim(db, { ...scope, want: 3 })
    const rest = await Promise.all(later.held.map(({ taskId }) => lengthOf(taskId)))
    expect(rest).toEqual([400, 700, 500])
  })

  it('shows a task that was given back the same way round when it comes again', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(20, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 1 })
    const { raterId } = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId, raterId }
    const orders = async () => {
      const { held } = await claim(db, scope)
      return held
        .map(({ taskId, shownOrder }) => `${taskId} ${shownOrder.join()}`)
        .sort((one, other) => (one < other ? -1 : 1))
    }
    const first = await orders()
    expect(first).toHaveLength(3)
    for (let visit = 0; visit < 12; visit++) {
      await inTransaction(db, (trx) => releaseHolds(trx, { ...scope, now: Date.now() }))
      expect(await orders()).toEqual(first)
    }
  })

  it('goes on with what was given back, also where others gave back before', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(7, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 2 })
    const [one, other] = await Promise.all(
      [1, 2].map(() => makePerson(db, { projectId: project.id, roles: ['annotator'] })),
    )
    const scopeOf = (rater: typeof one) => ({
      projectId: project.id,
      campaignId,
      raterId: must(rater, 'a rater').raterId,
    })
    const mine = scopeOf(one)
    const [first] = (await claim(db, mine)).held
    const assignmentId = must(first, 'a task').assignmentId
    await judge(db, { projectId: project.id, raterId: mine.raterId, assignmentId })
    const before = must((await claim(db, { ...mine, want: 1 })).held[0], 'a task')
    for (let visit = 0; visit < 8; visit++) {
      await inTransaction(db, (trx) => releaseHolds(trx, { ...mine, now: Date.now() + visit }))
      if (visit === 3) {
        const theirs = scopeOf(other)
        await claim(db, { ...mine, want: 1 })
        await claim(db, theirs)
        await inTransaction(db, (trx) => releaseHolds(trx, { ...theirs, now: Date.now() }))
        await inTransaction(db, (trx) => releaseHolds(trx, { ...mine, now: Date.now() + visit }))
      }
      const again = must((await claim(db, { ...mine, want: 1 })).held[0], 'a task')
      expect(again.taskId).toBe(before.taskId)
      expect(again.shownOrder).toEqual(before.shownOrder)
    }
  })

  it('opens the slot of a hold that ended, also for raters who had passed that place', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(2, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 1 })
    const one = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const other = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId }
    const start = Date.now()
    const { held } = await claim(db, { ...scope, raterId: one.raterId, now: start, want: 1 })
    const second = await claim(db, { ...scope, raterId: other.raterId, now: start, want: 3 })
    expect(second.held).toHaveLength(1)
    await judge(db, {
      projectId: project.id,
      raterId: other.raterId,
      assignmentId: must(second.held[0], 'a task').assignmentId,
    })
    expect((await claim(db, { ...scope, raterId: other.raterId, now: start })).held).toHaveLength(0)
    const later = await claim(db, { ...scope, raterId: other.raterId, now: start + holdMs + 1 })
    expect(later.held.map((task) => task.taskId)).toEqual(held.map((task) => task.taskId))
  })

  it('takes a late judgment into an open slot, and keeps it as extra when there is none', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(2, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 1 })
    const slow = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const fast = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId }
    const start = Date.now()
    const one = await claim(db, { ...scope, raterId: slow.raterId, now: start, want: 1 })
    const first = must(one.held[0], 'a task')
    await inTransaction(db, (trx) => expireHolds(trx, { ...scope, now: start + holdMs + 1 }))
    const late = { projectId: project.id, raterId: slow.raterId, assignmentId: first.assignmentId }
    expect(await judge(db, late)).toMatchObject({ ok: true, isExtra: false })
    const two = await claim(db, { ...scope, raterId: slow.raterId, now: start, want: 1 })
    const next = must(two.held[0], 'another task')
    await inTransaction(db, (trx) => expireHolds(trx, { ...scope, now: start + holdMs + 1 }))
    const taken = await claim(db, {
      ...scope,
      raterId: fast.raterId,
      now: start + holdMs + 2,
      want: 1,
    })
    expect(taken.held[0]?.taskId).toBe(next.taskId)
    await judge(db, {
      projectId: project.id,
      raterId: fast.raterId,
      assignmentId: must(taken.held[0], 'the task').assignmentId,
    })
    const extra = { projectId: project.id, raterId: slow.raterId, assignmentId: next.assignmentId }
    expect(await judge(db, extra)).toMatchObject({ ok: true, isExtra: true })
    for (const task of await liveRows(db, campaignId)) expect(task.rows).toHaveLength(1)
  })

  it('keeps holds alive while the page is in use', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    await importFiles(test, project.id, { 'a.jsonl': promptLines(1, ['a', 'b']) })
    const campaignId = await openCampaign(db, project.id, { overlap: 1 })
    const { raterId } = await makePerson(db, { projectId: project.id, roles: ['annotator'] })
    const scope = { projectId: project.id, campaignId, raterId }
    const start = Date.now()
    await claim(db, { ...scope, now: start })
    await extendHolds(db.write, { ...scope, holdMs, now: start + holdMs - 1 })
    const expired = await inTransaction(db, (trx) =>
      expireHolds(trx, { ...scope, now: start + holdMs + 1 }),
    )
    expect(expired).toBe(0)
  })

  it('decides identical responses without a rater', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const same = ['a', 'b'].map((model) => ({ model, content: 'The same words.' }))
    await importFiles(test, project.id, {
      'a.jsonl': JSON.stringify({ prompt: 'Q?', responses: same }),
    })
    const campaignId = await openCampaign(db, project.id, { overlap: 2 })
    const [task] = await liveRows(db, campaignId)
    expect(task).toMatchObject({ needed: 0, rows: [] })
  })
})

describe('Which responses meet', () => {
  const candidates = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      responseId: `r${place}`,
      modelId: `m${place}`,
      words: `w${place}`,
    }))

  const everyPair = {
    pairing: { kind: 'all' as const },
    models: new Map(),
    limit: null,
    identical: 'decide' as const,
  }

  it('is every pair once, in one orientation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.nat(100), (count, turn) => {
        const pairs = pairsOf(candidates(count).reverse(), { ...everyPair, turn })
        expect(pairs).toHaveLength((count * (count - 1)) / 2)
        for (const { a, b } of pairs) expect(a.modelId < b.modelId).toBe(true)
      }),
    )
  })

  it('is balanced over prompts when there is a limit', () => {
    const met = new Map<string, number>()
    for (let turn = 0; turn < 30; turn++) {
      for (const { a, b } of pairsOf(candidates(4), { ...everyPair, limit: 2, turn })) {
        const key = `${a.modelId}${b.modelId}`
        met.set(key, (met.get(key) ?? 0) + 1)
      }
    }
    expect([...met.values()]).toEqual(Array(6).fill(10))
  })
})

describe('The side on which a response stands', () => {
  it('is balanced over raters, and cannot be foretold', () => {
    const random = seededRandom(1)
    let rater = 0
    let foretold = 0
    const turns = 2_000
    for (let turn = 0; turn < turns; turn++) {
      const guess = rater > 0 ? 1 : 0
      const [first] = drawPairOrder({ task: 0, pair: 0, rater }, random())
      if (first === guess) foretold += 1
      rater += first === 0 ? 1 : -1
      expect(Math.abs(rater)).toBeLessThan(20)
    }
    expect(foretold / turns).toBeLessThan(0.72)
  })
})
