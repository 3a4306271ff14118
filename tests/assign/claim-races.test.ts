/** Two raters at the same slot: one transaction is held open while the other comes to it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { expireHolds } from '#app/assign/holds.server.ts'
import { must } from '#app/base/must.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { answer, type Bureau, claim, expectExact, hire, openBureau } from '#tests/support/desk.ts'
import type { Rater } from '#tests/support/judging.ts'

const holdMs = 30 * 60_000
/** Long enough for the other to come as far as it can. */
const meanwhileMs = 250

/** Claims for a rater and lets something else begin before the claim is committed. */
async function claimWhile<Result>(
  bureau: Bureau,
  { raterId }: Rater,
  other: () => Promise<Result>,
): Promise<{ mine: string[]; result: Result }> {
  const { db, projectId, campaignId, clock, random } = bureau
  let begun: Promise<Result> | undefined
  const { held } = await inTransaction(db, async (trx) => {
    const place = { projectId, campaignId, raterId }
    const claimed = await claimTasks(trx, { ...place, holdMs, now: clock.now, random, want: 1 })
    begun = other()
    await sleep(meanwhileMs)
    return claimed
  })
  const result = await must(begun, 'what began meanwhile')
  return { mine: held.map((task) => task.assignmentId), result }
}

const ownersOf = (db: Db, assignmentIds: readonly string[]) =>
  db.read.selectFrom('assignment').select('rater_id').where('id', 'in', assignmentIds).execute()

describeEachDialect('Two raters at one slot', (open) => {
  it('get a task each, and neither loses what he or she was given', async () => {
    const bureau = await openBureau(await open(), { prompts: 2, overlap: 1 })
    const [one, other] = [await hire(bureau), await hire(bureau)]
    const { mine, result } = await claimWhile(bureau, one, () => claim(bureau, other))
    const given = result.tasks.map((task) => task.assignmentId)
    expect(mine).toHaveLength(1)
    expect(given).toHaveLength(1)
    for (const { rater_id } of await ownersOf(bureau.db, given)) {
      expect(rater_id).toBe(other.raterId)
    }
    const { tasks } = await claim(bureau, one)
    expect(tasks.map((task) => task.assignmentId)).toEqual(mine)
    await expectExact(bureau)
  })

  it('never make one too many: a late answer that loses the slot is extra', async () => {
    const bureau = await openBureau(await open(), { prompts: 1, overlap: 1 })
    const [slow, fast] = [await hire(bureau), await hire(bureau)]
    const held = must((await claim(bureau, slow)).tasks[0], 'a task')
    bureau.clock.now += holdMs + 1
    const { db, projectId, campaignId, clock } = bureau
    const over = { projectId, campaignId, now: clock.now }
    expect(await inTransaction(db, (trx) => expireHolds(trx, over))).toBe(1)
    const { mine, result } = await claimWhile(bureau, fast, () => answer(bureau, slow, held, 'a'))
    expect(mine).toHaveLength(1)
    expect(result.saved).toMatchObject({ ok: true, isExtra: true })
    await expectExact(bureau)
  })
})
