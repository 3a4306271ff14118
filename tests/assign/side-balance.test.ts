/** On which side responses stand, over ten thousand assignments given out by the engine itself. */
import { expect, it } from 'vitest'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { completeAssignment } from '#app/assign/holds.server.ts'
import { must } from '#app/base/must.ts'
import { viewTasks } from '#app/rate/task-view.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction, openDb } from '#db/open.ts'
import { type Dialect, openTestDatabase } from '#tests/support/database.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

const models = ['m1', 'm2', 'm3', 'm4', 'm5']
const pairs = (models.length * (models.length - 1)) / 2
const overlap = 2
const raters = 13

/** The probability of a count as far from the middle as this one, where every toss is fair. */
function twoSided(count: number, tosses: number): number {
  const fewer = Math.min(count, tosses - count)
  let logOfOne = -tosses * Math.LN2
  let sum = 0
  for (let heads = 0; heads <= fewer; heads++) {
    sum += Math.exp(logOfOne)
    logOfOne += Math.log(tosses - heads) - Math.log(heads + 1)
  }
  return Math.min(1, 2 * sum)
}

async function giveOut(dialect: Dialect, prompts: number) {
  const test = await openTestDatabase(dialect)
  const db = openDb({ url: test.url, durability: 'off', connections: 4 })
  const { id: projectId } = await makeProject(db)
  await importFiles({ ...test, db }, projectId, { 'a.jsonl': promptLines(prompts, models) })
  const campaignId = await openCampaign(db, projectId, { overlap })
  const people = await Promise.all(
    Array.from({ length: raters }, () => makePerson(db, { projectId, roles: ['annotator'] })),
  )
  const random = seededRandom(20_260_101)
  const wanted = prompts * pairs * overlap
  let given = 0
  let shown = 0
  for (let turn = 0; given < wanted; turn++) {
    // Some raters work much more than others.
    const { raterId } = must(people[Math.floor(raters * random() ** 2)], 'a rater')
    const place = { projectId, campaignId, raterId }
    const held = await inTransaction(db, async (trx) => {
      const claimed = await claimTasks(trx, { ...place, holdMs: 60_000, now: Date.now(), random })
      for (const { assignmentId: id, taskId: task_id, purpose } of claimed.held) {
        await completeAssignment(trx, {
          ...place,
          assignment: { id, task_id, purpose, status: 'held', withdrawn_at: null },
          activeMs: 1,
          openedAt: null,
          isTooLate: false,
          now: Date.now(),
        })
      }
      return claimed.held
    })
    given += held.length
    if (turn % 20 === 0) {
      const views = await viewTasks(db.read, projectId, held)
      for (const [at, view] of views.entries()) {
        const { taskId, shownOrder } = must(held[at], 'the assignment of a view')
        const rows = await db.read
          .selectFrom('task_response')
          .innerJoin('response', 'response.id', 'task_response.response_id')
          .select('response.messages')
          .where('task_response.task_id', '=', taskId)
          .orderBy('task_response.position')
          .execute()
        const stored = shownOrder.map((position) => must(rows[position], 'a response').messages)
        view.responses.forEach(({ messages }, side) => {
          expect(stored[side]).toContain(messages[0]?.content)
        })
        shown += 1
      }
    }
    if (turn > wanted * 5) throw new Error(`Only ${given} of ${wanted} were given out.`)
  }
  expect(shown).toBeGreaterThan(wanted / 100)
  const rows = await db.read
    .selectFrom('assignment')
    .innerJoin('task_response as a', (join) =>
      join.onRef('a.task_id', '=', 'assignment.task_id').on('a.position', '=', 0),
    )
    .innerJoin('task_response as b', (join) =>
      join.onRef('b.task_id', '=', 'assignment.task_id').on('b.position', '=', 1),
    )
    .innerJoin('response as ra', 'ra.id', 'a.response_id')
    .innerJoin('response as rb', 'rb.id', 'b.response_id')
    .select([
      'assignment.rater_id',
      'assignment.shown_order',
      'ra.model_id',
      'rb.model_id as other',
    ])
    .where('assignment.status', '=', 'submitted')
    .execute()
  await db.close()
  await test.remove()
  return { rows, wanted }
}

it.each([
  { dialect: 'sqlite', prompts: 500 },
  { dialect: 'postgres', prompts: 40 },
] as const)(
  'each side is taken as often as by fair tosses at most, on $dialect',
  async ({ dialect, prompts }) => {
    const { rows, wanted } = await giveOut(dialect, prompts)
    expect(rows).toHaveLength(wanted)
    const groups = [
      ['overall', rows] as const,
      ...Map.groupBy(rows, (row) => `pair ${row.model_id} ${row.other}`),
      ...Map.groupBy(rows, (row) => `rater ${row.rater_id}`),
    ]
    expect(groups).toHaveLength(1 + pairs + raters)
    const bound = 0.001 / groups.length
    const figures = groups.map(([name, group]) => {
      const left = group.filter((row) => row.shown_order === '[0,1]').length
      return { name, n: group.length, left, p: twoSided(left, group.length) }
    })
    const worst = figures.reduce((one, other) =>
      Math.abs(one.left / one.n - 0.5) > Math.abs(other.left / other.n - 0.5) ? one : other,
    )
    process.stdout.write(
      `${dialect}: ${wanted} assignments, farthest from even: ${worst.left} of ${worst.n} (${worst.name.split(' ')[0]})\n`,
    )
    expect(figures.filter(({ p }) => p < bound)).toEqual([])
  },
  300_000,
)

it('would notice a side that is taken too often', () => {
  expect(twoSided(5_000, 10_000)).toBe(1)
  expect(twoSided(5_200, 10_000)).toBeLessThan(0.001)
  expect(twoSided(3, 10)).toBeCloseTo(0.34375, 10)
})
