import { describe, expect, it } from 'vitest'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { must } from '#app/base/must.ts'
import { recordWrittenResponses } from '#app/import/written-responses.server.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { decideTask } from '#app/rate/adjudicate.server.ts'
import { viewAdjudication } from '#app/rate/adjudication-task.server.ts'
import { expectedSchema } from '#app/rate/expected.ts'
import { accuracies, type ExpectedGiven } from '#app/rate/expected-task.ts'
import { listCandidates, listExpected, viewExpected } from '#app/rate/expected-task-list.server.ts'
import { giveExpected, retireTask } from '#app/rate/expected-tasks.server.ts'
import { countIdeals, runKeepIdeals } from '#app/rate/ideal-responses.server.ts'
import type { ShownWinner } from '#app/rate/judgment.ts'
import { insertJudgments } from '#app/rate/judgments.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Winner } from '#db/schema.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { blindLines, judgeAll, type Rater, taskOf, weigh } from '#tests/support/judging.ts'
import { importFiles, makePerson, makeProject, openCampaign } from '#tests/support/project.ts'

const prompts = ['First?', 'Second?', 'Third?', 'Fourth?', 'Fifth?']

async function campaign(test: TestDatabase) {
  const { db } = test
  const { id: projectId } = await makeProject(db)
  await importFiles(test, projectId, { 'a.jsonl': blindLines(prompts) })
  const campaignId = await openCampaign(db, projectId, { overlap: 2 })
  const work = { db, projectId, campaignId }
  const lead = await makePerson(db, { projectId, roles: ['lead'] })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const scope = { projectId, campaignId, personId: lead.personId }
  const give = async (
    preview: string,
    winner: ShownWinner,
    change: Partial<ExpectedGiven> & { taskId?: string } = {},
  ) => {
    const { taskId = await taskOf(work, preview), ...given } = change
    return giveExpected(db, {
      ...scope,
      taskId,
      given: {
        purpose: 'gold',
        answers: [{ kind: 'preference', criterionId: criterion.id, winner }],
        explanation: 'the other one is wrong',
        ...given,
      },
      now: Date.now(),
    })
  }
  const list = () => listExpected(db.read, { ...scope, tolerance: 0 })
  return { ...work, work, scope, lead, criterion, give, list }
}

const contextOf = (
  { db, folder }: TestDatabase,
  { projectId, campaignId }: { projectId: string; campaignId: string },
): JobContext => ({
  db,
  dataDir: folder,
  signal: new AbortController().signal,
  job: {
    project_id: projectId,
    id: 'job',
    kind: 'keep-ideal-responses',
    input: JSON.stringify({ campaignId }),
    cursor: null,
    attempts: 1,
  },
  report: async () => {},
  reportWithin: async () => {},
})

describeEachDialect('Gold, training and qualification tasks', (open) => {
  it('copy a piece of work with what is expected, in canonical order', async () => {
    const { db, give, work, scope } = await campaign(await open())
    const from = await taskOf(work, 'First?')
    const seen = must(await viewExpected(db.read, { ...scope, taskId: from }), 'the view')
    const made = await give('First?', 'first')
    const gold = must(made.ok ? made.taskId : undefined, 'the task')
    const row = await db.read
      .selectFrom('task')
      .selectAll()
      .where('id', '=', gold)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ purpose: 'gold', needed: 0, withdrawn_at: null })
    const responses = (id: string) =>
      db.read
        .selectFrom('task_response')
        .select(['position', 'response_id'])
        .where('task_id', '=', id)
        .orderBy('position')
        .execute()
    expect(await responses(gold)).toEqual(await responses(from))
    const expected = expectedSchema.parse(JSON.parse(row.expected ?? ''))
    const [answer] = expected.scores
    if (answer?.answer.kind !== 'preference') throw new Error('no preference')
    // What stood first on the lead's page is the response that the expected answer names.
    const position = answer.answer.winner === 'a' ? 0 : 1
    const text = await db.read
      .selectFrom('task_response')
      .innerJoin('response', 'response.id', 'task_response.response_id')
      .select('response.messages')
      .where('task_response.task_id', '=', from)
      .where('position', '=', position)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(text.messages)[0].content).toBe(seen.responses[0]?.messages[0]?.content)
    expect(expected.explanation).toBe('the other one is wrong')
    expect(JSON.stringify(seen)).not.toMatch(/zephyr|mistral/)
  })

  it('take work out that nobody has judged, and leave work that somebody has', async () => {
    const { db, give, work } = await campaign(await open())
    expect(await give('First?', 'first')).toMatchObject({ ok: true, isWorkWithdrawn: true })
    const rater = await makePerson(db, { projectId: work.projectId, roles: ['annotator'] })
    const seen: string[] = []
    await judgeAll(work, rater, (preview) => {
      seen.push(preview)
      return { winner: 'a' }
    })
    expect([...seen].sort()).toEqual(['Fifth?', 'Fourth?', 'Second?', 'Third?'])
    expect(await give('Second?', 'first')).toMatchObject({ ok: true, isWorkWithdrawn: false })
  })

  it('are made once for each purpose, can be changed, and come back after they were retired', async () => {
    const { db, give, list, scope } = await campaign(await open())
    const made = await give('First?', 'first')
    const taskId = must(made.ok ? made.taskId : undefined, 'the task')
    expect(await give('First?', 'second')).toMatchObject({ ok: false })
    expect(await give('First?', 'second', { purpose: 'training' })).toMatchObject({ ok: true })
    await give('First?', 'tie', { taskId, explanation: 'equally good' })
    const [, gold] = await list()
    expect(gold).toMatchObject({ id: taskId, answers: [{ winner: 'tie' }] })
    const retired = await retireTask(db, { ...scope, taskId, reason: 'wrong', now: 5 })
    expect(retired).toBe(true)
    expect((await list()).at(-1)).toMatchObject({ id: taskId, retiredBecause: 'wrong' })
    expect(await give('First?', 'first')).toMatchObject({ ok: true, taskId })
    expect((await list()).find(({ id }) => id === taskId)?.retiredBecause).toBeNull()
  })

  it('want an answer that raters can be compared with, and training an explanation', async () => {
    const { give } = await campaign(await open())
    const silent = await give('First?', 'first', { purpose: 'training', explanation: '' })
    expect(silent).toMatchObject({ ok: false, message: expect.stringContaining('say why') })
    expect(await give('First?', 'first', { answers: [] as never })).toMatchObject({ ok: false })
  })

  it('are proposed from what adjudicators decided, those first', async () => {
    const { db, work, scope, criterion, lead } = await campaign(await open())
    const taskId = await taskOf(work, 'Third?')
    const given = {
      baseRevision: 0,
      answers: [
        { kind: 'preference' as const, criterionId: criterion.id, winner: 'second' as const },
      ],
      reason: 'the first invents a source',
      reasons: [],
      activeMs: null,
    }
    await decideTask(db, { ...work, taskId, personId: lead.personId, given, now: 1 })
    const criteria = await listCriteria(db.read, work.projectId, work.campaignId)
    const candidates = await listCandidates(db.read, { ...scope, criteria })
    expect(candidates.decided.map(({ preview }) => preview)).toEqual(['Third?'])
    expect(candidates.unjudged.map(({ preview }) => preview)).not.toContain('Third?')
    expect(candidates.unjudged).toHaveLength(4)
    const proposed = await viewExpected(db.read, { ...scope, taskId })
    expect(proposed).toMatchObject({
      isProposed: true,
      explanation: 'the first invents a source',
      answers: [{ winner: 'second' }],
    })
    const adjudicated = await viewAdjudication(db.read, { ...scope, taskId })
    expect(proposed?.responses).toEqual(adjudicated?.responses)
  })

  it('are offered where raters are of one mind, and not where they are not', async () => {
    const test = await open()
    const { db, work, scope } = await campaign(test)
    for (const other of ['a', 'b'] as const) {
      const rater = await makePerson(db, { projectId: work.projectId, roles: ['annotator'] })
      await judgeAll(work, rater, (preview) => ({
        winner: preview === 'First?' ? other : 'a',
      }))
    }
    await weigh({ db, folder: test.folder }, work)
    const criteria = await listCriteria(db.read, work.projectId, work.campaignId)
    const { agreed } = await listCandidates(db.read, { ...scope, criteria })
    expect(agreed.map(({ preview }) => preview).sort()).toEqual(
      prompts.filter((prompt) => prompt !== 'First?').sort(),
    )
  })

  it('show how raters do on each', async () => {
    const { db, give, list, projectId, campaignId } = await campaign(await open())
    const made = await give('First?', 'first')
    const taskId = must(made.ok ? made.taskId : undefined, 'the task')
    const row = await db.read
      .selectFrom('task')
      .select('expected')
      .where('id', '=', taskId)
      .executeTakeFirstOrThrow()
    const [score] = expectedSchema.parse(JSON.parse(row.expected ?? '')).scores
    const winner = score?.answer.kind === 'preference' ? score.answer.winner : undefined
    const other: Winner = winner === 'a' ? 'b' : 'a'
    for (const given of [winner, winner, other]) {
      const rater = await makePerson(db, { projectId, roles: ['annotator'] })
      await insertVerdict({ db, projectId, campaignId }, rater, { taskId, winner: given ?? 'a' })
    }
    expect((await list())[0]?.accuracy).toMatchObject({ right: 2, total: 3 })
  })

  async function insertVerdict(
    {
      db,
      projectId,
      campaignId,
    }: { db: TestDatabase['db']; projectId: string; campaignId: string },
    rater: Rater,
    { taskId, winner, ideal }: { taskId: string; winner: Winner; ideal?: string },
  ) {
    const criteria = await db.read
      .selectFrom('criterion')
      .select(['id', 'kind'])
      .where('campaign_id', '=', campaignId)
      .execute()
    const idOf = (kind: string) => criteria.find((one) => one.kind === kind)?.id ?? ''
    await inTransaction(db, (trx) =>
      insertJudgments(
        trx,
        [
          {
            project_id: projectId,
            campaign_id: campaignId,
            task_id: taskId,
            rater_id: rater.raterId,
            assignment_id: null,
            source: 'human',
            is_extra: 0,
            shown_order: '[0,1]',
            guidelines_version: null,
            shown_hash: null,
            active_ms: null,
            batch_id: null,
            judged_at: 1,
            created_at: 1,
            words: {
              scores: [
                {
                  criterionId: idOf('preference'),
                  position: -1,
                  answer: { kind: 'preference', winner },
                },
                ...(ideal === undefined
                  ? []
                  : [
                      {
                        criterionId: idOf('ideal'),
                        position: -1,
                        answer: { kind: 'ideal' as const, text: ideal },
                      },
                    ]),
              ],
              comment: '',
              reasons: [],
            },
          },
        ],
        () => [],
      ),
    )
  }

  it('turn ideal responses into responses of their writers, once', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    await importFiles(test, projectId, { 'a.jsonl': blindLines(prompts) })
    const preference = {
      title: 'Which?',
      isRequired: true,
      definition: { kind: 'preference', points: 5 },
    }
    const ideal = { title: 'Ideal', isRequired: false, definition: { kind: 'ideal' } }
    const campaignId = await openCampaign(db, projectId, { criteria: [preference, ideal] })
    const work = { db, projectId, campaignId }
    const scope = { projectId, campaignId }
    const raters = [
      await makePerson(db, { projectId, roles: ['annotator'] }),
      await makePerson(db, { projectId, roles: ['annotator'] }),
    ]
    const taskId = await taskOf(work, 'First?')
    for (const rater of raters) {
      await insertVerdict(work, rater, { taskId, winner: 'a', ideal: 'Plainly so.' })
    }
    expect(await countIdeals(db.read, scope)).toEqual({ written: 2, kept: 0, isMany: false })
    expect(await runKeepIdeals(contextOf(test, scope))).toEqual({ made: 2, seen: 2 })
    expect(await runKeepIdeals(contextOf(test, scope))).toEqual({ made: 0, seen: 2 })
    expect(await countIdeals(db.read, scope)).toEqual({ written: 2, kept: 2, isMany: false })
    const rows = await db.read
      .selectFrom('response')
      .innerJoin('model', 'model.id', 'response.model_id')
      .select(['model.name', 'response.messages', 'response.written_by'])
      .where('response.written_by', 'is not', null)
      .orderBy('response.written_by')
      .execute()
    expect(rows.map((row) => row.written_by)).toEqual(raters.map((one) => one.raterId).sort())
    for (const row of rows) {
      expect(row.name).toBe('ideal response')
      expect(JSON.parse(row.messages)).toEqual([{ role: 'assistant', content: 'Plainly so.' }])
    }
    const again = await inTransaction(db, (trx) =>
      recordWrittenResponses(trx, { projectId, responses: [], now: 1 }),
    )
    expect(again).toBe(0)
  })

  it('never give a written response to its writer', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    await importFiles(test, projectId, { 'a.jsonl': blindLines(['Only?']) })
    const writer = await makePerson(db, { projectId, roles: ['annotator'] })
    const { id: promptId } = await db.read
      .selectFrom('prompt')
      .select('id')
      .executeTakeFirstOrThrow()
    await inTransaction(db, (trx) =>
      recordWrittenResponses(trx, {
        projectId,
        responses: [{ promptId, writtenBy: writer.raterId, text: 'Mine.', writtenAt: 1 }],
        now: 1,
      }),
    )
    const campaignId = await openCampaign(db, projectId, { overlap: 1 })
    const seen: string[] = []
    const work = { db, projectId, campaignId }
    await judgeAll(work, writer, () => {
      seen.push('task')
      return { winner: 'a' }
    })
    // Of the three pairs, one does not hold the written response.
    expect(seen).toHaveLength(1)
    const other = await makePerson(db, { projectId, roles: ['annotator'] })
    await judgeAll(work, other, () => {
      seen.push('task')
      return { winner: 'a' }
    })
    expect(seen).toHaveLength(3)
  })
})

describe('Accuracy on tasks with an expected answer', () => {
  const attempts = (raters: number, wrong: (rater: number, task: string) => boolean) =>
    Array.from({ length: raters }, (_, rater) =>
      ['one', 'two', 'three', 'four', 'odd'].map((taskId) => ({
        taskId,
        raterId: `rater ${rater}`,
        isRight: !wrong(rater, taskId),
      })),
    ).flat()

  it('points at a task that reliable raters miss', () => {
    const figures = accuracies(attempts(4, (rater, task) => task === 'odd' && rater > 0))
    expect(figures.get('odd')).toEqual({
      right: 1,
      total: 4,
      reliable: 4,
      reliableMissed: 3,
      isDoubtful: true,
    })
    expect(figures.get('one')?.isDoubtful).toBe(false)
  })

  it('blames no task for raters who miss most, nor for a single reliable one', () => {
    const careless = accuracies(attempts(4, (_, task) => task !== 'one'))
    expect([...careless.values()].some(({ isDoubtful }) => isDoubtful)).toBe(false)
    const single = accuracies(attempts(1, (_, task) => task === 'odd'))
    expect(single.get('odd')?.isDoubtful).toBe(false)
  })
})
