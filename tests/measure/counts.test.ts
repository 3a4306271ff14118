/** Standings follow their judgments from counts that are kept, and are those of all judgments read anew. */
import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { countedTotals, foldChanges, readCounts } from '#app/measure/counts.server.ts'
import { refreshStale } from '#app/measure/keep-measured.server.ts'
import { measureStandings, newerJudgments, runMeasure } from '#app/measure/measure.server.ts'
import { latestWithPairs } from '#app/measure/measurements.server.ts'
import {
  askToRestore,
  askToWithdraw,
  countWithdrawable,
  listWithdrawals,
  runWithdrawJudgments,
  withdrawKind,
} from '#app/rate/withdraw-judgments.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  answer,
  type Bureau,
  claim,
  hire,
  openBureau,
  runNow,
  runQueued,
} from '#tests/support/desk.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const winners = ['a', 'b', 'tie', 'both_bad', 'cant_judge'] as const

type Place = Pick<Bureau, 'db' | 'projectId' | 'campaignId'>

const scopeOf = ({ projectId, campaignId }: Place) => ({ projectId, campaignId })

/** What the counts say, and what all judgments say when they are read from the beginning. */
async function bothWays(bureau: Place) {
  const { db, projectId, campaignId } = bureau
  await refreshStale(db)
  const kept = must(await latestWithPairs(db.read, projectId, campaignId), 'standings').result
  const { standings: anew, tally } = await measureStandings(db.read, scopeOf(bureau))
  const read = await readCounts(db.read, scopeOf(bureau))
  return { kept, anew: JSON.parse(JSON.stringify(anew)) as typeof anew, tally, read }
}

describeEachDialect('Standings that follow their judgments', (open) => {
  it('are those of all judgments, whatever was given, changed, withdrawn and put back', async () => {
    const test = await open()
    const random = seededRandom(11)
    const bureau = await openBureau(test, {
      prompts: 14,
      models: ['a', 'b', 'c'],
      overlap: 4,
      random,
    })
    const { db, projectId } = bureau
    // As if chosen adaptively, each with a probability of its own.
    const tasks = await db.read.selectFrom('task').select('id').orderBy('id').execute()
    for (const [place, { id }] of tasks.entries()) {
      const drawn = { selection_probability: 1 / (2 + (place % 5)) }
      await db.write.updateTable('task').set(drawn).where('id', '=', id).execute()
    }
    await runNow(bureau, runMeasure)
    const raters = await Promise.all(Array.from({ length: 4 }, () => hire(bureau)))
    const given: { rater: (typeof raters)[number]; assignmentId: string; revision: number }[] = []
    for (let step = 0; step < 40; step++) {
      const rater = must(raters[Math.floor(random() * raters.length)], 'a rater')
      const winner = must(winners[Math.floor(random() * winners.length)], 'a verdict')
      const chance = random()
      if (chance < 0.75 || given.length === 0) {
        const [task] = (await claim(bureau, rater)).tasks
        if (task) {
          await answer(bureau, rater, task, winner)
          given.push({ rater, assignmentId: task.assignmentId, revision: 1 })
        }
      } else if (chance < 0.9) {
        const again = must(given[Math.floor(random() * given.length)], 'a judgment')
        await answer(bureau, again.rater, again, winner, again.revision)
        again.revision += 1
      } else {
        await withdraw(bureau, rater.raterId, chance > 0.95)
      }
      if (step % 5 < 4) continue
      const { kept, anew, tally, read } = await bothWays(bureau)
      expect(kept).toEqual(anew)
      expect(read.pairs).toHaveLength(tally.pairs.size)
      expect(await newerJudgments(db.read, projectId, bureau.campaignId, { uncounted: true })).toBe(
        0,
      )
    }
    expect(given.length).toBeGreaterThan(20)
    expect((await bothWays(bureau)).kept.method.weights).toBeDefined()
  })

  it('are put right by the next measurement in full where something left no note', async () => {
    const bureau = await openBureau(await open(), { prompts: 12 })
    const { db } = bureau
    const rater = await hire(bureau)
    for (let turn = 0; turn < 8; turn++) {
      const [task] = (await claim(bureau, rater)).tasks
      await answer(bureau, rater, must(task, 'a task'), 'a')
    }
    await runNow(bureau, runMeasure)
    const judged = await db.read.selectFrom('judgment').select('task_id').execute()
    const [gold, ...others] = judged.map((row) => row.task_id)
    await db.write
      .updateTable('task')
      .set({ purpose: 'gold' })
      .where('id', '=', must(gold, 'a task'))
      .execute()
    await runNow(bureau, runMeasure)
    const { kept, anew, read } = await bothWays(bureau)
    expect(kept).toEqual(anew)
    expect(read.pairs).toHaveLength(others.length)
    expect(await countedTotals(db.read, scopeOf(bureau))).toMatchObject({
      prompts: 7,
      judgments: 7,
    })
  })

  it('count what an import brings, scores and rankings as well', async () => {
    const test = await open()
    const bureau = await openBureau(test, { prompts: 3 })
    const models = ['x', 'y', 'z']
    const ids = ['q1', 'q2', 'q3']
    const about = { campaign: 'Imported' }
    const lines = [
      ...ids.map((id) => ({
        id,
        prompt: `About ${id}?`,
        responses: models.map((model) => ({
          id: `${id}${model}`,
          model,
          content: `${model} says`,
        })),
      })),
      ...ids.map((prompt_id) => ({
        prompt_id,
        ranking: [['y'], ['x', 'z']],
        rater: 'r1',
        ...about,
      })),
      { prompt_id: 'q1', ranking: [['z'], ['y'], ['x']], rater: 'r2', ...about },
    ]
    await importFiles(test, bureau.projectId, {
      'a.jsonl': lines.map((line) => JSON.stringify(line)).join('\n'),
    })
    const campaign = await test.db.read
      .selectFrom('campaign')
      .select('id')
      .where('name', '=', 'Imported')
      .executeTakeFirstOrThrow()
    const imported = { ...bureau, campaignId: campaign.id }
    await runNow(imported, runMeasure)
    await importFiles(test, bureau.projectId, {
      'b.jsonl': ['q2', 'q3']
        .map((prompt_id) =>
          JSON.stringify({ prompt_id, ranking: [['x', 'y', 'z']], rater: 'r3', ...about }),
        )
        .join('\n'),
    })
    const { kept, anew } = await bothWays(imported)
    expect(kept).toEqual(anew)
    expect(kept.method).toMatchObject({ judgments: 6, raters: 3, prompts: 3 })
  })

  it('count scores too', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const score = (prompt_id: string, rater: string, value: number) =>
      JSON.stringify({
        prompt_id,
        model: 'x',
        criterion: 'clarity',
        score: value,
        rater,
        campaign: 'Scored',
      })
    const prompt = (id: string) =>
      JSON.stringify({ id, prompt: `About ${id}?`, responses: [{ model: 'x', content: 'so' }] })
    await importFiles(test, project.id, {
      'a.jsonl': [prompt('p1'), prompt('p2'), score('p1', 'r1', 4), score('p2', 'r1', 2)].join(
        '\n',
      ),
    })
    const { id: campaignId } = await db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    const scored = { db, test, projectId: project.id, campaignId }
    await runNow(scored, runMeasure)
    await importFiles(test, project.id, {
      'b.jsonl': [score('p1', 'r2', 1), score('p2', 'r2', 5)].join('\n'),
    })
    const { kept, anew } = await bothWays(scored)
    expect(kept).toEqual(anew)
    expect(kept.scores[0]).toMatchObject({ mean: 3, judgments: 4, prompts: 2 })
  })

  it('take changes in once, a hundred at a time, and none where the counts are not whole', async () => {
    const bureau = await openBureau(await open(), { prompts: 40, overlap: 3 })
    const { db } = bureau
    const scope = { ...scopeOf(bureau), now: 1 }
    const fold = () => inTransaction(db, (trx) => foldChanges(trx, scope))
    const raters = await Promise.all(Array.from({ length: 3 }, () => hire(bureau)))
    for (const rater of raters) {
      let [task] = (await claim(bureau, rater)).tasks
      while (task) {
        const { tasks } = await answer(bureau, rater, task, 'a')
        task = tasks[0] ?? (await claim(bureau, rater)).tasks[0]
      }
    }
    expect(await fold()).toBeUndefined()
    await runNow(bureau, runMeasure)
    expect(await fold()).toBeUndefined()
    expect(await countedTotals(db.read, scope)).toEqual({ prompts: 40, raters: 3, judgments: 120 })
    await db.write
      .insertInto('judgment_change')
      .columns(['project_id', 'id', 'campaign_id', 'judgment_id', 'kind', 'created_at'])
      .expression((eb) =>
        eb
          .selectFrom('judgment')
          .select((each) => [
            'project_id',
            'id',
            'campaign_id',
            'id as judgment_id',
            each.val('revised' as const).as('kind'),
            'created_at',
          ]),
      )
      .execute()
    const folds = [await fold(), await fold()]
    expect(folds.map((one) => one !== undefined)).toEqual([true, true])
    expect(await fold()).toBeUndefined()
    expect(await countedTotals(db.read, scope)).toEqual({ prompts: 40, raters: 3, judgments: 120 })
  })
})

/** Takes all of a rater's judgments out of the figures, or puts back those that were. */
async function withdraw(bureau: Bureau, raterId: string, isUndone: boolean): Promise<void> {
  const { db, projectId, campaignId, test, lead, clock } = bureau
  const scope = { projectId, campaignId, raterId }
  const asking = { ...scope, reason: 'a try', actor: lead.raterId, now: clock.now }
  clock.now += 1
  const [withdrawal] = await listWithdrawals(db.read, scope)
  await inTransaction(db, async (trx) => {
    if (isUndone && withdrawal) {
      await askToRestore(trx, { ...asking, withdrawal, confirmed: withdrawal.judgments })
    }
    if (isUndone) return
    const { judgments } = await countWithdrawable(trx, scope, null)
    await askToWithdraw(trx, { ...asking, since: null, confirmed: judgments })
  })
  await runQueued(test, { [withdrawKind]: runWithdrawJudgments })
  await db.write.updateTable('job').set({ status: 'done' }).execute()
}
