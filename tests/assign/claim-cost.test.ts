/** A claim reads a few rows, however many tasks there are and however many the rater has done. */
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { completeAssignment } from '#app/assign/holds.server.ts'
import { findSlot, openSearch } from '#app/assign/open-slots.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { quantile } from '#app/stats/quantile.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction, openDb } from '#db/open.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { plansOf } from '#tests/support/plans.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

const longAgo = 10 * 60_000

/** A campaign with so many tasks of three slots each, made by copying its first one. */
async function site(tasks: number) {
  const test = await openTestDatabase('sqlite')
  const db = openDb({ url: test.url, durability: 'off' })
  const { id: projectId } = await makeProject(db)
  await importFiles({ ...test, db }, projectId, { 'a.jsonl': promptLines(1, ['a', 'b']) })
  const campaignId = await openCampaign(db, projectId, { overlap: 3 })
  const [task] = await db.read.selectFrom('task').selectAll().execute()
  const responses = await db.read.selectFrom('task_response').selectAll().execute()
  const slots = await db.read.selectFrom('assignment').selectAll().orderBy('priority').execute()
  const created_at = Date.now() - longAgo
  const copies = Array.from({ length: tasks - 1 }, () => ({
    ...must(task, 'a task'),
    id: newId(),
    fingerprint: newId(),
  }))
  await inTransaction(db, async (trx) => {
    for (let from = 0; from < copies.length; from += 400) {
      const some = copies.slice(from, from + 400)
      await trx.insertInto('task').values(some).execute()
      await trx
        .insertInto('task_response')
        .values(
          some.flatMap(({ id }) => responses.map((response) => ({ ...response, task_id: id }))),
        )
        .execute()
    }
    for (const slot of slots) {
      for (let from = 0; from < copies.length; from += 400) {
        const rows = copies
          .slice(from, from + 400)
          .map(({ id }) => ({ ...slot, id: newId(), task_id: id, created_at }))
        await trx.insertInto('assignment').values(rows).execute()
      }
    }
    await sql`update assignment set created_at = ${created_at}`.execute(trx)
  })
  const { raterId } = await makePerson(db, { projectId, roles: ['annotator'] })
  const other = await makePerson(db, { projectId, roles: ['annotator'] })
  const close = async () => {
    await db.close()
    await test.remove()
  }
  return { db, place: { projectId, campaignId, raterId }, otherId: other.raterId, close }
}

type Site = Awaited<ReturnType<typeof site>>

const random = seededRandom(7)

/** The median time of claiming one task and ending it, in milliseconds. */
async function claimMs({ db, place }: Pick<Site, 'db' | 'place'>, times: number): Promise<number> {
  const took: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const before = performance.now()
    await inTransaction(db, async (trx) => {
      const now = Date.now()
      const claim = { ...place, holdMs: 60_000, now, random, want: 1 }
      const task = must((await claimTasks(trx, claim)).held[0], 'a task')
      const { assignmentId: id, taskId: task_id, purpose } = task
      const assignment = { id, task_id, purpose, status: 'held' as const, withdrawn_at: null }
      const end = { activeMs: 1, openedAt: null, isTooLate: false, now }
      await completeAssignment(trx, { ...place, assignment, ...end })
    })
    took.push(performance.now() - before)
  }
  return quantile(
    took.toSorted((one, other) => one - other),
    0.5,
  )
}

it('costs the same with a hundred times as many tasks, and after a long history', async () => {
  const small = await site(1_000)
  const large = await site(100_000)
  await claimMs(small, 50)
  await claimMs(large, 50)
  // In turns, so that a busy machine slows both.
  const rounds = []
  for (let round = 0; round < 7; round++) {
    rounds.push({ small: await claimMs(small, 40), large: await claimMs(large, 40) })
  }
  const ratioOf = (list: number[]) =>
    quantile(
      list.toSorted((one, other) => one - other),
      0.5,
    )
  const growth = ratioOf(rounds.map((round) => round.large / round.small))
  const late = { ...large, place: { ...large.place, raterId: large.otherId } }
  await claimMs(large, 3_000)
  await claimMs(late, 50)
  const after = []
  for (let round = 0; round < 7; round++) {
    after.push({ fresh: await claimMs(late, 40), late: await claimMs(large, 40) })
  }
  const history = ratioOf(after.map((round) => round.late / round.fresh))
  process.stdout.write(
    `a claim with 100,000 tasks takes ${growth.toFixed(2)} of one with 1,000; after 3,000 judgments ${history.toFixed(2)} of one after none\n`,
  )
  expect(growth).toBeLessThan(1.2)
  expect(history).toBeLessThan(1.2)
  await small.close()
  await large.close()
}, 280_000)

it('goes to the next slot through the index of open ones, without scanning or sorting', async () => {
  const { db, place, close } = await site(50)
  const search = () =>
    openSearch({ ...place, lanes: [''], cursors: new Map(), hasAuthored: true, now: Date.now() })
  const plans = await plansOf(db, (queries) => findSlot(queries as never, search()))
  expect(plans).toHaveLength(1)
  const plan = must(plans[0], 'the plan').join('\n')
  expect(plan).toContain('USING INDEX assignment_open (project_id=? AND campaign_id=? AND lane=?')
  expect(plan).toContain('(priority,id)>(?,?)')
  expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
  await close()
})

it('passes what a rater is done with once, and never asks again', async () => {
  const { db, place, close } = await site(300)
  await claimMs({ db, place }, 300)
  const read = async () => {
    const row = await db.read
      .selectFrom('campaign_rater')
      .select('cursors')
      .where('rater_id', '=', place.raterId)
      .executeTakeFirstOrThrow()
    return JSON.parse(row.cursors) as Record<string, string>
  }
  const claim = () =>
    inTransaction(db, (trx) =>
      claimTasks(trx, { ...place, holdMs: 60_000, now: Date.now(), random, want: 1 }),
    )
  expect((await claim()).held).toEqual([])
  const cursors = await read()
  const last = await db.read
    .selectFrom('assignment')
    .select((eb) => ['priority', eb.fn.max('id').as('id')])
    .where('status', '=', 'open')
    .groupBy('priority')
    .execute()
  for (const { priority, id } of last) expect(cursors[`|${priority}`]).toBe(id)
  await close()
})
