import { expect, it } from 'vitest'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { must } from '#app/base/must.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { defaultOptions } from '#app/measure/method.ts'
import { decideTask } from '#app/rate/adjudicate.server.ts'
import type { DecisionGiven } from '#app/rate/adjudication.ts'
import {
  countDoubtful,
  listDecisions,
  listDoubtful,
  nextDoubtful,
} from '#app/rate/adjudication-queue.server.ts'
import { viewAdjudication } from '#app/rate/adjudication-task.server.ts'
import { type ShownWinner, shownWinner } from '#app/rate/judgment.ts'
import { doubtOfTwoAgreeing } from '#app/rate/primary-answer.ts'
import { askToWeigh, needsWeighing } from '#app/rate/weigh-doubts.server.ts'
import { listWorkMessages, viewWorkMessage } from '#app/rate/work-messages.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Winner } from '#db/schema.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { blindLines, judgeAll, type Rater, taskOf, weigh } from '#tests/support/judging.ts'
import { importFiles, makePerson, makeProject, openCampaign } from '#tests/support/project.ts'

/** What each of three raters says of each prompt. */
const plan: Record<string, [Winner, Winner, Winner]> = {
  'Agreed?': ['a', 'a', 'a'],
  'Two to one?': ['a', 'a', 'b'],
  'All apart?': ['a', 'b', 'tie'],
}

async function campaign(test: TestDatabase, { feedback = true } = {}) {
  const { db } = test
  const { id: projectId } = await makeProject(db)
  await importFiles(test, projectId, { 'a.jsonl': blindLines(Object.keys(plan)) })
  const campaignId = await openCampaign(db, projectId, {
    overlap: 3,
    settings: { adjudicationFeedback: feedback },
  })
  const work = { db, projectId, campaignId }
  const raters: Rater[] = []
  for (const at of [0, 1, 2]) {
    const rater = await makePerson(db, { projectId, roles: ['annotator'] })
    await judgeAll(work, rater, (preview) => ({
      winner: must(plan[preview]?.[at], 'a verdict'),
      comment: `rater ${at} of ${preview}`,
    }))
    raters.push(rater)
  }
  const lead = await makePerson(db, { projectId, roles: ['lead'] })
  await weigh(test, work)
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const view = async (preview: string, personId = lead.personId) =>
    must(
      await viewAdjudication(db.read, {
        projectId,
        campaignId,
        taskId: await taskOf(work, preview),
        personId,
      }),
      'the view',
    )
  const decide = async (
    preview: string,
    winner: ShownWinner,
    change: Partial<DecisionGiven> & { personId?: string } = {},
  ) => {
    const { personId = lead.personId, ...given } = change
    return decideTask(db, {
      projectId,
      campaignId,
      taskId: await taskOf(work, preview),
      personId,
      given: {
        baseRevision: 0,
        answers: [{ kind: 'preference', criterionId: criterion.id, winner }],
        reason: 'B misreads the question',
        reasons: [],
        activeMs: 1_000,
        ...given,
      },
      now: Date.now(),
    })
  }
  return { ...work, work, raters, lead, criterion, view, decide }
}

describeEachDialect('Adjudication', (open) => {
  it('puts first what a decision teaches most about, and pages on from there', async () => {
    const { db, projectId, campaignId } = await campaign(await open())
    const scope = { projectId, campaignId }
    const { tasks } = await listDoubtful(db.read, scope)
    expect(tasks.map((task) => task.preview)).toEqual(['All apart?', 'Two to one?', 'Agreed?'])
    expect(tasks.map((task) => task.judgments)).toEqual([3, 3, 3])
    const first = await listDoubtful(db.read, { ...scope, limit: 2 })
    const second = await listDoubtful(db.read, { ...scope, limit: 2, after: first.next })
    expect([...first.tasks, ...second.tasks].map((task) => task.preview)).toEqual(
      tasks.map((task) => task.preview),
    )
    expect(second.next).toBeUndefined()
  })

  it('prefers pairs of models that are close where tasks are equally doubtful', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const line = (prompt: string, other: string) =>
      JSON.stringify({
        prompt,
        responses: [
          { model: 'base', content: 'one' },
          { model: other, content: 'two' },
        ],
      })
    const lines = [line('Far?', 'far'), line('Close?', 'close'), line('Far again?', 'far')]
    await importFiles(test, projectId, { 'a.jsonl': lines.join('\n') })
    const campaignId = await openCampaign(db, projectId, { overlap: 2 })
    for (const winner of ['a', 'b'] as const) {
      const rater = await makePerson(db, { projectId, roles: ['annotator'] })
      await judgeAll({ db, projectId, campaignId }, rater, () => ({ winner }))
    }
    await weigh(test, { projectId, campaignId })
    const close = await db.read
      .selectFrom('model')
      .select('id')
      .where('name', '=', 'close')
      .executeTakeFirstOrThrow()
    const closeness = (one: string, other: string) =>
      one === close.id || other === close.id ? 0.01 : 0.4
    const { tasks } = await listDoubtful(db.read, { projectId, campaignId, closeness })
    expect(tasks[0]?.preview).toBe('Close?')
    expect(new Set(tasks.map((task) => task.doubt)).size).toBe(1)
  })

  it('shows everyone’s verdict in the adjudicator’s own order, and nothing of the models', async () => {
    const { db, view, projectId } = await campaign(await open())
    const seen = await view('All apart?')
    expect(seen.verdicts).toHaveLength(3)
    const models = await db.read
      .selectFrom('model')
      .select(['id', 'name', 'label'])
      .where('project_id', '=', projectId)
      .execute()
    const responses = await db.read.selectFrom('response').select('id').execute()
    const text = JSON.stringify(seen)
    for (const { id, name, label } of models) {
      for (const told of [id, name, label]) expect(text).not.toContain(told)
    }
    for (const { id } of responses) expect(text).not.toContain(id)
    // The text of the response that canonical order calls a stands where the first verdict points.
    const [first] = await db.read
      .selectFrom('task_response')
      .innerJoin('response', 'response.id', 'task_response.response_id')
      .select('response.messages')
      .where('task_response.task_id', '=', seen.taskId)
      .orderBy('position')
      .execute()
    const content = (JSON.parse(must(first, 'a response').messages) as { content: string }[])[0]
    const at = seen.responses.findIndex(({ messages }) => messages[0]?.content === content?.content)
    const one = seen.verdicts.find(({ comment }) => comment === 'rater 0 of All apart?')
    expect(one?.answers[0]).toMatchObject({ winner: at === 0 ? 'first' : 'second' })
    expect(await view('All apart?')).toEqual(seen)
  })

  it('says where a rater’s own letters differ from the adjudicator’s', async () => {
    const { db, view } = await campaign(await open())
    for (const preview of Object.keys(plan)) {
      const seen = await view(preview)
      for (const verdict of seen.verdicts) {
        const row = await db.read
          .selectFrom('judgment')
          .innerJoin('assignment', 'assignment.id', 'judgment.assignment_id')
          .select('assignment.shown_order')
          .where('judgment.task_id', '=', seen.taskId)
          .where('judgment.comment', '=', verdict.comment)
          .executeTakeFirstOrThrow()
        const theirs = JSON.parse(row.shown_order ?? '[]') as number[]
        const places = must(verdict.places, 'places')
        // The text at a place here is the text at the named place there.
        const canonical = await db.read
          .selectFrom('task_response')
          .innerJoin('response', 'response.id', 'task_response.response_id')
          .select('response.messages')
          .where('task_response.task_id', '=', seen.taskId)
          .orderBy('position')
          .execute()
        places.forEach((there, here) => {
          const position = must(theirs[there], 'a position')
          const text = JSON.parse(must(canonical[position], 'a response').messages)[0].content
          expect(seen.responses[here]?.messages[0]?.content).toBe(text)
        })
      }
    }
  })

  it('keeps a decision as a judgment of its own source, once, with the order that was shown', async () => {
    const { db, decide, view, projectId, campaignId, lead } = await campaign(await open())
    const before = await view('All apart?')
    const answers = await Promise.all([
      decide('All apart?', 'first'),
      decide('All apart?', 'first'),
    ])
    for (const answer of answers) expect(answer).toEqual({ ok: true, revision: 1 })
    const rows = await db.read
      .selectFrom('judgment')
      .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
      .select(['source', 'rater_id', 'assignment_id', 'shown_order', 'winner', 'judgment.comment'])
      .where('source', '=', 'adjudicator')
      .execute()
    expect(rows).toHaveLength(1)
    const [row] = rows
    expect(row).toMatchObject({
      rater_id: lead.raterId,
      assignment_id: null,
      comment: 'B misreads the question',
    })
    const order = JSON.parse(row?.shown_order ?? '[]') as number[]
    expect(shownWinner(must(row?.winner, 'a winner'), order)).toBe('first')
    const after = await view('All apart?')
    expect(after.standing).toBe('own-decision')
    expect(after.responses).toEqual(before.responses)
    expect(after.decision).toMatchObject({ answers: [{ winner: 'first' }], revision: 1 })
    const scope = { projectId, campaignId }
    expect((await listDoubtful(db.read, scope)).tasks.map((task) => task.preview)).toEqual([
      'Two to one?',
      'Agreed?',
    ])
    expect(await countDoubtful(db.read, scope)).toBe(2)
    const [question] = await listCriteria(db.read, projectId, campaignId)
    const above = doubtOfTwoAgreeing(must(question, 'the question'))
    // Raters disagreed on the one alone; on the other all said the same.
    expect(await countDoubtful(db.read, scope, { above })).toBe(1)
    const decisions = await listDecisions(db.read, scope)
    expect(decisions.map((one) => one.preview)).toEqual(['All apart?'])
    // Leads read the name of the colleague who decided, not a pseudonym.
    const { name } = await db.read
      .selectFrom('person')
      .select('name')
      .where('id', '=', lead.personId)
      .executeTakeFirstOrThrow()
    expect(decisions[0]?.by).toBe(name)
    const audit = await db.read.selectFrom('audit').select(['action', 'actor']).execute()
    expect(audit).toContainEqual({ action: 'task adjudicated', actor: lead.personId })
  })

  it('wants a verdict that is offered', async () => {
    const { decide } = await campaign(await open())
    const strength = [
      { kind: 'preference' as const, criterionId: 'other', winner: 'first' as const },
    ]
    expect(await decide('Agreed?', 'first', { answers: strength })).toMatchObject({
      ok: false,
      reason: 'invalid',
    })
  })

  it('lets the first of two adjudicators decide and tells the second', async () => {
    const { db, decide, view, projectId } = await campaign(await open())
    const other = await makePerson(db, { projectId, roles: ['lead'] })
    const both = await Promise.all([
      decide('All apart?', 'first'),
      decide('All apart?', 'second', { personId: other.personId }),
    ])
    expect(both.filter((answer) => answer.ok)).toHaveLength(1)
    expect(both.find((answer) => !answer.ok)).toMatchObject({ reason: 'decided' })
    const count = await db.read
      .selectFrom('judgment')
      .select('id')
      .where('source', '=', 'adjudicator')
      .execute()
    expect(count).toHaveLength(1)
    const loser = both[0]?.ok ? other.personId : undefined
    expect((await view('All apart?', loser)).standing).toBe('decided')
  })

  it('is closed to whoever judged the task, holds it, or wrote one of its responses', async () => {
    const { db, decide, view, raters, projectId, campaignId, lead } = await campaign(await open())
    const rater = must(raters[0], 'a rater')
    const own = await decide('All apart?', 'first', { personId: rater.personId })
    expect(own).toMatchObject({ ok: false, reason: 'not-yours' })
    expect((await view('All apart?', rater.personId)).standing).toBe('judged-it')
    const offered = await nextDoubtful(db.read, {
      projectId,
      campaignId,
      raterId: rater.raterId,
      without: [],
    })
    expect(offered).toBeUndefined()
    const { taskId } = await view('Two to one?')
    await db.write
      .updateTable('response')
      .set({ written_by: lead.raterId })
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('task_response')
          .select('response_id')
          .where('task_id', '=', taskId)
          .where('position', '=', 0),
      )
      .execute()
    expect(await decide('Two to one?', 'first')).toMatchObject({ ok: false, reason: 'not-yours' })
    const holder = await makePerson(db, { projectId, roles: ['lead', 'annotator'] })
    await db.write
      .insertInto('assignment')
      .values({
        project_id: projectId,
        id: 'held',
        campaign_id: campaignId,
        task_id: (await view('Agreed?')).taskId,
        rater_id: holder.raterId,
        status: 'held',
        lane: '',
        priority: 0,
        shown_order: '[0,1]',
        held_at: 0,
        held_until: Date.now() + 60_000,
        opened_at: null,
        ended_at: null,
        active_ms: null,
        skip_reason: null,
        created_at: 0,
      })
      .execute()
    expect(await view('Agreed?', holder.personId)).toMatchObject({
      standing: 'in-hand',
      verdicts: [],
    })
  })

  it('can be changed by whoever decided, from the revision seen, and keeps the earlier one', async () => {
    const { db, decide } = await campaign(await open())
    await decide('All apart?', 'first')
    expect(await decide('All apart?', 'tie')).toMatchObject({ ok: false, reason: 'stale' })
    expect(await decide('All apart?', 'tie', { baseRevision: 1 })).toEqual({
      ok: true,
      revision: 2,
    })
    const kept = await db.read.selectFrom('judgment_revision').select('revision').execute()
    expect(kept).toEqual([{ revision: 1 }])
  })

  it('tells raters who said otherwise, in the order they saw, and nobody else', async () => {
    const { db, decide, view, raters, projectId } = await campaign(await open())
    const { taskId } = await view('Two to one?')
    await decide('Two to one?', 'first')
    const decided = await db.read
      .selectFrom('judgment_score')
      .innerJoin('judgment', 'judgment.id', 'judgment_score.judgment_id')
      .select('winner')
      .where('judgment.source', '=', 'adjudicator')
      .executeTakeFirstOrThrow()
    for (const [at, rater] of raters.entries()) {
      const reader = { projectId, personId: rater.personId }
      const messages = await listWorkMessages(db.read, reader)
      const said = plan['Two to one?']?.[at]
      expect(messages).toHaveLength(said === decided.winner ? 0 : 1)
      const [message] = messages
      if (!message) continue
      const own = await db.read
        .selectFrom('assignment')
        .select('shown_order')
        .where('task_id', '=', taskId)
        .where('rater_id', '=', rater.raterId)
        .executeTakeFirstOrThrow()
      const order = JSON.parse(own.shown_order ?? '[]') as number[]
      expect(message.expected[0]).toMatchObject({
        winner: shownWinner(must(decided.winner, 'a winner'), order),
      })
      expect(message.given[0]).toMatchObject({ winner: shownWinner(must(said, 'said'), order) })
      expect(message).toMatchObject({ reason: 'B misreads the question', isRead: false })
      const opened = await viewWorkMessage(db.read, { ...reader, id: message.id })
      expect(opened?.responses).toHaveLength(2)
      expect(JSON.stringify(opened)).not.toMatch(/zephyr|mistral/)
      const stranger = must(raters[(at + 1) % 3], 'another rater')
      const foreign = { projectId, personId: stranger.personId, id: message.id }
      expect(await viewWorkMessage(db.read, foreign)).toBeUndefined()
    }
  })

  it('takes back what no longer holds when a decision is changed before it was read', async () => {
    const { db, decide, view, raters, projectId } = await campaign(await open())
    const count = async () => {
      const all = await Promise.all(
        raters.map((rater) => listWorkMessages(db.read, { projectId, personId: rater.personId })),
      )
      return all.map((messages) => messages.length)
    }
    const { verdicts } = await view('Agreed?')
    await decide('Agreed?', 'tie')
    expect(await count()).toEqual([1, 1, 1])
    await decide('Agreed?', 'both_bad', { baseRevision: 1 })
    expect(await count()).toEqual([1, 1, 1])
    const agreed = verdicts[0]?.answers[0]
    if (agreed?.kind !== 'preference') throw new Error('no verdict')
    await decide('Agreed?', agreed.winner, { baseRevision: 2 })
    expect(await count()).toEqual([0, 0, 0])
  })

  it('tells nobody where the campaign does not want it', async () => {
    const { db, decide } = await campaign(await open(), { feedback: false })
    await decide('Agreed?', 'tie')
    expect(await db.read.selectFrom('message').select('id').execute()).toEqual([])
  })

  it('counts in figures only where decisions are asked for', async () => {
    const { db, decide, projectId, campaignId } = await campaign(await open())
    const scope = { projectId, campaignId }
    const before = await measureCampaign(db.read, scope)
    await decide('All apart?', 'first')
    const after = await measureCampaign(db.read, scope)
    expect(after.tally.judgments.size).toBe(before.tally.judgments.size)
    expect(after.agreement).toEqual(before.agreement)
    expect(after.standings.pairs).toEqual(before.standings.pairs)
    const options = { ...defaultOptions, sources: ['adjudicator' as const] }
    const decided = await measureCampaign(db.read, { ...scope, options })
    expect(decided.tally.judgments.size).toBe(1)
  })

  it('never counts towards a task’s overlap', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    await importFiles(test, projectId, { 'a.jsonl': blindLines(['Only?']) })
    const campaignId = await openCampaign(db, projectId, { overlap: 3 })
    const work = { db, projectId, campaignId }
    const lead = await makePerson(db, { projectId, roles: ['lead'] })
    const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
    const taskId = await taskOf(work, 'Only?')
    const answers = [
      { kind: 'preference' as const, criterionId: criterion.id, winner: 'tie' as const },
    ]
    const given = { baseRevision: 0, answers, reason: 'why', reasons: [], activeMs: null }
    const personId = lead.personId
    await decideTask(db, { projectId, campaignId, taskId, personId, given, now: Date.now() })
    for (let at = 0; at < 3; at++) {
      const rater = await makePerson(db, { projectId, roles: ['annotator'] })
      await judgeAll(work, rater, () => ({ winner: 'a' }))
    }
    const human = await db.read
      .selectFrom('judgment')
      .select('id')
      .where('source', '=', 'human')
      .where('is_extra', '=', 0)
      .execute()
    expect(human).toHaveLength(3)
  })

  it('weighs what was imported, and can be asked to only once at a time', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const judgments = ['one', 'two'].map((rater, at) =>
      JSON.stringify({
        prompt_id: 'p',
        rater,
        model_a: 'zephyr-secret',
        model_b: 'mistral-hidden',
        winner: at === 0 ? 'a' : 'b',
      }),
    )
    const prompt = JSON.stringify({
      id: 'p',
      prompt: 'Imported?',
      responses: [
        { model: 'zephyr-secret', content: 'one' },
        { model: 'mistral-hidden', content: 'two' },
      ],
    })
    const { counts, refusals } = await importFiles(test, projectId, {
      'a.jsonl': [prompt, ...judgments].join('\n'),
    })
    expect({ refusals, judgments: counts.created.judgments }).toEqual({
      refusals: [],
      judgments: 2,
    })
    const { id: campaignId } = await db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    const scope = { projectId, campaignId }
    expect(await needsWeighing(db.read, scope)).toBe(true)
    const asked = await inTransaction(db, async (trx) => [
      await askToWeigh(trx, { ...scope, now: 1 }),
      await askToWeigh(trx, { ...scope, now: 2 }),
    ])
    expect(asked.map((id) => id !== undefined)).toEqual([true, false])
    expect(await weigh(test, scope)).toEqual({ weighed: 1 })
    expect(await needsWeighing(db.read, scope)).toBe(false)
    const { tasks } = await listDoubtful(db.read, scope)
    expect(tasks).toMatchObject([{ preview: 'Imported?', judgments: 2 }])
    expect(tasks[0]?.doubt).toBeGreaterThan(0.9)
  })
})
