import { expect, it } from 'vitest'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { must } from '#app/base/must.ts'
import { claimJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { replyOfGate } from '#app/measure/gate.server.ts'
import { gateQuestionSchema } from '#app/measure/gate-question.ts'
import { askForOverdue, restMs } from '#app/measure/keep-measured.server.ts'
import { runMeasure } from '#app/measure/measure.server.ts'
import { announceDone } from '#app/measure/measurement-news.server.ts'
import {
  askGatesKind,
  listWatchedGates,
  mostWatchedGates,
  runAskGates,
  unwatchGate,
  watchGate,
} from '#app/measure/watched-gates.server.ts'
import type { WebhookEvent } from '#app/notify/webhook-events.ts'
import { insertWebhook, listDeliveries } from '#app/notify/webhooks.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject, openCampaign } from '#tests/support/project.ts'

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

describeEachDialect('What measuring tells other systems', (makeDatabase) => {
  async function listening(events: WebhookEvent[]) {
    const test = await makeDatabase()
    const { id: projectId } = await makeProject(test.db)
    await inTransaction(test.db, (trx) =>
      insertWebhook(trx, { projectId, url: 'https://example.org/', events, now: 1 }),
    )
    const told = async () => {
      const rows = await test.db.read
        .selectFrom('webhook_delivery')
        .select('body')
        .orderBy('id')
        .execute()
      return rows.map(({ body }) => JSON.parse(body))
    }
    return { test, db: test.db, projectId, told }
  }

  /** Does the jobs that wait; gives their kinds. */
  async function work(db: Db): Promise<string[]> {
    const done: string[] = []
    for (;;) {
      const job = await inTransaction(db, (trx) =>
        claimJob(trx, { holder: 'test', now: Date.now() }),
      )
      if (!job) return done
      done.push(job.kind)
      await runJob(job, {
        db,
        dataDir: '.',
        handlers: { measure: runMeasure, [askGatesKind]: runAskGates },
        holder: 'test',
        signal: new AbortController().signal,
        onError: (error) => {
          throw error
        },
      })
    }
  }

  /** As if all measurements were made some time ago. */
  const rest = (db: Db) =>
    db.write
      .updateTable('measurement')
      .set((eb) => ({ created_at: eb('created_at', '-', restMs + 1_000) }))
      .execute()

  const prompts = (count: number) =>
    Array.from({ length: count }, (_, place) => ({
      id: `p${place}`,
      prompt: `Q${place}?`,
      responses: ['bot-v1', 'bot-v2'].map((model) => ({ model, content: `${model} ${place}` })),
    }))

  const verdicts = (test: TestDatabase, projectId: string, winner: 'a' | 'b', rater: string) =>
    importFiles(test, projectId, {
      [`${rater}.jsonl`]: jsonl(
        ...Array.from({ length: 24 }, (_, place) => ({
          prompt_id: `p${place}`,
          model_a: 'bot-v1',
          model_b: 'bot-v2',
          winner,
          rater,
          campaign: 'c',
        })),
      ),
    })

  it('is each change between versions that is sure, once', async () => {
    const { test, db, projectId, told } = await listening(['drift.alarm'])
    const scores = prompts(20).flatMap(({ id }, place) =>
      ['bot-v1', 'bot-v2'].map((model, turn) => ({
        prompt_id: id,
        model,
        criterion: 'clarity',
        score: 4 - 2 * turn + (place % 3 === 0 ? 1 : 0) - (place % 5 === 0 ? turn : 0),
        rater: 'w',
        campaign: 'c',
      })),
    )
    await importFiles(test, projectId, { 'a.jsonl': jsonl(...prompts(20), ...scores) })
    await askForOverdue(db, Date.now())
    expect(await work(db)).toEqual(['measure'])
    const [alarm, ...more] = await told()
    expect(more).toEqual([])
    expect(alarm).toMatchObject({
      type: 'drift.alarm',
      data: {
        family: 'bot',
        from: 'bot-v1',
        to: 'bot-v2',
        criterion: 'clarity',
        way: 'fell',
        prompts: 20,
      },
    })
    expect(alarm.data.summary).toContain('bot fell')
    await db.write
      .insertInto('judgment_change')
      .columns(['project_id', 'id', 'campaign_id', 'judgment_id', 'kind', 'created_at'])
      .expression((eb) =>
        eb
          .selectFrom('judgment')
          .select((one) => [
            'project_id',
            'id',
            'campaign_id',
            'id as judgment_id',
            one.val('revised' as const).as('kind'),
            one.val(1).as('created_at'),
          ])
          .limit(1),
      )
      .execute()
    expect(await askForOverdue(db, Date.now())).toEqual([])
    await rest(db)
    await db.write
      .updateTable('measurement')
      .set({ chosen: '{"ties":"drop"}', created_at: Date.now() })
      .where('kind', '=', 'agreement')
      .execute()
    await db.write
      .updateTable('measurement')
      .set({ kind: 'standings' })
      .where('chosen', '<>', '')
      .execute()
    // A view that somebody looked at just now is no measurement of the campaign.
    expect(await askForOverdue(db, Date.now())).toHaveLength(1)
    // While one waits or runs, another would only count the same again.
    expect(await askForOverdue(db, Date.now())).toEqual([])
    await db.write
      .updateTable('job')
      .set({ status: 'running' })
      .where('status', '=', 'queued')
      .execute()
    expect(await askForOverdue(db, Date.now())).toEqual([])
    await db.write
      .updateTable('job')
      .set({ status: 'queued' })
      .where('status', '=', 'running')
      .execute()
    await work(db)
    expect(await told()).toHaveLength(1)
  })

  it('is a watched gate that gives another answer, and no other', async () => {
    const { test, db, projectId, told } = await listening(['gate.changed'])
    await importFiles(test, projectId, { 'a.jsonl': jsonl(...prompts(24)) })
    await verdicts(test, projectId, 'b', 'w1')
    const models = await listModels(db.read, projectId)
    const given = {
      candidate: must(
        models.find(({ name }) => name === 'bot-v2'),
        'v2',
      ).id,
      baseline: must(
        models.find(({ name }) => name === 'bot-v1'),
        'v1',
      ).id,
    }
    const reply = await replyOfGate(db.read, { projectId, ...gateQuestionSchema.parse(given) })
    if (!('answer' in reply)) throw new Error(reply.problem)
    expect(reply.answer.verdict).toBe('pass')
    const watching = { projectId, question: given, answer: reply.answer, createdBy: 'me', now: 5 }
    expect(await inTransaction(db, (trx) => watchGate(trx, watching))).toBe(true)
    await askForOverdue(db, Date.now())
    expect(await work(db)).toEqual(['measure', 'ask-gates'])
    expect(await told()).toEqual([])
    await verdicts(test, projectId, 'a', 'w2')
    await rest(db)
    await askForOverdue(db, Date.now())
    await work(db)
    const [changed, ...more] = await told()
    expect(more).toEqual([])
    expect(changed.data).toMatchObject({
      was: 'pass',
      verdict: 'not enough evidence',
      candidate: 'bot-v2',
      baseline: 'bot-v1',
      wins: 24,
      losses: 24,
    })
    const [gate] = await listWatchedGates(db.read, projectId)
    expect(gate?.answer?.verdict).toBe('not enough evidence')
    expect(gate?.answer?.changed?.was).toBe('pass')
    const since = gate?.answer?.changed?.at
    expect(since).toBe(gate?.answeredAt)
    await verdicts(test, projectId, 'b', 'w3')
    await rest(db)
    await askForOverdue(db, Date.now())
    await work(db)
    const [same] = await listWatchedGates(db.read, projectId)
    expect(same?.answer).toMatchObject({ wins: 48, changed: { was: 'pass', at: since } })
    await inTransaction(db, (trx) => unwatchGate(trx, { projectId, id: gate?.id ?? '' }))
    expect(await listWatchedGates(db.read, projectId)).toEqual([])
    for (let more = 0; more < mostWatchedGates; more++) {
      await inTransaction(db, (trx) => watchGate(trx, watching))
    }
    expect(await inTransaction(db, (trx) => watchGate(trx, watching))).toBe(false)
  })

  it('is a gate’s question that cannot be answered any more, on its page', async () => {
    const { test, db, projectId } = await listening(['gate.changed'])
    await importFiles(test, projectId, { 'a.jsonl': jsonl(...prompts(24)) })
    await verdicts(test, projectId, 'b', 'w1')
    const given = { candidate: 'bot-v2', baseline: 'bot-v1' }
    const reply = await replyOfGate(db.read, { projectId, ...gateQuestionSchema.parse(given) })
    if (!('answer' in reply)) throw new Error(reply.problem)
    const watching = { projectId, question: given, answer: reply.answer, createdBy: 'me', now: 5 }
    await inTransaction(db, (trx) => watchGate(trx, watching))
    await db.write
      .updateTable('model')
      .set({ name: 'gone', label: 'gone' })
      .where('name', '=', 'bot-v1')
      .execute()
    await askForOverdue(db, Date.now())
    await work(db)
    const [gate] = await listWatchedGates(db.read, projectId)
    expect(gate?.error).toContain('The project has no model "bot-v1"')
    expect(gate?.answer?.verdict).toBe('pass')
  })

  it('is a campaign that has all its judgments, once for so many tasks, but not between rounds', async () => {
    const { test, db, projectId, told } = await listening(['campaign.done'])
    await importFiles(test, projectId, { 'a.jsonl': jsonl(...prompts(24)) })
    await verdicts(test, projectId, 'b', 'w1')
    const { id } = await db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const found = must(await findCampaign(db.read, projectId, id), 'the campaign')
    const campaign = { ...found, status: 'open' as const }
    const progress = { tasks: 24, wanted: 48, submitted: 48, held: 0, open: 0, raters: 2 }
    const tell = (change: object, settings = campaign.settings) =>
      inTransaction(db, (trx) =>
        announceDone(trx, {
          projectId,
          campaign: { ...campaign, settings },
          progress: { ...progress, ...change },
          now: 7,
        }),
      )
    await tell({ open: 1 })
    await tell({ held: 1 })
    await tell({ submitted: 0 })
    await tell({}, { ...campaign.settings, order: 'adaptive' })
    expect(await told()).toEqual([])
    await tell({})
    await tell({})
    expect((await told()).map(({ data }) => data)).toEqual([
      { campaign: { id, name: 'c' }, reason: 'every task is judged', judgments: 48 },
    ])
    await tell({ wanted: 72, submitted: 72 })
    expect(await told()).toHaveLength(2)
  })

  it('is a campaign that was closed', async () => {
    const { test, db, projectId, told } = await listening(['campaign.done'])
    await importFiles(test, projectId, { 'a.jsonl': jsonl(...prompts(2)) })
    const campaignId = await openCampaign(db, projectId, { overlap: 1 })
    await inTransaction(db, (trx) =>
      changeStatus(trx, { projectId, campaignId, to: 'closed', now: 9 }),
    )
    expect((await told()).map(({ data }) => data.reason)).toEqual(['closed'])
    expect((await listDeliveries(db.read, { projectId, most: 9 }))[0]?.attempts).toBe(0)
  })
})
