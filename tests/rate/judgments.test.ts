import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { checkAnswers } from '#app/rate/check-answers.ts'
import {
  canonicalWinner,
  type Submission,
  shownWinner,
  shownWinnerSchema,
} from '#app/rate/judgment.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { submitJudgment } from '#app/rate/submit-judgment.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

describeEachDialect('Submitting', (open) => {
  async function room() {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const projectId = project.id
    await importFiles(test, projectId, { 'a.jsonl': promptLines(6, ['a', 'b']) })
    const campaignId = await openCampaign(db, projectId, { overlap: 1 })
    const person = await makePerson(db, { projectId, roles: ['annotator'] })
    const desk = {
      db,
      projectId,
      campaignId,
      personId: person.personId,
      now: Date.now(),
      random: Math.random,
    }
    const reply = must(await answerDesk(desk, { intent: 'claim', have: [] }), 'a reply')
    const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
    const submission = (change: Partial<Submission> = {}): Submission => ({
      assignmentId: must(reply.tasks[0], 'a task').assignmentId,
      baseRevision: 0,
      answers: [{ kind: 'preference', criterionId: criterion.id, winner: 'second', strength: 2 }],
      comment: 'because',
      reasons: ['Clearer'],
      activeMs: 900,
      openedAt: null,
      ...change,
    })
    const submit = (change: Partial<Submission> = {}) =>
      inTransaction(db, (trx) =>
        submitJudgment(trx, {
          projectId,
          raterId: person.raterId,
          submission: submission(change),
          now: Date.now(),
        }),
      )
    return { db, desk, reply, submit, submission, criterion, projectId }
  }

  it('saves once, whatever is sent how often', async () => {
    const { db, submit } = await room()
    const answers = await Promise.all([submit(), submit(), submit()])
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, revision: 1 })
    expect(await db.read.selectFrom('judgment').select('id').execute()).toHaveLength(1)
    expect(await db.read.selectFrom('judgment_score').select('winner').execute()).toHaveLength(1)
  })

  it('changes a judgment only from the revision it was made from, and keeps the earlier one', async () => {
    const { db, submit, criterion } = await room()
    await submit()
    const tie = [{ kind: 'preference' as const, criterionId: criterion.id, winner: 'tie' as const }]
    expect(await submit({ answers: tie })).toMatchObject({ ok: false, reason: 'stale' })
    expect(await submit({ baseRevision: 1, answers: tie })).toMatchObject({ ok: true, revision: 2 })
    expect(await submit({ baseRevision: 1, answers: tie })).toMatchObject({ ok: true, revision: 2 })
    const bad = [
      { kind: 'preference' as const, criterionId: criterion.id, winner: 'both_bad' as const },
    ]
    expect(await submit({ baseRevision: 1, answers: bad })).toMatchObject({
      ok: false,
      reason: 'stale',
    })
    const scores = await db.read.selectFrom('judgment_score').select('winner').execute()
    expect(scores).toEqual([{ winner: 'tie' }])
    expect(await db.read.selectFrom('judgment_revision').select('revision').execute()).toHaveLength(
      1,
    )
  })

  it('leaves a judgment as it was once a lead has taken it out', async () => {
    const { db, submit, criterion } = await room()
    await submit()
    await db.write.updateTable('judgment').set({ withdrawn_at: Date.now() }).execute()
    expect(await submit()).toMatchObject({ ok: true, revision: 1 })
    const tie = [{ kind: 'preference' as const, criterionId: criterion.id, winner: 'tie' as const }]
    const changed = await submit({ baseRevision: 1, answers: tie })
    expect(changed).toMatchObject({ ok: false, reason: 'closed' })
    expect(changed.ok ? '' : changed.message).toContain('A lead has taken this answer out')
    const scores = await db.read.selectFrom('judgment_score').select('winner').execute()
    expect(scores).toHaveLength(1)
    expect(scores[0]?.winner).not.toBe('tie')
  })

  it('stores the verdict in canonical order, with the order that was shown', async () => {
    const { db, submit } = await room()
    await submit()
    const row = await db.read
      .selectFrom('judgment')
      .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
      .select(['shown_order', 'winner', 'strength', 'shown_hash'])
      .executeTakeFirstOrThrow()
    expect(row.winner).toBe(row.shown_order === '[0,1]' ? 'b' : 'a')
    expect(row.strength).toBe(2)
    expect(row.shown_hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('refuses what is not in the rater’s hands, and answers that were not offered', async () => {
    const { desk, submit, db, projectId, criterion, submission } = await room()
    const other = await makePerson(db, { projectId, roles: ['annotator'] })
    const stolen = await inTransaction(db, (trx) =>
      submitJudgment(trx, {
        projectId,
        raterId: other.raterId,
        submission: submission(),
        now: Date.now(),
      }),
    )
    expect(stolen).toMatchObject({ ok: false, reason: 'not-yours' })
    const strong = [
      {
        kind: 'preference' as const,
        criterionId: criterion.id,
        winner: 'first' as const,
        strength: 3,
      },
    ]
    expect(await submit({ answers: strong })).toMatchObject({ ok: false, reason: 'invalid' })
    expect(await submit({ assignmentId: 'nothing' })).toMatchObject({
      ok: false,
      reason: 'not-yours',
    })
    const nowhere = await answerDesk({ ...desk, campaignId: 'x' }, { intent: 'claim', have: [] })
    expect(nowhere).toBeUndefined()
  })

  it('answers a submit with the next task, and never one the page has', async () => {
    const { desk, reply, submission } = await room()
    const have = reply.tasks.map((task) => task.assignmentId)
    const next = must(
      await answerDesk(desk, { intent: 'submit', have, submission: submission() }),
      'a reply',
    )
    expect(next.saved).toMatchObject({ ok: true })
    for (const task of next.tasks) expect(have).not.toContain(task.assignmentId)
    expect(next.state).toBe('working')
  })
})

describeEachDialect('Recording judgments that exist', (open) => {
  const prompts = jsonl(
    {
      id: 'p1',
      prompt: 'One?',
      responses: [
        { model: 'x', content: '1x' },
        { model: 'y', content: '1y' },
      ],
    },
    {
      id: 'p2',
      prompt: 'Two?',
      responses: [
        { model: 'x', content: '2x' },
        { model: 'x', version: '2', content: '2z' },
      ],
    },
  )
  const verdict = (change: object = {}) => ({
    prompt_id: 'p1',
    model_a: 'x',
    model_b: 'y',
    winner: 'a',
    rater: 'w1',
    campaign: 'crowd',
    ...change,
  })

  it('makes a closed campaign, keeps the filed order, and adds nothing twice', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const file = jsonl(
      verdict(),
      verdict({ rater: 'w2', model_a: 'y', model_b: 'x', winner: 'a', shown_first: 'a' }),
      verdict({ rater: 'w3', winner: 'both_bad' }),
    )
    const first = await importFiles(test, project.id, { 'j.jsonl': file, 'p.jsonl': prompts })
    expect(first.counts).toMatchObject({ created: { judgments: 3 }, refused: 0 })
    const rows = await test.db.read
      .selectFrom('judgment')
      .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
      .innerJoin('rater', 'rater.id', 'judgment.rater_id')
      .select(['rater.pseudonym', 'winner', 'shown_order'])
      .orderBy('rater.pseudonym')
      .execute()
    expect(rows).toEqual([
      { pseudonym: 'w1', winner: 'a', shown_order: null },
      { pseudonym: 'w2', winner: 'b', shown_order: '[1,0]' },
      { pseudonym: 'w3', winner: 'both_bad', shown_order: null },
    ])
    const campaign = await test.db.read
      .selectFrom('campaign')
      .select(['status', 'origin', 'kind'])
      .executeTakeFirstOrThrow()
    expect(campaign).toEqual({ status: 'closed', origin: 'imported', kind: 'pairwise' })
    const again = await importFiles(test, project.id, { 'j.jsonl': file })
    expect(again.counts).toMatchObject({ created: { judgments: 0 }, unchanged: 3, refused: 0 })
  })

  it('refuses the ambiguous, the unknown and the contradicting, each with its reason', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const { counts, refusals } = await importFiles(test, project.id, {
      'p.jsonl': prompts,
      'j.jsonl': jsonl(
        verdict(),
        verdict({ winner: 'b' }),
        verdict({ rater: 'w2', prompt_id: 'p9' }),
        verdict({ rater: 'w2', model_b: 'nobody' }),
        verdict({ rater: 'w2', prompt_id: 'p2', model_b: { name: 'x', version: '2' } }),
        {
          prompt_id: 'p1',
          model: 'x',
          criterion: 'tone',
          score: 3,
          rater: 'w4',
          campaign: 'crowd',
        },
      ),
    })
    expect(counts).toMatchObject({ created: { judgments: 1 }, refused: 5 })
    const reasons = refusals.map((refusal) => refusal.reason)
    expect(reasons[0]).toContain('is not newer')
    expect(reasons[1]).toContain('no prompt "p9"')
    expect(reasons[2]).toContain('no response of "nobody"')
    expect(reasons[3]).toContain('ambiguous')
    expect(reasons[4]).toContain('one campaign holds one kind')
  })

  it('takes a newer judgment of the same task as a revision', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const file = jsonl(
      verdict({ created_at: '2026-01-01T00:00:00Z' }),
      verdict({ winner: 'tie', created_at: '2026-01-02T00:00:00Z' }),
    )
    const files = { 'p.jsonl': prompts, 'j.jsonl': file }
    const { counts } = await importFiles(test, project.id, files)
    expect(counts).toMatchObject({ created: { judgments: 1 }, merged: 1 })
    const row = await test.db.read
      .selectFrom('judgment')
      .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
      .select(['revision', 'winner'])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ revision: 2, winner: 'tie' })
    const again = await importFiles(test, project.id, files)
    expect(again.counts).toMatchObject({ created: { judgments: 0 }, merged: 0, refused: 0 })
  })

  it('puts the criteria of a rubric, line by line, into one judgment', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const line = (criterion: string, score: number) => ({
      prompt_id: 'p1',
      model: 'x',
      criterion,
      score,
      rater: 'w1',
      campaign: 'rubric',
    })
    const { counts } = await importFiles(test, project.id, {
      'p.jsonl': prompts,
      'j.jsonl': jsonl(line('tone', 4), line('truth', 2), {
        ...line('note', 0),
        score: undefined,
        text: 'fine',
      }),
    })
    expect(counts).toMatchObject({ created: { judgments: 1 }, merged: 2, refused: 0 })
    expect(await test.db.read.selectFrom('judgment_score').select('answer').execute()).toHaveLength(
      3,
    )
  })

  it('records rankings, skips and judge verdicts as what they are', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const { counts } = await importFiles(test, project.id, {
      'p.jsonl': prompts,
      'j.jsonl': jsonl(
        { prompt_id: 'p1', ranking: [['y'], ['x']], rater: 'w1', campaign: 'ranked' },
        {
          prompt_id: 'p1',
          model_a: 'x',
          model_b: 'y',
          skipped: 'no idea',
          rater: 'w1',
          campaign: 'crowd',
        },
        verdict({ rater: 'gpt', source: 'judge', campaign: 'judged' }),
      ),
    })
    expect(counts).toMatchObject({ created: { judgments: 2, skips: 1 }, refused: 0 })
    const judge = await test.db.read
      .selectFrom('rater')
      .select('kind')
      .where('pseudonym', '=', 'gpt')
      .executeTakeFirstOrThrow()
    expect(judge.kind).toBe('judge')
  })

  it('records judgments without their texts only when that was allowed, and takes the texts later', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const file = { 'j.jsonl': jsonl(verdict()) }
    expect((await importFiles(test, project.id, file)).counts.refused).toBe(1)
    const allowed = await importFiles(test, project.id, file, { allowMissingText: true })
    expect(allowed.counts).toMatchObject({ created: { judgments: 1 }, refused: 0 })
    const later = await importFiles(test, project.id, { 'p.jsonl': prompts })
    expect(later.counts).toMatchObject({ created: { prompts: 1 }, merged: 1, refused: 0 })
    const missing = await test.db.read
      .selectFrom('response')
      .select('id')
      .where('is_text_missing', '=', 1)
      .execute()
    expect(missing).toEqual([])
  })
})

describe('What a rater says', () => {
  it('means the same response whatever side it stood on', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shownWinnerSchema.options),
        fc.constantFrom<number[]>([0, 1], [1, 0]),
        (winner, order) => {
          expect(shownWinner(canonicalWinner(winner, order), order)).toBe(winner)
        },
      ),
    )
    expect(canonicalWinner('first', [1, 0])).toBe('b')
    expect(canonicalWinner('second', [1, 0])).toBe('a')
  })

  it('is no answer while it is untouched', () => {
    const criterion = {
      id: 'c',
      name: 'preference',
      title: 'Which?',
      isRequired: true,
      definition: { kind: 'preference' as const, points: 5 as const },
    }
    const asked = {
      criteria: [criterion],
      order: [0, 1],
      texts: ['', ''],
      bothBad: true,
      cantJudge: true,
    }
    expect(checkAnswers([], asked)).toMatchObject({ ok: false })
  })
})
