/** What a lead does about a task that a rater flagged. */
import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { listOpenFlags, resolveFlag } from '#app/rate/flags.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { answer, type Bureau, claim, factsOf, hire, openBureau, say } from '#tests/support/desk.ts'

const resolve = (bureau: Bureau, flagId: string, takesTaskOut: boolean) => {
  const { db, projectId, campaignId, lead, clock } = bureau
  const deal = { flagId, takesTaskOut, reason: 'it names a person', actor: lead.personId }
  return inTransaction(db, (trx) =>
    resolveFlag(trx, { projectId, campaignId, now: clock.now, ...deal }),
  )
}

describeEachDialect('A flagged task', (open) => {
  it('is seen by a lead, and stays in the work once the flag is resolved', async () => {
    const bureau = await openBureau(await open(), { prompts: 1 })
    const [rater, other] = [await hire(bureau), await hire(bureau)]
    const { assignmentId } = must((await claim(bureau, rater)).tasks[0], 'a task')
    await say(bureau, rater, { intent: 'flag', assignmentId, reason: 'A name stands there.' })
    const { taskId } = await factsOf(bureau, assignmentId)
    const [flag, ...more] = await listOpenFlags(bureau.db.read, bureau)
    expect(flag).toMatchObject({ reason: 'A name stands there.', taskId })
    expect(more).toEqual([])
    expect(await resolve(bureau, must(flag, 'the flag').id, false)).toBe(true)
    expect(await listOpenFlags(bureau.db.read, bureau)).toEqual([])
    expect(await resolve(bureau, must(flag, 'the flag').id, true)).toBe(false)
    expect((await claim(bureau, other)).tasks).toHaveLength(1)
  })

  it('that is withdrawn comes to nobody, and who has it in hand loses no words', async () => {
    const bureau = await openBureau(await open(), { prompts: 1 })
    const [rater, other] = [await hire(bureau), await hire(bureau)]
    const task = must((await claim(bureau, rater)).tasks[0], 'a task')
    const { assignmentId } = task
    await say(bureau, rater, { intent: 'flag', assignmentId, reason: '' })
    const [flag] = await listOpenFlags(bureau.db.read, bureau)
    expect(await resolve(bureau, must(flag, 'the flag').id, true)).toBe(true)
    expect((await claim(bureau, other)).tasks).toEqual([])
    expect((await answer(bureau, rater, task, 'a')).saved).toMatchObject({
      ok: true,
      isExtra: true,
    })
    const audit = await bureau.db.read
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'flagged task withdrawn')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(audit.detail)).toMatchObject({ reason: 'it names a person' })
  })
})
