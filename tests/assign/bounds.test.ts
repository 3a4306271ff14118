/** Who may judge, how much, and until when: what a lead bounds a campaign with. */
import { expect, it } from 'vitest'
import { changeLimits, runCloseCampaign } from '#app/assign/campaign-life.server.ts'
import { runFitTasks } from '#app/assign/fit-tasks.server.ts'
import { runMakeTasks } from '#app/assign/make-tasks.server.ts'
import { must } from '#app/base/must.ts'
import { recordWrittenResponses } from '#app/import/written-responses.server.ts'
import { changeRaterProfile } from '#app/projects/raters.server.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  answer,
  claim,
  expectExact,
  hire,
  judge,
  openAnother,
  openBureau,
  question,
  runNow,
  say,
  setOverlap,
  slotsOf,
} from '#tests/support/desk.ts'
import { importFiles, makeProject, promptLines } from '#tests/support/project.ts'

describeEachDialect('The bounds of a campaign', (open) => {
  it('keep each rater to his or her most, counting what is in hand', async () => {
    const bureau = await openBureau(await open(), { prompts: 9, settings: { mostPerRater: 4 } })
    const rater = await hire(bureau)
    expect(await judge(bureau, rater, () => 'a', 2)).toHaveLength(2)
    expect((await claim(bureau, rater)).tasks).toHaveLength(2)
    expect(await judge(bureau, rater)).toHaveLength(2)
    expect(await claim(bureau, rater)).toMatchObject({ state: 'limit', tasks: [] })
    const { db, projectId, campaignId, clock } = bureau
    const change = { projectId, campaignId, mostPerRater: 5, now: clock.now }
    await inTransaction(db, (trx) => changeLimits(trx, change))
    expect(await judge(bureau, rater)).toHaveLength(1)
  })

  it('keep to the budget, and a higher one has the rest made', async () => {
    const bureau = await openBureau(await open(), { prompts: 5, settings: { budget: 7 } })
    expect((await slotsOf(bureau)).map((task) => task.needed)).toEqual([2, 2, 2, 1])
    await expectExact(bureau)
    const { db, projectId, campaignId, clock } = bureau
    const change = (budget: number | null) =>
      inTransaction(db, (trx) =>
        changeLimits(trx, { projectId, campaignId, budget, now: clock.now }),
      )
    expect(await change(6)).toMatchObject({ ok: false })
    expect(await change(9)).toEqual({ ok: true })
    await runNow(bureau, runMakeTasks)
    await runNow(bureau, runFitTasks)
    const total = async () => (await slotsOf(bureau)).reduce((sum, task) => sum + task.needed, 0)
    expect(await total()).toBe(9)
    await change(null)
    await runNow(bureau, runMakeTasks)
    await runNow(bureau, runFitTasks)
    expect(await total()).toBe(10)
    await expectExact(bureau)
    const rater = await hire(bureau)
    const { tasks } = await claim(bureau, rater)
    await say(bureau, rater, {
      intent: 'release',
      assignmentIds: tasks.map((task) => task.assignmentId),
    })
    await expectExact(bureau)
  })

  it('close it at its deadline; what is in hand counts for an hour, and is kept after', async () => {
    const deadlineAt = Date.now() + 60_000
    const bureau = await openBureau(await open(), { prompts: 4, settings: { deadlineAt } })
    const rater = await hire(bureau)
    const { tasks } = await claim(bureau, rater)
    const [one, two, three] = tasks.map((task) => must(task, 'a task'))
    const early = await answer(bureau, rater, must(one, 'one'), 'a')
    expect(early.saved).toMatchObject({ isExtra: false })
    expect((await runNow(bureau, runCloseCampaign)).closed).toBe(false)
    bureau.clock.now = deadlineAt + 59 * 60_000
    expect((await claim(bureau, await hire(bureau))).tasks).toEqual([])
    expect(await claim(bureau, rater)).toMatchObject({ state: 'closed' })
    const late = await answer(bureau, rater, must(two, 'two'), 'a')
    expect(late).toMatchObject({ state: 'closed', saved: { ok: true, isExtra: false } })
    expect(late.saved).toHaveProperty('note')
    const changed = await answer(bureau, rater, must(one, 'one'), 'b', 1)
    expect(changed.saved).toMatchObject({ ok: false, reason: 'closed' })
    bureau.clock.now = deadlineAt + 61 * 60_000
    const tooLate = await answer(bureau, rater, must(three, 'three'), 'a')
    expect(tooLate.saved).toMatchObject({ ok: true, isExtra: true })
    await expectExact(bureau)
    const rows = await bureau.db.read.selectFrom('judgment').select('is_extra').execute()
    expect(rows.map((row) => row.is_extra).sort()).toEqual([0, 0, 1])
  })

  it('close it by itself when the deadline is over, and not when it was moved', async () => {
    const deadlineAt = Date.now() + 3_600_000
    const bureau = await openBureau(await open(), { settings: { deadlineAt } })
    const { db, projectId, campaignId, clock } = bureau
    const status = async () =>
      (
        await db.read
          .selectFrom('campaign')
          .select('status')
          .where('id', '=', campaignId)
          .executeTakeFirstOrThrow()
      ).status
    const move = (deadlineAt: number) =>
      inTransaction(db, (trx) =>
        changeLimits(trx, { projectId, campaignId, deadlineAt, now: clock.now }),
      )
    await move(Date.now() + 20)
    await move(Date.now() + 3_600_000)
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(await runNow(bureau, runCloseCampaign)).toEqual({ closed: false })
    expect(await status()).toBe('open')
    await move(Date.now() + 20)
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(await runNow(bureau, runCloseCampaign)).toEqual({ closed: true })
    expect(await status()).toBe('closed')
    clock.now = Date.now()
    const { state } = await claim(bureau, await hire(bureau))
    expect(state).toBe('closed')
  })

  it('let in only the groups that were chosen', async () => {
    const bureau = await openBureau(await open(), { settings: { groups: ['medicine', 'law'] } })
    const { db, projectId, campaignId, clock, random } = bureau
    const rater = await hire(bureau)
    const knock = () =>
      answerDesk(
        { db, projectId, campaignId, personId: rater.personId, now: clock.now, random },
        { intent: 'claim', have: [] },
      )
    const put = (groups: string[]) =>
      inTransaction(db, (trx) =>
        changeRaterProfile(trx, { projectId, ...rater, groups, languages: [], now: clock.now }),
      )
    expect(await knock()).toBeUndefined()
    await put(['art'])
    expect(await knock()).toBeUndefined()
    await put(['art', 'law'])
    expect((await knock())?.tasks.length).toBeGreaterThan(0)
  })

  it('give raters only prompts in their languages, and those of none to all', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    await importFiles(test, projectId, { 'a.jsonl': promptLines(6, ['a', 'b']) })
    const languages = ['en', 'pt', 'de', null, 'en', 'pt']
    for (const [place, language] of languages.entries()) {
      const named = db.write.updateTable('prompt').set({ language })
      await named.where('preview', '=', question(place)).execute()
    }
    const settings = { matchLanguages: true }
    const bureau = await openAnother(test, { projectId, overlap: 1, settings })
    const speaks = async (...codes: string[]) => {
      const rater = await hire(bureau)
      const profile = { projectId, ...rater, groups: [], languages: codes, now: bureau.clock.now }
      await inTransaction(db, (trx) => changeRaterProfile(trx, profile))
      return rater
    }
    const silent = await speaks()
    expect(await judge(bureau, silent)).toEqual([question(3)])
    const portuguese = await speaks('pt')
    expect((await judge(bureau, portuguese)).sort()).toEqual([question(1), question(5)])
    // What comes back stays in its language.
    await setOverlap(bureau, 2)
    const both = await speaks('pt', 'en')
    const { tasks } = await claim(bureau, both)
    const assignmentIds = tasks.map((task) => task.assignmentId)
    await say(bureau, both, { intent: 'release', assignmentIds })
    expect(await judge(bureau, silent)).toEqual([])
    expect((await judge(bureau, both)).sort()).toEqual([0, 1, 3, 4, 5].map(question))
    expect((await judge(bureau, await speaks('de'))).sort()).toEqual([question(2)])
  })

  it('never give a response to the rater who wrote it, wherever the rater is among others', async () => {
    const test = await open()
    const first = await openBureau(test, { prompts: 4 })
    const { db, projectId } = first
    const writers = [await hire(first), await hire(first)]
    for (const [place, writer] of writers.entries()) {
      const { id: promptId } = await db.read
        .selectFrom('prompt')
        .select('id')
        .where('preview', '=', question(place))
        .executeTakeFirstOrThrow()
      const text = `The best answer of writer ${place}.`
      const own = [{ promptId, writtenBy: writer.raterId, text, writtenAt: 1 }]
      await inTransaction(db, (trx) =>
        recordWrittenResponses(trx, { projectId, responses: own, now: 1 }),
      )
    }
    const bureau = await openAnother(test, { projectId, name: 'Ideals', overlap: 2 })
    await Promise.all(writers.map((writer) => judge(bureau, writer)))
    const authors = await db.read
      .selectFrom('judgment')
      .innerJoin('task_response', 'task_response.task_id', 'judgment.task_id')
      .innerJoin('response', 'response.id', 'task_response.response_id')
      .select(['judgment.rater_id', 'response.written_by'])
      .where('judgment.campaign_id', '=', bureau.campaignId)
      .where('response.written_by', 'is not', null)
      .execute()
    expect(authors).toHaveLength(4)
    for (const row of authors) expect(row.written_by).not.toBe(row.rater_id)
    const rest = await judge(bureau, await hire(bureau))
    expect([...rest].sort()).toEqual([0, 0, 1, 1].map(question))
  })
})
